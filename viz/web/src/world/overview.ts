// The whole world's sister cities: countries from afar, regions closer, cities where one looks.
import { html, need } from "../dom";
import { language, t } from "../messages";
import { fetchJson } from "../explorer/server";
import { Globe, type Line, type Point } from "./globe";
import { moveSpots, placeSpots, type Spot } from "./spots";

/** Code, name, latitude, longitude, cities, ties. */
type Area = [string, string, number, number, number, number];
interface World { countries: Area[]; countryPairs: [string, string, number][]; regions: Area[]; regionPairs: [string, string, number][] }
type Level = "countries" | "regions" | "cities";

const REGIONS_FROM = 2.4;
const CITIES_FROM = 7;
const LINES = 260;
const PATIENCE_MS = 220;

const pointOf = (area: Area): Point => [area[3], area[2]];

class WorldMap {
  private readonly layer = need<HTMLElement>(".globe-spots");
  private readonly panel = need<HTMLElement>("#map-panel");
  private readonly note = need<HTMLElement>(".stage-note");
  private readonly day = need<HTMLElement>("[data-world]").dataset["day"] ?? "";
  private readonly globe: Globe;
  private world: World = { countries: [], countryPairs: [], regions: [], regionPairs: [] };
  private cities: Area[] = [];
  private ties: Area[] = [];
  private spots: Spot[] = [];
  private byKey = new Map<string, Spot>();
  private picked: Area | undefined;
  private level: Level = "countries";
  private asked = "";
  private timer = 0;

  constructor() {
    this.globe = new Globe(need<HTMLElement>(".globe"), [20, 30], (moving) => {
      if (moving) return moveSpots(this.globe, this.layer, this.byKey);
      this.settle();
      placeSpots(this.globe, this.layer, this.spots, this.picked?.[0] ?? "");
    });
    Object.assign(need(".globe"), { globe: this.globe });
    void this.load();
  }

  private async load(): Promise<void> {
    this.tell(t("Adding up …"));
    try {
      this.world = await fetchJson<World>("/map/world", { as_of: this.day });
      this.tell("");
      this.show();
      need(".globe").setAttribute("data-ready", "true");
    } catch { this.tell(t("The server could not be reached.")); }
  }

  private tell(text: string): void { this.note.textContent = text; this.note.hidden = !text; }

  private levelNow(): Level {
    if (this.globe.zoom < REGIONS_FROM) return "countries";
    return this.globe.zoom < CITIES_FROM ? "regions" : "cities";
  }

  /** The map has come to rest: perhaps it is closer now, or cities elsewhere are seen. */
  private settle(): void {
    const level = this.levelNow();
    if (level !== this.level) {
      this.level = level;
      this.show();
    }
    if (level !== "cities") return;
    const box = this.globe.bounds().map((side) => side.toFixed(1)) as [string, string, string, string];
    if (box.join() === this.asked) return;
    this.asked = box.join();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const [west, south, east, north] = box;
      fetchJson<Area[]>("/map/world/cities", { as_of: this.day, west, south, east, north })
        .then((found) => { this.cities = found; this.show(); }).catch(() => this.tell(t("The server could not be reached.")));
    }, PATIENCE_MS);
  }

  private areas(): Area[] {
    if (this.level === "cities") return this.cities;
    return this.level === "regions" ? this.world.regions : this.world.countries;
  }

  private show(): void {
    const areas = this.areas();
    const most = Math.max(1, ...areas.map((area) => area[5]));
    this.spots = areas.map((area) => ({
      key: area[0], name: this.nameOf(area), place: pointOf(area), weight: area[5], style: "",
      about: t("{name}: {cities} cities, {ties} ends of agreements", { name: this.nameOf(area), cities: area[4], ties: area[5] }),
      bubble: Math.round((this.level === "cities" ? 9 : 12) + 34 * Math.sqrt(area[5] / most)),
      pick: () => void this.pick(area),
    }));
    this.byKey = new Map(this.spots.map((spot) => [spot.key, spot]));
    this.globe.lines = this.lines();
    this.globe.draw();
    need(".globe").setAttribute("data-level", this.level);
  }

  private nameOf(area: Area): string {
    return this.level === "regions" ? t("{city} and around", { city: area[1] }) : area[1];
  }

  /** The strongest ties, or those of what is picked. */
  private lines(): Line[] {
    const style = getComputedStyle(document.documentElement);
    const colour = style.getPropertyValue("--accent").trim();
    const focus = style.getPropertyValue("--focus").trim();
    if (this.picked && this.level === "cities") {
      const from = pointOf(this.picked);
      return this.ties.map((area) => ({ from, to: pointOf(area), colour: focus, width: 1.4, alpha: 0.8, dash: [] }));
    }
    if (this.level === "cities") return [];
    const pairs = this.level === "regions" ? this.world.regionPairs : this.world.countryPairs;
    const places = new Map(this.areas().map((area) => [area[0], area]));
    const code = this.picked?.[0];
    const own = code && places.has(code) ? pairs.filter(([a, b]) => a === code || b === code) : pairs.slice(0, LINES);
    const most = Math.max(1, ...own.map(([, , number]) => number));
    return own.flatMap(([a, b, number]) => {
      const [one, other] = [places.get(a), places.get(b)];
      if (!one || !other) return [];
      const share = Math.sqrt(number / most);
      return [{ from: pointOf(one), to: pointOf(other), colour: code ? focus : colour, width: 0.5 + 4 * share, alpha: 0.14 + 0.5 * share, dash: [] }];
    }).reverse();
  }

  private async pick(area: Area): Promise<void> {
    this.picked = area;
    if (this.level === "cities") {
      this.ties = await fetchJson<Area[]>("/map/world/ties", { as_of: this.day, city: area[0] }).catch(() => []);
      this.write(area, this.ties.map((one) => [one[1], one[5]]));
    } else {
      const pairs = this.level === "regions" ? this.world.regionPairs : this.world.countryPairs;
      const names = new Map(this.areas().map((one) => [one[0], this.nameOf(one)]));
      const own = pairs.filter(([a, b]) => a === area[0] || b === area[0]).slice(0, 25);
      this.write(area, own.map(([a, b, number]) => [names.get(a === area[0] ? b : a) ?? "", number]));
    }
    this.show();
  }

  private write(area: Area, tied: [string, number][]): void {
    const closer = html("button", { type: "button", class: "plain" }, t("Come closer"));
    closer.addEventListener("click", () => this.globe.show(pointOf(area), this.level === "countries" ? REGIONS_FROM + 1 : CITIES_FROM + 2));
    const back = html("button", { type: "button", class: "plain" }, t("All ties"));
    back.addEventListener("click", () => {
      this.picked = undefined;
      this.panel.replaceChildren(html("p", { class: "quiet" }, t("Pick a country, a region or a city to see with whom it is tied.")));
      this.show();
    });
    const explore = html("a", { href: `/explore?start=city/${area[0]}${language === "en" ? "&lang=en" : ""}` }, t("In the network"));
    this.panel.replaceChildren(
      html("h2", {}, this.nameOf(area)),
      html("p", { class: "quiet" }, t("{cities} cities, {ties} ends of agreements", { cities: area[4], ties: area[5] })),
      html("p", { class: "links" }, ...(this.level === "cities" ? [explore] : [closer]), back),
      html("ul", {}, ...tied.map(([name, number]) => html("li", {}, `${name} `, html("b", {}, String(number))))),
    );
  }
}

/** Draw the world. */
export function startOverview(): void { new WorldMap(); }
