"""Rounds of four endless queries beside point queries; prints a Markdown table.

Usage: python bench/soak_sparql.py [ROUNDS] [STORE]

Each round asks four endless queries (of ``bench/endless``, and one made here) at once (they die of the
deadline, of the memory limit or of a crash, or stream without an end) and meanwhile point queries, one
after another.
When all four are over, processes, open files and memory of the server are counted. Fails when the
95th percentile of the point queries passes three times its calm value (and 2 ms), when a
query is not over a second after its deadline, when the children together pass their limit, or
when the last rounds hold more than the first ones.
"""

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
ENDLESS = {file.stem: file.read_text("utf-8") for file in sorted((ROOT / "bench" / "endless").glob("*.rq"))}
#: Too long to be kept as a file.
ENDLESS["chain"] = f"ASK {{ ?s ?p ?o FILTER({' && '.join(['?o != 1'] * 30_000)}) }}"
POINT = (ROOT / "bench" / "queries" / "point_lookup.rq").read_text("utf-8")
DEADLINE = 3.0
LATE = 1.0
FLOOR = 0.002
#: What the first rounds may still add: interpreters warm up.
WARM_ROUNDS = 5
GROWTH_MB = 25


@dataclass
class Round:
    """What one round showed."""

    calm: list[float]
    loaded: list[float]
    longest: float
    ends: str
    most_mb: float
    processes: int
    files: int
    server_mb: float


@contextmanager
def serving(store: Path) -> Iterator[tuple[int, int]]:
    """Run ``kopru serve`` and yield its port and process id once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    command = [sys.executable, "-m", "api", "serve", "--store", str(store), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KOPRU_QUERY_TIMEOUT": str(DEADLINE)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                ask(port, POINT)
                break
            except OSError:
                sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def ask(port: int, query: str) -> int:
    """Ask one query over a connection of its own, read the answer, and return its status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query"})
        answer = connection.getresponse()
        while answer.read(1 << 20):
            pass
        return answer.status
    except http.client.IncompleteRead:
        return 0
    finally:
        connection.close()


def ask_points(port: int, seconds: float) -> list[float]:
    """Ask point queries one after another for some seconds; return how long each took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    address = "/sparql?" + urlencode({"query": POINT})
    times = []
    until = perf_counter() + seconds
    while perf_counter() < until:
        begun = perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        times.append(perf_counter() - begun)
    connection.close()
    return times


def list_tree(pid: int) -> list[int]:
    """Return the server and its children."""
    found = [pid]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found.append(int(stat.parent.name))
    return found


def resident_mb(pid: int) -> float:
    """Return the memory that a process holds, in MB; 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run_round(port: int, pid: int, number: int, readers: Executor) -> Round:
    """Ask four endless queries at once and point queries beside them.

    ``readers`` are processes of their own: those who read an endless answer must not hold up the one
    who takes the time of point queries.
    """
    chosen = random.Random(number).sample(sorted(ENDLESS), 4)
    calm = ask_points(port, 1.0)
    asked = {readers.submit(ask, port, ENDLESS[name]): name for name in chosen}
    loaded: list[float] = []
    most = longest = 0.0
    looked = perf_counter()
    while len(loaded) < 100 or not all(answer.done() for answer in asked):
        loaded += ask_points(port, 0.2)
        most = max(most, sum(map(resident_mb, list_tree(pid)[1:])))
        # A reader may take longer for what was sent already: the server knows when it has ended a query.
        # While all that are left wait for their readers, their clocks stand still.
        told = read_facts(port)
        now = perf_counter()
        if told["long"] > told["paused"] or told["waiting"]:
            longest += now - looked
        looked = now
    wait(asked)
    sleep(6)  # after five calm seconds the children that were added are ended
    ends = sorted((name, answer.result()) for answer, name in asked.items())
    said = ", ".join(f"{name} {status or 'broken off'}" for name, status in ends)
    return Round(
        calm, loaded, longest, said, most, len(list_tree(pid)),
        len(list(Path(f"/proc/{pid}/fd").iterdir())), resident_mb(pid),
    )  # fmt: skip


def p95(times: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return statistics.quantiles(times, n=20)[-1] * 1000


def find_faults(rounds: list[Round], limit_mb: float) -> list[str]:
    """Return what was not as it has to be."""
    calm, loaded = (p95([t for one in rounds for t in times(one)]) for times in (_calm, _loaded))
    first, last = rounds[: WARM_ROUNDS + 1][-1], rounds[-1]
    found = {
        f"p95 of point queries {loaded:.1f} ms, calm {calm:.1f} ms": loaded > max(3 * calm, FLOOR * 1000),
        "a query was not over a second after its deadline": any(
            one.longest > DEADLINE + LATE for one in rounds
        ),
        f"the children took more than {limit_mb:.0f} MB": any(one.most_mb > limit_mb for one in rounds),
        "processes were left": last.processes > first.processes,
        "files were left open": last.files > first.files,
        f"the server grew by more than {GROWTH_MB} MB": last.server_mb > first.server_mb + GROWTH_MB,
    }
    return [fault for fault, is_so in found.items() if is_so]


def _calm(one: Round) -> list[float]:
    return one.calm


def _loaded(one: Round) -> list[float]:
    return one.loaded


def read_facts(port: int) -> dict[str, float]:
    """Return what the server says of its children: limits, long and waiting queries."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/health")
    told: dict[str, dict[str, float]] = json.loads(connection.getresponse().read())
    connection.close()
    return told["queries"]


def main(number: int = 30, store: Path | None = None) -> None:
    """Print the table; exit with 1 when something is not as it has to be."""
    with tempfile.TemporaryDirectory(prefix="kopru-soak-") as name:
        folder = store or Path(name) / "store"
        if store is None:
            command = [sys.executable, "-m", "api", "ingest", "records", "--store", str(folder)]
            subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        with ProcessPoolExecutor(4, get_context("spawn")) as readers, serving(folder) as (port, pid):
            ask_points(port, 2.0)
            limit = read_facts(port)["total_memory_mb"]
            print(f"Deadline {DEADLINE:g} s; the children may take {limit:.0f} MB together.\n")
            print(
                "| round | calm p95 ms | loaded p95 ms | last end s | children MB | processes | files "
                "| server MB | ends |\n|--:|--:|--:|--:|--:|--:|--:|--:|---|"
            )
            rounds = []
            for place in range(1, number + 1):
                one = run_round(port, pid, place, readers)
                rounds.append(one)
                print(
                    f"| {place} | {p95(one.calm):.1f} | {p95(one.loaded):.1f} | {one.longest:.1f} "
                    f"| {one.most_mb:.0f} | {one.processes} | {one.files} | {one.server_mb:.0f} "
                    f"| {one.ends} |",
                    flush=True,
                )
    calm, loaded = (p95([t for one in rounds for t in times(one)]) for times in (_calm, _loaded))
    print(f"\nAll rounds: p95 {calm:.2f} ms calm, {loaded:.2f} ms loaded: {loaded / calm:.2f} times.")
    if faults := find_faults(rounds, limit):
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 30, Path(sys.argv[2]) if sys.argv[2:] else None)
