// The editor: CodeMirror in a shadow root, where its styles are allowed by the page's policy.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { Annotation, EditorState, StateEffect, StateField, type Extension, type Transaction } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, type DecorationSet } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

import { t } from "../messages";
import { complete } from "./complete";
import { declareByThemselves } from "./prefixes";

export interface Hooks { run(): void; stop(): boolean; changed(text: string): void }

const ours = Annotation.define<boolean>();
const markPlace = StateEffect.define<number | undefined>();

/** The place of a mistake, underlined until something changes. */
const mistake = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(markPlace)) continue;
      if (effect.value === undefined) return Decoration.none;
      const line = transaction.state.doc.lineAt(effect.value);
      const to = Math.min(line.to, effect.value + 1);
      const mark = Decoration.mark({ class: "cm-mistake" });
      return to > effect.value ? Decoration.set(mark.range(effect.value, to)) : Decoration.none;
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool], color: "var(--code-word)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
  { tag: [tags.variableName], color: "var(--code-variable)" },
  { tag: [tags.string, tags.annotation], color: "var(--code-text)" },
  { tag: [tags.integer, tags.float], color: "var(--code-number)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--accent)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: ".86rem", borderRadius: "var(--radius)", border: "1px solid var(--line-2)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", minHeight: "19rem", maxHeight: "62vh", overflow: "auto" },
  ".cm-content": { padding: ".7rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-2)", border: "0", borderRadius: "var(--radius) 0 0 var(--radius)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)" },
  ".cm-matchingBracket": { backgroundColor: "var(--accent-2)", outline: "1px solid var(--line-2)" },
  ".cm-mistake": { textDecoration: "underline wavy var(--bad)", backgroundColor: "color-mix(in srgb, var(--bad) 18%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-2)", borderRadius: "8px", boxShadow: "var(--shadow)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: ".82rem", maxHeight: "17rem", maxWidth: "min(46rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".16rem .6rem", display: "flex", gap: ".8rem", alignItems: "baseline" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--surface)" },
  ".cm-completionLabel": { flex: "none" },
  ".cm-completionDetail": { marginLeft: "auto", fontStyle: "normal", fontFamily: "var(--sans)", color: "inherit", opacity: ".85", overflow: "hidden", textOverflow: "ellipsis" },
});

/**
 * Typing over a selection: left to itself, the browser joins the lines with inline styles, which the page's
 * policy forbids.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (empty || event.inputType !== "insertText" || !text) return false;
    event.preventDefault();
    const insert = (): Transaction => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

/** The editor of one page. */
export class Editor {
  readonly view: EditorView;

  constructor(place: HTMLElement, text: string, private readonly hooks: Hooks) {
    const root = place.attachShadow({ mode: "open" });
    this.view = new EditorView({ root, parent: root, state: this.state(text) });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Show another question; its own undoing begins anew. */
  open(text: string): void {
    this.view.setState(this.state(text));
  }

  /** Change the text, such as by a field; it can be undone. */
  replace(text: string): void {
    const old = this.text;
    if (old === text) return;
    let from = 0;
    while (from < old.length && old[from] === text[from]) from++;
    let end = 0;
    while (end < old.length - from && end < text.length - from && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
    this.view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) } });
  }

  /** Take what another window wrote, without telling it back. */
  follow(text: string): void {
    if (this.text === text) return;
    const annotations = ours.of(true);
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, annotations });
  }

  focus(): void {
    this.view.focus();
  }

  /** Underline the place of a mistake: line and column from 1. */
  mark(line: number | undefined, column: number | undefined): void {
    const { doc } = this.view.state;
    const known = line !== undefined && line >= 1 && line <= doc.lines;
    const at = known ? Math.min(doc.line(line).to, doc.line(line).from + Math.max(0, (column ?? 1) - 1)) : undefined;
    this.view.dispatch({ effects: markPlace.of(at) });
  }

  private state(text: string): EditorState {
    return EditorState.create({ doc: text, extensions: this.extensions() });
  }

  private extensions(): Extension {
    const stop = (view: EditorView): boolean => (completionStatus(view.state) ? closeCompletion(view) : this.hooks.stop());
    const run = (): boolean => {
      this.hooks.run();
      return true;
    };
    return [
      lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
      new LanguageSupport(SparqlLanguage), syntaxHighlighting(colours), look, mistake, EditorView.lineWrapping,
      EditorState.phrases.of({ "Completions": t("Completions") }),
      SparqlLanguage.data.of({ commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } }),
      autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 60, maxRenderedOptions: 60 }),
      EditorView.contentAttributes.of({ "aria-label": t("Question in SPARQL"), "aria-multiline": "true", tabindex: "0", autocapitalize: "off", spellcheck: "false" }),
      declareByThemselves, typeOver,
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((one) => one.annotation(ours))) this.hooks.changed(update.state.doc.toString());
      }),
      // Tab leaves the editor, as everywhere on a page; it takes what is offered only while a list is open.
      keymap.of([
        { key: "Mod-Enter", run, preventDefault: true }, { key: "Escape", run: stop },
        { key: "Tab", run: acceptCompletion }, { key: "Mod-]", run: indentMore }, { key: "Mod-[", run: indentLess },
        ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap,
      ]),
    ];
  }
}
