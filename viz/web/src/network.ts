// vis-network with positions from the server: nothing moves by itself.
import { DataSet } from "vis-data/esnext";
import { Network, type Edge, type Node, type Options } from "vis-network/esnext";

import { html, need } from "./dom";

export interface NetNode extends Node { id: string; label: string; family: string; name: string; about: string }
export interface NetEdge extends Edge {
  id: string; from: string; to: string; family: string; status: string; grade: string; relation: string; about: string;
}
export interface Picture { nodes: NetNode[]; edges: NetEdge[]; options: Options; home: string }

export interface View {
  network: Network;
  nodes: DataSet<NetNode>;
  edges: DataSet<NetEdge>;
  focus(id: string): void;
  select(node: string | undefined, edge: string | undefined): void;
  fit(): void;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Text of the page's own colours: the canvas knows no style sheet. */
function themed(picture: Picture): Options {
  return {
    ...picture.options,
    nodes: {
      ...picture.options.nodes,
      font: { face: "Source Sans", size: 17, color: colour("--ink"), strokeWidth: 4, strokeColor: colour("--surface"), vadjust: -2 },
    },
    interaction: {
      ...picture.options.interaction, hover: true, tooltipDelay: 120, hideEdgesOnDrag: false, hideEdgesOnZoom: false,
      keyboard: { enabled: true, bindToWindow: false },
    },
  };
}

function tooltip(about: string): HTMLElement {
  const [first = "", ...rest] = about.split("\n");
  return html("div", {}, html("b", {}, first), ...rest.flatMap((line) => [html("br"), line]));
}

/** Draw the picture into its box. */
export function drawNetwork(box: HTMLElement, picture: Picture): View {
  const home = picture.nodes.find((node) => node.id === picture.home);
  if (home) home.font = { face: "Source Sans", size: 32, color: "#fff", strokeWidth: 0 } as never;
  const titled = <T extends { about: string }>(item: T): T & { title: HTMLElement } => ({ ...item, title: tooltip(item.about) });
  const nodes = new DataSet<NetNode>(picture.nodes.map(titled) as unknown as NetNode[]);
  const edges = new DataSet<NetEdge>(picture.edges.map(titled) as unknown as NetEdge[]);
  const network = new Network(box, { nodes: nodes as never, edges: edges as never }, themed(picture));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = calm ? false : { duration: 350, easingFunction: "easeInOutQuad" as const };
  const view: View = {
    network, nodes, edges,
    focus: (id) => network.focus(id, { scale: Math.max(network.getScale(), 1), animation }),
    select: (node, edge) => network.setSelection({ nodes: node ? [node] : [], edges: edge ? [edge] : [] }, { highlightEdges: !edge }),
    fit: () => network.fit({ animation }),
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network.setOptions(themed(picture)));
  // Reachable from the element, as the canvas itself tells nothing about what it shows.
  Object.assign(box, { view });
  wireZoom(view);
  network.once("afterDrawing", () => box.setAttribute("data-drawn", "true"));
  return view;
}

function wireZoom(view: View): void {
  const zoom = (factor: number): void => view.network.moveTo({ scale: view.network.getScale() * factor });
  need("#zoom-in").addEventListener("click", () => zoom(1.25));
  need("#zoom-out").addEventListener("click", () => zoom(0.8));
  need("#zoom-fit").addEventListener("click", () => view.fit());
}
