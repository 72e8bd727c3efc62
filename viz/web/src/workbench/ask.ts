// Asking the server, and reading the answer while it comes: a million rows are never held as one text.
import { language, t } from "../messages";
import { form, readStatement, type Result, type Row, type Term } from "./terms";

export interface Problem { title?: string; detail?: string; advice?: string[]; facts?: { caret?: string; line?: number; column?: number } }

/** The most rows that the page holds; files have all. */
export const MOST_ROWS = 200_000;
const MOST_RAW = 400_000;
const STATEMENT = ["subject", "property", "value"];

/** The server said no; it says why. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title ?? "");
  }
}

/** Ask, and call back now and then while rows come in. */
export async function ask(query: string, signal: AbortSignal, onRows: (rows: number) => void): Promise<Result> {
  const begun = performance.now();
  const response = await fetch("/sparql", {
    method: "POST", signal, body: new URLSearchParams({ query, lang: language, rows: "all" }),
    headers: { Accept: "application/sparql-results+json, application/n-triples;q=0.8", "Accept-Language": language },
  });
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok || !response.body) {
    const problem: Problem = type.includes("json") ? ((await response.json()) as Problem) : {};
    throw new Refused({ title: t("The question could not be answered."), ...problem });
  }
  const reader = type.includes("json") ? new TableReader() : new GraphReader();
  const isWhole = await readAll(response.body, reader, onRows);
  return {
    query, vars: reader.vars, rows: reader.rows, isGraph: !type.includes("json"), isWhole, raw: reader.raw,
    ...(reader.yes === undefined ? {} : { yes: reader.yes }),
    added: response.headers.get("X-Kopru-Added-Prefixes") ?? "", seconds: (performance.now() - begun) / 1000,
  };
}

/** Ask why nothing was found. */
export async function askWhy(query: string, signal: AbortSignal): Promise<{ sentence: string; facts: { caret?: string } }[]> {
  const response = await fetch(form.action, {
    method: "POST", signal, body: new URLSearchParams({ query, lang: language, explain: "empty" }),
    headers: { "Accept-Language": language },
  });
  return response.ok ? ((await response.json()) as { reasons: { sentence: string; facts: { caret?: string } }[] }).reasons : [];
}

async function readAll(body: ReadableStream<Uint8Array>, reader: Reader, onRows: (rows: number) => void): Promise<boolean> {
  const stream = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await stream.read();
    reader.take(decoder.decode(value, { stream: !done }));
    if (done) {
      reader.finish();
      return true;
    }
    onRows(reader.rows.length);
    if (reader.rows.length >= MOST_ROWS) {
      // The server ends the query when nobody reads on.
      reader.rows.length = MOST_ROWS;
      await stream.cancel();
      return false;
    }
  }
}

abstract class Reader {
  vars: string[] = [];
  rows: Row[] = [];
  raw = "";
  yes: boolean | undefined;

  take(text: string): void {
    if (this.raw.length < MOST_RAW) this.raw += text.slice(0, MOST_RAW - this.raw.length);
    this.read(text);
  }

  protected abstract read(text: string): void;
  abstract finish(): void;
}

/** Reads SPARQL's JSON: each row is an object on the third level. */
class TableReader extends Reader {
  private left = "";
  private at = 0;
  private begun = -1;
  private depth = 0;
  private quoted = false;

  protected read(text: string): void {
    this.left += text;
    const data = this.left;
    let at = this.at;
    for (; at < data.length; at++) {
      const code = data.charCodeAt(at);
      if (code === 92 && this.quoted) at++; // a backslash takes the next letter with it
      else if (code === 34) this.quoted = !this.quoted;
      else if (!this.quoted && code === 123) this.open(at);
      else if (!this.quoted && code === 125) this.close(data, at);
    }
    const keep = this.begun < 0 ? data.length : this.begun;
    this.left = data.slice(keep);
    this.at = at - keep;
    if (this.begun > 0) this.begun = 0;
  }

  private open(at: number): void {
    this.depth++;
    const isHead = this.depth === 2 && !this.vars.length && !this.rows.length;
    if (this.begun < 0 && (isHead || this.depth === 3)) this.begun = at;
  }

  private close(data: string, at: number): void {
    this.depth--;
    if (this.begun >= 0 && this.depth === 1) {
      const head = JSON.parse(data.slice(this.begun, at + 1)) as { vars?: string[] };
      this.vars = head.vars ?? [];
      this.begun = -1;
    } else if (this.begun >= 0 && this.depth === 2 && this.vars.length) {
      const row = JSON.parse(data.slice(this.begun, at + 1)) as Record<string, Term>;
      this.rows.push(this.vars.map((name) => row[name]));
      this.begun = -1;
    }
  }

  finish(): void {
    if (!this.rows.length && this.raw.length < 1000) this.yes = (JSON.parse(this.raw) as { boolean?: boolean }).boolean;
  }
}

/** Reads N-Triples line by line. */
class GraphReader extends Reader {
  override vars = STATEMENT;
  private left = "";

  protected read(text: string): void {
    const lines = (this.left + text).split("\n");
    this.left = lines.pop() ?? "";
    for (const line of lines) this.add(line);
  }

  finish(): void {
    this.add(this.left);
  }

  private add(line: string): void {
    const row = readStatement(line);
    if (row) this.rows.push(row);
  }
}
