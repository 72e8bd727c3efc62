"""Where the revisions of a store lie: one small protocol.

``graph.embedded`` keeps them in a folder, ``graph.remote.backend`` on a SPARQL server; ``GraphStore`` and
a draft know no more of either. What answers questions is a ``graph.database.Database``.
"""

from collections.abc import Hashable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from graph.folder import Pointer
from graph.history import GoingBack
from graph.publishing import OnStep
from graph.revision import Revision, RevisionInfo

__all__ = ["Backend"]


class Backend(Protocol):
    """Keeps the revisions of one store, and the pointer that says which one is read.

    ``path`` is the folder of what is no knowledge.
    """

    path: Path

    def check_ours(self) -> None:
        """Raise ``StoreBroken`` when what is there is somebody else's."""

    def stamp(self) -> Hashable | None:
        """Return something that differs after the pointer has moved; cheap, since each request asks."""

    def read_pointer(self) -> Pointer:
        """Return the pointer; that of a store without a revision is ``Pointer(0, 0)``."""

    def write_pointer(self, pointer: Pointer) -> None:
        """Move the pointer to a published revision; readers see the old one or the new one."""

    def numbers(self) -> list[int]:
        """Return the numbers of all whole revisions in order, published or not."""

    def open(self, number: int) -> Revision:
        """Open a revision for reading."""

    def read_info(self, number: int) -> RevisionInfo:
        """Return the manifest of a revision."""

    def check_idle(self) -> None:
        """Raise ``StoreInUse`` when another run is writing."""

    def lock(self) -> AbstractContextManager[None]:
        """Be the one writer for a while."""

    def create(self) -> None:
        """Make what a store needs where it is missing."""

    def sweep(self) -> None:
        """Remove what a dead writer left; only for the holder of the lock."""

    def staging(self) -> AbstractContextManager[Path]:
        """Give a fresh folder of its own to a writer."""

    def publish(
        self, database: ox.Store, info: RevisionInfo, digests: Mapping[str, str], on_step: OnStep
    ) -> None:
        """Make what is staged in ``database`` the current revision.

        ``digests`` has the name of each named graph and the digest of what it holds.
        """

    def add_going_back(self, going: GoingBack) -> None:
        """Write down that somebody went to another revision."""

    def read_goings_back(self) -> list[GoingBack]:
        """Return what was written down, oldest first."""
