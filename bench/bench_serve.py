"""How long people and programs wait: filling, starting, a point query, pages. A Markdown table.

Usage: python bench/bench_serve.py [RUNS]

Each figure is the median over runs, with the 95th percentile where there are many. The peer
of a row is what the same work costs at least: the interpreter's own start for starting, the
engine asked in this process for a point query, ``/health`` for pages. Ratios between rows of one
run travel between machines; seconds don't.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import httpx
import pyoxigraph

from graph.store import GraphStore
from graph.workers import QueryRequest, WorkerPool

ROOT = Path(__file__).parents[1]
POINT = "SELECT ?p ?o WHERE { <https://w3id.org/kopru/id/city/nuremberg> ?p ?o }"
PAGES = {"start page": "/", "network page": "/explore", "page of a city": "/id/city/nuremberg"}
LISTS = {"cities as JSON": "/api/v1/cities", "network as JSON": "/api/v1/network"}
MANY = 40
#: What was measured, the seconds of each run, and the name of the row that it is compared with.
Row = tuple[str, list[float], str]


def measure(work: Callable[[], object], runs: int) -> list[float]:
    """Return the seconds of each of some calls; one before them does not count."""
    work()
    seconds = []
    for _ in range(runs):
        begun = perf_counter()
        work()
        seconds.append(perf_counter() - begun)
    return seconds


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def serving(store: Path) -> Iterator[httpx.Client]:
    """Run ``kopru serve`` and yield a client once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "api", "serve", "--store", str(store), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            wait_until_answered(client, process)
            yield client
    finally:
        process.terminate()
        process.wait()


def wait_until_answered(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    """Return when ``/health`` answers; an error when the server ends before."""
    while process.poll() is None:
        try:
            client.get("/health").raise_for_status()
        except httpx.ConnectError:
            continue
        return
    raise RuntimeError(f"the server ended with {process.returncode}")


def measure_starts(folder: Path, runs: int) -> Iterator[Row]:
    """Fill empty stores, then start on a filled one; beside it Python that does nothing."""

    def start(store: Path) -> float:
        begun = perf_counter()
        with serving(store):
            return perf_counter() - begun

    fills = [start(folder / f"store-{run}") for run in range(runs)]
    starts = [start(folder / "store-0") for _ in range(3 * runs)]
    bare = [sys.executable, "-c", "pass"]
    yield "Python's own start", measure(lambda: subprocess.run(bare, check=True), 3 * runs), ""
    yield "start on a filled store", starts, "Python's own start"
    yield "start on an empty store, filling it", fills, "start on a filled store"


def measure_engine(store: Path) -> Iterator[Row]:
    """Ask a point query in this process and through a child of the pool."""
    revision = GraphStore(store).current()
    database = pyoxigraph.Store.read_only(str(revision.database))
    json = pyoxigraph.QueryResultsFormat.JSON

    def ask_engine() -> object:
        answer = database.query(POINT)
        return answer.serialize(format=json) if isinstance(answer, pyoxigraph.QuerySolutions) else None

    yield "point query, engine in this process", measure(ask_engine, 5 * MANY), ""
    yield "point query, child of the pool", asyncio.run(ask_pool(GraphStore(store))), ENGINE


ENGINE = "point query, engine in this process"


async def ask_pool(store: GraphStore) -> list[float]:
    """Return the seconds of each point query through a pool."""
    pool = WorkerPool(store, size=1)
    await pool.start()
    seconds = []
    try:
        for _ in range(5 * MANY + 1):
            begun = perf_counter()
            answer = await pool.run(QueryRequest(POINT))
            b"".join([part async for part in answer.body])
            seconds.append(perf_counter() - begun)
    finally:
        await pool.close()
    return seconds[1:]


def measure_http(store: Path) -> Iterator[Row]:
    """Ask the server for its health, a point query, pages and lists."""
    with serving(store) as client:
        yield "/health", measure(lambda: client.get("/health"), 5 * MANY), ""
        point = {"query": POINT}
        yield (
            "point query over HTTP",
            measure(lambda: client.get("/sparql", params=point), 5 * MANY),
            "/health",
        )
        for name, address in (PAGES | LISTS).items():
            headers = {"Accept": "text/html" if name in PAGES else "application/json"}

            def get(address: str = address, headers: dict[str, str] = headers) -> None:
                client.get(address, headers=headers).raise_for_status()

            yield f"{name}, first time", measure_once(get), "/health"
            yield name, measure(get, MANY), "/health"


def measure_once(work: Callable[[], object]) -> list[float]:
    """Return the seconds of a single call."""
    begun = perf_counter()
    work()
    return [perf_counter() - begun]


def make_table(rows: list[Row]) -> str:
    """Return the Markdown table; times in milliseconds."""
    medians = {name: statistics.median(seconds) for name, seconds, _ in rows}
    lines = ["| step | median ms | p95 ms | runs | ratio | to |", "|---|--:|--:|--:|--:|---|"]
    for name, seconds, peer in rows:
        p95 = f"{statistics.quantiles(seconds, n=20)[-1] * 1000:.1f}" if len(seconds) >= 20 else "–"
        ratio = f"{medians[name] / medians[peer]:.1f}" if peer else "–"
        lines.append(
            f"| {name} | {medians[name] * 1000:.1f} | {p95} | {len(seconds)} | {ratio} | {peer or '–'} |"
        )
    return "\n".join(lines)


def main(runs: int = 3) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="kopru-bench-") as name:
        folder = Path(name)
        rows = list(measure_starts(folder, runs))
        rows += measure_engine(folder / "store-0")
        rows += measure_http(folder / "store-0")
    print(f"Python {sys.version.split()[0]}, pyoxigraph {pyoxigraph.__version__}, bundled records.\n")
    print(make_table(rows))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
