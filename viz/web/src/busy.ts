// A form that takes long is sent once: its button says that it is being done, and can't be pressed again.

/** Watch a form whose `data-busy` says what its button shows once it was sent. */
export function tellThatItRuns(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  if (!button) return;
  const said = button.textContent;
  form.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = form.dataset.busy ?? said;
  });
  // Whoever comes back to the page finds it as it was.
  addEventListener("pageshow", () => {
    button.disabled = false;
    button.textContent = said;
  });
}
