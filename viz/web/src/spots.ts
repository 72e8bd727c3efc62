// Points on a map that is fitted to them: answers of questions, whoever asks.
import { geoEqualEarth, geoGraticule10, geoPath, type GeoProjection } from "d3-geo";

import { svg } from "./dom";
import { placeLabels, type Placed } from "./labels";
import { borders, land } from "./map";
import { t } from "./messages";

export interface Spot { lat: number; lon: number; label: string; about?: string; href?: string | null }

const LABELLED = 60;

/** Draw the earth with its points. */
export function drawSpots(box: HTMLElement, spots: Spot[], width: number): void {
  const height = Math.round(Math.min(width * 0.56, 620));
  const projection = fitted(spots, width, height);
  const path = geoPath(projection);
  const earth = svg("svg", { class: "earth", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": t("Map of the rows; the table says the same.") });
  earth.append(
    svg("path", { class: "graticule", d: path(geoGraticule10()) ?? "" }),
    svg("path", { class: "land", d: path(land) ?? "" }),
    svg("path", { class: "borders", d: path(borders) ?? "" }),
  );
  const placed: Placed[] = [];
  for (const spot of spots) {
    const at = projection([spot.lon, spot.lat]);
    if (at) earth.append(drawSpot(spot, at, spots.length <= LABELLED, placed));
  }
  box.replaceChildren(earth);
  placeLabels(placed, width, height, 12.5);
}

function fitted(spots: Spot[], width: number, height: number): GeoProjection {
  const coordinates = spots.map(({ lat, lon }) => [lon, lat]);
  // A single place still shows the land around it.
  const [first] = spots;
  if (first && spots.length < 3) coordinates.push([first.lon - 9, first.lat - 6], [first.lon + 9, first.lat + 6]);
  const margin = 46;
  return geoEqualEarth().fitExtent([[margin, margin], [width - margin, height - margin]], { type: "MultiPoint", coordinates });
}

function drawSpot({ label, about, href }: Spot, at: [number, number], isLabelled: boolean, placed: Placed[]): SVGElement {
  const mark = svg("circle", { cx: at[0], cy: at[1], r: 5.5 }, svg("title", {}, [label, about].filter(Boolean).join(" · ")));
  const children: SVGElement[] = [mark];
  if (isLabelled && label) {
    const text = svg("text", { x: at[0], y: at[1], "font-size": 12.5, "aria-hidden": "true" }, label);
    placed.push({ text, x: at[0], y: at[1], label });
    children.push(text);
  }
  return href ? svg("a", { class: "spot", href, "aria-label": label }, ...children) : svg("g", { class: "spot" }, ...children);
}
