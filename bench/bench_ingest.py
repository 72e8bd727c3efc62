"""The world profile through the whole pipeline against the raw bulk load of the quads that come of it.

    python bench/bench_ingest.py [--sizes 1 0.25 0.5 2] [--without-peer] [--without-pages] [--keep FOLDER]
    python bench/bench_ingest.py --pages FOLDER     only the pages, over a folder that was kept (FOLDER/store)
    python bench/again.py                           every other source, run a second time

A size is a number of worlds. Up to one, it takes every n-th row of the reference tables; the rest of a size
is made from a seed, with the degrees of what was taken (``bench/world_tables.py``): 0.5 are two quarters
where 0.25 was asked for before, so that a pair of sizes differs in nothing but the size. The first size is
loaded raw as well, beside the pages and the API of the bundled city with and without it (two servers asked
in turns) and, for information, rdflib's memory store with pySHACL on a tenth of it.

The first answer to an address is that of a server that has just begun to answer, a new one for each; where
a page says that it is still being prepared, that answer counts, and when it was there stands beside. The
answers in turns are those of servers that have made ready what they make ready by themselves.

What is measured is told as soon as it is known, on the standard error; the tables come at the end. Each run
is a process of its own, so its memory is its own. The whole takes half an hour of the processor.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from time import perf_counter, process_time, sleep

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx
import pyoxigraph as ox

from bench.bench_serve import serving
from bench.world import find_reference_data
from bench.world_tables import make_tables
from graph.store import GraphStore
from graph.terms_ox import to_rdflib_graph
from ingest.pipeline import fill, ingest

__all__ = ["main"]

#: What was measured of one size: seconds of the clock and (``…_work``) of the processor, megabytes, numbers.
Found = dict[str, float]

_PEER_SHARE = 10
_ROUNDS = 40
_ADDRESSES = {
    "start page": "/", "network page": "/explore", "partners page": "/partners", "plan page": "/plan",
    "page of a city": "/id/city/nuremberg", "cities as JSON": "/api/v1/cities",
    "one city as JSON": "/api/v1/cities/antalya", "agreements as JSON": "/api/v1/agreements",
    "reconciliation as JSON": "/api/v1/reconciliation", "gaps as JSON": "/api/v1/cities/antalya/gaps",
    "partners recommended": "/api/v1/cities/antalya/recommendations?purpose=twinning&limit=10",
    "map page": "/map", "gaps page": "/gaps", "questions": "/questions", "pairs that wait": "/match",
}  # fmt: skip
#: Step of a run as it is told -> what begins with it; of one that is told twice the first counts.
_PHASES = {
    "fetch world": "read", "batch-before": "load", "batch-after": "judge", "derive": "derive",
    "check": "check", "publish": "publish",
}  # fmt: skip


@dataclass(frozen=True)
class _Server:
    client: httpx.Client
    pid: int


class _Meter:
    """Takes the time of the steps of a run."""

    def __init__(self) -> None:
        self.found: Found = {}
        self._seen: list[str] = []
        self._begun = 0.0

    def hear(self, step: str) -> None:
        """Note the step that begins."""
        if step in _PHASES and _PHASES[step] not in self._seen:
            self.close()
            self._seen.append(_PHASES[step])

    def close(self) -> None:
        """End the step that runs."""
        if self._seen:
            self.found[f"{self._seen[-1]}_work"] = process_time() - self._begun
            self.found[f"{self._seen[-1]}_peak"] = _peak()
            tell(f"  {self._seen[-1]}: {process_time() - self._begun:.1f} s, {_peak():,.0f} MB")
        self._begun = process_time()


def tell(line: str) -> None:
    """Say on the standard error what is known by now."""
    print(line, file=sys.stderr, flush=True)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def run_pipeline(folder: Path) -> Found:
    """Fill a store, ingest the tables of ``folder/tables``, and again."""
    store, found, meter = GraphStore(folder / "store"), Found(), _Meter()
    fill(store, records=folder / "records")
    for name in ("first", "again"):
        begun, busy = perf_counter(), process_time()
        ingest(
            store, "world", records=folder / "records", location=str(folder / "tables"), on_step=meter.hear
        )
        found |= {name: perf_counter() - begun, f"{name}_work": process_time() - busy}
        if name == "first":
            meter.close()
            found |= meter.found | {"peak": _peak()}
    info = store.current().info
    read = sum(entry.statements for name, entry in info.sources.items() if name == "world")
    quads = len(ox.Store.read_only(str(store.current().database)))
    return found | {"read": read, "statements": info.statements, "quads": quads}


def run_raw(folder: Path) -> Found:
    """Load what came of the tables into an empty database, and nothing else."""
    file = folder / "all.nq"
    database = ox.Store.read_only(str(GraphStore(folder / "store").current().database))
    database.dump(str(file), format=ox.RdfFormat.N_QUADS)
    del database
    begun, busy = perf_counter(), process_time()
    ox.Store(str(folder / "raw")).bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    found = {"raw": perf_counter() - begun, "raw_work": process_time() - busy}
    file.unlink()
    shutil.rmtree(folder / "raw")
    return found | {"raw_peak": _peak()}


def run_peer(folder: Path) -> Found:
    """Load every tenth thing of the merge into rdflib's memory store and check it with pySHACL."""
    import rdflib

    from graph.validation import validate
    from ontology.vocabulary import load_shapes

    store = GraphStore(folder / "store").current()
    database = ox.Store.read_only(str(store.database))
    merge = database.quads_for_pattern(None, None, None, ox.DefaultGraph())
    file = folder / "tenth.nt"
    to_rdflib_graph(q for q in merge if hash(q.subject) % _PEER_SHARE == 0).serialize(
        file, format="nt", encoding="utf-8"
    )
    begun, busy = perf_counter(), process_time()
    rdf = rdflib.Graph().parse(file, format="nt")
    found = {
        "statements": float(len(rdf)),
        "load": perf_counter() - begun,
        "load_work": process_time() - busy,
    }
    begun, busy = perf_counter(), process_time()
    validate(rdf, load_shapes(store.iris.base))
    return found | {"check": perf_counter() - begun, "check_work": process_time() - busy, "peak": _peak()}


