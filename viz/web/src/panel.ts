// The panel shows copies of what the table below the picture says: one text, written by the server.
import { html, need } from "./dom";
import { t } from "./messages";
import type { NetEdge, NetNode, Picture, View } from "./network";

/** What stands beside the picture: the overview, or what was picked. */
export class Panel {
  private readonly overview: ChildNode[];
  private readonly nodes: Map<string, NetNode>;
  private readonly edges: Map<string, NetEdge>;
  private readonly legend = document.querySelector<HTMLDetailsElement>(".legend details");
  private picked = false;

  constructor(private readonly box: HTMLElement, private readonly picture: Picture, private readonly view: View) {
    this.overview = [...box.childNodes];
    this.nodes = new Map(picture.nodes.map((node) => [node.id, node]));
    this.edges = new Map(picture.edges.map((edge) => [edge.id, edge]));
    view.network.on("click", ({ nodes: [node], edges: [edge] }: { nodes: string[]; edges: string[] }) => {
      if (node) this.showNode(node);
      else if (edge) this.showEdge(edge);
      else this.showOverview();
    });
    box.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLButtonElement>("button[data-node]")?.dataset["node"];
      if (id) this.goTo(id);
    });
  }

  /** Bring a node to the middle and show it. */
  goTo(id: string): void {
    this.view.focus(id);
    this.showNode(id);
  }

  /** Show what the address names behind its #, if it names anything. */
  showAddress(): void {
    const id = decodeURIComponent(location.hash.slice(1));
    if (this.nodes.has(id)) this.goTo(id);
    else if (this.edges.has(id)) this.showEdge(id);
  }

  private showOverview(): void {
    this.box.replaceChildren(...this.overview);
    this.view.select(undefined, undefined);
    remember("");
  }

  private showNode(id: string): void {
    const node = this.nodes.get(id);
    if (!node || id === this.picture.home) return this.showOverview();
    const own = this.picture.edges.filter((edge) => edge.from === id || edge.to === id);
    const relations = [...new Set(own.map((edge) => edge.relation))].map(cloneRelation).filter((part) => part !== undefined);
    this.put(html("h2", { tabindex: -1 }, node.name), ...(relations.length ? relations : own.map(drawStep)));
    this.view.select(id, undefined);
    remember(id);
  }

  private showEdge(id: string): void {
    const edge = this.edges.get(id);
    if (!edge) return;
    this.put(cloneRelation(edge.relation) ?? drawStep(edge));
    this.view.select(undefined, id);
    remember(id);
  }

  private put(...children: Node[]): void {
    const close = html("button", { type: "button", class: "close plain" }, t("Back to the overview"));
    close.addEventListener("click", () => this.showOverview());
    this.box.replaceChildren(close, ...children);
    // Room for what was picked: the legend folds once, and stays as the reader leaves it.
    if (this.legend && !this.picked) this.legend.open = false;
    this.picked = true;
    this.box.parentElement?.scrollTo({ top: 0 });
  }
}

/** The address names what is shown, so that it can be sent to somebody. */
function remember(id: string): void {
  history.replaceState(null, "", id ? `#${encodeURIComponent(id)}` : location.pathname + location.search);
}

/** A step that is no relation of its own, such as from a project to its programme. */
function drawStep(edge: NetEdge): HTMLElement {
  const [first = "", ...rest] = edge.about.split("\n");
  return html("div", { class: "relation" }, html("h3", {}, first), ...rest.map((line) => html("p", { class: "quiet" }, line)));
}

function cloneRelation(key: string): HTMLElement | undefined {
  const found = key ? document.getElementById(`relation-${key}`) : null;
  return found ? (need<HTMLElement>(".relation", found).cloneNode(true) as HTMLElement) : undefined;
}
