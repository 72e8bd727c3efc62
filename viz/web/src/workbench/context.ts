// Where the cursor stands in a question that is not finished: read from its tokens, forgiving everything.

export interface Token { kind: string; text: string; from: number; to: number }
export type Place =
  | { place: "class" | "property"; of: string[]; from: number; word: string }
  | { place: "value"; after: string | undefined; from: number; word: string }
  | { place: "variable"; from: number; word: string }
  | { place: "none"; from: number; word: string };

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
/** Characters on each side of the cursor that are looked at. */
const REACH = 20_000;
const TOKEN =
  /(?<comment>#[^\n]*)|(?<iri><[^<>"{}|^`\\\s]*>)|(?<string>"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|$)|'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|$))|(?<variable>[?$][\p{L}\p{N}_]*)|(?<name>(?:[\p{L}][\p{L}\p{N}_.-]*)?:(?:[\p{L}\p{N}_:%-](?:[\p{L}\p{N}_.:%-]*[\p{L}\p{N}_:%-])?)?)|(?<blank>_:[\p{L}\p{N}_]+)|(?<language>@[A-Za-z-]+|\^\^)|(?<number>[0-9.]+)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>[{}()[\].,;|/^*+!=<>?&-])/gu;
const NO_VERB = /^(FILTER|BIND|VALUES|OPTIONAL|UNION|MINUS|GRAPH|SERVICE|SELECT|WHERE|ORDER|GROUP|BY|HAVING|LIMIT|OFFSET|AS|NOT|EXISTS|IN|DISTINCT|REDUCED|FROM|NAMED|ASC|DESC|PREFIX|BASE|CONSTRUCT|DESCRIBE|ASK|SILENT)$/i;

/** Cut a text into tokens. */
export function readTokens(text: string, offset = 0): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0] ?? "sign";
    const from = offset + match.index;
    const to = from + match[0].length;
    // A comment counts only while it is being written.
    if (kind !== "comment" || to === offset + text.length) tokens.push({ kind, text: match[0], from, to });
  }
  return tokens;
}

/** The prefixes that a question declares. */
export function declaredPrefixes(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const match of text.slice(0, REACH).matchAll(/\bPREFIX\s+([\w.-]*):\s*<([^>]*)>/gi)) found[match[1] ?? ""] = match[2] ?? "";
  return found;
}

/** Tell what belongs at the cursor. */
export function placeAt(text: string, cursor: number, prefixes: Record<string, string>): Place {
  const start = Math.max(0, cursor - REACH);
  const before = readTokens(text.slice(start, cursor), start);
  const last = before.at(-1);
  const typed = last && last.to === cursor && /^(name|word|variable|number)$/.test(last.kind) ? last : undefined;
  const open = /<[^<>\s"{}]*$/.exec(text.slice(Math.max(0, cursor - 300), cursor));
  const nothing: Place = { place: "none", from: cursor, word: "" };
  if (last && last.to === cursor && (last.kind === "comment" || isOpenString(last))) return nothing;
  if (typed?.kind === "variable") return { place: "variable", from: typed.from, word: typed.text };
  const settled = typed ? before.slice(0, -1) : before;
  const from = open ? cursor - open[0].length : (typed?.from ?? cursor);
  const word = open ? open[0].slice(1) : (typed?.text ?? "");
  const all = { ...prefixes, ...declaredPrefixes(text) };
  const triple = tripleAt(settled.filter((token) => token.from < from && token.kind !== "comment"));
  if (!triple) return nothing;
  const after = readTokens(text.slice(cursor, cursor + REACH), cursor);
  if (triple.verb === undefined) {
    return { place: "property", of: classesOf(triple.subject, [...settled, ...after], all), from, word };
  }
  const verb = expand(triple.verb, all);
  if (verb === TYPE) return { place: "class", of: [], from, word };
  return { place: "value", after: verb, from, word };
}

function isOpenString(token: Token): boolean {
  if (token.kind !== "string") return false;
  const quote = token.text.startsWith('"""') || token.text.startsWith("'''") ? token.text.slice(0, 3) : token.text.slice(0, 1);
  return token.text.length < 2 * quote.length || !token.text.endsWith(quote);
}

interface Open { subject: string; verb: string | undefined }

/** The triple that is being written: its subject, and its verb if that is there already. */
function tripleAt(tokens: Token[]): Open | undefined {
  const terms: string[] = [];
  const braces = tokens.reduce((open, { text }) => open + (text === "{" ? 1 : text === "}" ? -1 : 0), 0);
  if (braces <= 0) return undefined;
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (token.text === ")" || token.text === "]" || token.text === "}") {
      if (token.text === "}" && !depth) break;
      depth++;
    } else if (token.text === "(" || token.text === "[" || token.text === "{") {
      if (!depth) {
        if (token.text === "[") return { subject: "[", verb: verbOf(terms) };
        if (token.text === "(") return undefined;
        break;
      }
      depth--;
      if (!depth && token.text !== "{") terms.unshift(token.text);
    } else if (!depth) {
      if (token.text === ".") break;
      terms.unshift(token.text);
    }
  }
  return openTriple(terms);
}

function verbOf(terms: string[]): string | undefined {
  const since = terms.slice(terms.lastIndexOf(";") + 1);
  return since.length ? since[0] : undefined;
}

function openTriple(terms: string[]): Open | undefined {
  const begin = terms.findLastIndex((term) => NO_VERB.test(term)) + 1;
  const own = terms.slice(begin);
  // What a filter or a function took in brackets.
  while (own[0] === "(" || own[1] === "(") own.splice(0, own[0] === "(" ? 1 : 2);
  const subject = own[0];
  if (subject === undefined) return undefined;
  const semicolon = own.lastIndexOf(";");
  const rest = semicolon >= 0 ? own.slice(semicolon + 1) : own.slice(1);
  if (!rest.length) return { subject, verb: undefined };
  // A path is going on: what follows "/" or "|" is a property again, of something unknown.
  if (/^[/|^!*+]$/.test(rest.at(-1) ?? "")) return { subject: "", verb: undefined };
  if (rest.length === 1 || rest.at(-1) === ",") return { subject, verb: rest.some((term) => /^[/|^!]$/.test(term)) ? "" : rest[0] };
  return rest.includes("/") || rest.includes("|") ? { subject: "", verb: "" } : undefined;
}

/** The classes that a question says a subject has, before or behind the cursor. */
function classesOf(subject: string, tokens: Token[], prefixes: Record<string, string>): string[] {
  if (!subject || subject === "[") return [];
  const found = new Set<string>();
  let current = "";
  let isStart = true;
  let verb: string | undefined;
  for (const { text } of tokens) {
    if (text === "." || text === "{" || text === "}") {
      isStart = true;
      verb = undefined;
    } else if (text === ";") verb = undefined;
    else if (isStart) {
      if (!NO_VERB.test(text)) {
        current = text;
        isStart = false;
      }
    } else if (verb === undefined) verb = text;
    else if (current === subject && text !== "," && expand(verb, prefixes) === TYPE) {
      const iri = expand(text, prefixes);
      if (iri) found.add(iri);
    }
  }
  return [...found];
}

/** The address that a token stands for; nothing for a variable. */
export function expand(text: string, prefixes: Record<string, string>): string | undefined {
  if (text === "a") return TYPE;
  if (text.startsWith("<")) return text.slice(1, -1);
  const colon = text.indexOf(":");
  if (colon < 0 || /^[?$_"']/.test(text)) return undefined;
  const base = prefixes[text.slice(0, colon)];
  return base === undefined ? undefined : base + text.slice(colon + 1).replace(/\\/g, "");
}
