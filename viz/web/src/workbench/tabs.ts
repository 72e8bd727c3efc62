// The open questions as tabs; arrows walk through them, Delete closes one.
import { html, need } from "../dom";
import { t } from "../messages";
import type { Draft } from "./drafts";

export interface TabHooks { open(id: string): void; close(id: string): void; add(): void }

const LONGEST = 28;

export class Tabs {
  private readonly list = need<HTMLElement>("#tabs");
  private readonly close = html("button", { type: "button", class: "plain", id: "close-tab" }, "×");

  constructor(private readonly hooks: TabHooks) {
    const add = need<HTMLButtonElement>("#new-tab");
    this.close.title = t("Close this question");
    this.close.setAttribute("aria-label", this.close.title);
    add.before(this.close);
    add.addEventListener("click", () => hooks.add());
    this.close.addEventListener("click", () => hooks.close(this.chosen()?.dataset["id"] ?? ""));
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    need<HTMLElement>(".desk-tabs").hidden = false;
  }

  /** Draw the tabs anew; the focus stays among them if it was there. */
  draw(drafts: Draft[], open: string): void {
    const hadFocus = this.list.contains(document.activeElement);
    this.list.replaceChildren(...drafts.map((draft) => this.tab(draft, draft.id === open)));
    const chosen = this.chosen();
    if (hadFocus) chosen?.focus();
    if (chosen) this.list.scrollLeft = chosen.offsetLeft - this.list.offsetLeft - 8;
  }

  /** Change the name of one tab only. */
  rename(draft: Draft): void {
    const tab = this.list.querySelector(`[data-id="${CSS.escape(draft.id)}"]`);
    if (tab && tab.textContent !== titleOf(draft)) tab.textContent = titleOf(draft);
  }

  private chosen(): HTMLElement | null {
    return this.list.querySelector<HTMLElement>("[aria-selected=true]");
  }

  private tab(draft: Draft, isOpen: boolean): HTMLElement {
    const tab = html("button", {
      type: "button", role: "tab", class: "plain", "aria-selected": String(isOpen), tabindex: isOpen ? 0 : -1,
      "data-id": draft.id, "aria-controls": "editor", title: titleOf(draft, 200),
    }, titleOf(draft));
    tab.addEventListener("click", () => this.hooks.open(draft.id));
    return tab;
  }

  private onKey(event: KeyboardEvent): void {
    const tabs = [...this.list.querySelectorAll<HTMLElement>("[role=tab]")];
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    const id = tabs[at]?.dataset["id"];
    if (event.key === "Delete" && id) return this.hooks.close(id);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step ? tabs[(at + step + tabs.length) % tabs.length]?.dataset["id"] : undefined;
    if (next) this.hooks.open(next);
    if (next) event.preventDefault();
  }
}

/** What a question is called: its own title, or what it begins with. */
export function titleOf(draft: { title: string; text: string; origin?: string }, longest = LONGEST): string {
  // A title stays true while the question begins as it was opened.
  const own = draft.origin?.slice(0, 80) === draft.text.slice(0, 80) ? draft.title : "";
  const comment = /^\s*#\s*(?:title@\w+:\s*)?(\S[^\n]*)/.exec(draft.text.slice(0, 500))?.[1];
  const body = draft.text.slice(0, 5000).replace(/^\s*(PREFIX|BASE)\b[^\n]*\n/gim, "").replace(/\s+/g, " ").trim();
  const title = own || comment || body || t("New question");
  return title.length > longest ? `${title.slice(0, longest - 1)}…` : title;
}
