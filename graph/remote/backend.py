"""Revisions on a SPARQL server: published so that a reader sees the old one or the new one.

A writer works on a copy on its own machine, as with the embedded store. What it publishes are new graphs,
only for what has changed, and the merge; they are announced before they are filled, and never written to
again. Then the pointer moves. Dying before leaves graphs that nobody reads: the next writer removes them.
"""

import logging
import shutil
from collections.abc import Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from graph.folder import Folder, Pointer
from graph.history import GoingBack
from graph.locks import check_unlocked, writers_lock
from graph.publishing import OnStep
from graph.remote.address import ServerAddress
from graph.remote.client import Client
from graph.remote.dataset import STANDS_FOR
from graph.remote.lease import check_free, hold_lease
from graph.remote.ledger import Ledger, Mark, number_of
from graph.remote.manifest import Manifest, StoredGraph
from graph.remote.revision import ServerRevision
from graph.remote.transfer import upload
from graph.remote.watch import Watch
from graph.retention import Retention
from graph.revision import RevisionInfo
from ontology.errors import KopruError, StoreBroken, StoreInUse
from ontology.iris import Iris
from ontology.messages import N_, Phrase

__all__ = ["ServerBackend"]

logger = logging.getLogger(__name__)

_MANIFEST = N_(
    "Revision {number} on the SPARQL server at {path} is damaged ({reason}). Go back with 'kopru rollback'."
)
_LOST = N_("Another run has taken over the SPARQL server at {path}. Nothing was published; try again.")


