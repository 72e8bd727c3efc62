"""How long people wait before the pages: Chromium, software rendering. A Markdown table.

Usage: python bench/bench_web.py [--rounds N] [--world STORE]

First views are those of a reader who comes for the first time, to a server that has been up for
``--settle`` seconds and was not asked for that page before; each round has a server of its own over the
bundled records. The hub, the large picture and the world are measured on a made-up graph
(``bench/web_graph.py``); with ``--world`` the world of another store, too, say that of ``bench/world.py``.
Frames are counted while the picture is dragged without a pause. Sizes are what goes over the line,
scripts and fonts included. A row that misses its goal is marked.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.bench_serve import free_port
from bench.web_graph import HUB, LARGE, publish_made_up

#: Pages of the menu and what they lead to, each with what shows that it is drawn, if a script draws it.
PAGES = {
    "/": "main", "/explore": ".canvas[data-drawn]", "/map": ".globe[data-drawn]", "/partners": "main",
    "/gaps": "main", "/plan": "main", "/questions": "main", "/data": "main", "/sparql": "#editor .cm-content",
    "/docs/ontology": "main", "/connections?to=izmir": "main", "/changes": "main", "/office": "main",
    "/partners/compare?name=varna&name=skopje": "main", "/partners/report-card": "main",
    "/gaps/themes/tourism": "main", "/id/city/antalya": "main", "/id/city/nuremberg": "main",
}  # fmt: skip
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
#: Dragged to and fro for two seconds: frames a second, the share of them without lines, and how many
#: milliseconds after the end of it everything is drawn again.
_PAN = """() => new Promise((done) => {
  const { network } = document.querySelector(".canvas").view, box = document.querySelector(".canvas canvas");
  const { left, top, width, height } = box.getBoundingClientRect(), { renderer } = network;
  const at = (x) => ({ bubbles: true, pointerId: 1, pointerType: "mouse", button: 0, buttons: 1,
    clientX: left + width / 2 + x, clientY: top + height - 20 });
  let frames = 0, bare = 0, start = 0, released = 0;
  box.dispatchEvent(new PointerEvent("pointerdown", at(0)));
  network.on("afterDrawing", () => {
    if (released) {
      done({ rate: frames / 2, bare: bare / frames, back: performance.now() - released });
    } else {
      frames += 1;
      bare += renderer.dragging && renderer.options.hideEdgesOnDrag ? 1 : 0;
    }
  });
  const step = (now) => {
    start ||= now;
    if (now - start > 2000) {
      released = performance.now();
      box.dispatchEvent(new PointerEvent("pointerup", { ...at(0), buttons: 0 }));
      return;
    }
    box.dispatchEvent(new PointerEvent("pointermove", at(120 * Math.sin((now - start) / 160))));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""

#: What, the figure, its unit, the goal, and whether more is better.
Row = tuple[str, float, str, float, bool]


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """Run ``kopru serve`` and yield its address once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "api", "serve", "--store", str(store), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/health", server)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    begun = perf_counter()
    while server.poll() is None and perf_counter() - begun < 300:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            sleep(0.05)
    sys.exit(f"The server does not answer at {address}.")


def median(work: Callable[[], float], rounds: int) -> float:
    """Return the median of some rounds."""
    return statistics.median(work() for _ in range(rounds))


def first_view(browser: Browser, address: str, mark: str) -> tuple[float, float, float]:
    """Return seconds to the first paint and until the picture is drawn, and kB over the line."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    begun = perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(mark).wait_for(state="attached")
    drawn = perf_counter() - begun
    page.wait_for_load_state("networkidle")
    paint = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    page.close()
    return paint / 1000, drawn, sum(sizes) / 1000


def measure_pages(browser: Browser, scratch: Path, rounds: int, settle: float) -> Iterator[Row]:
    """Yield the rows of the pages over the bundled records."""
    views: dict[str, list[tuple[float, float, float]]] = {path: [] for path in PAGES}
    rates: list[float] = []
    for number in range(rounds):
        with serving(scratch / "bundled") as address:
            sleep(settle)
            for path, mark in PAGES.items():
                views[path].append(first_view(browser, address + path, mark))
            if number == rounds - 1:
                page = _open(browser, f"{address}/explore")
                rates = [page.evaluate(_PAN)["rate"] for _ in range(rounds)]
                page.close()
    for path, mark in PAGES.items():
        paint, drawn, size = (statistics.median(column) for column in zip(*views[path], strict=True))
        yield f"`{path}`: first view", paint, "s", 1.0, False
        yield f"`{path}`: over the line", size, "kB", 300, False
        if mark.endswith("[data-drawn]"):
            yield f"`{path}`: drawn", drawn, "s", 1.5, False
    yield "Antalya's picture: frames while dragged", statistics.median(rates), "/s", 45, True


def _open(browser: Browser, address: str, mark: str = ".canvas[data-drawn]") -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address, timeout=600_000)
    page.locator(mark).wait_for(state="attached", timeout=600_000)
    return page


def measure_large(browser: Browser, address: str, rounds: int) -> Iterator[Row]:
    """Yield the rows of what is large: a hub and a picture of thousands."""
    with httpx.Client(base_url=address, timeout=120) as client:
        days = iter(range(1, 29))

        def seconds(path: str, **asked: str) -> float:
            # Another day each time, so that no kept answer is measured.
            begun = perf_counter()
            client.get(path, params={**asked, "as_of": f"2024-02-{next(days):02}"}).raise_for_status()
            return 1000 * (perf_counter() - begun)

        counted = median(lambda: seconds("/explore/panel", thing=HUB), rounds)
        yield "a hub of 5,000 ties: counted by kind and country", counted, "ms", 500, False
        opened = median(lambda: seconds("/explore/picture", start=HUB, open=f"{HUB}:network"), rounds)
        yield "a hub of 5,000 ties: the first 30 opened", opened, "ms", 500, False
    steps = ",".join(f"{network}:network:{size}" for network, size in LARGE.items())
    page = _open(browser, f"{address}/explore?start={next(iter(LARGE))}&open={steps}")
    nodes, lines = page.evaluate(
        "() => { const v = document.querySelector('.canvas').view; return [v.nodes.length, v.edges.length]; }"
    )
    pans = [page.evaluate(_PAN) for _ in range(rounds)]
    page.close()
    rate, bare, back = (statistics.median(pan[name] for pan in pans) for name in ("rate", "bare", "back"))
    label = f"{nodes:,} nodes, {lines:,} lines"
    yield f"{label}: frames while dragged", rate, "/s", 20, True
    yield f"{label}: share of frames without lines", bare, "", 0.9, True
    yield f"{label}: lines back after", back, "ms", 300, False


def measure_world(browser: Browser, address: str, rounds: int, name: str, settle: float) -> Iterator[Row]:
    """Yield the rows of the world: of a day that nobody asked for before, and as a reader sees it."""
    world, ready = f"{address}/map?view=world", ".globe[data-ready]"
    _, drawn, size = first_view(browser, f"{world}&as_of=2023-01-01", ready)
    yield f"{name}, added up for another day: shown", drawn, "s", 3.0, False
    yield f"{name}: over the line", size, "kB", 300, False
    sleep(settle)
    views = [first_view(browser, world, ready)[1] for _ in range(rounds)]
    yield f"{name}: shown", statistics.median(views), "s", 3.0, False


def show(rows: Iterator[Row]) -> bool:
    """Print rows as they come; return whether all reach their goals."""
    print("| what | measured | goal | |\n|---|---:|---:|---|")
    fine = True
    for name, value, unit, goal, more_is_better in rows:
        reached = value >= goal if more_is_better else value <= goal
        fine &= reached
        sign = "≥" if more_is_better else "≤"
        print(
            f"| {name} | {value:.3g} {unit} | {sign} {goal:g} {unit} | {'' if reached else '**missed**'} |",
            flush=True,
        )
    return fine


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Times of the pages in a browser.")
    parser.add_argument("--world", type=Path, help="a store whose world is measured, too; it is copied")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--settle", type=float, default=20, help="seconds that a server is up before a reader"
    )
    asked = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        sys.exit("chromium is missing (on Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        fine = show(_measure(browser, Path(folder), asked))
        browser.close()
    sys.exit(0 if fine else 1)


def _measure(browser: Browser, scratch: Path, asked: argparse.Namespace) -> Iterator[Row]:
    """Yield all rows, with a server for each part."""
    with serving(scratch / "bundled"):
        pass  # the first start fills the store
    yield from measure_pages(browser, scratch, asked.rounds, asked.settle)
    with serving(publish_made_up(scratch / "made-up")) as address:
        yield from measure_large(browser, address, asked.rounds)
        made_up = "a made-up world of 12,000 agreements"
        yield from measure_world(browser, address, asked.rounds, made_up, asked.settle)
    if asked.world:
        copied = Path(shutil.copytree(asked.world, scratch / "world"))
        with serving(copied) as address:
            yield from measure_world(browser, address, asked.rounds, "the world", asked.settle)


if __name__ == "__main__":
    main()
