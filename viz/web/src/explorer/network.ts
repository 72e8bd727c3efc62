// vis-network with positions from the server: nothing moves by itself.
import { DataSet } from "vis-data/esnext";
import { Network, type Options } from "vis-network/esnext";

import { html, need } from "../dom";
import type { NetEdge, NetNode, Picture } from "./picture";

/** From so many lines on they are hidden while the picture moves. */
const MANY = 400;

export interface View {
  network: Network;
  nodes: DataSet<NetNode>;
  edges: DataSet<NetEdge>;
  focus(id: string): void;
  select(nodes: string[], edges: string[]): void;
  fit(nodes?: string[]): void;
  sync(picture: Picture): void;
}

export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Text of the page's own colours: the canvas knows no style sheet. */
function themed(picture: Picture): Options {
  const many = picture.edges.length > MANY;
  return {
    ...picture.options,
    nodes: {
      ...picture.options.nodes,
      font: { face: "Source Sans", size: 17, color: colour("--ink"), strokeWidth: many ? 0 : 4, strokeColor: colour("--surface"), vadjust: -2 },
    },
    interaction: {
      ...picture.options.interaction, hover: !many, tooltipDelay: 120, hideEdgesOnDrag: many, hideEdgesOnZoom: many,
      keyboard: { enabled: true, bindToWindow: false },
    },
  };
}

function tooltip(about: string): HTMLElement {
  const [first = "", ...rest] = about.split("\n");
  return html("div", {}, html("b", {}, first), ...rest.flatMap((line) => [html("br"), line]));
}

function titled<T extends { about: string }>(item: T): T & { title: HTMLElement } {
  return { ...item, title: tooltip(item.about) };
}

/** Nodes and lines as vis takes them; the middle is told apart by its letters. */
function prepare(picture: Picture): { nodes: NetNode[]; edges: NetEdge[] } {
  const home = picture.nodes.find((node) => node.id === picture.home);
  if (home) home.font = { face: "Source Sans", size: 32, color: "#fff", strokeWidth: 0 } as never;
  return {
    nodes: picture.nodes.map(titled) as unknown as NetNode[],
    edges: picture.edges.map(titled) as unknown as NetEdge[],
  };
}

/** Draw the picture into its box. */
export function drawNetwork(box: HTMLElement, picture: Picture): View {
  let current = picture;
  const first = prepare(picture);
  const nodes = new DataSet<NetNode>(first.nodes);
  const edges = new DataSet<NetEdge>(first.edges);
  const network = new Network(box, { nodes: nodes as never, edges: edges as never }, themed(picture));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = calm ? false : { duration: 350, easingFunction: "easeInOutQuad" as const };
  const view: View = {
    network, nodes, edges,
    focus: (id) => { if (nodes.get(id)) network.focus(id, { scale: Math.max(network.getScale(), 1), animation }); },
    select: (some, lines) => network.setSelection(
      { nodes: some.filter((id) => nodes.get(id)), edges: lines.filter((id) => edges.get(id)) },
      { highlightEdges: !lines.length },
    ),
    fit: (some) => network.fit({ animation, ...(some?.length ? { nodes: some } : {}) }),
    sync: (next) => {
      current = next;
      const fresh = prepare(next);
      replace(nodes, fresh.nodes);
      replace(edges, fresh.edges);
      network.setOptions(themed(next));
    },
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network.setOptions(themed(current)));
  // Reachable from the element, as the canvas itself tells nothing about what it shows.
  Object.assign(box, { view });
  wireZoom(view);
  network.once("afterDrawing", () => box.setAttribute("data-drawn", "true"));
  return view;
}

/** What stays keeps its place: only what is new is added, only what is gone is taken out. */
function replace<T extends { id: string }>(data: DataSet<T>, items: T[]): void {
  const kept = new Set(items.map((item) => item.id));
  data.remove(data.getIds().filter((id) => !kept.has(String(id))));
  data.update(items as never);
}

function wireZoom(view: View): void {
  const zoom = (factor: number): void => view.network.moveTo({ scale: view.network.getScale() * factor });
  need("#zoom-in").addEventListener("click", () => zoom(1.25));
  need("#zoom-out").addEventListener("click", () => zoom(0.8));
  need("#zoom-fit").addEventListener("click", () => view.fit());
}
