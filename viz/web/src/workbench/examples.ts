// Examples, and the fields that they take: a field writes its value into the question's VALUES line.
import { html, need } from "../dom";
import { language } from "../messages";

interface Choice { value: string; label: string }
interface Field { name: string; label: string; kind: string; value: string; datatype: string; choices: Choice[] }
export interface Example { title: string; query: string; fields: Field[] }

const known = new Map<string, Promise<Example>>();

/** Ask for an example once. */
export function loadExample(slug: string): Promise<Example> {
  let found = known.get(slug);
  if (!found) {
    found = fetch(`/workbench/examples/${encodeURIComponent(slug)}?lang=${language}`).then(async (response) => {
      if (!response.ok) throw new Error(String(response.status));
      return (await response.json()) as Example;
    });
    known.set(slug, found);
    found.catch(() => known.delete(slug));
  }
  return found;
}

/** Show the fields that a question still has a line for. */
export function drawFields(fields: Field[], text: () => string, change: (text: string) => void): void {
  const box = need<HTMLFieldSetElement>("#fields");
  const shown = fields.filter((field) => rowOf(text(), field.name) !== undefined);
  box.hidden = !shown.length;
  // Somebody may be in a field just now.
  if (box.contains(document.activeElement)) return;
  const legend = need<HTMLLegendElement>("legend", box);
  box.replaceChildren(legend, ...shown.map((field) => drawField(field, text, change)));
}

export function hideFields(): void {
  need<HTMLFieldSetElement>("#fields").hidden = true;
}

function drawField(field: Field, text: () => string, change: (text: string) => void): HTMLElement {
  const id = `field-${field.name}`;
  const row = (rowOf(text(), field.name) ?? "").trim();
  const input = field.kind === "thing"
    ? html("select", { id }, ...field.choices.map(({ value, label }) => html("option", { value }, label || "–")))
    : html("input", { id, type: field.kind === "date" ? "date" : "number" });
  input.value = field.kind === "thing" ? row : plain(row);
  input.addEventListener("change", () => {
    if (input.value) change(withRow(text(), field.name, written(field, input.value)));
  });
  return html("span", { class: "field-of" }, html("label", { for: id }, field.label), input);
}

function written(field: Field, value: string): string {
  return field.kind === "date" ? `"${value}"^^${field.datatype}` : value;
}

function plain(row: string): string {
  return /^"([^"]*)"/.exec(row)?.[1] ?? row;
}

function lineOf(name: string): RegExp {
  return new RegExp(`(^[ \\t]*VALUES[ \\t]+\\?${name}[ \\t]*\\{)([^\\n]*)(\\}[ \\t]*$)`, "gm");
}

function rowOf(text: string, name: string): string | undefined {
  return lineOf(name).exec(text)?.[2];
}

function withRow(text: string, name: string, value: string): string {
  return text.replace(lineOf(name), (_, before: string, __: string, after: string) => `${before} ${value} ${after}`);
}
