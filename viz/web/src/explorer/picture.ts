// The server's picture, and how its lines look on any day.
import type { Edge, Node, Options } from "vis-network/esnext";

export interface NetNode extends Node {
  id: string; label: string; family: string; name: string; about: string; path: string; country: string; kind: string;
  x: number; y: number;
}
export interface NetEdge extends Edge {
  id: string; from: string; to: string; family: string; status: string; grade: string; relation: string; about: string;
  changes: [string, string][]; themes: string[]; faint: boolean; way: boolean;
  color: { color: string; opacity: number };
}
export type Filter = "family" | "status" | "grade" | "theme" | "country";
export interface Picture {
  nodes: NetNode[]; edges: NetEdge[]; options: Options; home: string; start: string; day: string; today: string;
  totals: Record<string, number>; looks: { ended: string; dashes: Record<string, number[]> };
  words: Record<Filter | "shape", Record<string, string>>;
}

const OPACITY: Record<string, number> = { confirmed: 0.9, reported: 0.75, unverified: 0.6 };

/** Name each thing as addresses do: by the end of its IRI. */
export function withPaths(picture: Picture): Picture {
  for (const node of picture.nodes) node.path = node.id.split("/id/").at(-1) ?? node.id;
  return picture;
}

/** The status on a day: what the server found for the day of the last change. */
export function statusOn(edge: NetEdge, day: string): string {
  let found = edge.changes.length ? "unknown" : edge.status;
  for (const [from, status] of edge.changes) {
    if (from > day) break;
    found = status;
  }
  return found;
}

/** What had not begun on an earlier day but has by now is no plan: it is not there yet. */
export function isLater(edge: NetEdge, day: string, today: string): boolean {
  return day < today && statusOn(edge, day) === "planned" && statusOn(edge, today) !== "planned";
}

/** Colour and dashes of a line with a status; where a way is shown, all else steps back. */
export function lookOf(edge: NetEdge, status: string, picture: Picture, colours: Record<string, string>): Partial<NetEdge> {
  const ended = status === "ended";
  const hasWay = picture.edges.some((one) => one.way);
  const own = ended ? picture.looks.ended : colours[edge.family] ?? edge.color.color;
  const colour = edge.way ? colours["way"] ?? own : own;
  const plain = edge.faint ? 0.35 : ended ? 0.55 : OPACITY[edge.grade] ?? 0.75;
  const opacity = edge.way ? 1 : hasWay ? 0.12 : plain;
  const width = edge.way ? 5 : edge.width ?? 1;
  return {
    color: { color: colour, highlight: colour, hover: colour, opacity }, width, dashes: picture.looks.dashes[status] ?? false,
  } as Partial<NetEdge>;
}

/** First and last year of which anything is told. */
export function yearsOf(picture: Picture): [number, number] {
  const now = Number(picture.today.slice(0, 4));
  const years = picture.edges.flatMap((edge) => edge.changes.map(([day]) => Number(day.slice(0, 4)))).filter((year) => year > 1900);
  return [Math.min(now - 10, ...years), Math.max(now + 2, ...years.filter((year) => year < now + 30))];
}
