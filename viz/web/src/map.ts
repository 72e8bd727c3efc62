// Partners in the world, as SVG: sharp at any size, styled by the page's sheet, printable.
import { geoEqualEarth, geoGraticule10, geoPath, type GeoProjection } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";

import { html, svg } from "./dom";
import { placeLabels, type Placed } from "./labels";
import { t } from "./messages";

export interface Place {
  name: string; partner: string; country: string; lat: number; lon: number;
  family: string; kind: string; status: string; grade: string;
  statusLabel: string; gradeLabel: string; path: string; href: string;
}
export interface MapData { home: { name: string; lat: number; lon: number }; points: Place[] }

type Countries = GeometryCollection;
const atlas = world as unknown as Topology<{ countries: Countries; land: Countries }>;
export const land = feature(atlas, atlas.objects.land);
// One colour for all land and faint lines between: nothing is filled by sovereignty.
export const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b);
const LABEL_SIZE = 12.5;

/** Draw the whole map anew for a width in CSS pixels. */
export function drawMap(box: HTMLElement, data: MapData, width: number): void {
  const { projection, height } = fitProjection(data, width);
  const path = geoPath(projection);
  const earth = svg("svg", {
    class: "earth", viewBox: `0 0 ${width} ${height}`, width, height, role: "group",
    "aria-label": t("World map of the partners; the lists of the page say the same."),
  });
  earth.append(
    svg("path", { class: "graticule", d: path(geoGraticule10()) ?? "" }),
    svg("path", { class: "land", d: path(land) ?? "" }),
    svg("path", { class: "borders", d: path(borders) ?? "" }),
  );
  const tip = html("div", { class: "tip", role: "status", hidden: "" });
  const home: [number, number] = [data.home.lon, data.home.lat];
  const placed: Placed[] = [];
  const arcs = svg("g");
  const points = svg("g");
  for (const place of data.points) {
    const at = projection([place.lon, place.lat]);
    if (!at) continue;
    const arc = svg("path", {
      class: `arc arc-${place.family} ${place.status} ${place.grade}`,
      d: path({ type: "LineString", coordinates: [home, [place.lon, place.lat]] }) ?? "",
    });
    const point = drawPoint(place, at, width < 560 ? 0.5 : 0.68);
    // The closest ties come first in the data and lie on top in the picture.
    arcs.prepend(arc);
    points.prepend(point.mark);
    placed.push({ text: point.text, x: at[0], y: at[1], label: place.name });
    describe(point.mark, arc, place, at, { earth, tip, width });
  }
  earth.append(arcs, points, drawHome(data, projection(home) ?? [0, 0], placed));
  box.replaceChildren(earth, tip);
  placeLabels(placed, width, height, LABEL_SIZE);
}

function fitProjection(data: MapData, width: number): { projection: GeoProjection; height: number } {
  // Turned so that the home city is near the middle and the seam lies in the Pacific.
  const projection = geoEqualEarth().rotate([-data.home.lon + 5, 0]);
  const frame = { type: "MultiPoint" as const, coordinates: [[-125, 10], [165, 10], [20, 74], [20, -55]] };
  projection.fitWidth(width, frame);
  const [[, top], [, bottom]] = geoPath(projection).bounds(frame);
  const [x, y] = projection.translate();
  projection.translate([x, y - top]);
  return { projection, height: Math.round(bottom - top) };
}

function drawPoint(place: Place, at: [number, number], scale: number): { mark: SVGAElement; text: SVGTextElement } {
  const text = svg("text", { x: at[0], y: at[1], "font-size": LABEL_SIZE, "aria-hidden": "true" }, place.name);
  const shape = svg("path", {
    class: `shape-${place.family}`, d: place.path, transform: `translate(${at[0]},${at[1]}) scale(${scale})`,
  });
  const words = [place.name, place.country, place.kind, place.statusLabel, place.gradeLabel];
  const mark = svg("a", {
    class: `point is-${place.status}`, href: place.href, "aria-label": words.filter(Boolean).join(", "),
  }, shape, text);
  return { mark, text };
}

function drawHome(data: MapData, at: [number, number], placed: Placed[]): SVGGElement {
  const text = svg("text", { x: at[0], y: at[1], "font-size": 14 }, data.home.name);
  placed.unshift({ text, x: at[0], y: at[1], label: data.home.name, first: true });
  return svg("g", { class: "home" }, svg("circle", { cx: at[0], cy: at[1], r: 6 }), text);
}

interface Scene { earth: SVGSVGElement; tip: HTMLElement; width: number }

function describe(mark: SVGAElement, arc: SVGPathElement, place: Place, at: [number, number], scene: Scene): void {
  const show = (): void => {
    scene.tip.replaceChildren(
      html("b", {}, place.partner === place.name ? place.name : `${place.partner} (${place.name})`),
      [place.country, place.kind].filter(Boolean).join(" · "),
      html("br"),
      `${place.statusLabel} · ${place.gradeLabel}`,
    );
    scene.tip.hidden = false;
    const left = Math.min(Math.max(8, at[0] + 12), scene.width - scene.tip.offsetWidth - 8);
    scene.tip.style.left = `${left}px`;
    scene.tip.style.top = `${at[1] + 14}px`;
    scene.earth.classList.add("picking");
    arc.classList.add("picked");
  };
  const hide = (): void => {
    scene.tip.hidden = true;
    scene.earth.classList.remove("picking");
    arc.classList.remove("picked");
  };
  mark.addEventListener("mouseenter", show);
  mark.addEventListener("mouseleave", hide);
  mark.addEventListener("focus", () => { if (scene.tip.hidden) show(); });
  mark.addEventListener("blur", hide);
}