def measure_pages(without: Path, with_world: Path) -> Iterator[str]:
    """Ask two servers in turns; yield the rows of a table."""
    yield (
        "| answer | without the world: first; p95 ms | with it: first; p95 ms | ratio of p95 | of medians "
        "| of the processor's time |"
    )
    yield "|---|--:|--:|--:|--:|--:|"
    stores = (without, with_world)
    firsts = {name: [_ask_first(store, address) for store in stores] for name, address in _ADDRESSES.items()}
    with ExitStack() as stack:
        servers = [stack.enter_context(_serving(store)) for store in stores]
        for server in servers:
            for address in _ADDRESSES.values():
                _ask_until_ready(server, address)
        for name, address in _ADDRESSES.items():
            rounds = [[_ask(server, address) for server in servers] for _ in range(_ROUNDS)]
            yield _to_page(name, firsts[name], [*zip(*rounds, strict=True)])


def _ask_first(store: Path, address: str) -> str:
    """Return how long the first answer of a new server takes, and the real one where that is another."""
    with _serving(store) as server:
        begun = perf_counter()
        answer, clock, work = _get(server, address)
        told = f"{clock:.2f} s ({work:.2f})"
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            _ask_until_ready(server, address)
            return f"{told}, there after {perf_counter() - begun:.0f} s"
        answer.raise_for_status()
        return told


def _ask_until_ready(server: _Server, address: str) -> None:
    while (answer := _get(server, address)[0]).status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        sleep(int(answer.headers["Retry-After"]) / 5)
    answer.raise_for_status()


