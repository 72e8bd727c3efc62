// How are A and B connected? Two names, then the ways beside the picture and in it.
import { html, need } from "../dom";
import { t } from "../messages";
import { fetchFragment, fetchJson } from "./server";
import type { Panel } from "./panel";
import type { Picture } from "./picture";
import type { Hit } from "./search";
import type { Store } from "./state";

/** Wire the form and tell the ways that the address asks for. */
export function wireWays(store: Store, panel: Panel, picture: () => Picture): () => void {
  const form = need<HTMLFormElement>("#ways-form");
  const opener = need<HTMLButtonElement>("#open-ways");
  const fields = [need<HTMLInputElement>("#way-from"), need<HTMLInputElement>("#way-to")] as const;
  const names = need<HTMLDataListElement>("#way-names");
  const known = new Map<string, string>();
  let told = "";

  const learn = (hits: { name: string; path: string }[]): void => {
    for (const hit of hits) known.set(hit.name, hit.path);
    names.replaceChildren(...[...known.keys()].slice(-60).map((name) => html("option", { value: name })));
  };
  const suggest = async (text: string): Promise<Hit[]> => {
    const hits = (await fetchJson<Hit[]>("/explore/find", { q: text })).filter((hit) => /^(city|network|project)$/.test(hit.kind));
    learn(hits);
    return hits;
  };
  const pathOf = async (field: HTMLInputElement): Promise<string> => {
    const exact = known.get(field.value);
    if (exact) return exact;
    const [first] = await suggest(field.value);
    if (first) field.value = first.name;
    field.setCustomValidity(first ? "" : t("Nothing of this name."));
    field.reportValidity();
    return first?.path ?? "";
  };
  const toggle = (shown: boolean): void => {
    form.hidden = !shown;
    opener.setAttribute("aria-expanded", String(shown));
  };
  opener.addEventListener("click", () => {
    toggle(form.hidden !== false);
    const home = picture().nodes.find((node) => node.id === picture().home);
    if (!fields[0].value && home) { learn([home]); fields[0].value = home.name; }
    if (!form.hidden) fields[1].focus();
  });
  need("#close-ways").addEventListener("click", () => { toggle(false); opener.focus(); if (store.state.from) store.set({ from: "", to: "" }); });
  for (const field of fields) {
    field.addEventListener("input", () => {
      field.setCustomValidity("");
      if (field.value.length > 1 && !known.has(field.value)) void suggest(field.value).catch(() => undefined);
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void Promise.all(fields.map(pathOf)).then(([from = "", to = ""]) => { if (from && to) store.set({ from, to, pick: "" }); }).catch(() => lost());
  });
  const lost = (): void => panel.put("ways", [html("p", { class: "problem", role: "alert" }, t("The server could not be reached."))]);

  return () => {
    const { from, to, day, pick } = store.state;
    const key = from && to ? `${from} ${to} ${day}` : "";
    if (key === told || pick) { if (!key) told = ""; return; }
    told = key;
    if (!key) return;
    panel.put("ways", [html("p", { class: "quiet", role: "status" }, t("Looking for ways …"))]);
    fetchFragment("/explore/ways", { from, to, as_of: day }).then((parts) => panel.put("ways", parts)).catch(lost);
  };
}
