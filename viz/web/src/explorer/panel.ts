// What stands beside the picture: all it shows as a list, or what was picked, told by the server.
import { html, svg } from "../dom";
import { t } from "../messages";
import { fetchFragment } from "./server";
import { statusOn, type NetEdge, type NetNode, type Picture } from "./picture";
import type { View } from "./network";
import type { Store } from "./state";

/** A hub's neighbours are counted, not told one by one. */
const TOLD = 12;
const LISTED = 200;

export class Panel {
  private readonly heading: HTMLElement;
  private readonly legend = document.querySelector<HTMLDetailsElement>(".legend");
  private hasPicked = false;
  private turn = 0;
  private shown = "";

  constructor(
    private readonly box: HTMLElement, private picture: Picture, private readonly view: View,
    private readonly store: Store, private readonly edges: () => NetEdge[],
  ) {
    this.heading = box.querySelector("h1") ?? html("h1");
    view.network.on("click", ({ nodes: [node], edges: [edge] }: { nodes: string[]; edges: string[] }) => {
      const line = edge ? this.picture.edges.find((one) => one.id === edge) : undefined;
      this.store.set({ pick: (node ? this.nodeBy(node)?.path : line?.relation) ?? "" });
    });
    box.addEventListener("click", (event) => this.act(event.target as Element));
  }

  /** Take another picture, or the same with other lines shown. */
  show(picture: Picture): void {
    this.picture = picture;
    this.shown = "";
    this.tell();
  }

  /** Show what the address picks, unless it stands there already. */
  tell(): void {
    const { pick, day } = this.store.state;
    const key = `${pick} ${pick ? day : this.edges().length}`;
    if (this.shown === key) return;
    const isNew = this.shown.split(" ")[0] !== pick;
    this.shown = key;
    const { from, to, over } = this.store.state;
    // Ways and overlays tell themselves.
    if (!pick && ((from && to) || over)) return;
    if (!pick) return this.tellAll();
    const node = this.nodeBy(pick);
    if (node) return this.tellNode(node, isNew);
    const lines = this.picture.edges.filter((edge) => edge.relation === pick);
    this.view.select([], lines.map((edge) => edge.id));
    this.load(pick, [pick], this.steps(lines.map((edge) => edge.about)), isNew);
  }

  /** Put other things into the panel, such as ways. */
  put(title: string, parts: ChildNode[]): void {
    this.turn += 1;
    this.shown = title;
    this.box.replaceChildren(this.close(), ...parts);
    this.box.parentElement?.scrollTo({ top: 0 });
    this.box.querySelector<HTMLElement>("h2")?.focus();
  }

  private nodeBy(named: string): NetNode | undefined {
    return this.picture.nodes.find((node) => node.id === named || node.path === named);
  }

  private act(target: Element): void {
    const button = target.closest<HTMLElement>("button[data-node], button[data-open], button[data-do]");
    const { node, open } = button?.dataset ?? {};
    if (node) {
      const found = this.nodeBy(node);
      if (!found) return;
      this.view.focus(found.id);
      this.store.set({ pick: found.path });
    } else if (open) this.open(open);
    else if (button?.dataset["do"]) this.change(button.dataset["do"], button.dataset["thing"] ?? "");
  }

  /** Open a kind of tie of a thing; the same again gives as many more. */
  private open(asked: string): void {
    const opened = [...this.store.state.open];
    const same = opened.findIndex((one) => one === asked);
    if (same < 0) opened.push(asked);
    else {
      const [thing, family, ...rest] = asked.split(":");
      const country = rest.find((part) => /^[A-Z]{2}$/.test(part));
      const number = Number(rest.find((part) => /^\d+$/.test(part)) ?? 30) + 30;
      opened[same] = [thing, family, country, number].filter(Boolean).join(":");
    }
    this.store.set({ open: opened });
  }

  private change(what: string, thing: string): void {
    const { state } = this.store;
    const opened = state.open.filter((one) => one.split(":")[0] !== thing);
    if (what === "overview") this.store.set({ pick: "", from: "", to: "", over: "" });
    if (what === "start") this.store.set({ start: thing, open: [], drop: [], pick: "", from: "", to: "", over: "" });
    if (what === "drop") this.store.set({ drop: [...state.drop, thing], open: opened, pick: "" });
    if (what === "collapse") this.store.set({ open: opened });
    if (what === "way") this.store.set({ from: state.start, to: thing });
  }

  private close(): HTMLElement {
    // Room for what was picked: the legend folds once, and stays as the reader leaves it.
    if (this.legend && !this.hasPicked) this.legend.open = false;
    this.hasPicked = true;
    return html("button", { type: "button", class: "close plain", "data-do": "overview" }, t("Back to the overview"));
  }

  private tellNode(node: NetNode, isNew: boolean): void {
    this.view.select([node.id], []);
    const own = this.edges().filter((edge) => edge.from === node.id || edge.to === node.id);
    const keys = [...new Set(own.map((edge) => edge.relation).filter(Boolean))];
    if (node.kind === "open_place") return this.load(keys[0] ?? node.path, keys, [], isNew);
    const parts = [this.tools(node), this.neighbours(node, own), ...this.steps(own.filter((edge) => !edge.relation).map((edge) => edge.about))];
    this.load(node.path, node.id === this.picture.home ? [] : keys, parts, isNew, node.name);
  }

