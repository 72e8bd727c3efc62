// A search form that hides at once what does not fit; without scripts the server answers it.
import { fold } from "./dom";

/** Names and explanations count, the facts listed below them don't. */
function wordsOf(element: HTMLElement): string {
  const lists = element.querySelector("h4") ? "DL" : "";
  return [...element.children].filter((part) => part.tagName !== lists).map((part) => part.textContent ?? "").join(" ");
}

/** Let a form's search field hide the elements that its `data-finds` names, and parts left empty. */
export function wireFind(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  const note = form.querySelector("output");
  if (!input) return;
  let items: { element: HTMLElement; text: string }[] | undefined;
  const show = (): void => {
    items ??= [...document.querySelectorAll<HTMLElement>(form.dataset["finds"] ?? "")].map((element) => ({
      element, text: fold(wordsOf(element)),
    }));
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { element, text } of items) {
      const fits = words.every((word) => text.includes(word));
      element.hidden = !fits;
      if (fits) found += 1;
    }
    for (const group of document.querySelectorAll<HTMLElement>("[data-found-in]")) {
      group.hidden = words.length > 0 && !group.querySelector(`:is(${form.dataset["finds"] ?? ""}):not([hidden])`);
    }
    if (note) note.value = words.length ? found.toLocaleString(document.documentElement.lang) : "";
  };
  input.addEventListener("input", show);
}
