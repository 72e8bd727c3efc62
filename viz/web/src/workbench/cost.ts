// What a question is likely to cost, told while it is written.
import { html, need } from "../dom";
import { language, t } from "../messages";

interface Cost { narrowest: number | null; warnings: string[]; seconds: number }

/** Longer questions are not looked at. */
const LONGEST = 8_000;

/** Ask the server what it thinks of a question, and show it; nothing is shown of what it can't read. */
export async function tellCost(text: () => string): Promise<void> {
  const place = need<HTMLElement>("#cost");
  const asked = text();
  if (!asked.trim() || asked.length > LONGEST) return place.replaceChildren();
  try {
    const response = await fetch(`/workbench/cost?lang=${language}`, { method: "POST", body: asked });
    if (response.ok && asked === text()) place.replaceChildren(...sentences((await response.json()) as Cost));
  } catch {
    place.replaceChildren();
  }
}

function sentences({ narrowest, warnings, seconds }: Cost): HTMLElement[] {
  const found = warnings.map((one) => html("p", { class: "warning" }, one));
  if (narrowest === null) return found;
  const n = narrowest.toLocaleString(language);
  return [html("p", {}, t("The narrowest line of the question fits {n} statements; an answer may take {seconds} s.", { n, seconds })), ...found];
}
