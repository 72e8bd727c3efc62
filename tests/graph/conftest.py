"""Tiny graphs and a store in a fresh folder; what the tests of this room share."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import rdflib
from rdflib.term import Identifier
from sparql_engines import Engine, Oxigraph, Virtuoso, find_missing

from graph.library import load_query
from graph.revision import Revision, RevisionInfo
from graph.store import GraphStore
from ontology.terms import PREFIXES

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)

MakeRdf = Callable[[str], rdflib.Graph]
Publish = Callable[..., RevisionInfo | None]


@pytest.fixture
def make_rdf() -> MakeRdf:
    """Return a reader of Turtle that knows our prefixes and ``:`` for things."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

    def make(turtle: str) -> rdflib.Graph:
        return rdflib.Graph().parse(data=f"{head}@prefix : <https://w3id.org/kopru/id/> .\n{turtle}")

    return make


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    """Return a store whose folder doesn't exist yet."""
    return GraphStore(tmp_path / "store")


@pytest.fixture
def publish(store: GraphStore, make_rdf: MakeRdf) -> Publish:
    """Return a function that replaces one source by some Turtle and publishes, without deriving."""

    def run(turtle: str, source: str = "records") -> RevisionInfo | None:
        with store.writer() as draft:
            draft.replace_source(source, make_rdf(turtle), retrieved_at=NOON)
            return draft.publish()

    return run


@pytest.fixture(scope="session")
def start_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    """Return a function that gives a running SPARQL server by its name; each is started once."""
    kinds: dict[str, type[Engine]] = {"Oxigraph": Oxigraph, "Virtuoso": Virtuoso}
    started: dict[str, Engine] = {}

    def find(name: str) -> Engine:
        if name not in started:
            assert find_missing() == []
            engine = kinds[name](tmp_path_factory.mktemp(name) / "data")
            engine.start()
            started[name] = engine
        return started[name]

    yield find
    for engine in started.values():
        engine.kill()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Revision:
    """Return a published revision of ``data/tiny.ttl`` with all that follows from it."""
    store = GraphStore(tmp_path_factory.mktemp("tiny") / "store")
    rdf = rdflib.Graph().parse(Path(__file__).parent / "data" / "tiny.ttl")
    with store.writer() as draft:
        draft.replace_source("records", rdf, retrieved_at=NOON)
        draft.derive()
        draft.publish()
    return store.current()


Row = tuple[str, ...]


def _short(value: object) -> str:
    """Return the end of an address, or a literal as it is."""
    text = str(value)
    return text.rpartition("#")[2].rpartition("/")[2] if text.startswith("http") else text


def ask_of(revision: Revision) -> Callable[..., list[Row]]:
    """Return a function that asks a question with its file's defaults, or others, for some columns."""

    def run(name: str, *columns: str, **bound: Identifier | None) -> list[Row]:
        rows = revision.select(load_query(name).bind_known(**bound))
        return [tuple(_short(row[c]) if c in row else "" for c in columns) for row in rows]

    return run


@pytest.fixture(scope="session")
def ask_bundled(bundled_store: GraphStore) -> Callable[..., list[Row]]:
    """Return a function that asks the bundled records a question of ``graph/queries``."""
    return ask_of(bundled_store.current())


@pytest.fixture
def ask_made_up(store: GraphStore, make_rdf: MakeRdf) -> Callable[[str], Callable[..., list[Row]]]:
    """Return a function that publishes some Turtle with all that follows, to be asked."""

    def publish(turtle: str) -> Callable[..., list[Row]]:
        with store.writer() as draft:
            draft.replace_source("records", make_rdf(turtle), retrieved_at=NOON)
            draft.derive()
            draft.publish()
        return ask_of(store.current())

    return publish
