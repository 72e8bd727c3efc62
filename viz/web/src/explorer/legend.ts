// The legend is the filter: what is not ticked is not drawn.
import { html, svg } from "../dom";
import { t } from "../messages";
import { isLater, lookOf, statusOn, type Filter, type NetEdge, type Picture } from "./picture";
import { colour, type View } from "./network";
import type { Store } from "./state";

const LATER = "later";
const TITLES: [Filter, string][] = [
  ["family", t("Kind")], ["status", t("Status on the day")], ["grade", t("Evidence (width of the line)")],
  ["theme", t("Theme")], ["country", t("Country")],
];

/** What is shown of the picture, by the legend and the day. */
export class Legend {
  private countries = new Map<string, string>();
  private seen = new Set<string>();
  private colours: Record<string, string> = {};

  constructor(
    private readonly box: HTMLElement, private picture: Picture, private readonly view: View,
    private readonly store: Store,
  ) {
    box.addEventListener("change", (event) => this.tick(event.target as HTMLInputElement));
    box.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button[data-all]");
      if (button) this.tickAll(button.dataset["all"] as Filter, button.dataset["to"] === "1");
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.show(this.picture));
  }

  /** Take another picture. */
  show(picture: Picture): void {
    this.picture = picture;
    this.countries = new Map(picture.nodes.map((node) => [node.id, node.country]));
    this.colours = Object.fromEntries(Object.keys(picture.words.family).map((name) => [name, colour(`--kind-${name}`)]));
    this.colours["way"] = colour("--focus");
    this.apply();
  }

  /** The lines that are shown. */
  shown(): NetEdge[] { return this.picture.edges.filter((edge) => this.seen.has(edge.id)); }

  /** Draw what the address asks for. */
  apply(): void {
    const { day, hide } = this.store.state;
    const values = new Map(this.picture.edges.map((edge) => [edge, this.valuesOf(edge, day)]));
    const shown = [...values].filter(([, of]) => this.isShown(of, hide)).map(([edge]) => edge);
    const held = new Set<string>([this.picture.home]);
    this.seen = new Set();
    const keep = (edge: NetEdge): void => { this.seen.add(edge.id); held.add(edge.from).add(edge.to); };
    for (const edge of shown) if (edge.relation) keep(edge);
    // A way of money has no day of its own: from project to programme to funder it is there with its project.
    for (let round = 0; round < 2; round += 1) {
      for (const edge of shown) if (!edge.relation && held.has(edge.from)) keep(edge);
    }
    this.view.edges.updateOnly(this.picture.edges.map((edge) => ({
      id: edge.id, hidden: !this.seen.has(edge.id),
      ...lookOf(edge, values.get(edge)?.status[0] ?? "unknown", this.picture, this.colours),
    })) as never);
    this.view.nodes.updateOnly(this.picture.nodes.map((node) => ({ id: node.id, hidden: !held.has(node.id) })));
    this.write([...values.values()], hide);
  }

  private valuesOf(edge: NetEdge, day: string): Record<Filter, string[]> {
    const status = isLater(edge, day, this.picture.today) ? LATER : statusOn(edge, day);
    const ends = [edge.from, edge.to].map((id) => this.countries.get(id) ?? "").filter(Boolean);
    return {
      family: [edge.family], status: [status], grade: edge.grade ? [edge.grade] : [],
      theme: edge.themes.length ? edge.themes : ["none"], country: [...new Set(ends)],
    };
  }

  /** A line is hidden when all its values of one filter are; what is not there yet, unless asked for. */
  private isShown(values: Record<Filter, string[]>, hide: Set<string>): boolean {
    if (values.status[0] === LATER && !hide.has(`status:-${LATER}`)) return false;
    return TITLES.every(([name]) => !values[name].length || !values[name].every((value) => hide.has(`${name}:${value}`)));
  }

  private tick(box: HTMLInputElement): void {
    const hide = new Set(this.store.state.hide);
    // What has not begun is hidden unless asked for; all else is shown unless hidden.
    const key = box.value === LATER ? `status:-${LATER}` : `${box.name}:${box.value}`;
    if (box.checked === (box.value === LATER)) hide.add(key);
    else hide.delete(key);
    this.store.set({ hide });
  }

  private tickAll(name: Filter, shown: boolean): void {
    const hide = new Set([...this.store.state.hide].filter((key) => !key.startsWith(`${name}:`)));
    if (!shown) {
      for (const box of this.box.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) hide.add(`${name}:${box.value}`);
    }
    this.store.set({ hide });
  }

  private write(values: Record<Filter, string[]>[], hide: Set<string>): void {
    const focused = (document.activeElement as HTMLInputElement | null)?.dataset["key"];
    const folded = new Map([...this.box.querySelectorAll<HTMLDetailsElement>("details[data-set]")].map((part) => [part.dataset["set"], part.open]));
    this.box.replaceChildren(...TITLES.map(([name, title]) => this.drawSet(name, title, values, hide, folded.get(name))));
    if (focused) this.box.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  private drawSet(name: Filter, title: string, values: Record<Filter, string[]>[], hide: Set<string>, open: boolean | undefined): HTMLElement {
    const counts = new Map<string, number>();
    for (const of of values) for (const value of of[name]) counts.set(value, (counts.get(value) ?? 0) + 1);
    const words: Record<string, string> = { ...this.picture.words[name] };
    if (name === "status") words[LATER] = t("Not begun yet");
    if (name === "theme") words["none"] = t("No theme recorded");
    const rows = Object.keys(words).filter((value) => counts.has(value)).map((value) => {
      const shown = value === LATER ? hide.has(`status:-${LATER}`) : !hide.has(`${name}:${value}`);
      const box = html("input", { type: "checkbox", name, value, "data-key": `${name}:${value}` });
      box.checked = shown;
      return html("label", {}, box, ...this.sign(name, value), html("span", {}, words[value] ?? value), html("span", { class: "number" }, String(counts.get(value))));
    });
    const many = name === "theme" || name === "country";
    const field = html("fieldset", {}, html("legend", many ? { class: "sr" } : {}, title), ...rows);
    if (!many) return field;
    const all = html("button", { type: "button", class: "link", "data-all": name, "data-to": "1", "data-key": `${name}-all` }, t("All"));
    const none = html("button", { type: "button", class: "link", "data-all": name, "data-to": "0", "data-key": `${name}-none` }, t("None"));
    const hidden = rows.filter((row) => !row.querySelector("input")?.checked).length;
    const summary = html("summary", { "data-key": `${name}-fold` }, hidden ? `${title} (${t("{n} hidden", { n: hidden })})` : title);
    const part = html("details", { "data-set": name }, summary, html("p", {}, all, " · ", none), field);
    part.open = open ?? hidden > 0;
    part.hidden = !rows.length;
    return part;
  }

  private sign(name: Filter, value: string): Node[] {
    if (name === "family") {
      const path = this.picture.words.shape[value] ?? "";
      return [svg("svg", { class: `shape shape-${value}`, viewBox: "-11 -11 22 22", "aria-hidden": "true" }, svg("path", { d: path }))];
    }
    if (name === "status") return [html("span", { class: `line-sign status status-${value === LATER ? "planned" : value}` })];
    if (name === "grade") return [html("span", { class: `grade-sign grade-${value}` })];
    return [];
  }
}
