// The partner network: pyvis' data on vis-network, with filters, search and a panel.
import { need, readData } from "./dom";
import { wireFilters } from "./filters";
import { drawNetwork, type Picture } from "./network";
import { Panel } from "./panel";
import { wireSearch } from "./search";

async function start(): Promise<void> {
  const picture = readData<Picture>("network-data");
  const stage = need<HTMLElement>(".stage");
  need<HTMLElement>(".explorer").hidden = false;
  // The canvas measures its letters once: they have to be there.
  await Promise.all([document.fonts.load('600 15px "Source Sans"', "ğA"), document.fonts.load('15px "Source Sans"', "ğA")]);
  const view = drawNetwork(need<HTMLElement>(".canvas", stage), picture);
  const panel = new Panel(need<HTMLElement>("#panel"), picture, view);
  wireFilters(need<HTMLElement>(".legend"), picture, view);
  wireSearch(need<HTMLElement>(".search"), picture, (id) => panel.goTo(id));
  panel.showAddress();
}

void start();
