"""Servers for the W3C's cases: the program itself, and the server of its engine beside it.

The program's application comes from its factory, and store, pool and publishing are its own.
Each case is published as a revision that holds that case's data alone; only what a draft adds
to its sources (vocabulary, rules, the merge) is left out, because a case says itself what is in
which graph.
"""

import os
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pyoxigraph as ox
from serving import serve
from w3c_results import differ, read_expected, read_result
from w3c_suite import Case, fill_store

from graph.folder import Folder
from graph.publishing import publish
from graph.revision import RevisionInfo
from graph.store import GraphStore, ignore_step

_TABLES = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_GRAPHS = {"ttl": "text/turtle", "rdf": "application/rdf+xml"}
_ENDINGS = {media: ending for ending, media in (_TABLES | _GRAPHS).items()}


class Endpoint:
    """A SPARQL endpoint at a path of a server."""

    def __init__(self, client: httpx.Client, path: str) -> None:
        self.client = client
        self.path = path

    def find_fault(self, case: Case) -> str:
        """Return what is wrong with the answer to the query of a case; empty when nothing is."""
        ending = case.result.rpartition(".")[2]
        # A table may be expected in RDF's vocabulary of result sets: then any format will do.
        accept = _TABLES.get(ending) or f"{_GRAPHS.get(ending, '*/*')}, {_TABLES['srx']};q=0.5"
        response = self.client.get(self.path, params={"query": case.text}, headers={"accept": accept})
        if case.kind.startswith("Negative"):
            return "" if response.status_code == 400 else f"status {response.status_code}, expected 400"
        if response.status_code != 200:
            return response.text
        if not case.result:
            return ""
        media = response.headers["content-type"].partition(";")[0]
        given = read_result(response.content, _ENDINGS[media], case.result)
        return differ(read_expected(case.result), given, is_lax=case.is_lax)


class Kopru(Endpoint):
    """The program, with a store whose revisions are cases."""

    def __init__(self, client: httpx.Client, folder: Folder) -> None:
        super().__init__(client, "/sparql")
        self._folder = folder

    def publish(self, case: Case) -> None:
        """Make the data of a case the current revision, by the program's own last step."""
        with tempfile.TemporaryDirectory(dir=self._folder.path, prefix="staging-") as staging:
            database = ox.Store(f"{staging}/db")
            fill_store(database, case)
            number = self._folder.read_pointer().highest + 1
            info = RevisionInfo(number, datetime.now(UTC), None, case.name, len(database), {}, "")
            publish(self._folder, database, info, ignore_step)
            del database


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Give a folder in memory where there is one: hundreds of publications wait for no disk."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place, prefix="kopru-w3c-") as path:
        yield Path(path)


@contextmanager
def serve_kopru(path: Path) -> Iterator[Kopru]:
    """Serve the program over a store in ``path``, on a free port."""
    folder = Folder(path)
    folder.create()
    folder.sweep()
    with serve(GraphStore(path), query_timeout=30) as served, _client(served.port) as client:
        yield Kopru(client, folder)


@contextmanager
def serve_oxigraph(case: Case) -> Iterator[Endpoint]:
    """Serve the data of a case with ``oxigraph serve-read-only``."""
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    with quick_folder() as path:
        database = ox.Store(str(path / "db"))
        fill_store(database, case)
        database.flush()
        del database
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [program, "serve-read-only", "--location", path / "db", "--bind", f"127.0.0.1:{port}"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process, _client(port) as client:
            try:
                _wait_for(client, process)
                yield Endpoint(client, "/query")
            finally:
                process.kill()


def _client(port: int) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)


def _wait_for(client: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            client.get("/")
        except httpx.ConnectError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"oxigraph ended with {process.returncode}")
