// A well-known prefix declares itself when somebody writes it.
import { EditorView, type ViewUpdate } from "@codemirror/view";

import { declaredPrefixes, readTokens } from "./context";
import { bench } from "./terms";

/** Characters before the cursor in which a string or a remark may have begun. */
const REACH = 20_000;

/** Add `PREFIX` for the name that was just begun: typed with its colon, or chosen from the list. */
export const declareByThemselves = EditorView.updateListener.of((update) => {
  if (!update.docChanged || !update.transactions.some((one) => one.isUserEvent("input.type") || one.isUserEvent("input.complete"))) return;
  const missing = missingPrefix(update);
  if (!missing) return;
  const text = update.state.doc.toString();
  const at = placeOfNext(text);
  update.view.dispatch({ changes: { from: at, insert: `PREFIX ${missing}: <${bench.prefixes[missing]}>\n` }, userEvent: "prefix" });
});

function missingPrefix(update: ViewUpdate): string | undefined {
  const cursor = update.state.selection.main.head;
  const start = Math.max(0, cursor - REACH);
  const before = update.state.sliceDoc(start, cursor);
  const last = readTokens(before, start).at(-1);
  if (last?.kind !== "name" || last.to !== cursor) return undefined;
  const name = last.text.slice(0, last.text.indexOf(":"));
  if (!name || bench.prefixes[name] === undefined) return undefined;
  const text = update.state.doc.toString();
  // The declaration itself is just being written.
  if (/PREFIX\s*$/i.test(text.slice(0, last.from))) return undefined;
  return declaredPrefixes(text)[name] === undefined ? name : undefined;
}

/** Behind the last declaration, or at the beginning. */
function placeOfNext(text: string): number {
  const head = /^(?:\s*(?:#[^\n]*\n|(?:PREFIX\s+[\w.-]*:\s*<[^>]*>|BASE\s*<[^>]*>)[^\S\n]*\n?))*/i.exec(text.slice(0, REACH))?.[0] ?? "";
  const last = head.search(/(PREFIX|BASE)[^\n]*\n?\s*$/i);
  return last >= 0 && head.endsWith("\n") ? head.length : 0;
}
