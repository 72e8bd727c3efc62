"""The default backend: each revision is a database of the embedded engine, in a folder of the store."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph as ox

from graph.folder import Folder
from graph.history import GoingBack, add_going_back, read_goings_back
from graph.locks import check_unlocked, writers_lock
from graph.publishing import OnStep, publish
from graph.retention import Retention
from graph.revision import Revision, RevisionInfo, read_info
from ontology.iris import Iris

__all__ = ["Embedded"]


class Embedded(Folder):
    """The revisions of one store in the folder ``path``."""

    def __init__(self, path: Path, iris: Iris, retention: Retention) -> None:
        super().__init__(path, retention)
        self.iris = iris

    def open(self, number: int) -> Revision:
        """Open a revision for reading."""
        return Revision(self.revision_path(number), self.iris)

    def read_info(self, number: int) -> RevisionInfo:
        """Return the manifest of a revision."""
        return read_info(self.revision_path(number))

    def check_idle(self) -> None:
        """Raise ``StoreInUse`` when another run is writing."""
        if self.lock_file.exists():
            check_unlocked(self.lock_file)

    def lock(self) -> AbstractContextManager[None]:
        """Hold the writer's lock."""
        return writers_lock(self.lock_file)

    def publish(
        self, database: ox.Store, info: RevisionInfo, digests: Mapping[str, str], on_step: OnStep
    ) -> None:
        """Make a checkpoint of ``database`` the current revision."""
        del digests  # a checkpoint is of all that there is
        publish(self, database, info, on_step)

    def add_going_back(self, going: GoingBack) -> None:
        """Write down that somebody went to another revision."""
        add_going_back(self.path, going)

    def read_goings_back(self) -> list[GoingBack]:
        """Return what was written down, oldest first."""
        return read_goings_back(self.path)
