// The answer as a table: sorted, searched and paged over all rows; names for addresses.
import { fold, html } from "../dom";
import { language, t } from "../messages";
import { learnNames, nameOf } from "./names";
import { isLink, numberOf, ownAddress, type Result, type Row, type Term } from "./terms";

/** Milliseconds without a key after which the rows are searched. */
const FIND_DELAY = 120;
const SIZES = [50, 200, 1000];
// The alphabet of the pages in both languages.
const alphabet = new Intl.Collator("tr", { numeric: true });

/** How a table is read: kept with a short link. */
export interface Reading { sort: string; down: boolean; find: string; page: number; size: number }

/** Draw a term as a cell. */
export function drawCell(term: Term | undefined): HTMLTableCellElement {
  if (!term) return html("td");
  if (term.type === "uri") {
    const inside = isLink(term.value)
      ? html("a", { href: ownAddress(term.value), title: term.value }, nameOf(term.value))
      : html("span", { title: term.value }, term.value);
    return html("td", {}, inside);
  }
  const tag = term["xml:lang"];
  const cell = html("td", { title: term.datatype ?? "" }, term.value);
  if (tag) cell.append(html("span", { class: "lang-tag" }, tag));
  if (numberOf(term) !== undefined) cell.className = "n";
  return cell;
}

/** What a person reads in a cell. */
export function readCell(term: Term | undefined): string {
  return !term ? "" : term.type === "uri" ? nameOf(term.value) : term.value;
}

export class Table {
  private order: number[] = [];
  private readonly box = html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("Rows") });
  private readonly place = html("span", { role: "status" });
  private readonly input = html("input", { type: "search", "aria-label": t("Find in the rows") });
  private readonly steps: HTMLButtonElement[] = [];
  private finding = 0;

  constructor(private readonly result: Result, private readonly reading: Reading, private readonly changed: () => void) {}

  /** Draw into an element of its own. */
  async draw(into: HTMLElement): Promise<void> {
    const { rows } = this.result;
    into.replaceChildren(...(rows.length > 1 ? [this.tools()] : []), this.box);
    this.input.value = this.reading.find;
    await this.arrange();
  }

  private tools(): HTMLElement {
    this.input.placeholder = t("Find in the rows");
    this.input.addEventListener("input", () => {
      this.reading.find = this.input.value;
      this.reading.page = 0;
      clearTimeout(this.finding);
      this.finding = window.setTimeout(() => void this.arrange(), FIND_DELAY);
    });
    const steps: [string, string, () => number][] = [
      ["«", t("First page"), () => 0], ["‹", t("Previous page"), () => this.reading.page - 1],
      ["›", t("Next page"), () => this.reading.page + 1], ["»", t("Last page"), () => this.pages() - 1],
    ];
    for (const [sign, label, page] of steps) this.steps.push(this.step(sign, label, page));
    const size = html("select", { "aria-label": t("Rows on a page") }, ...SIZES.map((one) => html("option", { value: one }, one.toLocaleString(language))));
    size.value = String(this.reading.size);
    size.addEventListener("change", () => {
      this.reading.size = Number(size.value);
      this.go(0);
    });
    return html("div", { class: "table-tools" }, this.input, html("div", { class: "pager" }, ...this.steps.slice(0, 2), this.place, ...this.steps.slice(2), size));
  }

  private step(sign: string, label: string, page: () => number): HTMLButtonElement {
    const button = html("button", { type: "button", class: "plain", "aria-label": label, title: label }, sign);
    button.addEventListener("click", () => this.go(page()));
    return button;
  }

  private pages(): number {
    return Math.max(1, Math.ceil(this.order.length / this.reading.size));
  }

  private go(page: number): void {
    this.reading.page = Math.max(0, Math.min(page, this.pages() - 1));
    this.changed();
    void this.show();
  }

  /** Put the rows in order and show the page. */
  private async arrange(): Promise<void> {
    const { rows, vars } = this.result;
    const column = vars.indexOf(this.reading.sort);
    if (this.reading.find) await learnNames(rows);
    else if (column >= 0) await learnNames(rows, column);
    const words = fold(this.reading.find).split(/\s+/).filter(Boolean);
    this.order = [...rows.keys()];
    if (words.length) this.order = this.order.filter((at) => hasWords(rows[at] ?? [], words));
    if (column >= 0) this.sort(rows, column);
    this.reading.page = Math.min(this.reading.page, this.pages() - 1);
    this.changed();
    await this.show();
  }

  private sort(rows: Row[], column: number): void {
    const keys = new Map(this.order.map((at) => [at, rows[at]?.[column]]));
    const sign = this.reading.down ? -1 : 1;
    this.order.sort((a, b) => {
      const [one, other] = [keys.get(a), keys.get(b)];
      // Empty cells come last, whichever way the rest goes.
      if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
      return sign * compare(one, other) || a - b;
    });
  }

  private async show(): Promise<void> {
    const { page, size } = this.reading;
    const shown = this.order.slice(page * size, (page + 1) * size).map((at) => this.result.rows[at] ?? []);
    this.paint(shown);
    const begin = this.order.length ? page * size + 1 : 0;
    const facts = { from: begin, to: begin ? begin + shown.length - 1 : 0, n: this.order.length };
    const spoken = Object.fromEntries(Object.entries(facts).map(([name, n]) => [name, n.toLocaleString(language)]));
    this.place.textContent = t("{from}–{to} of {n}", spoken);
    this.steps.forEach((step, at) => { step.disabled = at < 2 ? page === 0 : page >= this.pages() - 1; });
    await learnNames(shown);
    this.paint(shown);
  }

  private paint(shown: Row[]): void {
    const heads = this.result.vars.map((name) => this.head(name));
    const focused = document.activeElement?.getAttribute("data-sort");
    const body = shown.map((row) => html("tr", {}, ...this.result.vars.map((_, at) => drawCell(row[at]))));
    this.box.replaceChildren(html("table", { class: "data-table" }, html("thead", {}, html("tr", {}, ...heads)), html("tbody", {}, ...body)));
    if (focused) this.box.querySelector<HTMLElement>(`[data-sort="${CSS.escape(focused)}"]`)?.focus();
  }

  private head(name: string): HTMLTableCellElement {
    const isSorted = this.reading.sort === name;
    const button = html("button", { type: "button", class: "sort", "data-sort": name, title: t("Sort by this column") }, name, html("span", { "aria-hidden": "true" }, isSorted ? (this.reading.down ? " ▾" : " ▴") : ""));
    button.addEventListener("click", () => {
      this.reading.down = isSorted && !this.reading.down;
      this.reading.sort = name;
      void this.arrange();
    });
    return html("th", { scope: "col", "aria-sort": isSorted ? (this.reading.down ? "descending" : "ascending") : "none" }, button);
  }
}

function hasWords(row: Row, words: string[]): boolean {
  const text = fold(row.map((term) => (term?.type === "uri" ? `${nameOf(term.value)} ${term.value}` : (term?.value ?? ""))).join(" "));
  return words.every((word) => text.includes(word));
}

function compare(one: Term, other: Term): number {
  const [a, b] = [numberOf(one), numberOf(other)];
  return a !== undefined && b !== undefined ? a - b : alphabet.compare(readCell(one), readCell(other));
}
