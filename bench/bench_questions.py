"""How long each question takes on the bundled graph; prints a table for ``docs/``.

Asked directly (``Revision.select``: rows as rdflib terms), and for comparison in rdflib's own memory
graph of the same statements, ended after ten seconds. Goal: under 100 ms each.

    python bench/bench_questions.py
"""

import os
import signal
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import rdflib

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph.examples import list_published
from graph.store import GraphStore
from ingest.pipeline import fill

ROUNDS = 15
GOAL_MS = 100
PEER_SECONDS = 10


class TookTooLong(Exception):
    """The peer passed its time."""


def _stop(*_: object) -> None:
    raise TookTooLong


def median_ms(store: GraphStore, text: str) -> tuple[float, int]:
    """Return the median of some rounds in ms, and the number of rows."""
    times, rows = [], 0
    for _ in range(ROUNDS):
        start = perf_counter()
        rows = len(store.current().select(text))
        times.append(1000 * (perf_counter() - start))
    return statistics.median(times), rows


def peer_ms(rdf: rdflib.Graph, text: str) -> str:
    """Return one round of rdflib's engine in ms; an alarm ends it."""
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(PEER_SECONDS)
    start = perf_counter()
    try:
        rows = len(list(rdf.query(text)))
    except TookTooLong:
        return f"> {PEER_SECONDS * 1000:,} | "
    finally:
        signal.alarm(0)
    return f"{1000 * (perf_counter() - start):,.0f} | {rows}"


def main() -> int:
    """Print the table; 1 when a question misses the goal."""
    with tempfile.TemporaryDirectory() as folder:
        store = GraphStore(Path(folder) / "store")
        fill(store, records=Path(folder) / "records")
        revision = store.current()
        rdf = revision.default_graph()
        print(f"{revision.info.statements:,} statements, median of {ROUNDS}, {os.cpu_count()} cores\n")
        print("| question | ms | rows | rdflib, ms | rows |\n|---|---:|---:|---:|---:|")
        slow = []
        for query in list_published():
            ms, rows = median_ms(store, query.text)
            slow += [query.name] if ms >= GOAL_MS else []
            print(f"| {query.name} | {ms:.1f} | {rows} | {peer_ms(rdf, query.text)} |", flush=True)
    print(f"\nover {GOAL_MS} ms: {', '.join(slow) or 'none'}")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
