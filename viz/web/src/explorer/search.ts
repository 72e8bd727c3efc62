// Finds anything by its name in any writing: what the picture shows first, then the whole graph.
import { fold, html, need } from "../dom";
import { t } from "../messages";
import { fetchJson } from "./server";
import type { NetNode, Picture } from "./picture";

export interface Hit { path: string; id: string; name: string; kind: string; country: string }

const MOST = 12;
const PATIENCE_MS = 160;
const KINDS: Record<string, string> = {
  city: t("city"), network: t("network"), project: t("project"), programme: t("programme"),
  organization: t("organisation"), authority: t("authority"), own_city: t("city"), city_network: t("network"),
  campaign: t("network"), reporting_scheme: t("network"), national_union: t("network"), open_place: t("open place"),
};

/** Wire the search box; picking hands over what was found, in the picture or not. */
export function wireSearch(box: HTMLElement, picture: () => Picture, pick: (hit: Hit, isDrawn: boolean) => void): void {
  const input = need<HTMLInputElement>("input", box);
  const hits = need<HTMLElement>(".hits", box);
  let asked = 0;
  let timer = 0;
  const close = (): void => { hits.hidden = true; input.setAttribute("aria-expanded", "false"); };
  const show = (found: [Hit, boolean][], isDone: boolean): void => {
    hits.replaceChildren(...found.slice(0, MOST).map(([hit, isDrawn], index) => {
      const button = html("button", { type: "button", role: "option", id: `hit-${index}`, tabindex: -1 }, html("span", {}, hit.name),
        html("small", {}, [KINDS[hit.kind] ?? hit.kind, hit.country].filter(Boolean).join(" · ") + (isDrawn ? ` · ${t("in the picture")}` : "")));
      button.addEventListener("click", () => { close(); pick(hit, isDrawn); });
      return html("li", { role: "none" }, button);
    }));
    if (!found.length && isDone) hits.append(html("li", { class: "quiet", role: "none" }, t("Nothing of this name.")));
    hits.hidden = !hits.childElementCount;
    input.setAttribute("aria-expanded", String(!hits.hidden));
  };
  const look = (): void => {
    clearTimeout(timer);
    const text = input.value;
    const words = fold(text).split(/\s+/).filter(Boolean);
    const turn = (asked += 1);
    if (!words.length) return close();
    const own: [Hit, boolean][] = picture().nodes.filter((node) => isNamed(node, words)).map((node) => [toHit(node), true]);
    show(own, false);
    timer = window.setTimeout(() => {
      fetchJson<Hit[]>("/explore/find", { q: text }).then((others) => {
        if (turn !== asked) return;
        const listed = new Set(own.map(([hit]) => hit.id));
        const drawn = new Set(picture().nodes.map((node) => node.id));
        show([...own, ...others.filter((hit) => !listed.has(hit.id)).map((hit): [Hit, boolean] => [hit, drawn.has(hit.id)])], true);
      }).catch(() => { if (turn === asked) show(own, true); });
    }, PATIENCE_MS);
  };
  input.addEventListener("input", look);
  box.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      hits.querySelector("button")?.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(hits, input, event.key === "ArrowDown" ? 1 : -1);
    }
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target as Element)) close(); });
}

function isNamed(node: NetNode, words: string[]): boolean {
  const key = fold(node.about);
  return words.every((word) => key.includes(word));
}

function toHit(node: NetNode): Hit {
  return { path: node.path, id: node.id, name: node.name, kind: node.kind, country: "" };
}

function move(hits: HTMLElement, input: HTMLInputElement, step: number): void {
  const buttons = [...hits.querySelectorAll("button")];
  const next = buttons.indexOf(document.activeElement as HTMLButtonElement) + step;
  (buttons[next] ?? (next < 0 ? input : buttons.at(-1)))?.focus();
}
