// The workbench: puts editor, tabs, examples, answers and links together.
import { html, need } from "../dom";
import { language, t } from "../messages";
import { ask, Refused, type Problem } from "./ask";
import { tellCost } from "./cost";
import { Drafts, type Draft, type Trouble } from "./drafts";
import { Editor } from "./editor";
import { drawFields, hideFields, loadExample } from "./examples";
import { drawProblem, drawReasons } from "./problem";
import { Tabs, titleOf } from "./tabs";
import { copyText, keepLink, offerCopies, offerFiles } from "./take";
import { bench, form, type Result } from "./terms";
import { notesOf, Views } from "./views";

const COST_DELAY = 700;
/** Longer texts are written a moment later, not at every key. */
const LONG = 200_000;

export class Workbench {
  private readonly note = need<HTMLOutputElement>("#query-note");
  private readonly stopButton = need<HTMLButtonElement>("#stop");
  private readonly result = need<HTMLElement>("#result");
  private readonly outcome = need<HTMLElement>("#outcome");
  private readonly shareNote = need<HTMLElement>("#share-note");
  private readonly textarea = need<HTMLTextAreaElement>("#query");
  private readonly drafts = new Drafts((trouble) => this.tellTrouble(trouble));
  private readonly tabs = new Tabs({ open: (id) => this.open(id), close: (id) => this.close(id), add: () => this.add("") });
  private readonly views = new Views(() => this.drafts.save(this.draft));
  private readonly answers = new Map<string, Result>();
  private readonly editor: Editor;
  private draft: Draft;
  private running: AbortController | undefined;
  private costing = 0;
  private saving = 0;

  constructor() {
    this.draft = this.firstDraft();
    const place = need<HTMLElement>("#editor");
    this.editor = new Editor(place, this.draft.text, {
      run: () => void this.run(), changed: (text) => this.keep(text),
      stop: () => this.stop(),
    });
    place.hidden = false;
    this.textarea.hidden = true;
    this.textarea.required = false;
    this.wire();
    this.enter(this.draft);
    this.showPast();
  }

  /** What this address asks for, or what this window had open, or the first there is. */
  private firstDraft(): Draft {
    const asked = new URLSearchParams(location.search);
    const { link } = bench;
    if (link) return this.sameOrNew(link.query, { title: link.title, view: link.view, options: link.options });
    const example = bench.example ?? "";
    const more = { example, title: example ? (document.querySelector(`a[data-example="${example}"]`)?.textContent ?? "") : "" };
    if (asked.has("query") || asked.has("example")) return this.sameOrNew(bench.query, more);
    const all = this.drafts.list();
    return all.find(({ id }) => id === this.drafts.open) ?? all[0] ?? this.sameOrNew(bench.query, more);
  }

  private sameOrNew(text: string, more: Partial<Draft>): Draft {
    const same = this.drafts.list().find((draft) => draft.text === text || draft.origin === text);
    if (same) return Object.assign(same, same.text === text ? more : {});
    return this.drafts.add({ text, origin: text, view: "table", options: {}, title: "", example: "", ...more });
  }

