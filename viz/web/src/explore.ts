// The explorer: a picture that follows its address. Each part changes the address or draws what it says.
import { html, need, readData } from "./dom";
import { Legend } from "./explorer/legend";
import { t } from "./messages";
import { drawNetwork } from "./explorer/network";
import { wireOverlays } from "./explorer/over";
import { Panel } from "./explorer/panel";
import type { Picture } from "./explorer/picture";
import { wireSave } from "./explorer/save";
import { wireSearch } from "./explorer/search";
import { fetchJson } from "./explorer/server";
import { Store } from "./explorer/state";
import { wireTime } from "./explorer/time";
import { wireWays } from "./explorer/ways";

async function start(): Promise<void> {
  let picture = readData<Picture>("network-data");
  const stage = need<HTMLElement>(".stage");
  const home = need<HTMLElement>(".explorer").dataset["home"] ?? picture.start;
  const note = need<HTMLElement>(".stage-note", stage);
  const store = new Store(home, picture.today);
  // The canvas measures its letters once: they have to be there.
  await Promise.all([document.fonts.load('600 15px "Source Sans"', "ğA"), document.fonts.load('15px "Source Sans"', "ğA")]);
  const view = drawNetwork(need<HTMLElement>(".canvas", stage), picture);
  const legend = new Legend(need<HTMLElement>(".legend-sets"), picture, view, store);
  const panel = new Panel(need<HTMLElement>("#panel"), picture, view, store, () => legend.shown());
  const tellWays = wireWays(store, panel, () => picture);
  const over = wireOverlays(store, panel, view, () => picture);
  const undo = need<HTMLButtonElement>("#undo");

  let told = 0;
  const tell = (text: string, ...more: HTMLElement[]): void => {
    note.replaceChildren(text, ...more);
    note.hidden = !text;
    clearTimeout(told);
    if (text && !more.length) told = window.setTimeout(() => { note.hidden = true; }, 5000);
  };
  const show = (next: Picture): void => {
    picture = next;
    view.sync(next);
    legend.show(next);
    panel.show(next);
    over(true);
    tellWays();
  };
  let turn = 0;
  const load = (fits: boolean): void => {
    const mine = (turn += 1);
    stage.setAttribute("aria-busy", "true");
    const before = new Set(picture.nodes.map((node) => node.id));
    const query = store.query();
    query.set("as_of", store.state.day);
    fetchJson<Picture>("/explore/picture", query).then((next) => {
      if (mine !== turn) return;
      tell("");
      show(next);
      const fresh = next.nodes.filter((node) => !before.has(node.id)).map((node) => node.id);
      if (next.edges.some((edge) => edge.way)) bring(next.edges.filter((edge) => edge.way).flatMap((edge) => [edge.from, edge.to]));
      else if (fits) view.fit();
      else if (fresh.length) bring(fresh);
    }).catch((error: Error) => {
      const again = html("button", { type: "button", class: "plain" }, t("Try again"));
      again.addEventListener("click", () => load(fits));
      tell(error.cause === "answer" ? error.message : t("The server could not be reached."), again);
    }).finally(() => { if (mine === turn) stage.removeAttribute("aria-busy"); });
  };
  /** What is new is to be seen, together with where it hangs. */
  const bring = (fresh: string[]): void => {
    const near = picture.nodes.find((node) => node.path === store.state.pick)?.id ?? picture.home;
    view.fit([...fresh, near]);
  };

  store.watch((state, before) => {
    undo.disabled = !store.canUndo;
    const other = (name: "start" | "from" | "to"): boolean => state[name] !== before[name];
    const list = (name: "open" | "drop"): boolean => state[name].join() !== before[name].join();
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".tongues a")) {
      const query = store.query();
      query.set("lang", link.lang);
      link.href = `${location.pathname}?${query.toString()}`;
    }
    if (other("start")) {
      // Another thing in the middle is another page: its heading and its table are the server's.
      location.reload();
      return;
    }
    if (list("open") || list("drop") || other("from") || other("to")) load(false);
    legend.apply();
    panel.tell();
    over(state.over !== before.over || state.day !== before.day);
    tellWays();
  });
  undo.addEventListener("click", () => store.undo());
  wireSearch(need<HTMLElement>(".search"), () => picture, (hit, isDrawn) => {
    if (isDrawn) view.focus(hit.id);
    if (isDrawn) store.set({ pick: hit.path });
    else store.set({ start: hit.path, open: [], drop: [], pick: "", from: "", to: "", over: "" });
  });
  wireTime(need<HTMLElement>(".time", stage), picture, store);
  wireSave(store, view, () => picture, tell);
  show(picture);
  const picked = picture.nodes.find((node) => [node.path, node.id].includes(store.state.pick));
  if (picked) view.focus(picked.id);
  else view.fit();
}

void start();
