"""A published revision on a server, read over HTTP; its graphs are never written to again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from graph.database import Answers
from graph.derivation import own_digests
from graph.digest import compute_digests, digest_of_graphs
from graph.reader import Reader
from graph.remote.client import Client
from graph.remote.database import TABLE, ServerDatabase, read_rows
from graph.remote.dataset import NOWHERE
from graph.remote.forms import fill
from graph.remote.manifest import Manifest
from graph.remote.transfer import download
from graph.revision import Revision, Statement
from graph.terms_ox import from_ox
from ontology.errors import ServerUnable
from ontology.iris import Iris
from ontology.messages import Phrase

__all__ = ["ServerRevision"]


class ServerRevision(Revision):
    """One published revision on a server.

    Parameters
    ----------
    manifest
        What was written down of it.
    client
        Asks the server.
    iris
        The IRIs of the store.
    path
        The store's folder.
    copy
        Where a copy of it may lie that can be worked on, as its writer has left it.
    """

    def __init__(self, manifest: Manifest, client: Client, iris: Iris, path: Path, copy: Path) -> None:
        self.manifest = manifest
        self.info = manifest.info
        self.path = path
        self.database = copy
        self._client = client
        self._served = ServerDatabase(client, manifest.dataset)
        Reader.__init__(self, self._served, iris, path)

    @property
    def location(self) -> str:
        """What a process that answers queries needs to ask the same."""
        return self._served.location

    def compute_digest(self) -> str:
        """Return the digest of what is really on the server."""
        with TemporaryDirectory(prefix="kopru-", ignore_cleanup_errors=True) as folder:
            self._download(Path(folder, "db"))
            database = ox.Store.read_only(str(Path(folder, "db")))
            own = own_digests(database, self.iris)
            names = [entry.graph for entry in self.info.sources.values()]
            return digest_of_graphs(compute_digests(database, names) | own)

    def difference_to(self, later: Revision) -> tuple[list[Statement], list[Statement]]:
        """Return the statements that are missing in another revision, and those that are new in it."""
        if not isinstance(later, ServerRevision):
            raise TypeError("two revisions of one store are compared")
        ours, theirs = self.manifest.merge.address, later.manifest.merge.address
        return self._without(ours, theirs), self._without(theirs, ours)

    def checkpoint(self, target: Path) -> None:
        """Make a database in ``target`` that holds this revision and can be written to.

        It is taken from the copy on this machine where there is one, else from the server.
        """
        if self.database.is_dir():
            ox.Store.read_only(str(self.database)).backup(str(target))
        else:
            self._download(target)

    def _download(self, target: Path) -> None:
        database = ox.Store(str(target))
        download(self._client, self.manifest.merge, database, ox.DefaultGraph(), self.iris)
        for name, graph in self.manifest.graphs.items():
            download(self._client, graph, database, ox.NamedNode(name), self.iris)
        database.flush()
        del database

    def _ask(self, query: str) -> Answers:
        with _told(self._client):
            return super()._ask(query)

    def _read_solutions(self, query: str) -> tuple[list[str], list[ox.QuerySolution]]:
        with _told(self._client):
            return super()._read_solutions(query)

    def _without(self, graph: str, other: str) -> list[Statement]:
        if graph == other:
            return []
        text = fill("lost.rq", graph=graph, other=other)
        with _told(self._client):
            rows = read_rows(
                self._client.query(text, TABLE, [NOWHERE], [graph, other]), self._client.address.query
            )
            found = list(rows) if isinstance(rows, ox.QuerySolutions) else []
        return [(from_ox(row[0]), from_ox(row[1]), from_ox(row[2])) for row in found]


@contextmanager
def _told(client: Client) -> Iterator[None]:
    """Turn what the engine says of a question of ours into an error that people may see."""
    try:
        yield
    except (SyntaxError, RuntimeError) as error:
        raise ServerUnable(address=client.address.base, reason=Phrase(error)) from error