class ServerBackend:
    """The revisions of one store on a server.

    Parameters
    ----------
    path
        Folder of what is no knowledge, and of the writer's copy.
    iris
        The IRIs of the store.
    retention
        Which revisions stay.
    address
        Of the server.
    """

    def __init__(self, path: Path, iris: Iris, retention: Retention, address: ServerAddress) -> None:
        self.path = path
        self.iris = iris
        self.retention = retention
        self._folder = Folder(path, retention)
        self._copies = path / ".copy"
        self._client = Client(address)
        self._ledger = Ledger(self._client, iris)
        self._watch = Watch(self._ledger.read_mark)
        self._lease = ""
        self._manifest = lru_cache(maxsize=64)(self._read_manifest)

    def check_ours(self) -> None:
        """Raise ``StoreBroken`` when the folder is somebody else's."""
        self._folder.check_ours()

    def stamp(self) -> Hashable | None:
        """Return something that differs after the pointer has moved, as of the last second."""
        return self._watch.find()

    def read_pointer(self) -> Pointer:
        """Return what the pointer says now.

        Raises
        ------
        StoreError
            It is damaged, or the server can't be asked.
        """
        mark = self._read_mark()
        return Pointer(mark.number, mark.highest) if mark else Pointer(0, 0)

    def write_pointer(self, pointer: Pointer) -> None:
        """Move the pointer to a published revision; only for the holder of the lease."""
        try:
            before = self._read_mark()
        except StoreBroken:
            before = None
        names = before.published if before else tuple(self._ledger.entries("manifests"))
        name = _named(names, pointer.revision)
        # Whatever a damaged pointer held, this one counts: its number is higher than any that was counted.
        sequence = before.sequence + 1 if before else 1
        if before is None:
            for entry in self._ledger.entries("pointer"):
                self._ledger.remove("pointer", entry)
        self._move(Mark(sequence, name, names, pointer.highest))

    def numbers(self) -> list[int]:
        """Return the numbers of the published revisions; with a damaged pointer, of all."""
        return sorted(map(number_of, self._names()))

    def open(self, number: int) -> ServerRevision:
        """Open a revision for reading."""
        name = _named(self._names(), number)
        manifest = self._manifest(name)
        return ServerRevision(manifest, self._client, self.iris, self.path, self._copies / name / "db")

    def read_info(self, number: int) -> RevisionInfo:
        """Return the facts of a revision."""
        return self._manifest(_named(self._names(), number)).info

    def check_idle(self) -> None:
        """Raise ``StoreInUse`` when another run is writing, here or elsewhere."""
        if self._folder.lock_file.exists():
            check_unlocked(self._folder.lock_file)
        check_free(self._ledger)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the one writer: on this machine by a lock, on the server by a lease."""
        self.create()
        with writers_lock(self._folder.lock_file), hold_lease(self._ledger) as self._lease:
            yield

    def create(self) -> None:
        """Make the folder."""
        self.check_ours()
        self.path.mkdir(parents=True, exist_ok=True)

    def staging(self) -> AbstractContextManager[Path]:
        """Give a fresh folder of its own to a writer."""
        return self._folder.staging()

    def sweep(self) -> None:
        """Remove what a dead writer left, on this machine and on the server."""
        for leftover in [*self.path.glob("staging-*"), *self._copies.glob("*.tmp")]:
            shutil.rmtree(leftover, ignore_errors=True)
        self._collect(self._read_mark())

    def publish(
        self, database: ox.Store, info: RevisionInfo, digests: Mapping[str, str], on_step: OnStep
    ) -> None:
        """Upload what has changed, then move the pointer."""
        before = self._read_mark()
        name = f"{info.number:06d}-{self._lease}"
        on_step("checkpoint-before")
        manifest = self._upload(name, database, info, digests, before)
        on_step("checkpoint-after")
        self._ledger.write("manifests", name, manifest.to_json())
        on_step("sync-after")
        on_step("pointer-before")
        published = (*(before.published if before else ()), name)
        kept = self._choose(published, name)
        mark = Mark(before.sequence + 1 if before else 1, name, kept, info.number)
        self._move(mark)
        on_step("pointer-after")
        self._keep_copy(name, database)
        try:
            self._collect(mark)
        except KopruError as error:  # what was to be published is; the next writer tries again
            logger.warning("Old graphs could not be removed: %s", error)

    def add_going_back(self, going: GoingBack) -> None:
        """Write down that somebody went to another revision."""
        self._ledger.write("history", going.at.isoformat(), going.to_json())

    def read_goings_back(self) -> list[GoingBack]:
        """Return what was written down, oldest first."""
        texts = [text for _, texts in sorted(self._ledger.entries("history").items()) for text in texts]
        return [going for text in texts if (going := GoingBack.from_json(text)) is not None]

    def _read_mark(self) -> Mark | None:
        mark = self._ledger.read_mark()
        self._watch.put(mark)
        return mark

    def _names(self) -> tuple[str, ...]:
        """Return the names of the published revisions; with a damaged pointer, of all."""
        try:
            mark = self._watch.find()
        except StoreBroken:
            return tuple(self._ledger.entries("manifests"))
        return mark.published if mark else ()

    def _read_manifest(self, name: str) -> Manifest:
        text = self._ledger.find("manifests", name) or ""
        try:
            return Manifest.from_json(text)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreBroken(
                _MANIFEST, number=name, path=self._client.address.base, reason=Phrase(error)
            ) from error

    def _upload(
        self, name: str, database: ox.Store, info: RevisionInfo, digests: Mapping[str, str],
        before: Mark | None,
    ) -> Manifest:  # fmt: skip
        """Write the graphs that have changed; those that have not are those of the revision before."""
        known = self._manifest(before.current).graphs if before else {}
        graphs: dict[str, StoredGraph] = {}
        for graph, digest in sorted(digests.items()):
            if graph in known and known[graph].digest == digest:
                graphs[graph] = known[graph]
            else:
                address = self._announce(name, f"graph-{len(graphs)}")
                count = upload(self._ledger, database, ox.NamedNode(graph), address, self.path)
                graphs[graph] = StoredGraph(address, digest, count)
        merge = self._announce(name, "merge")
        count = upload(self._ledger, database, ox.DefaultGraph(), merge, self.path)
        names = self._announce(name, "names")
        lines = [f"<{stored.address}> <{STANDS_FOR}> <{graph}> .\n" for graph, stored in graphs.items()]
        self._client.add_statements(names, "".join(lines).encode())
        return Manifest(info, StoredGraph(merge, info.digest, count), names, graphs)

    def _announce(self, revision: str, part: str) -> str:
        """Return the address of a new graph, after it was written down that there may be one."""
        self._ledger.add("inventory", f"{revision}/{part}", "")
        return str(self.iris.stored(revision, part))

    def _move(self, mark: Mark) -> None:
        moved = self._ledger.move(mark, self._lease)
        if not moved:
            raise StoreInUse(_LOST, path=self._client.address.base, pid="?")
        self._watch.put(mark)

    def _choose(self, names: tuple[str, ...], current: str) -> tuple[str, ...]:
        """Return the revisions that stay by the rule."""
        days = [(number_of(name), self._day_of(name)) for name in names if name != current]
        today = datetime.now().astimezone().date()
        kept = self.retention.choose([*days, (number_of(current), today)], number_of(current), today)
        return tuple(name for name in names if number_of(name) in kept)

    def _day_of(self, name: str) -> date | None:
        try:
            return self._manifest(name).info.created_at.astimezone().date()
        except StoreBroken:
            return None

    def _collect(self, mark: Mark | None) -> None:
        """Remove the graphs of no published revision, and what was written down of them."""
        published = mark.published if mark else ()
        for name in set(self._ledger.entries("manifests")) - set(published):
            self._ledger.remove("manifests", name)
        used = {address for name in published for address in self._manifest(name).addresses}
        for entry in self._ledger.entries("inventory"):
            address = str(self.iris.stored(*entry.split("/")))
            if address not in used:
                self._client.delete_graph(address)
                self._ledger.remove("inventory", entry)
        for entry in self._ledger.entries("pointer"):
            if mark and int(entry.partition("-")[0]) < mark.sequence:
                self._ledger.remove("pointer", entry)

    def _keep_copy(self, name: str, database: ox.Store) -> None:
        """Keep what was published for the next writer on this machine; hard links, of one revision only."""
        unfinished, final = self._copies / f"{name}.tmp", self._copies / name
        try:
            shutil.rmtree(self._copies, ignore_errors=True)
            unfinished.mkdir(parents=True)
            database.backup(str(unfinished / "db"))
            unfinished.rename(final)
        except OSError as error:  # the next writer asks the server
            logger.warning("No copy for the next run could be kept: %s", error)


def _named(names: tuple[str, ...], number: int) -> str:
    """Return the name of a published revision."""
    return next(name for name in names if number_of(name) == number)
