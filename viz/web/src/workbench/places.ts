// The answer on a map, when it has coordinates: points in WKT, or two columns of degrees.
import { geoEqualEarth, geoGraticule10, geoPath, type GeoProjection } from "d3-geo";

import { html, svg } from "../dom";
import { placeLabels, type Placed } from "../labels";
import { borders, land } from "../map";
import { language, t } from "../messages";
import { learnNames } from "./names";
import { readCell } from "./table";
import { isLink, ownAddress, type Result, type Row, type Term } from "./terms";

interface Spot { lat: number; lon: number; row: Row }

const MOST = 2000;
const LABELLED = 60;
const POINT = /^\s*(?:<[^>]*>\s*)?POINT\s*Z?\s*\(\s*(-?[\d.]+)[\s,]+(-?[\d.]+)/i;

/** The rows that have a place. */
export function spotsOf(result: Result): Spot[] {
  const lat = result.vars.findIndex((name) => /^(lat|latitude|enlem)$/i.test(name));
  const lon = result.vars.findIndex((name) => /^(lon|lng|long|longitude|boylam)$/i.test(name));
  const found: Spot[] = [];
  for (const row of result.rows) {
    const spot = lat >= 0 && lon >= 0 ? degrees(row[lat], row[lon], row) : pointOf(row);
    if (spot) found.push(spot);
  }
  return found;
}

function degrees(lat: Term | undefined, lon: Term | undefined, row: Row): Spot | undefined {
  return lat && lon ? checked(Number(lat.value), Number(lon.value), row) : undefined;
}

function pointOf(row: Row): Spot | undefined {
  for (const term of row) {
    const match = term?.type === "literal" ? POINT.exec(term.value) : null;
    if (match) return checked(Number(match[2]), Number(match[1]), row);
  }
  return undefined;
}

function checked(lat: number, lon: number, row: Row): Spot | undefined {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon, row } : undefined;
}

/** Draw the map, fitted to its points. */
export async function drawPlaces(into: HTMLElement, result: Result): Promise<void> {
  const spots = spotsOf(result);
  if (!spots.length) {
    into.replaceChildren(html("p", { class: "lead" }, t("No row has coordinates. Ask for geo:asWKT of a city, or for two columns ?lat and ?lon.")));
    return;
  }
  const shown = spots.slice(0, MOST);
  await learnNames(shown.map(({ row }) => row));
  const box = html("div", { class: "map-canvas" });
  into.replaceChildren(html("figure", { class: "places" }, box, html("figcaption", { class: "caption" },
    t("{n} places. Borders: Natural Earth, faint and without a claim.", { n: spots.length.toLocaleString(language) }))));
  drawEarth(box, shown, Math.max(320, into.clientWidth));
}

function drawEarth(box: HTMLElement, spots: Spot[], width: number): void {
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
  const projection = geoEqualEarth();
  const coordinates = spots.map(({ lat, lon }) => [lon, lat]);
  // A single place still shows the land around it.
  const [first] = spots;
  if (first && spots.length < 3) coordinates.push([first.lon - 9, first.lat - 6], [first.lon + 9, first.lat + 6]);
  const margin = 46;
  return projection.fitExtent([[margin, margin], [width - margin, height - margin]], { type: "MultiPoint", coordinates });
}

function drawSpot({ row }: Spot, at: [number, number], isLabelled: boolean, placed: Placed[]): SVGElement {
  const thing = row.find((term) => term?.type === "uri");
  const named = row.find((term) => term?.type === "literal" && !POINT.test(term.value));
  const label = readCell(thing ?? named);
  const rest = row.map(readCell).filter((text) => text && text !== label && !POINT.test(text));
  const mark = svg("circle", { cx: at[0], cy: at[1], r: 5.5 }, svg("title", {}, [label, ...rest].join(" · ")));
  const children: SVGElement[] = [mark];
  if (isLabelled && label) {
    const text = svg("text", { x: at[0], y: at[1], "font-size": 12.5, "aria-hidden": "true" }, label);
    placed.push({ text, x: at[0], y: at[1], label });
    children.push(text);
  }
  const isLinked = thing && isLink(thing.value);
  return isLinked
    ? svg("a", { class: "spot", href: ownAddress(thing.value), "aria-label": label }, ...children)
    : svg("g", { class: "spot" }, ...children);
}
