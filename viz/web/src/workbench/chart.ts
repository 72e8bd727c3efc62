// A picture of numbers: bars for names, a line for days; drawn as SVG, without scripts of others.
import { html, svg } from "../dom";
import { language, t } from "../messages";
import { learnNames } from "./names";
import { readCell } from "./table";
import { numberOf, type Result } from "./terms";

const MOST = 40;
const ROW = 26;
const COUNT = "#";

interface Point { label: string; value: number }

/** Draw a chart of two columns, which the reader can change. */
export async function drawChart(into: HTMLElement, result: Result, options: Record<string, string>, changed: () => void): Promise<void> {
  const [x, y] = chosen(result, options);
  await learnNames(result.rows.slice(0, 5000), result.vars.indexOf(x));
  const across = picker(t("Names"), result.vars, x);
  const along = picker(t("Numbers"), [COUNT, ...result.vars.filter((name) => isNumeric(result, name))], y);
  const figure = html("figure", { class: "chart" });
  const draw = (): void => {
    options["x"] = across.value;
    options["y"] = along.value;
    figure.replaceChildren(...picture(result, across.value, along.value));
    changed();
  };
  for (const one of [across, along]) one.addEventListener("change", draw);
  into.replaceChildren(html("div", { class: "table-tools chart-tools" }, labelled(across, t("Names")), labelled(along, t("Numbers"))), figure);
  draw();
}

function chosen(result: Result, options: Record<string, string>): [string, string] {
  const numeric = result.vars.filter((name) => isNumeric(result, name));
  const named = result.vars.filter((name) => !numeric.includes(name));
  const x = result.vars.includes(options["x"] ?? "") ? options["x"] : (named[0] ?? result.vars[0]);
  const y = options["y"] === COUNT || numeric.includes(options["y"] ?? "") ? options["y"] : (numeric[0] ?? COUNT);
  return [x ?? "", y ?? COUNT];
}

function isNumeric(result: Result, name: string): boolean {
  const column = result.vars.indexOf(name);
  const bound = result.rows.slice(0, 200).map((row) => row[column]).filter((term) => term !== undefined);
  return bound.length > 0 && bound.every((term) => numberOf(term) !== undefined);
}

function picker(label: string, names: string[], value: string): HTMLSelectElement {
  const select = html("select", { "aria-label": label }, ...names.map((name) => html("option", { value: name }, name === COUNT ? t("Number of rows") : name)));
  select.value = value;
  return select;
}

function labelled(select: HTMLSelectElement, text: string): HTMLElement {
  return html("label", {}, `${text} `, select);
}

function picture(result: Result, x: string, y: string): (Node | string)[] {
  const points = gather(result, x, y);
  const isDays = points.length > 1 && points.every(({ label }) => /^-?\d{4}(-\d\d){0,2}/.test(label));
  if (isDays) points.sort((a, b) => (a.label < b.label ? -1 : 1));
  else if (y === COUNT || points.length > MOST) points.sort((a, b) => b.value - a.value);
  const shown = isDays ? points.slice(0, 400) : points.slice(0, MOST);
  const caption = points.length > shown.length
    ? t("{n} of {all} are drawn.", { n: shown.length, all: points.length.toLocaleString(language) }) : "";
  const drawing = isDays && shown.length > 8 ? line(shown) : bars(shown);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", t("Chart: {y} by {x}. The table has the same numbers.", { x, y: y === COUNT ? t("Number of rows") : y }));
  return [drawing, html("figcaption", { class: "caption" }, caption)];
}

function gather(result: Result, x: string, y: string): Point[] {
  const [across, along] = [result.vars.indexOf(x), result.vars.indexOf(y)];
  const sums = new Map<string, number>();
  for (const row of result.rows) {
    const label = readCell(row[across]) || "–";
    const value = y === COUNT ? 1 : numberOf(row[along]);
    if (value !== undefined) sums.set(label, (sums.get(label) ?? 0) + value);
  }
  return [...sums].map(([label, value]) => ({ label, value }));
}


function bars(points: Point[]): SVGSVGElement {
  const width = 900;
  const left = 270;
  const longest = Math.max(...points.map(({ value }) => Math.abs(value)), 0) || 1;
  const height = points.length * ROW + 8;
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart-bars" });
  points.forEach(({ label, value }, at) => {
    const y = at * ROW + 4;
    const long = Math.max(1, (Math.abs(value) / longest) * (width - left - 110));
    drawing.append(
      svg("text", { x: left - 10, y: y + 16, "text-anchor": "end" }, shorten(label)),
      svg("rect", { x: left, y: y + 3, width: long, height: ROW - 8, rx: 3, class: value < 0 ? "below" : "" }, svg("title", {}, `${label}: ${value.toLocaleString(language)}`)),
      svg("text", { x: left + long + 8, y: y + 16, class: "value" }, value.toLocaleString(language)),
    );
  });
  return drawing;
}

function shorten(label: string): string {
  return label.length > 38 ? `${label.slice(0, 37)}…` : label;
}

function line(points: Point[]): SVGSVGElement {
  const [width, height, margin] = [900, 360, 60];
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(...values, 1)];
  const x = (at: number): number => margin + (at / Math.max(1, points.length - 1)) * (width - 2 * margin);
  const y = (value: number): number => height - 40 - ((value - low) / (high - low || 1)) * (height - 70);
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart-line" });
  for (const value of [low, (low + high) / 2, high]) {
    drawing.append(
      svg("line", { x1: margin, x2: width - margin, y1: y(value), y2: y(value), class: "grid" }),
      svg("text", { x: margin - 8, y: y(value) + 5, "text-anchor": "end" }, value.toLocaleString(language, { maximumFractionDigits: 1 })),
    );
  }
  drawing.append(svg("polyline", { points: points.map(({ value }, at) => `${x(at)},${y(value)}`).join(" ") }));
  points.forEach(({ label, value }, at) => drawing.append(svg("circle", { cx: x(at), cy: y(value), r: 4 }, svg("title", {}, `${label}: ${value.toLocaleString(language)}`))));
  for (const at of [0, Math.floor((points.length - 1) / 2), points.length - 1]) {
    drawing.append(svg("text", { x: x(at), y: height - 12, "text-anchor": at === 0 ? "start" : at === points.length - 1 ? "end" : "middle" }, points[at]?.label ?? ""));
  }
  return drawing;
}
