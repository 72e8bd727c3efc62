// The answer as a network: things are points, rows or statements are lines; positions are computed once.
import { DataSet } from "vis-data/esnext";
import { Network, type Options } from "vis-network/esnext";

import { html } from "../dom";
import { language, t } from "../messages";
import { learnNames, nameOf } from "./names";
import { isLink, localName, ownAddress, type Result, type Row } from "./terms";

interface Edge { from: string; to: string; label: string }

const MOST = 300;

/** The lines between things: statements, or neighbouring things of a row. */
export function edgesOf(result: Result): Edge[] {
  const found = new Map<string, Edge>();
  for (const row of result.rows) {
    for (const edge of result.isGraph ? statement(row) : neighbours(row, result.vars)) found.set(`${edge.from} ${edge.label} ${edge.to}`, edge);
  }
  return [...found.values()];
}

function statement([subject, property, value]: Row): Edge[] {
  return subject && property && value && value.type !== "literal" ? [{ from: subject.value, to: value.value, label: property.value }] : [];
}

function neighbours(row: Row, vars: string[]): Edge[] {
  const things = row.map((term, at) => ({ term, at })).filter(({ term }) => term?.type === "uri" || term?.type === "bnode");
  const [first, ...rest] = things;
  return rest.map(({ term, at }) => ({ from: first?.term?.value ?? "", to: term?.value ?? "", label: vars[at] ?? "" }));
}

/** Draw the network of an answer. */
export async function drawNet(into: HTMLElement, result: Result): Promise<void> {
  const all = edgesOf(result);
  if (!all.length) {
    into.replaceChildren(html("p", { class: "lead" }, t("No row ties two things together. Ask for two columns of things, or with CONSTRUCT.")));
    return;
  }
  const { ids, edges } = busiest(all);
  await learnNames([ids.map((value) => ({ type: "uri", value })), edges.map(({ label }) => ({ type: "uri", value: label }))]);
  const canvas = html("div", { class: "net-canvas", tabindex: 0, role: "img", "aria-label": t("Network of the answer; the table says the same.") });
  const note = html("p", { class: "caption", role: "status" }, summary(ids.length, edges.length, all));
  into.replaceChildren(canvas, note);
  await Promise.all([document.fonts.load('600 15px "Source Sans"', "ğA"), document.fonts.load('15px "Source Sans"', "ğA")]);
  const network = new Network(canvas, { nodes: nodesOf(ids, edges) as never, edges: linesOf(edges, result.isGraph) as never }, options());
  network.on("click", ({ nodes: [id] }: { nodes: string[] }) => {
    if (id) note.replaceChildren(link(id));
  });
  network.once("afterDrawing", () => canvas.setAttribute("data-drawn", "true"));
  network.fit();
}

function link(iri: string): Node | string {
  return isLink(iri) ? html("a", { href: ownAddress(iri), title: iri }, nameOf(iri)) : nameOf(iri);
}

function summary(nodes: number, edges: number, all: Edge[]): string {
  const facts = { nodes: nodes.toLocaleString(language), edges: edges.toLocaleString(language), all: all.length.toLocaleString(language) };
  return edges < all.length
    ? t("{nodes} things and {edges} of {all} ties, those of the busiest things. Click on one for its page.", facts)
    : t("{nodes} things and {edges} ties. Click on one for its page.", facts);
}

function busiest(all: Edge[]): { ids: string[]; edges: Edge[] } {
  const degree = new Map<string, number>();
  for (const { from, to } of all) for (const id of [from, to]) degree.set(id, (degree.get(id) ?? 0) + 1);
  const ids = [...degree].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([id]) => id);
  const kept = new Set(ids);
  return { ids, edges: all.filter(({ from, to }) => kept.has(from) && kept.has(to)) };
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function nodesOf(ids: string[], edges: Edge[]): DataSet<object, "id"> {
  const places = arrange(ids, edges);
  const degree = new Map<string, number>();
  for (const { from, to } of edges) for (const id of [from, to]) degree.set(id, (degree.get(id) ?? 0) + 1);
  const few = ids.length <= 80;
  return new DataSet<object, "id">(ids.map((id, at) => {
    const name = nameOf(id);
    const label = few || (degree.get(id) ?? 0) > 3 ? (name.length > 34 ? `${name.slice(0, 33)}…` : name) : "";
    return { id, label, title: html("div", {}, name), ...places[at], shape: "dot", size: 6 + 3 * Math.sqrt(degree.get(id) ?? 1) };
  }) as never);
}

