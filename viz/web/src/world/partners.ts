// Partners where they are: filters, arcs by kind, members of a network or a project, candidates.
import { html, need, readData, svg } from "../dom";
import { t } from "../messages";
import { fetchJson } from "../explorer/server";
import { Globe, type Line, type Point } from "./globe";
import { moveSpots, placeSpots, type Spot } from "./spots";

interface Tie { family: string; label: string; grade: string; gradeLabel: string; span: string; changes: [string, string][]; themes: string[]; href: string }
interface Place { slug: string; name: string; country: string; lat: number; lon: number; note: string; also: string; ties?: Tie[] }
interface Candidate { rank: number; name: string; country: string; lat: number; lon: number; reasons: string[]; against: string[] }
interface Data {
  home: Place; day: string; today: string; places: Place[]; members: Place[]; theme: string; group: string;
  words: Record<"family" | "status" | "shape", Record<string, string>>;
}

const WIDTH: Record<string, number> = { confirmed: 2.2, reported: 1.5, unverified: 1 };
const DASH: Record<string, number[]> = { planned: [5, 5], may_hold: [12, 3], unknown: [2, 4] };

class PartnerMap {
  private readonly data = readData<Data>("map-data");
  private readonly hidden = new Set<string>();
  private readonly panel = need<HTMLElement>("#map-panel");
  private readonly note = need<HTMLElement>(".stage-note");
  private readonly form = need<HTMLFormElement>(".map-filter");
  private readonly layer = need<HTMLElement>(".globe-spots");
  private readonly legend = need<HTMLElement>("#map-legend");
  private readonly globe: Globe;
  private spots: Spot[] = [];
  private byKey = new Map<string, Spot>();
  private members = new Set<string>();
  private others: Place[] = [];
  private candidates: Candidate[] = [];
  private picked = "";
  private turn = 0;

  constructor() {
    const { lon, lat } = this.data.home;
    this.globe = new Globe(need<HTMLElement>(".globe"), [lon ?? 30, lat ?? 37], (moving) => {
      if (moving) moveSpots(this.globe, this.layer, this.byKey);
      else placeSpots(this.globe, this.layer, this.spots, this.picked);
    });
    Object.assign(need(".globe"), { globe: this.globe });
    this.globe.setExtent([this.data.home, ...this.data.places].map((place): Point => [place.lon, place.lat]));
    this.setMembers(this.data.members);
    this.drawLegend();
    this.legend.addEventListener("change", (event) => this.tick(event.target as HTMLInputElement));
    this.form.addEventListener("change", (event) => this.change(event.target as HTMLElement));
    this.show();
  }

  private value(name: string): string { return (this.form.elements.namedItem(name) as HTMLInputElement | null)?.value ?? ""; }

  private status(tie: Tie): string {
    const day = this.value("as_of") || this.data.day;
    const on = (when: string): string => tie.changes.filter(([from]) => from <= when).at(-1)?.[1] ?? "unknown";
    // What has begun since is no plan of that day.
    return day < this.data.today && on(day) === "planned" && on(this.data.today) !== "planned" ? "later" : on(day);
  }

  private tiesOf(place: Place): Tie[] {
    const theme = this.value("theme");
    return (place.ties ?? []).filter((tie) => !this.hidden.has(tie.family) && this.status(tie) !== "later" && (!theme || tie.themes.includes(theme)));
  }

  private change(field: HTMLElement): void {
    if (field.id === "candidates") return void this.loadCandidates((field as HTMLInputElement).checked);
    const name = (field as HTMLInputElement).name;
    // One group at a time: a network or a project.
    if (name === "network" && this.value("network")) (this.form.elements.namedItem("project") as HTMLSelectElement).value = "";
    if (name === "project" && this.value("project")) (this.form.elements.namedItem("network") as HTMLSelectElement).value = "";
    this.remember();
    if (name === "network" || name === "project") void this.loadMembers();
    else this.show();
  }

