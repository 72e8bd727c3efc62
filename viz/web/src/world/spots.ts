// Places on the map as buttons; where they are dense, one button stands for all and leads closer.
import { html, svg } from "../dom";
import { t } from "../messages";
import type { Globe, Point } from "./globe";

export interface Spot {
  key: string; name: string; about: string; place: Point; weight: number; style: string;
  /** A shape's path, or the diameter of a bubble with a number in it. */
  path?: string; shape?: string; bubble?: number; pick(): void;
}

const NEAR = 16;
const MOST = 180;
const LETTER = 6.9;
const LINE = 17;

interface Group { head: Spot; at: Point; members: Spot[] }

/** Stand spots on the globe anew. */
export function placeSpots(globe: Globe, layer: HTMLElement, spots: Spot[], picked: string): void {
  const focused = (document.activeElement as HTMLElement | null)?.dataset["key"];
  const groups = gather(globe, spots);
  const labels: [number, number, number, number][] = groups.map(({ at: [x, y] }) => [x - 9, y - 9, x + 9, y + 9]);
  const buttons = groups.map((group) => {
    const button = group.members.length > 1 ? drawGroup(globe, group) : drawSpot(group.head);
    const [x, y] = group.at;
    const half = (group.head.bubble && group.members.length === 1 ? Math.max(24, group.head.bubble) : 24) / 2;
    button.style.transform = `translate(${x - half}px, ${y - half}px)`;
    button.classList.toggle("is-picked", group.members.some((spot) => spot.key === picked));
    const name = group.members.length > 1 ? "" : group.head.name;
    const box: [number, number, number, number] = [x + half - 2, y - LINE / 2, x + half + name.length * LETTER, y + LINE / 2];
    const isFree = !!name && box[2] < globe.width && !labels.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    button.classList.toggle("crowded", !isFree);
    if (isFree) labels.push(box);
    return button;
  });
  layer.replaceChildren(...buttons);
  if (focused) layer.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

/** While the map moves the buttons go along without being made anew. */
export function moveSpots(globe: Globe, layer: HTMLElement, spots: Map<string, Spot>): void {
  for (const button of layer.children as HTMLCollectionOf<HTMLElement>) {
    const spot = spots.get(button.dataset["key"] ?? "");
    const at = spot && globe.at(spot.place);
    button.hidden = !at;
    if (!at) continue;
    const half = Number(button.dataset["half"] ?? 12);
    button.style.transform = `translate(${at[0] - half}px, ${at[1] - half}px)`;
  }
}

function gather(globe: Globe, spots: Spot[]): Group[] {
  const groups: Group[] = [];
  for (const head of [...spots].sort((a, b) => b.weight - a.weight)) {
    const at = globe.at(head.place);
    if (!at) continue;
    const reach = (group: Group): number => Math.max(NEAR, ((group.head.bubble ?? 0) + (head.bubble ?? 0)) / 2.6);
    const near = groups.find((group) => Math.hypot(group.at[0] - at[0], group.at[1] - at[1]) < reach(group) && group.head.style !== "is-home" && head.style !== "is-home");
    if (near) near.members.push(head);
    else if (groups.length < MOST) groups.push({ head, at, members: [head] });
  }
  return groups;
}

function drawSpot(spot: Spot): HTMLButtonElement {
  const button = html("button", { type: "button", class: `spot ${spot.style}`, "data-key": spot.key, "aria-label": spot.about || spot.name });
  const half = Math.max(24, spot.bubble ?? 24) / 2;
  button.dataset["half"] = String(half);
  if (spot.bubble) {
    const bubble = html("span", { class: "spot-bubble" }, spot.bubble >= 22 ? spot.weight.toLocaleString(document.documentElement.lang) : "");
    bubble.style.width = bubble.style.height = `${spot.bubble}px`;
    const mark = html("span", { class: "spot-sign" }, bubble);
    mark.style.width = mark.style.height = `${half * 2}px`;
    button.append(mark);
  } else {
    const drawing = spot.style === "is-home" ? svg("circle", { r: 9 }) : svg("path", { class: `shape-${spot.shape ?? ""}`, d: spot.path ?? "" });
    button.append(html("span", { class: "spot-sign" }, svg("svg", { viewBox: "-11 -11 22 22", "aria-hidden": "true" }, drawing)));
  }
  const text = html("span", { class: "spot-name" }, spot.name);
  if (spot.bubble) text.style.left = `${half * 2}px`;
  button.append(text);
  button.addEventListener("click", () => spot.pick());
  return button;
}

function drawGroup(globe: Globe, group: Group): HTMLButtonElement {
  // Bubbles that stand for numbers go on standing for the largest of them.
  if (group.head.bubble) return drawSpot(group.head);
  const names = group.members.map((spot) => spot.name);
  const label = t("{n} places: {names}. Come closer.", { n: names.length, names: names.slice(0, 8).join(", ") });
  const bubble = html("span", { class: "spot-bubble" }, String(names.length));
  bubble.style.width = bubble.style.height = "24px";
  const button = html("button", { type: "button", class: "spot is-group", "data-key": group.head.key, "aria-label": label },
    html("span", { class: "spot-sign" }, bubble), html("span", { class: "spot-name" }, names.slice(0, 4).join(", ")));
  button.addEventListener("click", () => globe.show(group.head.place, globe.zoom * 2.4));
  return button;
}
