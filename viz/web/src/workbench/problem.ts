// Why there is no answer, or an empty one.
import { html } from "../dom";
import { askWhy, type Problem } from "./ask";

/** Draw what went wrong: what happened, where, and what to do. */
export function drawProblem(problem: Problem): HTMLElement {
  const parts: (Node | string)[] = [html("b", {}, problem.title ?? "")];
  if (problem.detail) parts.push("\n", problem.detail);
  for (const one of problem.advice ?? []) parts.push("\n", one);
  if (problem.facts?.caret) parts.push(html("pre", {}, problem.facts.caret));
  return html("div", { class: "problem", role: "alert" }, ...parts);
}

/** Ask which part of a question finds nothing. */
export async function drawReasons(query: string, signal = new AbortController().signal): Promise<HTMLElement[]> {
  const reasons = await askWhy(query, signal);
  const list = reasons.map((reason) => html("li", {}, reason.sentence, ...(reason.facts.caret ? [html("pre", {}, reason.facts.caret)] : [])));
  return list.length ? [html("ul", { class: "reasons" }, ...list)] : [];
}