def _to_page(name: str, first: list[str], asked: list[tuple[tuple[float, float], ...]]) -> str:
    clock = [[seconds for seconds, _ in of_one] for of_one in asked]
    p95 = [statistics.quantiles(times, n=20)[-1] for times in clock]
    middle = [statistics.median(times) for times in clock]
    work = [sum(busy for _, busy in of_one) for of_one in asked]
    cells = [f"{a}; {1000 * b:.1f}" for a, b in zip(first, p95, strict=True)]
    # The system counts the processor's time in hundredths of a second: of less no ratio is told.
    of_work = f"{work[1] / work[0]:.2f}" if min(work) >= 0.1 else "–"
    return (
        f"| {name} | {' | '.join(cells)} | {p95[1] / p95[0]:.2f} | {middle[1] / middle[0]:.2f} | {of_work} |"
    )


@contextmanager
def _serving(store: Path) -> Iterator[_Server]:
    before = _children(os.getpid())
    with serving(store) as client:
        (pid,) = _children(os.getpid()) - before
        yield _Server(client, pid)


def _ask(server: _Server, address: str) -> tuple[float, float]:
    """Return the seconds of the clock and of the processor until a whole answer was there."""
    answer, clock, work = _get(server, address)
    answer.raise_for_status()
    return clock, work


def _get(server: _Server, address: str) -> tuple[httpx.Response, float, float]:
    headers = {"Accept": "application/json" if address.startswith("/api") else "text/html"}
    begun, busy = perf_counter(), _busy(server.pid)
    answer = server.client.get(address, headers=headers, timeout=600)
    return answer, perf_counter() - begun, _busy(server.pid) - busy


def _stat(pid: int) -> list[str]:
    """Return what the system says of a process, from its state on; nothing of one that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    except OSError:
        return []


def _children(pid: int) -> set[int]:
    numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return {number for number in numbers if (said := _stat(number)) and int(said[1]) == pid}


def _busy(pid: int) -> float:
    """Return the processor's seconds of a server and its workers."""
    said = [_stat(number) for number in (pid, *_children(pid))]
    return sum(int(fields[11]) + int(fields[12]) for fields in said if fields) / os.sysconf("SC_CLK_TCK")


