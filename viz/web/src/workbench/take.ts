// Taking answers along: files with all rows, and the question as a program would ask it.
import { html } from "../dom";
import { language, t } from "../messages";
import { Refused, type Problem } from "./ask";
import type { Result } from "./terms";

const TABLES: [string, string][] = [["xlsx", "Excel"], ["csv", "CSV"], ["tsv", "TSV"], ["json", "JSON"], ["xml", "XML"]];
const GRAPHS: [string, string][] = [["turtle", "Turtle"], ["nt", "N-Triples"], ["jsonld", "JSON-LD"], ["rdfxml", "RDF/XML"], ["trig", "TriG"]];
const ENDINGS: Record<string, string> = { turtle: "ttl", rdfxml: "rdf" };
/** Excel and Power BI take addresses up to about this length. */
const LONGEST_ADDRESS = 2000;

/** Fill the list of files; each has all rows, however many the page holds. */
export function offerFiles(list: HTMLElement, result: Result, say: (text: string) => void): void {
  list.replaceChildren(...(result.isGraph ? GRAPHS : TABLES).map(([format, name]) => {
    const button = html("button", { type: "button", class: "plain", "data-format": format }, name);
    button.addEventListener("click", () => void save(result.query, format, say));
    return button;
  }), html("p", { class: "note" }, t("Files have all rows.")));
}

async function save(query: string, format: string, say: (text: string) => void): Promise<void> {
  say(t("The file is being made …"));
  try {
    const response = await fetch("/sparql", { method: "POST", body: new URLSearchParams({ query, format, rows: "all", lang: language }) });
    if (!response.ok) throw new Refused((await response.json().catch(() => ({}))) as Problem);
    const file = await response.blob();
    const link = html("a", { href: URL.createObjectURL(file), download: `kopru.${ENDINGS[format] ?? format}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(t("Saved: {size} kB.", { size: Math.ceil(file.size / 1000).toLocaleString(language) }));
  } catch (error) {
    say(error instanceof Refused && error.message ? error.message : t("The file did not arrive whole, so none was saved. Try again."));
  }
}

/** Fill the list of ways to copy the question. */
export function offerCopies(list: HTMLElement, result: Result, keep: () => Promise<string>, say: (text: string) => void): void {
  const ways: [string, () => string | Promise<string>][] = [
    ["curl", () => asCurl(result)], ["Python", () => asPython(result)], ["R", () => asR(result)],
    ["Excel / Power BI", () => asAddress(result, keep)],
  ];
  const shown = html("textarea", { readonly: "", rows: 6, "aria-label": t("What was copied"), hidden: "" });
  const buttons = ways.map(([name, write]) => {
    const button = html("button", { type: "button", class: "plain" }, name);
    button.addEventListener("click", () => void copy(write, shown, say));
    return button;
  });
  list.replaceChildren(...buttons, shown);
}

async function copy(write: () => string | Promise<string>, shown: HTMLTextAreaElement, say: (text: string) => void): Promise<void> {
  try {
    shown.value = await write();
  } catch (error) {
    return say((error as Error).message);
  }
  shown.hidden = false;
  shown.select();
  say(await copyText(shown.value));
}

/** Copy a text, and say what came of it: without https a page may not. */
export async function copyText(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return t("Copied.");
  } catch {
    return t("Select the text and copy it with Ctrl + C.");
  }
}

function endpoint(): string {
  return `${location.origin}/sparql`;
}

function media(result: Result): string {
  return result.isGraph ? "text/turtle" : "text/csv";
}

function asCurl(result: Result): string {
  return `curl -s -H 'Accept: ${media(result)}' --data-urlencode 'query=${result.query.replaceAll("'", "'\\''")}' '${endpoint()}?rows=all'`;
}

function asPython(result: Result): string {
  const lines = ["import urllib.parse, urllib.request", "", `query = ${JSON.stringify(result.query)}`, `request = urllib.request.Request(`,
    `    "${endpoint()}?rows=all", urllib.parse.urlencode({"query": query}).encode(), {"Accept": "${media(result)}"}`, `)`];
  return [...lines, ...(result.isGraph
    ? ["print(urllib.request.urlopen(request).read().decode())"]
    : ["import csv, io", "rows = list(csv.DictReader(io.TextIOWrapper(urllib.request.urlopen(request), \"utf-8\")))", "print(rows)"]), ""].join("\n");
}

function asR(result: Result): string {
  const read = result.isGraph ? "readLines(address, encoding = \"UTF-8\")" : "read.csv(address, encoding = \"UTF-8\")";
  const format = result.isGraph ? "turtle" : "csv";
  return [`query <- ${JSON.stringify(result.query)}`, `address <- paste0("${endpoint()}?rows=all&format=${format}&query=", URLencode(query, reserved = TRUE))`, `answer <- ${read}`, ""].join("\n");
}

async function asAddress(result: Result, keep: () => Promise<string>): Promise<string> {
  const format = result.isGraph ? "turtle" : "csv";
  const address = `${endpoint()}?${new URLSearchParams({ format, rows: "all", query: result.query }).toString()}`;
  if (address.length <= LONGEST_ADDRESS) return address;
  return `${location.origin}${await keep()}?format=${format}&rows=all`;
}

/** Keep question and view under a short link; return its path. */
export async function keepLink(kept: { query: string; view: string; title: string; options: Record<string, string> }): Promise<string> {
  const response = await fetch("/s", {
    method: "POST", headers: { "Content-Type": "application/json", "Accept-Language": language }, body: JSON.stringify(kept),
  });
  const answer = (await response.json()) as Problem & { path?: string };
  if (!response.ok || !answer.path) throw new Refused({ title: t("The link could not be kept."), ...answer });
  return answer.path;
}
