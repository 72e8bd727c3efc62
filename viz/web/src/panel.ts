// The panel shows copies of what the table below the picture says: one text, written by the server.
import { html, need } from "./dom";
import { t } from "./messages";
import type { NetNode, Picture, View } from "./network";

export interface Panel {
  showNode(id: string): void;
  showEdge(id: string): void;
  showAddress(): void;
}

/** Wire the panel to clicks on the picture. */
export function makePanel(box: HTMLElement, picture: Picture, view: View): Panel {
  const overview = [...box.childNodes];
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  const edges = new Map(picture.edges.map((edge) => [edge.id, edge]));

  const put = (...children: (Node | string)[]): void => {
    const close = html("button", { type: "button", class: "close plain" }, t("Back to the overview"));
    close.addEventListener("click", showOverview);
    box.replaceChildren(close, ...children);
    box.scrollTop = 0;
    box.dataset["filled"] = "true";
  };
  const remember = (id: string): void => history.replaceState(null, "", id ? `#${encodeURIComponent(id)}` : location.pathname + location.search);
  const showOverview = (): void => {
    box.replaceChildren(...overview);
    delete box.dataset["filled"];
    view.select(undefined, undefined);
    remember("");
  };
  const showNode = (id: string): void => {
    const node = nodes.get(id);
    if (!node || id === picture.home) return showOverview();
    put(heading(node), ...node.relations.map(cloneRelation).filter((part) => part !== undefined));
    view.select(id, undefined);
    remember(id);
  };
  const showEdge = (id: string): void => {
    const edge = edges.get(id);
    const part = edge && cloneRelation(edge.relation);
    if (!edge || !part) return;
    put(part);
    view.select(undefined, id);
    remember(id);
  };
  view.network.on("click", ({ nodes: [node], edges: [edge] }: { nodes: string[]; edges: string[] }) => {
    if (node) showNode(node);
    else if (edge) showEdge(edge);
    else showOverview();
  });
  box.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-node]");
    if (!button?.dataset["node"]) return;
    view.focus(button.dataset["node"]);
    showNode(button.dataset["node"]);
  });
  const showAddress = (): void => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (nodes.has(id)) { view.focus(id); showNode(id); } else if (edges.has(id)) showEdge(id);
  };
  return { showNode, showEdge, showAddress };
}

function heading(node: NetNode): HTMLElement {
  const title = html("h2", { tabindex: -1 }, node.name);
  return html("div", {}, title);
}

function cloneRelation(key: string): HTMLElement | undefined {
  const found = document.getElementById(`relation-${key}`);
  if (!found) return undefined;
  const copy = need<HTMLElement>(".relation", found).cloneNode(true) as HTMLElement;
  copy.removeAttribute("id");
  return copy;
}
