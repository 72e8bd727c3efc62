"""The world profile through the whole pipeline against the raw bulk load of the quads that come of it.

    python bench/bench_ingest.py [--scale 1] [--share 0.1]

``--share`` takes every n-th row of the reference tables; ``--scale`` repeats them with other cities (the
degrees of cities and networks stay as they are). Prints a Markdown table; each run is a process of its
own, so that its memory is its own.
"""

import argparse
import csv
import gzip
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox

from bench.world import find_reference_data
from graph.store import GraphStore
from ingest.pipeline import fill, ingest

__all__ = ["main"]

_IDS = ("city_id", "city_a_id", "city_b_id")
_PROJECTS = ("project_id", "topicId")


def make_tables(source: Path, target: Path, share: float, scale: int) -> None:
    """Write the tables with a share of their rows, ``scale`` times, each time about other cities."""
    every = round(1 / share)
    for path in source.glob("*.csv.gz"):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = [row for number, row in enumerate(reader) if number % every == 0]
            names = list(reader.fieldnames or ())
        with gzip.open(target / path.name, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            for copy in range(scale):
                writer.writerows(_copied(row, copy) for row in rows)


def _copied(row: dict[str, str], copy: int) -> dict[str, str]:
    """Return a row about the cities and projects of another copy of the world; the first is the world."""
    if copy == 0:
        return row
    changed = {name: f"x:{row[name]}-{copy}" for name in _IDS if row.get(name)}
    changed |= {name: f"{row[name]}-{copy}" for name in _PROJECTS if row.get(name)}
    return row | changed


def run(folder: Path) -> dict[str, float]:
    """Fill a store, ingest the tables of ``folder/tables``, again, and load what came of it raw."""
    store = GraphStore(folder / "store")
    fill(store, records=folder / "records")
    times = []
    for _ in range(2):
        begun = perf_counter()
        ingest(store, "world", records=folder / "records", location=str(folder / "tables"))
        times.append(perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    revision = folder / "store" / "revisions" / f"{store.current().info.number:06}" / "db"
    published = ox.Store.read_only(str(revision))
    quads = len(published)
    published.dump(str(folder / "all.nq"), format=ox.RdfFormat.N_QUADS)
    begun = perf_counter()
    ox.Store(str(folder / "raw")).bulk_load(path=str(folder / "all.nq"), format=ox.RdfFormat.N_QUADS)
    raw = perf_counter() - begun
    return {"quads": quads, "first": times[0], "again": times[1], "raw": raw, "peak": peak}


def main() -> None:
    """Measure one and two times the data."""
    parser = argparse.ArgumentParser(description="Measure the world profile.")
    parser.add_argument("--share", type=float, default=1.0, help="share of the rows that is taken")
    parser.add_argument("--scale", type=int, default=1, help="how many times the tables are repeated")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(run(given.run)))
        return
    print("| data | quads | world profile | raw bulk load | ratio | again | memory |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    first = 0.0
    for scale in (given.scale, 2 * given.scale):
        with tempfile.TemporaryDirectory() as scratch:
            (folder := Path(scratch) / "tables").mkdir()
            make_tables(find_reference_data(), folder, given.share, scale)
            command = [sys.executable, __file__, "--run", scratch]
            answer = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(answer.stdout)
        ratio = found["first"] / found["raw"]
        print(
            f"| {given.share * scale:g} × | {found['quads']:,.0f} | {found['first']:.1f} s "
            f"| {found['raw']:.1f} s | {ratio:.1f} × | {found['again'] / found['first']:.3f} × "
            f"| {found['peak']:,.0f} MB |",
            flush=True,
        )
        growth, first = (found["first"] / first if first else 0.0), found["first"]
    print(f"\nTwice the data takes {growth:.2f} times as long.")


if __name__ == "__main__":
    main()
