// Time: a slider of years, a day, and a play button that goes through the years.
import { need } from "../dom";
import { t } from "../messages";
import { yearsOf, type Picture } from "./picture";
import type { Store } from "./state";

const PACE_MS = 650;

/** Wire the row below the picture. */
export function wireTime(row: HTMLElement, picture: Picture, store: Store): void {
  const slider = need<HTMLInputElement>("#year", row);
  const field = need<HTMLInputElement>("#day", row);
  const play = need<HTMLButtonElement>("#play", row);
  const thisYear = picture.today.slice(0, 4);
  const [first, last] = yearsOf(picture);
  slider.min = String(first);
  slider.max = String(last);
  let timer = 0;

  const dayOf = (year: string): string => (year === thisYear ? picture.today : `${year}-12-31`);
  const show = (day: string): void => {
    slider.value = day.slice(0, 4);
    slider.setAttribute("aria-valuetext", day);
    if (field.value !== day) field.value = day;
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = 0;
    play.setAttribute("aria-pressed", "false");
    need(".word", play).textContent = t("Play");
  };
  const begin = (): void => {
    let year = Number(slider.value) >= last ? first : Number(slider.value);
    store.set({ day: dayOf(String(year)) });
    play.setAttribute("aria-pressed", "true");
    need(".word", play).textContent = t("Stop");
    timer = window.setInterval(() => {
      if ((year += 1) > last) return stop();
      store.set({ day: dayOf(String(year)) }, true);
    }, PACE_MS);
  };
  row.addEventListener("submit", (event) => event.preventDefault());
  slider.addEventListener("input", () => { stop(); store.set({ day: dayOf(slider.value) }, true); });
  field.addEventListener("change", () => {
    // Typing a year passes through years like 0002.
    if (field.value >= "1000") { stop(); store.set({ day: field.value }); }
  });
  play.addEventListener("click", () => (timer ? stop() : begin()));
  need("#today", row).addEventListener("click", () => { stop(); store.set({ day: picture.today }); });
  row.querySelector<HTMLElement>("[data-day]")?.addEventListener("click", (event) => {
    stop();
    store.set({ day: (event.currentTarget as HTMLElement).dataset["day"] ?? picture.today });
  });
  store.watch((state) => show(state.day));
  show(store.state.day);
}
