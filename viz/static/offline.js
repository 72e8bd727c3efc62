"use strict";
// Draws the picture of this file: positions are in it, nothing moves by itself, labels are text.
(() => {
  const picture = JSON.parse(document.getElementById("network-data").textContent);
  const titled = (item) => {
    const box = document.createElement("div");
    item.about.split("\n").forEach((line, index) => {
      if (index) box.append(document.createElement("br"));
      box.append(line);
    });
    return { ...item, title: box };
  };
  const nodes = new vis.DataSet(picture.nodes.map(titled));
  const edges = new vis.DataSet(picture.edges.map(titled));
  const options = {
    ...picture.options,
    nodes: { ...picture.options.nodes, font: { face: "sans-serif", size: 17, color: "#14252e", strokeWidth: 4, strokeColor: "#ffffff" } },
  };
  for (const node of picture.nodes) {
    if (node.kind === "own_city") nodes.update({ id: node.id, font: { size: 30, color: "#ffffff", strokeWidth: 0 } });
  }
  const box = document.getElementById("canvas");
  const network = new vis.Network(box, { nodes, edges }, options);
  network.once("afterDrawing", () => box.setAttribute("data-drawn", "true"));
  document.getElementById("fit").addEventListener("click", () => network.fit());
  for (const tick of document.querySelectorAll("input[name=family]")) {
    tick.addEventListener("change", () => {
      const off = new Set([...document.querySelectorAll("input[name=family]:not(:checked)")].map((one) => one.value));
      edges.update(picture.edges.map((edge) => ({ id: edge.id, hidden: off.has(edge.family) })));
    });
  }
})();
