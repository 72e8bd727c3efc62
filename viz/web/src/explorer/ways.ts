// How are A and B connected? Two names, then the ways beside the picture and in it.
import { html, need } from "../dom";
import { t } from "../messages";
import { fetchFragment, fetchJson } from "./server";
import type { Panel } from "./panel";
import type { Picture } from "./picture";
import type { Hit } from "./search";
import type { Store } from "./state";

const OFFERED = 60;

/** The form for two ends, and the ways that the address asks for. */
export class Ways {
  private readonly form = need<HTMLFormElement>("#ways-form");
  private readonly opener = need<HTMLButtonElement>("#open-ways");
  private readonly from = need<HTMLInputElement>("#way-from");
  private readonly to = need<HTMLInputElement>("#way-to");
  private readonly names = need<HTMLDataListElement>("#way-names");
  private readonly known = new Map<string, string>();
  private told = "";

  constructor(private readonly store: Store, private readonly panel: Panel, private readonly picture: () => Picture) {
    this.opener.addEventListener("click", () => this.toggle(this.form.hidden !== false));
    need("#close-ways").addEventListener("click", () => {
      this.toggle(false);
      this.opener.focus();
      if (store.state.from) store.set({ from: "", to: "" });
    });
    for (const field of [this.from, this.to]) {
      field.addEventListener("input", () => {
        field.setCustomValidity("");
        if (field.value.length > 1 && !this.known.has(field.value)) void this.suggest(field.value).catch(() => undefined);
      });
    }
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask().catch(() => this.tellLost());
    });
  }

  /** Tell the ways of the address, unless they are told already or something is picked. */
  tell(): void {
    const { from, to, day, pick } = this.store.state;
    const key = from && to ? `${from} ${to} ${day}` : "";
    const isTold = key === this.told;
    this.told = pick ? "" : key;
    if (isTold || pick || !key) return;
    this.panel.put("ways", [html("p", { class: "quiet", role: "status" }, t("Looking for ways …"))]);
    fetchFragment("/explore/ways", { from, to, as_of: day }).then((parts) => this.panel.put("ways", parts)).catch(() => this.tellLost());
  }

  private toggle(shown: boolean): void {
    this.form.hidden = !shown;
    this.opener.setAttribute("aria-expanded", String(shown));
    const home = this.picture().nodes.find((node) => node.id === this.picture().home);
    if (!this.from.value && home) {
      this.learn([home]);
      this.from.value = home.name;
    }
    if (shown) this.to.focus();
  }

  private learn(hits: { name: string; path: string }[]): void {
    for (const hit of hits) this.known.set(hit.name, hit.path);
    this.names.replaceChildren(...[...this.known.keys()].slice(-OFFERED).map((name) => html("option", { value: name })));
  }

  private async suggest(text: string): Promise<Hit[]> {
    const hits = (await fetchJson<Hit[]>("/explore/find", { q: text })).filter((hit) => /^(city|network|project)$/.test(hit.kind));
    this.learn(hits);
    return hits;
  }

  private async pathOf(field: HTMLInputElement): Promise<string> {
    const exact = this.known.get(field.value);
    if (exact) return exact;
    const [first] = await this.suggest(field.value);
    if (first) field.value = first.name;
    field.setCustomValidity(first ? "" : t("Nothing of this name."));
    field.reportValidity();
    return first?.path ?? "";
  }

  private async ask(): Promise<void> {
    const [from, to] = [await this.pathOf(this.from), await this.pathOf(this.to)];
    if (from && to) this.store.set({ from, to, pick: "" });
  }

  private tellLost(): void {
    this.panel.put("ways", [html("p", { class: "problem", role: "alert" }, t("The server could not be reached."))]);
  }
}
