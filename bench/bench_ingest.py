"""The world profile through the whole pipeline against the raw bulk load of the quads that come of it.

    python bench/bench_ingest.py [--share 1] [--worlds 1 2] [--without-peer] [--without-pages]

``--share`` takes every n-th row of the reference tables; ``--worlds`` says how many worlds each measurement
has (``bench/world_tables.py``: further ones are made from a seed, with the degrees of the real one). About
ten million statements in the graph are three worlds. Beside it, for information: rdflib's memory store with
pySHACL on a tenth of the statements, and how quickly the pages and the API of the bundled city answer with
and without the world, two servers in turns. Each run is a process of its own, so its memory is its own.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx
import pyoxigraph as ox

from bench.bench_serve import serving
from bench.world import find_reference_data
from bench.world_tables import make_tables
from graph.sizes import count_merge
from graph.store import GraphStore
from graph.terms_ox import to_rdflib_graph
from ingest.pipeline import fill, ingest

__all__ = ["main"]

_PEER_SHARE = 10
_ROUNDS = 40
_ADDRESSES = {
    "start page": "/", "network page": "/explore", "partners page": "/partners", "plan page": "/plan",
    "page of a city": "/id/city/nuremberg", "cities as JSON": "/api/v1/cities",
    "one city as JSON": "/api/v1/cities/antalya", "agreements as JSON": "/api/v1/agreements",
    "reconciliation as JSON": "/api/v1/reconciliation", "gaps as JSON": "/api/v1/cities/antalya/gaps",
    "partners recommended": "/api/v1/cities/antalya/recommendations?purpose=twinning&limit=10",
}  # fmt: skip


def run_pipeline(folder: Path) -> dict[str, float]:
    """Fill a store, ingest the tables of ``folder/tables``, and again."""
    store = GraphStore(folder / "store")
    fill(store, records=folder / "records")
    times, work = [], []
    for _ in range(2):
        begun, busy = perf_counter(), process_time()
        ingest(store, "world", records=folder / "records", location=str(folder / "tables"))
        times.append(perf_counter() - begun)
        work.append(process_time() - busy)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    return {"first": times[0], "again": times[1], "work": work[0], "peak": peak}


def run_raw(folder: Path) -> dict[str, float]:
    """Load what came of the tables into an empty database, and nothing else."""
    database = ox.Store.read_only(str(GraphStore(folder / "store").current().database))
    file = folder / "all.nq"
    database.dump(str(file), format=ox.RdfFormat.N_QUADS)
    quads, statements = len(database), count_merge(database)
    del database
    begun, busy = perf_counter(), process_time()
    ox.Store(str(folder / "raw")).bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    found = {"raw": perf_counter() - begun, "raw_work": process_time() - busy}
    file.unlink()
    shutil.rmtree(folder / "raw")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    return found | {"quads": quads, "statements": statements, "raw_peak": peak}


def run_peer(folder: Path) -> dict[str, float]:
    """Load every tenth thing of the merge into rdflib's memory store and check it with pySHACL."""
    from graph.validation import validate
    from ontology.vocabulary import load_shapes

    store = GraphStore(folder / "store").current()
    database = ox.Store.read_only(str(store.database))
    merge = database.quads_for_pattern(None, None, None, ox.DefaultGraph())
    file = folder / "tenth.nt"
    to_rdflib_graph(q for q in merge if hash(q.subject) % _PEER_SHARE == 0).serialize(file, format="nt")
    import rdflib

    begun = perf_counter()
    rdf = rdflib.Graph().parse(file, format="nt")
    loaded = perf_counter() - begun
    begun = perf_counter()
    validate(rdf, load_shapes(store.iris.base))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    return {"statements": len(rdf), "load": loaded, "check": perf_counter() - begun, "peak": peak}


