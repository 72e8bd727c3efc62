"""A graph of the world's larger cities with about one million statements, for measurements.

The bundled records and the reference tables, in the program's own model and through its own
rules: a published revision like any other. It is kept in a scratch folder under a digest of all
that it is made of, so that only the first run builds it. Nothing of it belongs into the project.

    python bench/world.py [--minimum-population N] [--profile]
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.world_graph import WorldGraph
from graph import derivation
from graph.store import GraphStore
from ingest.pipeline import fill

__all__ = ["MINIMUM_POPULATION", "Scratch", "find_reference_data", "open_world"]

#: Cities from here on make about a million statements.
MINIMUM_POPULATION = 30_000
_TABLES = (
    "cities.csv.gz", "eu_calls_2026-08.csv.gz", "interreg_participations.csv.gz",
    "interreg_projects_2014_2020.csv.gz", "memberships.csv.gz", "twins.csv.gz",
    "urbact_participations.csv.gz",
)  # fmt: skip
_ROOT = Path(__file__).parents[1]
Scratch = Path(os.environ.get("KOPRU_BENCH_SCRATCH", Path(tempfile.gettempdir()) / "kopru-bench"))


def find_reference_data() -> Path:
    """Return the folder with the tables; ends the program, naming it, when one is absent."""
    shared = Path(os.environ.get("KOPRU_REFERENCE_DATA", _ROOT.parent / "shared"))
    for name in _TABLES:
        if not (shared / "data" / name).is_file():
            sys.exit(f"The reference data has no data/{name} (looked in {shared}; set KOPRU_REFERENCE_DATA).")
    return shared / "data"


def open_world(minimum_population: int = MINIMUM_POPULATION) -> GraphStore:
    """Return the store with the world's graph, building it the first time (about two minutes)."""
    tables = find_reference_data()
    folder = Scratch / f"world-{_digest(tables, minimum_population)}"
    if not folder.is_dir():
        unfinished = folder.with_suffix(f".{os.getpid()}.tmp")
        unfinished.mkdir(parents=True)
        try:
            _build(unfinished, tables, minimum_population)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return GraphStore(folder / "store")


def _digest(tables: Path, minimum_population: int) -> str:
    """Return a digest of all that the graph is made of."""
    digest = sha256(f"{minimum_population} {derivation.program_digest()}".encode())
    records = sorted((_ROOT / "ingest" / "bundled").rglob("*.yml"))
    programs = sorted(Path(__file__).parent.glob("world*.py"))
    for path in (*(tables / name for name in _TABLES), *records, *programs):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _step(name: str) -> Iterator[None]:
    begun = perf_counter()
    yield
    print(f"world: {name} {perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)


def _build(folder: Path, tables: Path, minimum_population: int) -> None:
    store = GraphStore(folder / "store")
    with _step("fill from the records"):
        fill(store, records=folder / "records")
    world = WorldGraph(store.current().default_graph(), store.iris, minimum_population)
    with _step("read the tables"):
        world.add_all(tables)
    with store.writer() as draft:
        with _step(f"put {len(world.rdf):,} statements"):
            draft.replace_source("world", world.rdf, retrieved_at=datetime.now(UTC))
        with _step("derive"):
            draft.derive()
        with _step("publish"):
            draft.publish()


def main() -> None:
    """Build the graph, unless it is there, and say where."""
    parser = argparse.ArgumentParser(description="Build the graph of the world's larger cities.")
    parser.add_argument("--minimum-population", type=int, default=MINIMUM_POPULATION)
    store = open_world(parser.parse_args().minimum_population)
    print(f"{store.current().info.statements:,} statements in {store.path}")


if __name__ == "__main__":
    main()