  private wire(): void {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    this.stopButton.addEventListener("click", () => this.stop());
    need("#share").addEventListener("click", () => void this.share());
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-example]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void this.openExample(link.dataset["example"] ?? "", link.textContent ?? "");
      });
    }
    document.addEventListener("keydown", (event) => this.onKey(event));
    addEventListener("pagehide", () => this.flush());
    addEventListener("beforeunload", (event) => {
      if (this.drafts.trouble && this.editor.text !== this.draft.origin) event.preventDefault();
    });
    this.drafts.onOthers((id) => this.follow(id));
    for (const part of document.querySelectorAll<HTMLElement>(".keys, .past")) part.hidden = false;
    need(".past").addEventListener("toggle", () => this.showPast());
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.defaultPrevented && this.stop()) event.preventDefault();
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const view = ["table", "graph", "map", "chart", "raw"][Number(event.code.replace("Digit", "")) - 1];
    if (event.code === "KeyN") this.add("");
    else if (event.code === "Digit6") void this.share();
    else if (view && !this.outcome.hidden) this.views.choose(view);
    else return;
    event.preventDefault();
  }

  // --- questions ------------------------------------------------------------------------

  private keep(text: string): void {
    this.draft.text = text;
    this.tabs.rename(this.draft);
    if (text.length < LONG) this.drafts.save(this.draft);
    else if (!this.saving) this.saving = window.setTimeout(() => this.flush(), 300);
    this.tellCostSoon();
  }

  private flush(): void {
    clearTimeout(this.saving);
    this.saving = 0;
    if (this.draft.text === this.editor.text) this.drafts.save(this.draft);
  }

  private open(id: string): void {
    const draft = this.drafts.find(id);
    if (!draft || id === this.draft.id) return;
    this.flush();
    this.stop();
    this.draft = draft;
    this.editor.open(draft.text);
    this.enter(draft);
  }

  private add(text: string, more: Partial<Draft> = {}): void {
    const made = this.drafts.add({ text, origin: text, view: "table", options: {}, title: "", example: "", ...more });
    this.open(made.id);
    this.editor.focus();
  }

  private close(id: string): void {
    const draft = id === this.draft.id ? this.draft : this.drafts.find(id);
    if (!draft) return;
    const all = this.drafts.list();
    const at = all.findIndex((one) => one.id === id);
    this.drafts.close(draft);
    const next = all[at + 1] ?? all[at - 1];
    if (id !== this.draft.id) this.tabs.draw(this.drafts.list(), this.draft.id);
    else if (next) this.open(next.id);
    else this.add("");
    this.showPast();
  }

  /** Show what belongs to a question besides its text. */
  private enter(draft: Draft): void {
    this.drafts.open = draft.id;
    this.tabs.draw(this.drafts.list(), draft.id);
    this.note.value = "";
    this.shareNote.textContent = "";
    this.showExampleOf(draft);
    const answer = this.answers.get(draft.id);
    this.result.replaceChildren();
    this.outcome.hidden = !answer;
    if (answer) void this.showAnswer(answer);
    else this.views.forget();
    this.tellCostSoon();
  }

  /** Another window changed something. */
  private follow(id: string | undefined): void {
    if (id === this.draft.id) {
      const fresh = this.drafts.find(id);
      if (!fresh) return;
      Object.assign(this.draft, fresh);
      this.editor.follow(fresh.text);
    }
    this.tabs.draw(this.drafts.list(), this.draft.id);
    // Closed in the other window: here it is still open, and is written again at the next key.
    if (id === undefined && !this.drafts.find(this.draft.id)) this.adopt();
  }

  private adopt(): void {
    this.draft = this.drafts.add(this.draft);
    this.drafts.open = this.draft.id;
    this.tabs.draw(this.drafts.list(), this.draft.id);
  }

  private async openExample(slug: string, title: string): Promise<void> {
    try {
      const example = await loadExample(slug);
      const isUntouched = this.draft.text === this.draft.origin || !this.draft.text.trim();
      if (!isUntouched) return this.add(example.query, { example: slug, title });
      Object.assign(this.draft, { text: example.query, origin: example.query, example: slug, title, view: "table", options: {} });
      this.drafts.save(this.draft);
      this.answers.delete(this.draft.id);
      this.editor.open(example.query);
      this.enter(this.draft);
      this.editor.focus();
    } catch {
      this.showProblem({ title: t("The server could not be reached."), detail: t("What you wrote is kept. Try again when the connection is back.") });
    }
  }

  private showExampleOf(draft: Draft): void {
    if (!draft.example) hideFields();
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-example]")) {
      if (draft.example && link.dataset["example"] === draft.example && draft.text === draft.origin) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (!draft.example) return;
    const show = ({ fields }: { fields: Parameters<typeof drawFields>[0] }): void => {
      if (this.draft.id === draft.id) drawFields(fields, () => this.editor.text, (text) => this.editor.replace(text));
    };
    loadExample(draft.example).then(show, () => undefined);
  }

  private showPast(): void {
    const list = need<HTMLElement>("#history");
    const entries = this.drafts.past().map((one) => {
      const when = new Date(one.at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
      const what = one.closed ? t("closed") : t("{n} rows", { n: one.rows.toLocaleString(language) });
      const button = html("button", { type: "button" }, titleOf({ title: "", text: one.text }, 90), html("span", { class: "note" }, `${when} · ${what}`));
      button.addEventListener("click", () => this.add(one.text));
      return html("li", {}, button);
    });
    list.replaceChildren(...(entries.length ? entries : [html("li", { class: "note" }, t("Nothing yet."))]));
  }

  private tellTrouble(trouble: Trouble): void {
    const place = need<HTMLElement>("#storage-note");
    place.hidden = !trouble;
    if (!trouble) return;
    place.textContent = trouble === "full"
      ? t("The browser has no room left: what you write is kept in this window only. Close questions that you don't need, or copy this one before you leave.")
      : t("The browser doesn't let this page keep anything: what you write is kept in this window only. Copy it before you leave.");
  }

  // --- answers --------------------------------------------------------------------------

  private stop(): boolean {
    if (!this.running) return false;
    this.running.abort();
    return true;
  }

  private async run(): Promise<void> {
    const query = this.editor.text;
    if (!query.trim()) return this.editor.focus();
    this.stop();
    const own = (this.running = new AbortController());
    const draft = this.draft;
    this.stopButton.hidden = false;
    this.note.value = t("Running …");
    this.shareNote.textContent = "";
    this.editor.mark(undefined, undefined);
    const onRows = (n: number): void => { if (own === this.running) this.note.value = t("{n} rows so far …", { n: n.toLocaleString(language) }); };
    try {
      const result = await ask(query, own.signal, onRows);
      this.answers.set(draft.id, result);
      this.drafts.remember({ text: query, at: Date.now(), rows: result.rows.length });
      if (draft.id === this.draft.id) await this.showAnswer(result, own.signal);
    } catch (error) {
      if (own === this.running) this.explainFailure(error as Error, own.signal.aborted);
    } finally {
      if (own === this.running) {
        this.running = undefined;
        this.stopButton.hidden = true;
      }
      this.showPast();
    }
  }

  private explainFailure(error: Error, isStopped: boolean): void {
    this.note.value = isStopped ? t("Stopped.") : "";
    if (isStopped) return;
    const lost = { title: t("The server could not be reached."), detail: t("What you wrote is kept. Try again when the connection is back.") };
    this.showProblem(error instanceof Refused ? error.problem : lost);
  }

  private showProblem(problem: Problem): void {
    this.outcome.hidden = true;
    this.views.forget();
    this.result.replaceChildren(drawProblem(problem));
    this.editor.mark(problem.facts?.line, problem.facts?.column);
  }

  private async showAnswer(result: Result, signal?: AbortSignal): Promise<void> {
    const seconds = result.seconds.toLocaleString(language, { maximumFractionDigits: 2 });
    const n = result.rows.length.toLocaleString(language);
    this.note.value = result.yes === undefined ? t("{n} rows in {seconds} s", { n, seconds }) : t("Answered in {seconds} s", { seconds });
    offerFiles(need("#file-list"), result, (text) => { this.shareNote.textContent = text; });
    offerCopies(need("#copy-list"), result, () => this.keepLink(), (text) => { this.shareNote.textContent = text; });
    this.outcome.hidden = false;
    if (result.rows.length) return this.views.show(result, this.draft);
    this.views.forget();
    const text = result.yes === undefined ? t("No row fits this question.") : result.yes ? t("Yes") : t("No");
    this.result.replaceChildren(html("p", { class: "lead" }, text), ...notesOf(result, ""));
    if (!result.yes) this.result.append(...(await drawReasons(result.query, signal)));
  }

  private keepLink(): Promise<string> {
    const { view, options, title } = this.draft;
    const query = this.answers.get(this.draft.id)?.query ?? this.editor.text;
    return keepLink({ query, view, options, title: titleOf({ title, text: query, origin: this.draft.origin }, 100) });
  }

  private async share(): Promise<void> {
    try {
      const address = location.origin + (await this.keepLink());
      const said = await copyText(address);
      this.shareNote.replaceChildren(html("a", { href: address }, address), ` ${said}`);
    } catch (error) {
      this.shareNote.textContent = error instanceof Refused ? error.message : t("The server could not be reached.");
    }
  }

  // --- what to expect -------------------------------------------------------------------

  private tellCostSoon(): void {
    clearTimeout(this.costing);
    this.costing = window.setTimeout(() => {
      void tellCost(() => this.editor.text);
      // A field goes with the line that it wrote to.
      this.showExampleOf(this.draft);
    }, COST_DELAY);
  }

  /** Run at once what a link asked for. */
  begin(): void {
    if (bench.link || (location.search.includes("run=1") && this.editor.text.trim())) void this.run();
  }
}