  private remember(): void {
    const query = new URLSearchParams();
    const asked = new URL(location.href).searchParams;
    if (asked.has("lang")) query.set("lang", asked.get("lang") ?? "");
    for (const name of ["theme", "network", "project"]) if (this.value(name)) query.set(name, this.value(name));
    if (this.value("as_of") && this.value("as_of") !== this.data.today) query.set("as_of", this.value("as_of"));
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query.toString().replace(/%2F/g, "/")}` : ""}`);
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".tongues a")) {
      query.set("lang", link.lang);
      link.href = `${location.pathname}?${query.toString()}`;
    }
  }

  private async loadMembers(): Promise<void> {
    const group = this.value("network") || this.value("project");
    const mine = (this.turn += 1);
    try {
      const found = group ? await fetchJson<Place[]>("/map/members", { group }) : [];
      if (mine === this.turn) { this.tell(""); this.setMembers(found); this.show(); }
    } catch { this.tell(t("The server could not be reached.")); }
  }

  private async loadCandidates(wanted: boolean): Promise<void> {
    try {
      if (wanted) this.tell(t("Working it out …"));
      this.candidates = wanted ? await fetchJson<Candidate[]>("/map/candidates", { as_of: this.value("as_of") }) : [];
      this.tell("");
      this.drawLegend();
      this.show();
    } catch { this.tell(t("The server could not be reached.")); }
  }

  private tell(text: string): void { this.note.textContent = text; this.note.hidden = !text; }

  private setMembers(found: Place[]): void {
    this.members = new Set(found.map((place) => place.slug));
    const known = new Set(this.data.places.map((place) => place.slug));
    this.others = found.filter((place) => !known.has(place.slug));
  }

  private show(): void {
    const group = this.value("network") || this.value("project");
    const shown = this.data.places.filter((place) => this.tiesOf(place).length && (!group || this.members.has(place.slug)));
    const { home } = this.data;
    this.spots = [
      { key: "home", name: home.name, about: home.name, place: [home.lon, home.lat], weight: 1e6, style: "is-home", pick: () => this.globe.fit() },
      ...shown.map((place) => this.partnerSpot(place)),
      ...(group ? this.others.map((place) => this.memberSpot(place)) : []),
      ...this.candidates.map((one) => this.candidateSpot(one)),
    ];
    this.byKey = new Map(this.spots.map((spot) => [spot.key, spot]));
    this.globe.lines = shown.flatMap((place) => this.linesOf(place));
    this.globe.draw();
    need(".globe").setAttribute("data-shown", String(shown.length));
    if (this.picked && !this.byKey.has(this.picked)) this.clear();
  }

  private linesOf(place: Place): Line[] {
    const style = getComputedStyle(document.documentElement);
    return this.tiesOf(place).slice(0, 4).map((tie) => {
      const status = this.status(tie);
      const colour = style.getPropertyValue(status === "ended" ? "--line-2" : `--kind-${tie.family}`).trim();
      return { from: [this.data.home.lon, this.data.home.lat] as Point, to: [place.lon, place.lat] as Point, colour, width: WIDTH[tie.grade] ?? 1.4, alpha: status === "ended" ? 0.7 : 0.62, dash: DASH[status] ?? [] };
    }).reverse();
  }

  private partnerSpot(place: Place): Spot {
    const ties = this.tiesOf(place);
    const [first] = ties;
    const family = first?.family ?? "cooperation";
    const name = place.also && place.also !== place.name ? `${place.name} / ${place.also}` : place.name;
    const isOver = ties.every((tie) => this.status(tie) === "ended");
    const about = [name, place.country, ...ties.slice(0, 3).map((tie) => `${this.data.words.family[tie.family] ?? ""} (${this.data.words.status[this.status(tie)] ?? ""})`)].filter(Boolean).join(", ");
    return { key: place.slug, name, about, place: [place.lon, place.lat], weight: 100 + ties.length, style: isOver ? "is-ended" : "", shape: family, path: this.data.words.shape[family] ?? "", pick: () => this.pick(place.slug, () => this.tellPlace(place)) };
  }

  private memberSpot(place: Place): Spot {
    return { key: place.slug, name: place.name, about: [place.name, place.country, t("no tie of its own")].filter(Boolean).join(", "), place: [place.lon, place.lat], weight: 1, style: "is-member", shape: "", path: this.data.words.shape["twinning"] ?? "", pick: () => this.pick(place.slug, () => this.tellPlace(place)) };
  }

  private candidateSpot(one: Candidate): Spot {
    const key = `candidate ${one.rank}`;
    return { key, name: `${one.rank}. ${one.name}`, about: `${t("Recommended, place {rank}", { rank: one.rank })}: ${one.name}, ${one.country}`, place: [one.lon, one.lat], weight: 60 - one.rank, style: "is-candidate", shape: "", path: this.data.words.shape["twinning"] ?? "", pick: () => this.pick(key, () => this.tellCandidate(one)) };
  }

  private pick(key: string, tell: () => void): void {
    this.picked = key;
    tell();
    placeSpots(this.globe, this.layer, this.spots, key);
  }

  private clear(): void {
    this.picked = "";
    this.panel.replaceChildren(html("p", { class: "quiet" }, t("Pick a place to see its ties.")));
  }

  private tellPlace(place: Place): void {
    const ties = this.tiesOf(place);
    this.panel.replaceChildren(
      html("h2", {}, place.also && place.also !== place.name ? `${place.name} / ${place.also}` : place.name), html("p", { class: "quiet" }, place.country),
      ...(place.note ? [html("p", { class: "note" }, place.note)] : []),
      html("ul", {}, ...ties.map((tie) => html("li", {}, this.sign(tie.family), html("a", { href: tie.href }, tie.label), html("p", { class: "note" }, [tie.span, this.data.words.status[this.status(tie)], tie.gradeLabel].filter(Boolean).join(" · "))))),
      ...(ties.length ? [] : [html("p", {}, t("No tie of its own; it shares the chosen network or project."))]),
      html("p", { class: "links" }, html("a", { href: this.link("/explore", { pick: `city/${place.slug}` }) }, t("In the network")), html("a", { href: this.link(`/id/city/${place.slug}`, {}) }, t("Its page"))),
    );
  }

  private tellCandidate(one: Candidate): void {
    this.panel.replaceChildren(
      html("h2", {}, `${one.rank}. ${one.name}`), html("p", { class: "quiet" }, `${one.country} · ${t("Recommended, place {rank}", { rank: one.rank })}`),
      html("ul", {}, ...one.reasons.map((text) => html("li", {}, text)), ...one.against.map((text) => html("li", { class: "contradiction" }, text))),
    );
  }

  private link(path: string, query: Record<string, string>): string {
    const asked = new URLSearchParams(query);
    if (document.documentElement.lang === "en") asked.set("lang", "en");
    const text = asked.toString();
    return text ? `${path}?${text}` : path;
  }

  private sign(family: string): SVGElement {
    return svg("svg", { class: `shape shape-${family}`, viewBox: "-11 -11 22 22", "aria-hidden": "true" }, svg("path", { d: this.data.words.shape[family] ?? "" }));
  }

  private drawLegend(): void {
    const counts = new Map<string, number>();
    for (const place of this.data.places) for (const tie of place.ties ?? []) counts.set(tie.family, (counts.get(tie.family) ?? 0) + 1);
    this.legend.replaceChildren(...Object.entries(this.data.words.family).filter(([family]) => counts.has(family)).map(([family, word]) => {
      const box = html("input", { type: "checkbox", value: family });
      box.checked = !this.hidden.has(family);
      return html("li", {}, html("label", {}, box, this.sign(family), html("span", {}, word), html("span", { class: "number" }, String(counts.get(family)))));
    }));
  }

  private tick(box: HTMLInputElement): void {
    if (box.checked) this.hidden.delete(box.value);
    else this.hidden.add(box.value);
    this.show();
  }
}

/** Draw the partners. */
export function startPartners(): void { new PartnerMap(); }
