// The panel shows copies of what the table below the picture says: one text, written by the server.
import { html, need } from "./dom";
import { t } from "./messages";
import type { NetEdge, NetNode, Picture, View } from "./network";

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

  const legend = document.querySelector<HTMLDetailsElement>(".legend details");

  const put = (...children: (Node | string)[]): void => {
    const close = html("button", { type: "button", class: "close plain" }, t("Back to the overview"));
    close.addEventListener("click", showOverview);
    box.replaceChildren(close, ...children);
    box.dataset["filled"] = "true";
    // Room for what was picked: the legend folds until the overview is back.
    if (legend && !box.dataset["seen"]) legend.open = false;
    box.dataset["seen"] = "true";
    box.parentElement?.scrollTo({ top: 0 });
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
    const own = picture.edges.filter((edge) => edge.from === id || edge.to === id);
    const parts = [...new Set(own.map((edge) => edge.relation))].map(cloneRelation).filter((part) => part !== undefined);
    put(heading(node), ...(parts.length ? parts : own.map(plain)));
    view.select(id, undefined);
    remember(id);
  };
  const showEdge = (id: string): void => {
    const edge = edges.get(id);
    if (!edge) return;
    put(cloneRelation(edge.relation) ?? plain(edge));
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

/** A step that is no relation of its own, such as from a project to its programme. */
function plain(edge: NetEdge): HTMLElement {
  const [first = "", ...rest] = edge.about.split("\n");
  return html("div", { class: "relation" }, html("h3", {}, first), ...rest.map((line) => html("p", { class: "quiet" }, line)));
}

function cloneRelation(key: string): HTMLElement | undefined {
  const found = document.getElementById(`relation-${key}`);
  if (!found) return undefined;
  const copy = need<HTMLElement>(".relation", found).cloneNode(true) as HTMLElement;
  copy.removeAttribute("id");
  return copy;
}