  /** Ask the server for what it knows; until then, and without it, stands what the picture knows. */
  private load(thing: string, keys: string[], own: HTMLElement[], isNew: boolean, name = ""): void {
    const turn = (this.turn += 1);
    const title = name ? [html("h2", { tabindex: -1 }, name)] : [];
    if (isNew) this.box.replaceChildren(this.close(), ...title, ...own);
    if (isNew) this.box.parentElement?.scrollTo({ top: 0 });
    fetchFragment("/explore/panel", { thing, relations: keys.slice(0, TOLD).join(","), as_of: this.store.state.day }).then((parts) => {
      if (turn !== this.turn) return;
      const more = keys.length > TOLD ? [html("p", { class: "quiet" }, t("{n} ties are drawn here; the table has them all.", { n: keys.length }))] : [];
      // Of a relation the server has told all that the picture knew.
      this.box.replaceChildren(this.close(), ...parts, ...more, ...(name ? own : []));
    }).catch((error: Error) => {
      if (turn !== this.turn) return;
      this.box.append(html("p", { class: "problem", role: "alert" }, error.cause === "answer" ? error.message : t("The server could not be reached. What stands here is what the picture knows.")));
      this.shown = "";
    });
  }

  private tools(node: NetNode): HTMLElement {
    const { state } = this.store;
    const home = this.picture.nodes.find((one) => one.id === this.picture.home);
    const make = (what: string, text: string): HTMLElement => html("button", { type: "button", class: "plain", "data-do": what, "data-thing": node.path }, text);
    const tools: HTMLElement[] = [];
    if (state.open.some((one) => one.split(":")[0] === node.path)) tools.push(make("collapse", t("Collapse")));
    if (node.id !== this.picture.home) {
      tools.push(make("start", t("Begin with it")), make("drop", t("Take it out")));
      if (/^(city|network|project)\//.test(node.path)) tools.push(make("way", t("How is it connected with {thing}?", { thing: home?.name ?? "" })));
    }
    return html("div", { class: "node-tools" }, ...tools);
  }

  private neighbours(node: NetNode, own: NetEdge[]): HTMLElement {
    const seen = new Map<string, NetEdge>();
    for (const edge of own) seen.set(edge.from === node.id ? edge.to : edge.from, edge);
    const { day } = this.store.state;
    const rows = [...seen].slice(0, LISTED).map(([id, edge]) => {
      const other = this.nodeBy(id);
      const status = this.picture.words.status[statusOn(edge, day)] ?? "";
      return html("li", {}, this.sign(edge.family), html("button", { type: "button", class: "link", "data-node": id }, other?.name ?? id), html("small", {}, edge.relation ? status : ""));
    });
    return html("details", { class: "neighbours", ...(seen.size <= TOLD ? { open: "" } : {}) },
      html("summary", {}, t("Neighbours in the picture ({n})", { n: seen.size })), html("ul", { class: "side-list" }, ...rows));
  }

  /** All that the picture shows, as a list: for those who can't use the picture. */
  private tellAll(): void {
    this.turn += 1;
    this.view.select([], []);
    const lines = this.edges();
    const held = new Set(lines.flatMap((edge) => [edge.from, edge.to]));
    const groups = new Map<string, NetNode[]>(Object.keys(this.picture.words.family).map((family) => [family, []]));
    const named = this.picture.nodes.filter((node) => held.has(node.id) && node.id !== this.picture.home);
    for (const node of named) if (node.kind !== "open_place") groups.get(node.family)?.push(node);
    const figure = (number: number, word: string): HTMLElement => html("p", {}, html("b", {}, number.toLocaleString(document.documentElement.lang)), word);
    const open = named.filter((node) => node.kind === "open_place").length;
    const relations = new Set(lines.map((edge) => edge.relation).filter(Boolean)).size;
    this.box.replaceChildren(
      this.heading,
      html("p", { class: "quiet" }, lines.length ? t("Pick a partner or a line to see its dates, its status and its sources.") : this.emptiness()),
      html("div", { class: "figures" }, figure(named.length - open, t("partners")), figure(relations, t("relations")), ...(open ? [figure(open, t("open places"))] : [])),
      ...this.ownTies(),
      ...[...groups].filter(([, nodes]) => nodes.length).map(([family, nodes], index) => {
        const list = nodes.slice(0, LISTED).map((node) => html("li", {}, html("button", { type: "button", class: "link", "data-node": node.id }, node.name)));
        return html("details", index ? {} : { open: "" }, html("summary", {}, this.sign(family), ` ${this.picture.words.family[family] ?? family} (${nodes.length})`), html("ul", { class: "side-list" }, ...list));
      }),
    );
  }

  private emptiness(): string {
    if (!this.picture.edges.length && !Object.keys(this.picture.totals).length) return t("No tie is recorded.");
    if (!this.picture.edges.length) return t("Its ties are many: choose below which to open.");
    return t("Nothing is shown: on this day nothing had begun, or the filter hides it all.");
  }

  /** The kinds of tie of the middle that are too many to be drawn at once. */
  private ownTies(): HTMLElement[] {
    const home = this.nodeBy(this.picture.home);
    if (!home || this.picture.edges.length) return [];
    const button = html("button", { type: "button", "data-node": home.id }, t("Show and open its ties"));
    return Object.keys(this.picture.totals).length ? [html("p", {}, button)] : [];
  }

  private sign(family: string): SVGElement {
    return svg("svg", { class: `shape shape-${family}`, viewBox: "-11 -11 22 22", "aria-hidden": "true" }, svg("path", { d: this.picture.words.shape[family] ?? "" }));
  }

  /** Steps that are no relations of their own, such as from a project to its programme. */
  private steps(texts: string[]): HTMLElement[] {
    return [...new Set(texts)].slice(0, TOLD).map((text) => {
      const [first = "", ...rest] = text.split("\n");
      return html("div", { class: "relation" }, html("h3", {}, first), ...rest.map((line) => html("p", { class: "quiet" }, line)));
    });
  }
}
