// The map of a question's answer; the table below it says the same.
import { need, readData } from "./dom";
import { drawSpots, type Spot } from "./spots";

const figure = need<HTMLElement>("#places");
const spots = readData<Spot[]>("places-data");

figure.hidden = false;
let drawn = 0;
new ResizeObserver(([entry]) => {
  const width = Math.round(entry?.contentRect.width ?? 0);
  if (width > 0 && width !== drawn) {
    drawn = width;
    drawSpots(need<HTMLElement>(".map-canvas", figure), spots, width);
  }
}).observe(figure);
