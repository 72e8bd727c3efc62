// A world map on a canvas: land and lines are painted, places stand above it as buttons.
import { geoEqualEarth, geoPath, type GeoProjection } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";

import { need } from "../dom";

type Countries = GeometryCollection;
const atlas = world as unknown as Topology<{ countries: Countries; land: Countries }>;
const land = feature(atlas, atlas.objects.land);
// One colour for all land and faint lines between: nothing is filled by sovereignty.
const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b);

export type Point = [number, number];
export interface Line { from: Point; to: Point; colour: string; width: number; alpha: number; dash: number[] }

const MOST_ZOOM = 60;
/** So many lines are painted while the map moves; more wait until it rests. */
const MOVING_LINES = 150;
const REST_MS = 140;

export class Globe {
  readonly projection: GeoProjection;
  zoom = 1;
  lines: Line[] = [];
  width = 0;
  height = 0;
  private middle: Point;
  private extent: Point[] = [];
  private readonly canvas: HTMLCanvasElement;
  private base = 1;
  private asked = false;
  private moving = false;
  private rest = 0;

  constructor(readonly box: HTMLElement, private readonly home: Point, private readonly onDraw: (moving: boolean) => void) {
    this.canvas = need<HTMLCanvasElement>("canvas", box);
    // Turned so that home is near the middle and the seam lies in the Pacific.
    this.projection = geoEqualEarth().rotate([-home[0] + 5, 0]);
    this.middle = home;
    new ResizeObserver(() => this.resize()).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    this.wirePointer();
    this.wireKeys();
  }

  /** Where a place is on the screen, if it can be seen. */
  at(place: Point): Point | undefined {
    const found = this.projection(place);
    if (!found) return undefined;
    const [x, y] = found;
    return x > -20 && y > -20 && x < this.width + 20 && y < this.height + 20 ? [x, y] : undefined;
  }

  /** West, south, east and north of what is seen, in degrees. */
  bounds(): [number, number, number, number] {
    const corners = [[0, 0], [this.width, 0], [0, this.height], [this.width, this.height], [this.width / 2, 0], [this.width / 2, this.height]]
      .map((corner) => this.projection.invert?.(corner as Point)).filter((place): place is Point => !!place && place.every(Number.isFinite));
    if (corners.length < 6 || this.zoom < 2) return [-180, -90, 180, 90];
    const lats = corners.map(([, lat]) => lat);
    return [Math.max(-180, corners[0]?.[0] ?? -180), Math.max(-90, Math.min(...lats)), Math.min(180, corners[1]?.[0] ?? 180), Math.min(90, Math.max(...lats))];
  }

  /** Show all that is to be seen: the places given, else the world. */
  fit(): void {
    this.zoom = 1;
    this.middle = [this.home[0] - 5, 9];
    this.aim();
    if (this.extent.length > 1 && this.width) this.fitPlaces();
    this.draw();
  }

  /** Name the places that "show all" is to show. */
  setExtent(places: Point[]): void { this.extent = places; }

  private fitPlaces(): void {
    this.projection.clipExtent(null);
    const spots = this.extent.map((place) => this.projection(place)).filter((spot): spot is Point => !!spot);
    const [xs, ys] = [spots.map(([x]) => x), spots.map(([, y]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    this.middle = this.projection.invert?.([(left + right) / 2, (top + bottom) / 2]) ?? this.middle;
    this.zoom = Math.min(4, Math.max(1, 0.86 * Math.min(this.width / (right - left + 1), this.height / (bottom - top + 1))));
    this.aim();
  }

  /** Bring a place to the middle. */
  show(place: Point, zoom: number): void {
    this.zoom = Math.min(MOST_ZOOM, Math.max(1, zoom));
    this.middle = place;
    this.aim();
    this.draw();
  }

  /** Zoom by a factor, keeping what is under a point of the screen. */
  zoomBy(factor: number, point: Point = [this.width / 2, this.height / 2]): void {
    const under = this.projection.invert?.(point);
    this.zoom = Math.min(MOST_ZOOM, Math.max(1, this.zoom * factor));
    this.aim();
    const now = under && this.projection(under);
    if (now) this.shift(point[0] - now[0], point[1] - now[1]);
    this.move();
  }

  /** Paint at the next frame. */
  draw(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.paint(); });
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.box;
    if (!clientWidth || !clientHeight) return;
    const first = !this.width;
    [this.width, this.height] = [clientWidth, clientHeight];
    const ratio = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.projection.scale(1).translate([0, 0]);
    this.projection.fitExtent([[8, 8], [clientWidth - 8, clientHeight - 8]], { type: "MultiPoint", coordinates: [[this.home[0] - 165, 10], [this.home[0] + 150, 10], [20, 76], [20, -52]] });
    this.base = this.projection.scale();
    if (first) this.fit();
    else { this.aim(); this.draw(); }
  }

  /** Set scale and shift so that the middle is in the middle. */
  private aim(): void {
    this.projection.clipExtent(null).scale(this.base * this.zoom).translate([0, 0]);
    const [x, y] = this.projection(this.middle) ?? [0, 0];
    this.projection.translate([this.width / 2 - x, this.height / 2 - y]);
    this.clip();
  }

  private clip(): void { this.projection.clipExtent([[-80, -80], [this.width + 80, this.height + 80]]); }

  private shift(dx: number, dy: number): void {
    const [x, y] = this.projection.translate();
    this.projection.clipExtent(null).translate([x + dx, y + dy]);
    this.middle = this.projection.invert?.([this.width / 2, this.height / 2]) ?? this.middle;
    this.clip();
  }

  /** It moves: paint little now, all when it rests. */
  private move(): void {
    this.moving = true;
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => { this.moving = false; this.draw(); }, REST_MS);
    this.draw();
  }