def measure_pages(without: Path, with_world: Path) -> Iterator[str]:
    """Ask two servers in turns; yield the rows of a table."""
    yield "| answer | without the world: first, p95 ms | with it: first, p95 ms | ratio of p95 |"
    yield "|---|--:|--:|--:|"
    with ExitStack() as stack:
        clients = [stack.enter_context(serving(store)) for store in (without, with_world)]
        for name, address in _ADDRESSES.items():
            first = [_ask(client, address) for client in clients]
            rounds = [[_ask(client, address) for client in clients] for _ in range(_ROUNDS)]
            p95 = [statistics.quantiles(times, n=20)[-1] for times in zip(*rounds, strict=True)]
            cells = [f"{1000 * a:,.0f}, {1000 * b:.1f}" for a, b in zip(first, p95, strict=True)]
            yield f"| {name} | {cells[0]} | {cells[1]} | {p95[1] / p95[0]:.2f} |"


def _ask(client: httpx.Client, address: str) -> float:
    headers = {"Accept": "application/json" if address.startswith("/api") else "text/html"}
    begun = perf_counter()
    client.get(address, headers=headers, timeout=600).raise_for_status()
    return perf_counter() - begun


def measure(scratch: Path, share: float, worlds: int) -> dict[str, float]:
    """Measure the pipeline and the raw load of some worlds, one right after the other."""
    (scratch / "tables").mkdir(parents=True)
    make_tables(find_reference_data(), scratch / "tables", share, worlds)
    return _run("pipeline", scratch) | _run("raw", scratch)


def _run(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--run", what, "--folder", str(folder)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def _to_row(found: dict[str, float], share: float, worlds: int) -> str:
    return (
        f"| {share * worlds:g} × | {found['statements']:,.0f} | {found['quads']:,.0f} "
        f"| {found['first']:.1f} s ({found['work']:.1f}) | {found['raw']:.1f} s ({found['raw_work']:.1f}) "
        f"| {found['first'] / found['raw']:.1f} × ({found['work'] / found['raw_work']:.1f} ×) "
        f"| {found['again'] / found['first']:.3f} × | {found['peak']:,.0f} MB | {found['raw_peak']:,.0f} MB |"
    )


def report(share: float, numbers: list[int], *, peer: bool, pages: bool) -> Iterator[str]:
    """Measure; yield the lines of the report."""
    yield "Seconds of the clock, and of the processor in brackets.\n"
    yield "| data | statements | quads | world profile | raw bulk load | ratio | again | memory | of raw |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    times = []
    for worlds in numbers:
        with tempfile.TemporaryDirectory(prefix="kopru-ingest-") as name:
            scratch = Path(name)
            found = measure(scratch, share, worlds)
            times.append((worlds, found["first"], found["work"]))
            yield _to_row(found, share, worlds)
            if worlds != numbers[0]:
                continue
            rest = list(_beside(scratch, peer=peer, pages=pages))
    for (less, *before), (more, *after) in pairwise(times):
        growth = " and ".join(f"{b / a:.2f}" for a, b in zip(before, after, strict=True))
        yield f"\n{more / less:g} × the data takes {growth} times as long, by the clock and the processor."
    yield from rest


def _beside(scratch: Path, *, peer: bool, pages: bool) -> Iterator[str]:
    if peer:
        found = _run("peer", scratch)
        yield (
            f"\nFor information: rdflib loads {found['statements']:,.0f} statements in "
            f"{found['load']:.1f} s, and pySHACL checks them in {found['check']:.1f} s, "
            f"with {found['peak']:,.0f} MB.\n"
        )
    if pages:
        fill(GraphStore(scratch / "bundled"), records=scratch / "records")
        yield from measure_pages(scratch / "bundled", scratch / "store")


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="Measure the world profile.")
    parser.add_argument("--share", type=float, default=1.0, help="share of the rows that is taken")
    parser.add_argument("--worlds", type=int, nargs="+", default=[1, 2], help="how many worlds are measured")
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--without-pages", action="store_true")
    parser.add_argument("--run", choices=["pipeline", "raw", "peer"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        work = {"pipeline": run_pipeline, "raw": run_raw, "peer": run_peer}[given.run]
        print(json.dumps(work(given.folder)))
        return
    peer, pages = not given.without_peer, not given.without_pages
    for line in report(given.share, given.worlds, peer=peer, pages=pages):
        print(line, flush=True)


if __name__ == "__main__":
    main()
