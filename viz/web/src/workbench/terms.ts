// What answers are made of, and how a term is written for people.
import { need, readData } from "../dom";

export interface Term { type: string; value: string; datatype?: string; "xml:lang"?: string }
export type Row = (Term | undefined)[];

/** An answer as far as it was read. */
export interface Result {
  query: string;
  vars: string[];
  rows: Row[];
  /** Of ASK. */
  yes?: boolean;
  /** Of CONSTRUCT and DESCRIBE: the rows are statements. */
  isGraph: boolean;
  /** All rows there are. */
  isWhole: boolean;
  /** The beginning of what the server sent. */
  raw: string;
  added: string;
  seconds: number;
}

interface Kept { query: string; view: string; title: string; options: Record<string, string> }
export interface BenchData {
  base: string; prefixes: Record<string, string>; query: string; example: string | null; link: Kept | null;
}

export const bench = readData<BenchData>("bench-data");
export const form = need<HTMLFormElement>("#query-form");

/** The end of an address, for want of a name. */
export function localName(iri: string): string {
  return decodeURIComponentSafely(iri.replace(/[/#]$/, "").replace(/^.*[/#](?=.)/, ""));
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const ADDRESS = /^https?:/;

/** Whether an address may be linked. */
export function isLink(iri: string): boolean {
  return ADDRESS.test(iri);
}

/** Things of ours are read here, whatever address they are published under. */
export function ownAddress(iri: string): string {
  const base = bench.base;
  return base && iri.startsWith(`${base}id/`) ? `/${iri.slice(base.length)}` : iri;
}

const NUMBER = /#(integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger)$/;

/** The number of a term, if it is one. */
export function numberOf(term: Term | undefined): number | undefined {
  if (!term || !NUMBER.test(term.datatype ?? "")) return undefined;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : undefined;
}

const ESCAPES: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** Read a line of N-Triples. */
export function readStatement(line: string): Row | undefined {
  const terms: Row = [];
  const pattern = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/g;
  for (let match = pattern.exec(line); match && terms.length < 3; match = pattern.exec(line)) {
    const [, iri, blank, text, language, datatype] = match;
    if (iri !== undefined) terms.push({ type: "uri", value: unescape(iri) });
    else if (blank !== undefined) terms.push({ type: "bnode", value: blank });
    else {
      const term: Term = { type: "literal", value: unescape(text ?? "") };
      if (language) term["xml:lang"] = language;
      if (datatype) term.datatype = datatype;
      terms.push(term);
    }
  }
  return terms.length === 3 ? terms : undefined;
}

function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)/g, (_, four: string, eight: string, one: string) =>
    four || eight ? String.fromCodePoint(parseInt(four || eight, 16)) : (ESCAPES[one] ?? one));
}
