// The start page's map; without it the chart beside it says the same.
import { drawMap, type MapData } from "./map";
import { need, readData } from "./dom";

const figure = need<HTMLElement>("#map");
const canvas = need<HTMLElement>(".map-canvas", figure);
const data = readData<MapData>("map-data");

figure.hidden = false;
let drawn = 0;
new ResizeObserver(([entry]) => {
  const width = Math.round(entry?.contentRect.width ?? 0);
  if (width > 0 && width !== drawn) {
    drawn = width;
    drawMap(canvas, data, width);
  }
}).observe(canvas);
