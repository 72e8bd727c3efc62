// The legend is the filter: what is not ticked is not drawn.
import type { Picture, View } from "./network";

/** Hide edges whose family or status is not ticked, and nodes that lose all edges. */
export function wireFilters(legend: HTMLElement, picture: Picture, view: View): void {
  const boxes = [...legend.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const apply = (): void => {
    const off = new Set(boxes.filter((box) => !box.checked).map((box) => `${box.name}:${box.value}`));
    const shown = (edge: Picture["edges"][number]): boolean =>
      !off.has(`family:${edge.family}`) && !off.has(`status:${edge.status}`) && (!edge.grade || !off.has(`grade:${edge.grade}`));
    const kept = new Set<string>([picture.home]);
    for (const edge of picture.edges) {
      if (shown(edge)) kept.add(edge.from).add(edge.to);
    }
    view.edges.updateOnly(picture.edges.map((edge) => ({ id: edge.id, hidden: !shown(edge) })));
    view.nodes.updateOnly(picture.nodes.map((node) => ({ id: node.id, hidden: !kept.has(node.id) })));
  };
  for (const box of boxes) box.addEventListener("change", apply);
  if (boxes.some((box) => !box.checked)) apply();
}