  private paint(): void {
    const pen = this.canvas.getContext("2d");
    if (!pen || !this.width) return;
    const ratio = this.canvas.width / this.width;
    const style = getComputedStyle(this.box);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    const path = geoPath(this.projection, pen);
    pen.beginPath(); path(land); pen.fillStyle = colour("--land"); pen.fill();
    if (!this.moving) { pen.beginPath(); path(borders); pen.strokeStyle = colour("--land-line"); pen.lineWidth = 0.6; pen.stroke(); }
    const lines = this.moving && this.lines.length > MOVING_LINES ? [] : this.lines;
    for (const line of lines) {
      pen.beginPath();
      path({ type: "LineString", coordinates: [line.from, line.to] });
      pen.globalAlpha = line.alpha;
      pen.strokeStyle = line.colour;
      pen.lineWidth = line.width;
      pen.setLineDash(line.dash);
      pen.stroke();
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
    this.onDraw(this.moving);
    this.box.setAttribute("data-drawn", "true");
    this.box.classList.toggle("moving", this.moving);
  }

  private wirePointer(): void {
    const held = new Map<number, Point>();
    this.box.addEventListener("pointerdown", (event) => {
      if ((event.target as Element).closest(".spot")) return;
      held.set(event.pointerId, [event.clientX, event.clientY]);
      this.box.setPointerCapture(event.pointerId);
    });
    this.box.addEventListener("pointermove", (event) => {
      const last = held.get(event.pointerId);
      if (!last) return;
      const now: Point = [event.clientX, event.clientY];
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
      held.set(event.pointerId, now);
      if (other) {
        const { left, top } = this.box.getBoundingClientRect();
        const far = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
        this.zoomBy(far(now, other) / Math.max(1, far(last, other)), [(now[0] + other[0]) / 2 - left, (now[1] + other[1]) / 2 - top]);
      } else {
        this.shift(now[0] - last[0], now[1] - last[1]);
        this.move();
      }
    });
    for (const name of ["pointerup", "pointercancel"] as const) this.box.addEventListener(name, (event) => held.delete(event.pointerId));
    this.box.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { left, top } = this.box.getBoundingClientRect();
      this.zoomBy(Math.exp(-event.deltaY / 350), [event.clientX - left, event.clientY - top]);
    }, { passive: false });
    this.box.addEventListener("dblclick", (event) => {
      const { left, top } = this.box.getBoundingClientRect();
      this.zoomBy(2, [event.clientX - left, event.clientY - top]);
    });
    const stage = this.box.parentElement ?? this.box;
    for (const button of stage.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
      const { zoom } = button.dataset;
      button.addEventListener("click", () => { if (zoom === "fit") this.fit(); else this.zoomBy(zoom === "in" ? 1.6 : 1 / 1.6); });
    }
  }

  private wireKeys(): void {
    const steps: Record<string, Point> = { ArrowLeft: [70, 0], ArrowRight: [-70, 0], ArrowUp: [0, 70], ArrowDown: [0, -70] };
    this.box.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (step) { this.shift(step[0], step[1]); this.move(); }
      else if (event.key === "+" || event.key === "=") this.zoomBy(1.4);
      else if (event.key === "-") this.zoomBy(1 / 1.4);
      else if (event.key === "0") this.fit();
      else return;
      event.preventDefault();
    });
  }
}
