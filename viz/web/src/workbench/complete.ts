// Completion: only what the graph has, at the place where it can stand.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";

import { fold } from "../dom";
import { language, t } from "../messages";
import { placeAt, type Place } from "./context";
import { bench } from "./terms";

interface Suggestion { iri: string; text: string; label: string; number: number }

const MOST = 60;
const kept = new Map<string, Promise<Suggestion[]>>();
const WORDS = [
  "SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "FILTER NOT EXISTS", "BIND", "VALUES", "UNION", "MINUS", "GRAPH", "ORDER BY",
  "GROUP BY", "HAVING", "LIMIT", "OFFSET", "CONSTRUCT", "DESCRIBE", "ASK", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT",
  "STR", "LANG", "BOUND", "CONTAINS", "STRSTARTS", "REGEX", "COALESCE", "IF", "YEAR", "kp:fold", "kp:collate",
];

/** What CodeMirror asks while somebody writes. */
export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const found = placeAt(text, context.pos, bench.prefixes);
  if (!context.explicit && !found.word && found.place !== "class") return null;
  if (found.place === "variable") return offer(found.from, variables(text, found.word));
  const options = await optionsAt(found, context.explicit);
  return context.aborted ? null : offer(found.from, options);
}

function offer(from: number, options: Completion[]): CompletionResult | null {
  return options.length ? { from, options, filter: false } : null;
}

async function optionsAt(found: Place, explicit: boolean): Promise<Completion[]> {
  if (found.place === "none" || found.place === "variable") return words(found.word, explicit);
  if (found.place === "value") {
    const asked = searched(found.word);
    if (!asked && !found.after) return [];
    return (await suggest({ place: "value", q: asked, ...(found.after ? { after: found.after } : {}) })).map((one) => toOption(one, "constant"));
  }
  const all = await suggest({ place: found.place, of: found.of });
  const fits = ranked(all, found.word).map((one) => toOption(one, found.place === "class" ? "class" : "property"));
  // Where a triple can begin, a clause can too.
  return found.place === "property" || explicit ? [...fits, ...(found.word ? words(found.word, false) : [])] : fits;
}

/** What is looked for in names: without a prefix, and only once there is something of it. */
function searched(word: string): string {
  return word.replace(/^[\p{L}\w-]*:/u, "").replace(/^.*[/#]/, "").slice(0, 200);
}

function ranked(all: Suggestion[], word: string): Suggestion[] {
  const wanted = fold(word);
  if (!wanted) return all.slice(0, MOST);
  const scored = all.map((one, place) => {
    const text = fold(one.text);
    const local = text.slice(text.indexOf(":") + 1);
    const label = fold(one.label);
    const score = text.startsWith(wanted) || local.startsWith(wanted) ? 0 : label.startsWith(wanted) ? 1
      : text.includes(wanted) || label.includes(wanted) ? 2 : 3;
    return { one, score, place };
  });
  return scored.filter(({ score }) => score < 3).sort((a, b) => a.score - b.score || a.place - b.place).map(({ one }) => one).slice(0, MOST);
}

function toOption(one: Suggestion, type: string): Completion {
  const number = one.number ? ` · ${one.number.toLocaleString(language)}` : "";
  if (type === "constant") return { label: one.text, displayLabel: one.label, detail: one.text, type };
  return { label: one.text, detail: one.label + number, type };
}

function words(word: string, explicit: boolean): Completion[] {
  if (!word && !explicit) return [];
  const wanted = word.toUpperCase();
  return WORDS.filter((one) => one.toUpperCase().startsWith(wanted)).map((label) => ({ label, type: "keyword" }));
}

function variables(text: string, word: string): Completion[] {
  const found = new Set(text.slice(0, 100_000).match(/[?$][\p{L}\p{N}_]+/gu) ?? []);
  found.delete(word);
  return [...found].filter((name) => name.startsWith(word)).sort().slice(0, MOST).map((label) => ({ label, type: "variable" }));
}

/** Ask the server once; what it said stays true for as long as the page is open. */
function suggest(asked: { place: string; of?: string[]; after?: string; q?: string }): Promise<Suggestion[]> {
  const query = new URLSearchParams({ place: asked.place, lang: language });
  for (const one of asked.of ?? []) query.append("of", one);
  if (asked.after) query.set("after", asked.after);
  if (asked.q) query.set("q", asked.q);
  const address = `/api/v1/completion?${query.toString()}`;
  let found = kept.get(address);
  if (!found) {
    found = fetchSuggestions(address);
    kept.set(address, found);
    found.catch(() => kept.delete(address));
  }
  return found.catch(() => []);
}

async function fetchSuggestions(address: string): Promise<Suggestion[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(t("The server could not be reached."));
  return ((await response.json()) as { items: Suggestion[] }).items;
}
