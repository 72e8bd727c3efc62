// Overlays: who is recommended, and where there are gaps, drawn over the picture as it is.
import { html, need } from "../dom";
import { t } from "../messages";
import { fetchFragment } from "./server";
import { colour, type View } from "./network";
import type { Panel } from "./panel";
import type { NetEdge, NetNode, Picture } from "./picture";
import type { Store } from "./state";

/** What the server's fragment carries for the picture: who is to be drawn, tied to whom. */
interface Ghost { id: string; name: string; about: string; to: string[] }

/** Wire the buttons; the returned function draws the overlay that the address asks for. */
export function wireOverlays(store: Store, panel: Panel, view: View, picture: () => Picture): (isNew: boolean) => void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>("button[data-over]")];
  let turn = 0;
  for (const button of buttons) {
    button.addEventListener("click", () => store.set({ over: store.state.over === button.dataset["over"] ? "" : button.dataset["over"] ?? "", pick: "" }));
  }
  let marked: string[] = [];
  const clear = (): void => {
    view.nodes.remove(view.nodes.getIds().filter((id) => String(id).startsWith("ghost ")));
    view.edges.remove(view.edges.getIds().filter((id) => String(id).startsWith("ghost ")));
    const plain = marked.filter((id) => view.nodes.get(id)).map((id) => ({ id, borderWidth: 2, shadow: { enabled: false } }));
    view.nodes.updateOnly(plain as never);
    marked = [];
  };
  return (isNew) => {
    const { over, day } = store.state;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["over"] === over));
    if (!isNew) return;
    const mine = (turn += 1);
    clear();
    if (!over) return;
    panel.put(over, [html("p", { class: "quiet", role: "status" }, t("Working it out …"))]);
    fetchFragment(`/explore/over/${encodeURIComponent(over)}`, { start: store.state.start, as_of: day }).then((parts) => {
      if (mine !== turn) return;
      panel.put(over, parts);
      const data = document.querySelector("#over-data");
      const found = JSON.parse(data?.textContent ?? "{}") as { ghosts?: Ghost[]; marked?: string[] };
      marked = found.marked ?? [];
      draw(found.ghosts ?? [], marked, view, picture());
    }).catch((error: Error) => {
      if (mine !== turn) return;
      panel.put(over, [html("p", { class: "problem", role: "alert" }, error.cause === "answer" ? error.message : t("The server could not be reached."))]);
    });
  };
}

/** Ghosts stand in a column to the right of the picture; what has a gap gets a halo. */
function draw(ghosts: Ghost[], marked: string[], view: View, picture: Picture): void {
  const drawn = new Map(picture.nodes.map((node) => [node.id, node]));
  const right = Math.max(...picture.nodes.map((node) => node.x)) + 300;
  const accent = colour("--focus");
  const fresh = ghosts.filter((ghost) => !drawn.has(ghost.id));
  view.nodes.update(fresh.map((ghost, index) => ({
    id: `ghost ${ghost.id}`, label: ghost.name, name: ghost.name, about: ghost.about, path: "", kind: "ghost", family: "", country: "",
    title: html("div", {}, ghost.about), shape: "star", size: 16, color: { background: colour("--surface"), border: accent },
    shapeProperties: { borderDashes: [4, 3] }, borderWidth: 3, x: right, y: (index - (fresh.length - 1) / 2) * 84,
  })) as unknown as NetNode[]);
  view.edges.update(fresh.flatMap((ghost) => {
    const ends = ghost.to.filter((id) => drawn.has(id));
    return (ends.length ? ends : [picture.home]).map((to) => ({
      id: `ghost ${ghost.id} ${to}`, from: `ghost ${ghost.id}`, to, color: { color: accent, opacity: 0.55 }, dashes: [2, 6], width: 1.6,
    }));
  }) as unknown as NetEdge[]);
  const halo = { enabled: true, color: accent, size: 26, x: 0, y: 0 };
  view.nodes.updateOnly(marked.filter((id) => drawn.has(id)).map((id) => ({ id, shadow: halo, borderWidth: 4 })) as never);
  if (fresh.length || marked.length) view.fit();
  need(".canvas").setAttribute("data-over", String(fresh.length + marked.length));
}