def measure(what: str, folder: Path) -> Found:
    """Run a part of the work in a process of its own."""
    command = [sys.executable, __file__, "--run", what, "--folder", str(folder)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Found = json.loads(answer.stdout)
    return found


def _measure_size(scratch: Path, share: float, parts: int, *, with_raw: bool) -> Found:
    tell(f"{share * parts:g} worlds: {parts} × {share:g}")
    (scratch / "tables").mkdir()
    make_tables(find_reference_data(), scratch / "tables", share, parts)
    found = measure("pipeline", scratch) | {"share": share}
    return found | (measure("raw", scratch) if with_raw else {})


def _parts_of(size: float, before: list[float]) -> tuple[float, int]:
    """Return of how many equal parts a size is made, and how large one is: halves of two sizes are alike."""
    if size / 2 in before:
        share, parts = _parts_of(size / 2, before)
        return share, 2 * parts
    return min(size, 1.0), max(1, round(size))


def _to_row(size: float, found: Found) -> str:
    raw = ["–"] * 3
    if "raw" in found:
        raw = [
            f"{found['raw']:.0f} s ({found['raw_work']:.0f})",
            f"{found['first'] / found['raw']:.1f} × ({found['first_work'] / found['raw_work']:.1f} ×)",
            f"{found['raw_peak']:,.0f} MB",
        ]
    return (
        f"| {size:g} | {found['read']:,.0f} | {found['statements']:,.0f} | {found['quads']:,.0f} "
        f"| {found['first']:.0f} s ({found['first_work']:.0f}) | {raw[0]} | {raw[1]} "
        f"| {found['again'] / found['first']:.4f} × | {found['peak']:,.0f} MB | {raw[2]} |"
    )


def _to_steps(found: Found) -> Iterator[str]:
    yield "| step of the first size | processor, s | memory by then, MB |"
    yield "|---|--:|--:|"
    for phase in _PHASES.values():
        yield f"| {phase} | {found[f'{phase}_work']:.0f} | {found[f'{phase}_peak']:,.0f} |"


def _to_growth(results: dict[float, Found]) -> Iterator[str]:
    yield "| from | to | quads | clock | processor |"
    yield "|--:|--:|--:|--:|--:|"
    for size, found in sorted(results.items()):
        half = results.get(size / 2)
        if half and half["share"] == found["share"]:
            cells = [f"{found[name] / half[name]:.2f} ×" for name in ("quads", "first", "first_work")]
            yield f"| {size / 2:g} | {size:g} | {' | '.join(cells)} |"


def report(sizes: list[float], *, peer: bool, pages: bool, keep: Path | None = None) -> Iterator[list[str]]:
    """Measure; yield the tables, each with a blank line behind it."""
    results: dict[float, Found] = {}
    beside: list[list[str]] = []
    rows = [
        "| worlds | statements read | in the graph | quads | world profile | raw bulk load | ratio "
        "| again | memory | of raw |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for size in sizes:
        try:
            share, parts = _parts_of(size, list(results))
            with tempfile.TemporaryDirectory(prefix="kopru-ingest-") as name:
                results[size] = _measure_size(Path(name), share, parts, with_raw=size == sizes[0])
                rows.append(_to_row(size, results[size]))
                tell(rows[-1])
                if keep:
                    shutil.copytree(name, keep / f"{size:g}", copy_function=os.link)
                if size == sizes[0]:
                    beside += _beside(Path(name), peer=peer, pages=pages)
        except KeyboardInterrupt:
            tell("Broken off: the tables have what was measured by then.")
            break
    if not results:
        return
    yield rows
    yield list(_to_steps(results[sizes[0]]))
    yield list(_to_growth(results))
    yield from beside


def _beside(scratch: Path, *, peer: bool, pages: bool) -> Iterator[list[str]]:
    if pages:
        yield _measure_kept(scratch)
    if peer:
        found = measure("peer", scratch)
        line = (
            f"For information: rdflib loads {found['statements']:,.0f} statements in {found['load']:.0f} s "
            f"({found['load_work']:.0f}), and pySHACL checks them in {found['check']:.0f} s "
            f"({found['check_work']:.0f}), with {found['peak']:,.0f} MB."
        )
        tell(line)
        yield [line]


def _measure_kept(folder: Path) -> list[str]:
    """Return the table of the pages over a folder with the store of a world."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="kopru-bundled-") as name:
        fill(GraphStore(Path(name) / "store"), records=Path(name) / "records")
        for row in measure_pages(Path(name) / "store", folder / "store"):
            tell(row)
            rows.append(row)
    return rows


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="Measure the world profile.")
    parser.add_argument(
        "--sizes", type=float, nargs="+", default=[1, 0.25, 0.5, 2], help="how many worlds are measured"
    )
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--without-pages", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder in which the stores stay")
    parser.add_argument("--pages", type=Path, help="a kept folder: measure only the pages, over its store")
    parser.add_argument("--run", choices=["pipeline", "raw", "peer"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        work = {"pipeline": run_pipeline, "raw": run_raw, "peer": run_peer}[given.run]
        print(json.dumps(work(given.folder)))
        return
    print("Seconds of the clock, and of the processor in brackets.\n")
    if given.pages:
        print("\n".join(_measure_kept(given.pages)))
        return
    peer, pages = not given.without_peer, not given.without_pages
    for table in report(given.sizes, peer=peer, pages=pages, keep=given.keep):
        print("\n".join([*table, ""]), flush=True)


if __name__ == "__main__":
    main()
