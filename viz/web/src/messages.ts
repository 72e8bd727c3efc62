// Sentences of the scripts come from the one catalogue; English is the text itself.
import table from "./generated/messages.json";

const tables: Record<string, Record<string, string>> = table;

/** The page's language. */
export const language = document.documentElement.lang === "en" ? "en" : "tr";

/** Translate a sentence and fill its {facts}. */
export function t(message: string, facts: Record<string, string | number> = {}): string {
  const text = tables[language]?.[message] ?? message;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}
