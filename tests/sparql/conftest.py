"""Queries are tested with real children over a real store of two statements, written by hand.

The server tests run uvicorn on a loopback port with the router mounted as in the program.
"""

import asyncio
import os
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pyoxigraph as ox
import pytest
import uvicorn
from fastapi import FastAPI

from api.routes.sparql import router
from graph.workers import Limits, QueryAnswer, QueryRequest, WorkerPool

T = TypeVar("T")

TWO = """
    @prefix ex: <http://example.org/> .
    ex:antalya ex:name "Antalya"@tr ; ex:twin ex:nuremberg .
"""
NAMED = """
    <http://example.org/a> <http://example.org/in> "one" <http://example.org/graph/one> .
    <http://example.org/b> <http://example.org/in> "two" <http://example.org/graph/two> .
"""


@dataclass(frozen=True)
class Revision:
    """A revision as the pool sees it."""

    number: int
    database: Path

    @property
    def location(self) -> str:
        """What a child opens."""
        return str(self.database)


@dataclass
class Source:
    """A store as the pool sees it; ``revision`` may be moved on."""

    revision: Revision

    def current(self) -> Revision:
        """Return the current revision."""
        return self.revision


def write_revision(folder: Path, number: int, turtle: str, quads: str = "") -> Revision:
    folder.mkdir()
    store = ox.Store(str(folder / "db"))
    store.load(turtle, ox.RdfFormat.TURTLE)
    store.load(quads, ox.RdfFormat.N_QUADS)
    store.flush()
    return Revision(number, folder / "db")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(write_revision(tmp_path / "000001", 1, TWO, NAMED))


@pytest.fixture
def second_revision(tmp_path: Path) -> Revision:
    return write_revision(tmp_path / "000002", 2, TWO.replace("Antalya", "Attaleia"))


@dataclass
class Asker:
    """Runs what needs a pool: each call has an event loop and a pool of its own."""

    source: Source
    pids: set[int] = field(default_factory=set)

    def with_pool(
        self, work: Callable[[WorkerPool], Awaitable[T]], limits: Limits | None = None, **options: Any
    ) -> T:
        """Return what ``work`` makes of a new pool."""

        async def run() -> T:
            pool = WorkerPool(self.source, limits or Limits(), **options)
            await pool.start()
            try:
                return await work(pool)
            finally:
                self.pids |= pool.pids
                await pool.close()

        return asyncio.run(run())

    def ask(self, text: str, limits: Limits | None = None, **options: Any) -> tuple[QueryAnswer, str]:
        """Return the answer to one query and its body."""

        async def work(pool: WorkerPool) -> tuple[QueryAnswer, str]:
            answer = await pool.run(QueryRequest(text, **options))
            return answer, (await read_body(answer)).decode()

        return self.with_pool(work, limits, size=1)


async def read_body(answer: QueryAnswer) -> bytes:
    return b"".join([part async for part in answer.body])


@pytest.fixture
def asker(source: Source) -> Asker:
    return Asker(source)


def list_children() -> dict[int, str]:
    """Return the pids of this process's children with their state (``Z``: a zombie)."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(parent) == os.getpid():
            found[int(stat.parent.name)] = state
    return found


@pytest.fixture
def children() -> Callable[[], dict[int, str]]:
    """Return the children that the test itself has brought up; servers of other tests don't count."""
    before = set(list_children())
    return lambda: {pid: state for pid, state in list_children().items() if pid not in before}


@pytest.fixture
def foreign_endpoint() -> Iterator[tuple[str, list[str]]]:
    """Serve an endpoint that must never be asked; return its address and the requests it got."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_GET  # noqa: N815 (the name that http.server asks for)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            del format, args

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", requests
    server.shutdown()
    thread.join()
    server.server_close()


def make_app(source: Source, limits: Limits) -> FastAPI:
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def lifespan(app: FastAPI):  # type: ignore[no-untyped-def]
        app.state.pool = WorkerPool(source, limits, size=1)
        await app.state.pool.start()
        yield
        await app.state.pool.close()

    app = FastAPI(lifespan=lifespan)
    app.include_router(router)
    return app


@pytest.fixture
def serve(source: Source) -> Iterator[Callable[..., httpx.Client]]:
    """Return a function that starts a server with limits and returns a client for it."""
    running: list[tuple[uvicorn.Server, threading.Thread, httpx.Client]] = []

    def start(limits: Limits | None = None) -> httpx.Client:
        config = uvicorn.Config(make_app(source, limits or Limits(seconds=20)), port=0, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)
        client.app = config.app  # type: ignore[attr-defined]
        running.append((server, thread, client))
        return client

    yield start
    for server, thread, client in running:
        client.close()
        server.should_exit = True
        thread.join()
