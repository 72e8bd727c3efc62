"""The application over a tiny store of its own, served for real on the loopback.

``tiny.ttl`` says at its top what is in the store, so every expected answer can be worked
out by hand. Requests ask for English unless a test says otherwise.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib
from serving import serve

from graph.store import GraphStore

StartServer = Callable[..., httpx.Client]


@pytest.fixture(scope="session")
def tiny_store(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """Return a store with one revision, made of ``tiny.ttl``."""
    store = GraphStore(tmp_path_factory.mktemp("tiny") / "store")
    publish_tiny(store)
    return store


@pytest.fixture(scope="session")
def publish() -> Callable[[GraphStore], None]:
    """Return what publishes ``tiny.ttl`` in a store of one's own."""
    return publish_tiny


def publish_tiny(store: GraphStore) -> None:
    """Publish ``tiny.ttl`` as the source ``records``, checked by the shapes."""
    rdf = rdflib.Graph().parse(Path(__file__).parent / "tiny.ttl")
    with store.writer() as draft:
        draft.replace_source(
            "records",
            rdf,
            retrieved_at=datetime(2024, 3, 4, tzinfo=UTC),
            title={"tr": "Kayıtlar", "en": "Records"},
        )
        draft.derive()
        assert [violation.sentence("en") for violation in draft.check().violations] == []
        draft.publish()


@contextmanager
def running(store: GraphStore, **options: Any) -> Iterator[httpx.Client]:
    """Serve a store on a free port and yield a client for it; ``options`` are settings."""
    with serve(store, query_workers=1, **options) as served:
        language = {"Accept-Language": "en"}
        with httpx.Client(base_url=served.address, headers=language, timeout=30) as client:
            yield client


@pytest.fixture(scope="session")
def client(tiny_store: GraphStore) -> Iterator[httpx.Client]:
    """Return a client of the server over the tiny store."""
    with running(tiny_store) as http:
        yield http


@pytest.fixture(autouse=True)
def _no_cookies(request: pytest.FixtureRequest) -> None:
    """Forget the language that a test before has chosen on a page."""
    for name in {"client", "plan_client"} & set(request.fixturenames):
        request.getfixturevalue(name).cookies.clear()


@pytest.fixture
def start_server() -> Iterator[StartServer]:
    """Return a function that serves a store until the end of the test."""
    with ExitStack() as stack:
        yield lambda store, **options: stack.enter_context(running(store, **options))


@pytest.fixture(scope="session")
def plan_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server over the tiny plan, whose answers ``plan.ttl`` tells at its top."""
    store = GraphStore(tmp_path_factory.mktemp("plan") / "store")
    rdf = rdflib.Graph().parse(Path(__file__).parents[1] / "graph" / "data" / "plan.ttl")
    with store.writer() as draft:
        draft.replace_source("records", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
        draft.derive()
        draft.publish()
    with running(store) as http:
        yield http
