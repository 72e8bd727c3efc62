"""The same graph on the embedded store and on SPARQL servers: a Markdown table.

Usage: python bench/bench_backends.py [--minimum-population N] [--rounds N] [--engines NAME ...]

The world's graph of ``bench/world.py`` (built at the first run from the reference data,
KOPRU_REFERENCE_DATA) is put on each engine as it is, then a source of one statement is published while a
reader counts all statements again and again: what it sees must be the size before or the size after.
"""

import argparse
import shutil
import statistics
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox
import rdflib

sys.path.insert(0, str(Path(__file__).parents[1]))

from api.app import open_store
from api.settings import load_settings
from bench.world import MINIMUM_POPULATION, Scratch, open_world
from graph.digest import compute_digests
from graph.library import list_queries
from graph.revision import Revision
from graph.store import GraphStore
from ontology.errors import KopruError
from ontology.terms import RDFS
from tests.support.sparql_engines import Engine, Oxigraph, Virtuoso

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
LOOK_UPS = 200
HEADINGS = (
    "engine", "load, s", "publish one statement, s", "competency question, median ms", "95 %, ms",
    "not answered", "look-up, ms", "count all, ms", "counts during the publish", "sizes seen",
)  # fmt: skip
#: Seconds that a question may take before it counts as not answered.
PATIENCE = 60


@dataclass
class Found:
    """What was measured on one engine; seconds and milliseconds."""

    name: str
    load: float = 0.0
    publish: float = 0.0
    look_up: float = 0.0
    count: float = 0.0
    questions: list[float] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    reads: int = 0
    sizes: set[int] = field(default_factory=set)

    def row(self) -> str:
        """Return a row of the table."""
        times = sorted(self.questions) or [float("nan")]
        late = times[min(len(times) - 1, int(len(times) * 0.95))]
        cells = [
            self.name, f"{self.load:.1f}", f"{self.publish:.1f}", f"{statistics.median(times):.1f}",
            f"{late:.0f}", len(self.unanswered), f"{self.look_up:.2f}", f"{self.count:.0f}", self.reads,
            len(self.sizes),
        ]  # fmt: skip
        return f"| {' | '.join(map(str, cells))} |"


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def load(store: GraphStore, world: Revision) -> float:
    """Put a revision on an empty store as it is; return the seconds without the reckoning of its digests."""
    database = ox.Store.read_only(str(world.database))
    digests = compute_digests(database, [name.value for name in database.named_graphs()])
    backend = store._backend
    with backend.lock():
        backend.create()
        return seconds(lambda: backend.publish(database, world.info, digests, lambda _: None))


def load_embedded(store: GraphStore, world: Revision, scratch: Path) -> float:
    """Load the statements from a file into an empty embedded database, and make a revision of it."""
    file = scratch / "world.nq"
    ox.Store.read_only(str(world.database)).dump(str(file), ox.RdfFormat.N_QUADS)

    def work() -> None:
        database = ox.Store(str(scratch / "loading"))
        database.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        store._backend.create()
        store._backend.publish(database, world.info, {}, lambda _: None)

    taken = seconds(work)
    file.unlink()
    shutil.rmtree(scratch / "loading")
    return taken


def publish_one(store: GraphStore) -> None:
    """Publish a source of one statement, without deriving."""
    rdf = rdflib.Graph()
    rdf.add((rdflib.URIRef("urn:bench:thing"), RDFS.label, rdflib.Literal("bench")))
    with store.writer() as draft:
        draft.replace_source("bench", rdf, retrieved_at=datetime.now(UTC))
        draft.publish()


@contextmanager
def counting(store: GraphStore, found: Found) -> Iterator[None]:
    """Count all statements again and again while something else is done."""
    ending = threading.Event()

    def read() -> None:
        while not ending.is_set():
            found.sizes.add(int(store.current().select(COUNT)[0]["n"]))
            found.reads += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        ending.set()
        reader.join()


def ask(store: GraphStore, found: Found, rounds: int) -> None:
    """Put the competency questions and the point look-ups."""
    revision = store.current()
    for query in (one for one in list_queries() if one.question is not None):
        text = query.bind_known()
        try:
            found.questions += [1000 * seconds(lambda t=text: revision.select(t)) for _ in range(rounds)]
        except KopruError as error:
            found.unanswered.append(f"{query.name}: {str(error)[:160]}")
    city = revision.iris.thing("city", "antalya")
    point = f"SELECT ?p ?o WHERE {{ <{city}> ?p ?o }}"
    found.look_up = 1000 * statistics.median(seconds(lambda: revision.select(point)) for _ in range(LOOK_UPS))
    found.count = 1000 * statistics.median(seconds(lambda: revision.select(COUNT)) for _ in range(3))


def measure(engine: Engine | None, world: GraphStore, scratch: Path, rounds: int) -> Found:
    """Measure one engine; ``None`` is the embedded one."""
    found = Found(engine.name if engine else "embedded")
    folder, revision = scratch / found.name, world.current()
    if engine is None:
        store = GraphStore(folder / "store", world.iris)
        folder.mkdir()
        found.load = load_embedded(store, revision, folder)
    else:
        options = {**engine.options, "base_iri": world.iris.base, "store_timeout": PATIENCE}
        store = open_store(load_settings(**options, store_folder=folder / "local"))
        found.load = load(store, revision)
    ask(store, found, rounds)
    with counting(store, found):
        found.publish = seconds(lambda: publish_one(store))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="The world's graph on the embedded store and on servers.")
    parser.add_argument("--minimum-population", type=int, default=MINIMUM_POPULATION)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", nargs="*", default=["embedded", "Oxigraph", "Virtuoso"])
    given = parser.parse_args()
    world = open_world(given.minimum_population)
    scratch = Scratch / "backends"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    print(f"{world.current().info.statements:,} statements in the default graph; {given.rounds} rounds\n")
    print(f"| {' | '.join(HEADINGS)} |\n|---|{'---:|' * (len(HEADINGS) - 1)}")
    notes = []
    for name in given.engines:
        kinds: dict[str, type[Engine]] = {"Oxigraph": Oxigraph, "Virtuoso": Virtuoso}
        engine = kinds[name](scratch / f"{name}-data") if name in kinds else None
        try:
            if engine is not None:
                engine.buffers = 170_000
                engine.start()
            found = measure(engine, world, scratch, given.rounds)
        finally:
            if engine is not None:
                engine.kill()
        print(found.row(), flush=True)
        notes += [f"{name} does not answer {line}" for line in found.unanswered]
        whole = {world.current().info.statements + extra for extra in (0, 1)}
        if not found.sizes <= whole:
            sys.exit(f"{name}: a reader saw {sorted(found.sizes - whole)}")
    print("", *notes, sep="\n")
    shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
