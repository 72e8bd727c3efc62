// How an answer is shown: table, graph, map, chart, or as it came.
import { html, need } from "../dom";
import { language, t } from "../messages";
import type { Draft } from "./drafts";
import { Table, type Reading } from "./table";
import type { Result } from "./terms";

const VIEWS = ["table", "graph", "map", "chart", "raw"];

export class Views {
  private readonly tabs = [...document.querySelectorAll<HTMLButtonElement>("#views [role=tab]")];
  private readonly box = need<HTMLElement>("#result");
  private result: Result | undefined;
  private draft: Draft | undefined;
  private drawing = 0;

  constructor(private readonly changed: () => void) {
    for (const tab of this.tabs) tab.addEventListener("click", () => this.choose(tab.dataset["view"] ?? "table"));
    need("#views").addEventListener("keydown", (event) => this.move(event as KeyboardEvent));
  }

  /** Show an answer as its question wants it. */
  async show(result: Result, draft: Draft): Promise<void> {
    this.result = result;
    this.draft = draft;
    await this.draw();
  }

  forget(): void {
    this.result = undefined;
  }

  /** Show the answer in another way. */
  choose(view: string): void {
    if (!this.draft || !VIEWS.includes(view)) return;
    this.draft.view = view;
    this.changed();
    void this.draw();
  }

  private move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = this.tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = this.tabs[(at + step + this.tabs.length) % this.tabs.length];
    next?.click();
    next?.focus();
    event.preventDefault();
  }

  private async draw(): Promise<void> {
    const { result, draft } = this;
    if (!result || !draft) return;
    const own = ++this.drawing;
    for (const tab of this.tabs) {
      const isShown = tab.dataset["view"] === draft.view;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
    }
    const place = html("div", { class: `view-${draft.view}` });
    this.box.replaceChildren(place);
    this.box.setAttribute("data-shown", "");
    await this.drawInto(place, result, draft);
    if (own === this.drawing) this.box.setAttribute("data-shown", draft.view);
  }

  private async drawInto(place: HTMLElement, result: Result, draft: Draft): Promise<void> {
    // The larger pictures come with scripts of their own, when they are first wanted.
    if (draft.view === "graph") await (await import("./net")).drawNet(place, result);
    else if (draft.view === "map") await (await import("./places")).drawPlaces(place, result);
    else if (draft.view === "chart") await (await import("./chart")).drawChart(place, result, draft.options, this.changed);
    else if (draft.view === "raw") place.append(html("pre", { class: "raw", tabindex: 0 }, result.raw));
    else await this.drawTable(place, result, draft);
    place.append(...notesOf(result, draft.view));
  }

  private async drawTable(place: HTMLElement, result: Result, draft: Draft): Promise<void> {
    const { options } = draft;
    const reading: Reading = {
      sort: options["sort"] ?? "", down: options["down"] === "1", find: options["find"] ?? "",
      page: Number(options["page"] ?? 0) || 0, size: Number(options["size"] ?? 50) || 50,
    };
    const keep = (): void => {
      draft.options = { ...options, sort: reading.sort, down: reading.down ? "1" : "", find: reading.find.slice(0, 200), page: String(reading.page), size: String(reading.size) };
      this.changed();
    };
    const table = html("div");
    place.append(table);
    await new Table(result, reading, keep).draw(table);
  }
}

/** What is to be known of an answer besides its rows. */
export function notesOf(result: Result, view: string): HTMLElement[] {
  const found: string[] = [];
  if (result.added) {
    const prefixes = result.added.split(" ").map((name) => `${name}:`).join(", ");
    found.push(t("Prefixes added to the query: {prefixes}.", { prefixes }));
  }
  if (!result.isWhole) {
    const n = result.rows.length.toLocaleString(language);
    found.push(t("The page holds the first {n} rows; there are more. Files have all of them.", { n }));
  }
  if (view === "raw" && result.raw.length >= 400_000) found.push(t("This is the beginning of what the server sent; files have all of it."));
  return found.map((text) => html("p", { class: "caption" }, text));
}
