// The query page: runs the question here, names what comes back, stops on demand.
import { html, need } from "./dom";
import { language, t } from "./messages";

interface Term { type: string; value: string; datatype?: string; "xml:lang"?: string }
interface Answer { cut?: boolean; added?: string; head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Record<string, Term>[] } }
interface Problem { title?: string; detail?: string; facts?: { caret?: string } }
interface Explanation { complete: boolean; reasons: { sentence: string; facts: { caret?: string } }[] }

const SHOWN = 1000;
const form = need<HTMLFormElement>("#query-form");
const text = need<HTMLTextAreaElement>("#query");
const stop = need<HTMLButtonElement>("#stop");
const note = need<HTMLOutputElement>("#query-note");
const result = need<HTMLElement>("#result");
let running: AbortController | undefined;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void run();
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
stop.addEventListener("click", () => running?.abort());
stop.hidden = true;

async function run(): Promise<void> {
  running?.abort();
  const own = (running = new AbortController());
  const begun = performance.now();
  stop.hidden = false;
  note.value = t("Running …");
  try {
    const answer = await ask(text.value, own.signal);
    const seconds = ((performance.now() - begun) / 1000).toLocaleString(language, { maximumFractionDigits: 2 });
    await show(answer, seconds, own.signal);
  } catch (error) {
    if (own !== running) return;
    note.value = own.signal.aborted ? t("Stopped.") : "";
    if (!own.signal.aborted) showProblem(error as Error);
  } finally {
    if (own === running) stop.hidden = true;
  }
}

class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title ?? "");
  }
}

async function ask(query: string, signal: AbortSignal): Promise<Answer | string> {
  const response = await fetch(form.action, {
    method: "POST", signal, body: new URLSearchParams({ query, lang: language }),
    headers: { Accept: "application/sparql-results+json, text/turtle;q=0.8", "Accept-Language": language },
  });
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok) {
    const problem: Problem = type.includes("json") ? ((await response.json()) as Problem) : {};
    throw new Refused({ title: t("The question could not be answered."), ...problem });
  }
  if (!type.includes("json")) return response.text();
  return {
    ...((await response.json()) as Answer), cut: response.headers.get("X-Kopru-Cut") === "true",
    added: response.headers.get("X-Kopru-Added-Prefixes") ?? "",
  };
}

async function show(answer: Answer | string, seconds: string, signal: AbortSignal): Promise<void> {
  if (typeof answer === "string") {
    note.value = t("Answered in {seconds} s", { seconds });
    result.replaceChildren(html("pre", { tabindex: 0 }, answer));
    return;
  }
  if (answer.boolean !== undefined) {
    note.value = t("Answered in {seconds} s", { seconds });
    result.replaceChildren(html("p", { class: "lead" }, answer.boolean ? t("Yes") : t("No")));
    if (!answer.boolean) await explain(signal);
    return;
  }
  const rows = answer.results?.bindings ?? [];
  note.value = t("{n} rows in {seconds} s", { n: rows.length.toLocaleString(language), seconds });
  const shown = rows.slice(0, SHOWN);
  const table = drawTable(answer.head.vars ?? [], shown);
  result.replaceChildren(rows.length ? table : html("p", { class: "lead" }, t("No row fits this question.")));
  if (answer.added) {
    const prefixes = answer.added.split(" ").map((name) => `${name}:`).join(", ");
    result.append(html("p", { class: "caption" }, t("Prefixes added to the query: {prefixes}.", { prefixes })));
  }
  if (!rows.length) await explain(signal);
  if (rows.length > SHOWN) {
    result.append(html("p", { class: "caption" }, t("The first {n} rows are shown; take the file for all.", { n: SHOWN })));
  }
  if (answer.cut) {
    result.append(html("p", { class: "caption" }, t("The answer was cut at the server's limit; narrow the question.")));
  }
  await nameThings(table, shown, signal);
}

/** Say which part of the question finds nothing. */
async function explain(signal: AbortSignal): Promise<void> {
  const response = await fetch(form.action, {
    method: "POST", signal, body: new URLSearchParams({ query: text.value, lang: language, explain: "empty" }),
    headers: { "Accept-Language": language },
  });
  if (!response.ok) return;
  const found = (await response.json()) as Explanation;
  const list = found.reasons.map((reason) => html("li", {}, reason.sentence, ...caret(reason.facts.caret)));
  if (list.length) result.append(html("ul", { class: "reasons" }, ...list));
}

/** The line of the question with a mark under the place. */
function caret(lines: string | undefined): HTMLElement[] {
  return lines ? [html("pre", {}, lines)] : [];
}

function drawTable(names: string[], rows: Record<string, Term>[]): HTMLTableElement {
  const head = html("tr", {}, ...names.map((name) => html("th", { scope: "col" }, name)));
  const body = rows.map((row) => html("tr", {}, ...names.map((name) => drawCell(row[name]))));
  return html("table", { class: "data-table" }, html("thead", {}, head), html("tbody", {}, ...body));
}

function drawCell(term: Term | undefined): HTMLTableCellElement {
  if (!term) return html("td");
  if (term.type === "uri") {
    const local = term.value.replace(/^.*[/#](?=.)/, "");
    const linked = /^https?:/.test(term.value);
    const inside = linked
      ? html("a", { href: ownAddress(term.value), title: term.value, "data-iri": term.value }, local)
      : html("span", { title: term.value }, term.value);
    return html("td", {}, inside);
  }
  const tag = term["xml:lang"];
  const cell = html("td", { title: term.datatype ?? "" }, term.value);
  if (tag) cell.append(html("span", { class: "lang-tag" }, tag));
  if (/#(integer|decimal|double|float)$/.test(term.datatype ?? "")) cell.className = "n";
  return cell;
}

/** Things of ours are read here, whatever address they are published under. */
function ownAddress(iri: string): string {
  const base = form.dataset["base"] ?? "";
  return base && iri.startsWith(`${base}id/`) ? `/${iri.slice(base.length)}` : iri;
}

/** Names replace addresses after the table stands; the address stays on hover. */
async function nameThings(table: HTMLTableElement, rows: Record<string, Term>[], signal: AbortSignal): Promise<void> {
  const iris = new Set<string>();
  for (const row of rows) for (const term of Object.values(row)) if (term.type === "uri") iris.add(term.value);
  if (!iris.size) return;
  const response = await fetch("/labels", {
    method: "POST", signal, headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ iris: [...iris].slice(0, SHOWN), lang: language }),
  });
  if (!response.ok) return;
  const names = (await response.json()) as Record<string, string>;
  for (const link of table.querySelectorAll<HTMLAnchorElement>("a[data-iri]")) {
    const name = names[link.dataset["iri"] ?? ""];
    if (name) link.textContent = name;
  }
}

function showProblem(error: Error): void {
  const problem = error instanceof Refused ? error.problem : { title: t("The server could not be reached.") };
  const parts: (Node | string)[] = [html("b", {}, problem.title ?? "")];
  if (problem.detail) parts.push("\n", problem.detail);
  parts.push(...caret(problem.facts?.caret));
  result.replaceChildren(html("div", { class: "problem", role: "alert" }, ...parts));
}

if (text.value.trim() && location.search.includes("run=1")) form.requestSubmit();
