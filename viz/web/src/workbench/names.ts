// Names of things, asked once: addresses stay on hover.
import { language } from "../messages";
import { localName, type Row } from "./terms";

const known = new Map<string, string>();
const asked = new Set<string>();
/** Most addresses of one request, and of one column that is to be sorted or searched. */
const BATCH = 1000;
const MOST = 5000;

/** The name of a thing as far as it is known. */
export function nameOf(iri: string): string {
  return known.get(iri) ?? localName(iri);
}

/** Ask for the names of all addresses in some rows, or in one of their columns. */
export async function learnNames(rows: Row[], column?: number): Promise<void> {
  const wanted = new Set<string>();
  for (const row of rows) {
    for (const term of column === undefined ? row : [row[column]]) {
      if (term?.type === "uri" && !asked.has(term.value) && wanted.size < MOST) wanted.add(term.value);
    }
  }
  const all = [...wanted];
  for (let start = 0; start < all.length; start += BATCH) await learn(all.slice(start, start + BATCH));
}

async function learn(iris: string[]): Promise<void> {
  try {
    const response = await fetch("/labels", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ iris: iris.filter((iri) => iri.length <= 2000), lang: language }),
    });
    if (!response.ok) return;
    const names = (await response.json()) as Record<string, string>;
    for (const [iri, name] of Object.entries(names)) known.set(iri, name);
    for (const iri of iris) asked.add(iri);
  } catch {
    // Without a connection the ends of the addresses have to do.
  }
}