function linesOf(edges: Edge[], isNamed: boolean): DataSet<object, "id"> {
  const few = edges.length <= 40;
  return new DataSet<object, "id">(edges.map(({ from, to, label }, id) => {
    const name = isNamed ? nameOf(label) || localName(label) : label;
    return { id, from, to, title: html("div", {}, name), ...(few ? { label: name } : {}) };
  }) as never);
}

function options(): Options {
  const font = { face: "Source Sans", color: colour("--ink"), strokeWidth: 4, strokeColor: colour("--surface") };
  return {
    physics: false, autoResize: true, layout: { randomSeed: 1, improvedLayout: false },
    nodes: { font: { ...font, size: 17 }, color: { background: colour("--kind-twinning"), border: colour("--surface"), highlight: colour("--focus") } },
    edges: { smooth: false, color: { color: colour("--line-2"), highlight: colour("--focus") }, arrows: { to: { enabled: true, scaleFactor: 0.5 } }, font: { ...font, size: 13, align: "middle" } },
    interaction: { hover: true, tooltipDelay: 120, keyboard: { enabled: true, bindToWindow: false }, zoomView: true },
  } as Options;
}


/** Spread the points: ties draw together, all others push apart (Fruchterman and Reingold 1991); always the same. */
export function arrange(ids: string[], edges: Edge[]): { x: number; y: number }[] {
  const n = ids.length;
  const at = new Map(ids.map((id, place) => [id, place]));
  const size = 90 * Math.sqrt(n) + 60;
  const k = size / Math.sqrt(n || 1);
  // A sunflower to begin with: no two points in one place.
  const x = Float64Array.from(ids, (_, i) => Math.sqrt(i / n) * size * 0.5 * Math.cos(i * 2.399963));
  const y = Float64Array.from(ids, (_, i) => Math.sqrt(i / n) * size * 0.5 * Math.sin(i * 2.399963));
  const pairs = edges.map(({ from, to }) => [at.get(from) ?? 0, at.get(to) ?? 0] as const);
  for (let round = 0; round < 160; round++) relax(x, y, pairs, k, size * 0.1 * (1 - round / 160));
  // As large as its points need: a picture that is shrunk to fit has names that nobody can read.
  const spread = Math.max(...x.map(Math.abs), ...y.map(Math.abs), 1);
  const scale = Math.max(220, 44 * Math.sqrt(n)) / spread;
  return ids.map((_, i) => ({ x: Math.round((x[i] as number) * scale * 1.5), y: Math.round((y[i] as number) * scale) }));
}

function relax(x: Float64Array, y: Float64Array, pairs: (readonly [number, number])[], k: number, heat: number): void {
  const n = x.length;
  const dx = new Float64Array(n);
  const dy = new Float64Array(n);
  const push = (a: number, b: number, strength: (distance: number) => number): void => {
    const across = (x[a] as number) - (x[b] as number);
    const down = (y[a] as number) - (y[b] as number);
    const distance = Math.hypot(across, down) || 0.01;
    const force = strength(distance) / distance;
    dx[a] = (dx[a] as number) + across * force;
    dy[a] = (dy[a] as number) + down * force;
    dx[b] = (dx[b] as number) - across * force;
    dy[b] = (dy[b] as number) - down * force;
  };
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) push(a, b, (distance) => (k * k) / distance);
  for (const [a, b] of pairs) if (a !== b) push(a, b, (distance) => -(distance * distance) / k);
  for (let i = 0; i < n; i++) {
    // A weak pull to the middle keeps parts that nothing ties together in sight.
    const moveX = (dx[i] as number) - (x[i] as number) * 0.04 * k / 30;
    const moveY = (dy[i] as number) - (y[i] as number) * 0.04 * k / 30;
    const long = Math.hypot(moveX, moveY) || 0.01;
    x[i] = (x[i] as number) + (moveX / long) * Math.min(long, heat);
    y[i] = (y[i] as number) + (moveY / long) * Math.min(long, heat);
  }
}
