// Finds a node by its name in any writing: "nurnberg" finds Nürnberg.
import { fold, html, need } from "./dom";
import { t } from "./messages";
import type { Picture } from "./network";

const MOST = 12;

/** Wire the search box; picking a hit hands over its node. */
export function wireSearch(box: HTMLElement, picture: Picture, pick: (id: string) => void): void {
  const input = need<HTMLInputElement>("input", box);
  const hits = need<HTMLElement>(".hits", box);
  const keys = picture.nodes.map((node) => ({ node, key: fold(node.about) }));
  const close = (): void => { hits.hidden = true; };
  const show = (): void => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    hits.hidden = words.length === 0;
    const found = keys.filter(({ key }) => words.every((word) => key.includes(word))).slice(0, MOST);
    hits.replaceChildren(...found.map(({ node }) => {
      const button = html("button", { type: "button" }, node.name);
      button.addEventListener("click", () => { pick(node.id); close(); });
      return html("li", {}, button);
    }));
    if (!found.length) hits.append(html("li", { class: "quiet" }, t("Nothing of this name.")));
  };
  input.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      hits.querySelector("button")?.click();
    }
  });
}
