// The explorer: a picture that follows its address. Each part changes the address or draws what it says.
import { html, need, readData } from "./dom";
import { Legend } from "./explorer/legend";
import { t } from "./messages";
import { drawNetwork, type View } from "./explorer/network";
import { wireOverlays } from "./explorer/over";
import { Panel } from "./explorer/panel";
import { withPaths, type Picture } from "./explorer/picture";
import { wireSave } from "./explorer/save";
import { wireSearch } from "./explorer/search";
import { fetchJson } from "./explorer/server";
import { Store, type State } from "./explorer/state";
import { wireTime } from "./explorer/time";
import { Ways } from "./explorer/ways";

const TOLD_MS = 5000;

class Explorer {
  private picture = withPaths(readData<Picture>("network-data"));
  private readonly stage = need<HTMLElement>(".stage");
  private readonly note = need<HTMLElement>(".stage-note");
  private readonly undo = need<HTMLButtonElement>("#undo");
  private readonly store: Store;
  private readonly view: View;
  private readonly legend: Legend;
  private readonly panel: Panel;
  private readonly ways: Ways;
  private readonly over: (isNew: boolean) => void;
  private turn = 0;
  private told = 0;

  constructor() {
    const home = need<HTMLElement>(".explorer").dataset["home"] ?? this.picture.start;
    this.store = new Store(home, this.picture.today);
    this.view = drawNetwork(need<HTMLElement>(".canvas"), this.picture);
    this.legend = new Legend(need<HTMLElement>(".legend-sets"), this.picture, this.view, this.store);
    this.panel = new Panel(need<HTMLElement>("#panel"), this.picture, this.view, this.store, () => this.legend.shown());
    this.ways = new Ways(this.store, this.panel, () => this.picture);
    this.over = wireOverlays(this.store, this.panel, this.view, () => this.picture);
    this.store.watch((state, before) => this.follow(state, before));
    this.undo.addEventListener("click", () => this.store.undo());
    wireSearch(need<HTMLElement>(".search"), () => this.picture, (hit, isDrawn) => {
      if (isDrawn) this.view.focus(hit.id);
      if (isDrawn) this.store.set({ pick: hit.path });
      else this.store.set({ start: hit.path, open: [], drop: [], pick: "", from: "", to: "", over: "" });
    });
    wireTime(need<HTMLElement>(".time"), this.picture, this.store);
    wireSave(this.store, this.view, () => this.picture, (text) => this.tell(text));
    this.show(this.picture);
    const { pick } = this.store.state;
    const picked = this.picture.nodes.find((node) => pick && [node.path, node.id].includes(pick));
    if (picked) this.view.focus(picked.id);
    else this.view.fit();
  }

  private tell(text: string, ...more: HTMLElement[]): void {
    this.note.replaceChildren(text, ...more);
    this.note.hidden = !text;
    clearTimeout(this.told);
    if (text && !more.length) this.told = window.setTimeout(() => { this.note.hidden = true; }, TOLD_MS);
  }

  private show(next: Picture): void {
    this.picture = next;
    this.view.sync(next);
    this.legend.show(next);
    this.panel.show(next);
    this.over(true);
    this.ways.tell();
  }

  /** The address has changed: draw what it says. */
  private follow(state: State, before: State): void {
    this.undo.disabled = !this.store.canUndo;
    this.aimTongues();
    if (state.start !== before.start) {
      // Another thing in the middle is another page: its heading and its table are the server's.
      location.reload();
      return;
    }
    const names = ["open", "drop", "from", "to"] as const;
    if (names.some((name) => state[name].toString() !== before[name].toString())) this.load();
    this.legend.apply();
    this.panel.tell();
    this.over(state.over !== before.over || state.day !== before.day || (!!before.pick && !state.pick));
    this.ways.tell();
  }

  /** A switch of the language keeps the view. */
  private aimTongues(): void {
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".tongues a")) {
      const query = this.store.query();
      query.set("lang", link.lang);
      link.href = `${location.pathname}?${query.toString()}`;
    }
  }

  private load(): void {
    const mine = (this.turn += 1);
    this.stage.setAttribute("aria-busy", "true");
    const before = new Set(this.picture.nodes.map((node) => node.id));
    const query = this.store.query();
    query.set("as_of", this.store.state.day);
    fetchJson<Picture>("/explore/picture", query).then((next) => {
      if (mine !== this.turn) return;
      this.tell("");
      this.show(withPaths(next));
      this.bring(before);
    }).catch((error: Error) => {
      const again = html("button", { type: "button", class: "plain" }, t("Try again"));
      again.addEventListener("click", () => this.load());
      this.tell(error.cause === "answer" ? error.message : t("The server could not be reached."), again);
    }).finally(() => { if (mine === this.turn) this.stage.removeAttribute("aria-busy"); });
  }

  /** What is new is to be seen, together with where it hangs; of ways the whole. */
  private bring(before: Set<string>): void {
    const way = this.picture.edges.filter((edge) => edge.way).flatMap((edge) => [edge.from, edge.to]);
    const fresh = this.picture.nodes.filter((node) => !before.has(node.id)).map((node) => node.id);
    const near = this.picture.nodes.find((node) => node.path === this.store.state.pick)?.id ?? this.picture.home;
    if (way.length) this.view.fit(way);
    else if (fresh.length) this.view.fit([...fresh, near]);
  }
}

// The canvas measures its letters once: they have to be there.
void Promise.all([document.fonts.load('600 15px "Source Sans"', "ğA"), document.fonts.load('15px "Source Sans"', "ğA")])
  .then(() => new Explorer());
