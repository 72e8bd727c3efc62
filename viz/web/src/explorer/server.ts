// What the page asks its server; a connection that is lost is told, not hidden.
import { language } from "../messages";

function address(path: string, query: Record<string, string> | URLSearchParams): string {
  const asked = new URLSearchParams(query);
  asked.set("lang", language);
  return `${path}?${asked.toString()}`;
}

async function ask(path: string, query: Record<string, string> | URLSearchParams, accept: string): Promise<Response> {
  const answer = await fetch(address(path, query), { headers: { Accept: accept } });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({})) as { detail?: string };
    throw new Error(problem.detail ?? `${answer.status}`, { cause: "answer" });
  }
  return answer;
}

/** Ask for data. */
export async function fetchJson<T>(path: string, query: Record<string, string> | URLSearchParams): Promise<T> {
  return await (await ask(path, query, "application/json")).json() as T;
}

/** Ask for a fragment of a page: the server has escaped every text in it. */
export async function fetchFragment(path: string, query: Record<string, string> | URLSearchParams): Promise<ChildNode[]> {
  const text = await (await ask(path, query, "text/html, application/problem+json;q=0.9")).text();
  return [...new DOMParser().parseFromString(text, "text/html").body.childNodes];
}
