// What every page does: show the day at once when another one is picked, and find while one types.
import { tellThatItRuns } from "./busy";
import { wireFind } from "./find";
import { foldWhereNarrow } from "./fold";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-finds]")) wireFind(form);

for (const field of document.querySelectorAll<HTMLInputElement>(".as-of input[type=date]")) {
  const asked = field.value;
  field.addEventListener("change", () => {
    // Typing a year passes through years like 0002; leave those to the button.
    if (field.value !== asked && field.value >= "1900") field.form?.requestSubmit();
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-busy]")) tellThatItRuns(form);

foldWhereNarrow();

// A printed page shows what is folded away on the screen.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
});
