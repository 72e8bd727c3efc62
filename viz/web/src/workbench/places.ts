// The answer on a map, when it has coordinates: points in WKT, or two columns of degrees.
import { html } from "../dom";
import { language, t } from "../messages";
import { drawSpots, type Spot } from "../spots";
import { learnNames } from "./names";
import { readCell } from "./table";
import { isLink, ownAddress, type Result, type Row, type Term } from "./terms";

interface Place { lat: number; lon: number; row: Row }

const MOST = 2000;
const POINT = /^\s*(?:<[^>]*>\s*)?POINT\s*Z?\s*\(\s*(-?[\d.]+)[\s,]+(-?[\d.]+)/i;

/** The rows that have a place. */
export function spotsOf(result: Result): Place[] {
  const lat = result.vars.findIndex((name) => /^(lat|latitude|enlem)$/i.test(name));
  const lon = result.vars.findIndex((name) => /^(lon|lng|long|longitude|boylam)$/i.test(name));
  const found: Place[] = [];
  for (const row of result.rows) {
    const spot = lat >= 0 && lon >= 0 ? degrees(row[lat], row[lon], row) : pointOf(row);
    if (spot) found.push(spot);
  }
  return found;
}

function degrees(lat: Term | undefined, lon: Term | undefined, row: Row): Place | undefined {
  return lat && lon ? checked(Number(lat.value), Number(lon.value), row) : undefined;
}

function pointOf(row: Row): Place | undefined {
  for (const term of row) {
    const match = term?.type === "literal" ? POINT.exec(term.value) : null;
    if (match) return checked(Number(match[2]), Number(match[1]), row);
  }
  return undefined;
}

function checked(lat: number, lon: number, row: Row): Place | undefined {
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
  drawSpots(box, shown.map(toSpot), Math.max(320, into.clientWidth));
}

function toSpot({ lat, lon, row }: Place): Spot {
  const thing = row.find((term) => term?.type === "uri");
  const named = row.find((term) => term?.type === "literal" && !POINT.test(term.value));
  const label = readCell(thing ?? named);
  const about = row.map(readCell).filter((text) => text && text !== label && !POINT.test(text)).join(" · ");
  return { lat, lon, label, about, href: thing && isLink(thing.value) ? ownAddress(thing.value) : null };
}
