// Which names fit beside their points without covering one another; the rest show when picked.

export interface Placed { text: SVGTextElement; x: number; y: number; label: string; first?: boolean }
interface Box { left: number; right: number; top: number; bottom: number }

const GAP = 8;

/** Give each label the first free side, in the order given; hide those without one. */
export function placeLabels(items: Placed[], width: number, height: number, size: number): void {
  const taken: Box[] = items.map((item) => boxAt(item.x, item.y, 10, 10, "middle"));
  for (const item of items) {
    const long = item.text.getComputedTextLength() || item.label.length * size * 0.55;
    const sides: [number, number, "start" | "end" | "middle"][] = [
      [GAP, size * 0.35, "start"], [-GAP, size * 0.35, "end"],
      [0, -GAP - 1, "middle"], [0, size + GAP - 2, "middle"],
      [GAP - 2, -size * 0.5, "start"], [GAP - 2, size * 1.15, "start"],
      [-GAP + 2, -size * 0.5, "end"], [-GAP + 2, size * 1.15, "end"],
    ];
    const own = boxAt(item.x, item.y, 10, 10, "middle");
    const free = sides.find(([dx, dy, anchor]) => {
      const box = boxAt(item.x + dx, item.y + dy - size * 0.35, long, size, anchor);
      return box.left > 2 && box.right < width - 2 && box.top > 2 && box.bottom < height - 2 &&
        !taken.some((other) => overlaps(box, other) && !same(other, own));
    });
    if (!free) {
      item.text.classList.add("crowded");
      item.text.setAttribute("x", String(item.x + GAP));
      continue;
    }
    const [dx, dy, anchor] = free;
    item.text.setAttribute("x", String(item.x + dx));
    item.text.setAttribute("y", String(item.y + dy));
    item.text.setAttribute("text-anchor", anchor);
    taken.push(boxAt(item.x + dx, item.y + dy - size * 0.35, long, size, anchor));
  }
}

function boxAt(x: number, y: number, width: number, height: number, anchor: "start" | "end" | "middle"): Box {
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { left, right: left + width, top: y - height / 2, bottom: y + height / 2 };
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function same(a: Box, b: Box): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right;
}
