"""How long people wait before the explorer and the map: Chromium, software rendering. A Markdown table.

Usage: python bench/bench_web.py [--world DIR] [--rounds N]

The pages over the bundled records come from a server of their own. With ``--world`` (else the world's
graph of ``bench/world.py``, when the reference data is there) the hub, the large picture and the world's
overview are measured on it. Frames are counted while the picture is dragged without a pause. Sizes are
what goes over the line. A row that misses its goal is marked.
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
from time import perf_counter

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.bench_serve import free_port

HUB = "network/global-covenant-of-mayors"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
#: Dragged to and fro for two seconds; gives frames a second while moving.
_PAN = """() => new Promise((done) => {
  const { network } = document.querySelector(".canvas").view, box = document.querySelector(".canvas canvas");
  const { left, top, width, height } = box.getBoundingClientRect();
  const at = (x) => ({ bubbles: true, pointerId: 1, pointerType: "mouse", button: 0, buttons: 1,
    clientX: left + width / 2 + x, clientY: top + height - 20 });
  let frames = 0, start = 0;
  box.dispatchEvent(new PointerEvent("pointerdown", at(0)));
  network.on("afterDrawing", () => { frames += 1; });
  const step = (now) => {
    start ||= now;
    if (now - start > 2000) {
      box.dispatchEvent(new PointerEvent("pointerup", { ...at(0), buttons: 0 }));
      const ended = performance.now();
      const back = frames;
      setTimeout(() => done({ rate: back / 2, back: performance.now() - ended }), 0);
      return;
    }
    box.dispatchEvent(new PointerEvent("pointermove", at(120 * Math.sin((now - start) / 160))));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
#: How long one whole painting takes with all its lines, as it follows a movement.
_REDRAW = """() => new Promise((done) => {
  const { network } = document.querySelector(".canvas").view, begun = performance.now();
  network.once("afterDrawing", () => done(performance.now() - begun));
  network.redraw();
})"""

Row = tuple[str, float, str, float, bool]


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """Run ``kopru serve`` and yield its address once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "api", "serve", "--store", str(store), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        begun = perf_counter()
        while perf_counter() - begun < 60:
            try:
                if httpx.get(f"{address}/health").status_code == 200:
                    break
            except httpx.TransportError:
                continue
        yield address
    finally:
        server.terminate()
        server.wait()


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


def measure_pages(browser: Browser, address: str, rounds: int) -> Iterator[Row]:
    """Yield the rows of the pages over the bundled records."""
    marks = {"/explore": ".canvas[data-drawn]", "/map": ".globe[data-drawn]"}
    for path, mark in marks.items():
        views = [first_view(browser, address + path, mark) for _ in range(rounds)]
        paint, drawn, size = (statistics.median(column) for column in zip(*views, strict=True))
        yield f"`{path}`: first view", paint, "s", 1.0, False
        yield f"`{path}`: over the line", size, "kB", 300, False
        yield f"`{path}`: drawn", drawn, "s", 1.5, False
    page = _open(browser, f"{address}/explore")
    yield (
        "Antalya's picture: frames while dragged",
        median(lambda: page.evaluate(_PAN)["rate"], rounds),
        "/s",
        45,
        True,
    )
    page.close()


def _open(browser: Browser, address: str, mark: str = ".canvas[data-drawn]") -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.locator(mark).wait_for(state="attached", timeout=120_000)
    return page


def measure_world(browser: Browser, address: str, rounds: int) -> Iterator[Row]:
    """Yield the rows of what is large: a hub, a picture of thousands, the whole world."""
    with httpx.Client(base_url=address, timeout=120) as client:
        days = iter(range(1, 29))

        def panel() -> float:
            # Another day each time, so that no kept answer is measured.
            begun = perf_counter()
            client.get("/explore/panel", params={"thing": HUB, "as_of": f"2024-02-{next(days):02}"})
            return 1000 * (perf_counter() - begun)

        yield "hub: counted by kind and country", median(panel, rounds), "ms", 500, False
    large = f"{address}/explore?open={HUB}:network:2000,network/nazca-unfccc-portal:network:2000"
    page = _open(browser, large)
    counts = page.evaluate(
        "() => { const v = document.querySelector('.canvas').view; return [v.nodes.length, v.edges.length]; }"
    )
    label = f"{counts[0]:,} nodes, {counts[1]:,} lines"
    yield (
        f"{label}: frames while dragged",
        median(lambda: page.evaluate(_PAN)["rate"], rounds),
        "/s",
        20,
        True,
    )
    yield f"{label}: lines back after", median(lambda: page.evaluate(_REDRAW), rounds), "ms", 300, False
    page.close()
    _, drawn, size = first_view(browser, f"{address}/map?view=world", ".globe[data-ready]")
    yield "the world, added up for the first time: shown", drawn, "s", 3.0, False
    yield "the world: over the line", size, "kB", 300, False
    views = [first_view(browser, f"{address}/map?view=world", ".globe[data-ready]")[1] for _ in range(rounds)]
    yield "the world, added up before: shown", statistics.median(views), "s", 3.0, False


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
    parser = argparse.ArgumentParser(description="Times of the explorer and the map in a browser.")
    parser.add_argument("--world", type=Path, help="a store of the world's graph; it is copied")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        sys.exit("chromium is missing (on Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        with serving(Path(scratch) / "bundled") as address:
            fine = show(measure_pages(browser, address, asked.rounds))
        world = asked.world or _world()
        copied = Path(scratch) / "world"
        shutil.copytree(world, copied)
        with serving(copied) as address:
            fine &= show(measure_world(browser, address, asked.rounds))
        browser.close()
    sys.exit(0 if fine else 1)


def _world() -> Path:
    from bench.world import open_world

    return open_world().path


if __name__ == "__main__":
    main()
