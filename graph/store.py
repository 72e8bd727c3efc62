"""The graph store: immutable published revisions, one writer, a pointer; its backend says where they lie."""

from collections.abc import Hashable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock

from graph.backend import Backend
from graph.draft import Draft
from graph.embedded import Embedded
from graph.faults import storage_errors
from graph.folder import Pointer
from graph.history import GoingBack, current_on, find_previous
from graph.publishing import OnStep
from graph.retention import Retention
from graph.revision import Revision, RevisionInfo
from graph.state import State
from ontology.errors import RevisionCollected, RevisionNotFound, StoreBroken, StoreEmpty
from ontology.iris import Iris

__all__ = ["GraphStore", "ignore_step"]


def ignore_step(step: str) -> None:
    """Do nothing with a step."""


class GraphStore:
    """A store of revisions in the folder ``path``, with things named by ``iris``.

    ``retention`` says which revisions stay when a new one is published. With another ``backend`` than the
    embedded one only what is no knowledge lies in the folder.

    Making one opens nothing; the folder is made by the first writer. All methods may be
    called from several threads; a revision handed out stays readable after the pointer moved.
    """

    def __init__(
        self,
        path: Path,
        iris: Iris = Iris(),  # noqa: B008 (frozen)
        retention: Retention = Retention(),  # noqa: B008 (frozen)
        backend: Backend | None = None,
    ) -> None:
        self.path = path
        self.iris = iris
        self.retention = retention
        self._backend = backend or Embedded(path, iris, retention)
        self._opening = Lock()
        self._opened: tuple[Hashable | None, Revision] | None = None

    @cached_property
    def state(self) -> State:
        """What is not knowledge: runs, positions; made when it is first written to."""
        return State(self.path / "state.sqlite")

    def is_empty(self) -> bool:
        """Whether nothing has been published yet.

        Raises
        ------
        StoreBroken
            The folder is no store, or its pointer is damaged.
        """
        with storage_errors(self.path, writing=False):
            return self._backend.read_pointer().revision == 0

    def current(self) -> Revision:
        """Return the current revision, opening it anew only when the pointer has moved.

        Raises
        ------
        StoreEmpty
            Nothing has been published yet.
        StoreBroken
            The folder is no store, or damaged.
        """
        opened = self._opened
        with suppress(OSError):  # told below
            # Asked before each query: one look at the pointer, and no lock while it stays where it is.
            if opened is not None and self._backend.stamp() == opened[0]:
                return opened[1]
        with self._opening, storage_errors(self.path, writing=False):
            stamp = self._backend.stamp()
            if self._opened is None or stamp != self._opened[0]:
                number = self._backend.read_pointer().revision
                if number == 0:
                    raise StoreEmpty(path=self.path)
                self._opened = (stamp, self._backend.open(number))
            return self._opened[1]

    def revision(self, number: int) -> Revision:
        """Open a published revision.

        Raises
        ------
        RevisionNotFound, StoreBroken
        """
        with storage_errors(self.path, writing=False):
            self._check_published(number)
            return self._backend.open(number)

    def list_revisions(self) -> list[RevisionInfo]:
        """Return the published revisions that can be used, oldest first; damaged ones are left out."""
        with storage_errors(self.path, writing=False):
            return [info for number in self._published() if (info := self._find_info(number))]

    def rollback(self, number: int, *, why: str = "", office: str = "") -> RevisionInfo:
        """Make a published revision the current one and write that down; also repairs a damaged pointer.

        Parameters
        ----------
        number
            Of the revision.
        why, office
            What is to be written down: the reason, and who decided; never a person's name.

        Raises
        ------
        RevisionNotFound, StoreBroken, StoreInUse, StoreNotWritable
        """
        with ExitStack() as stack, storage_errors(self.path, writing=True):
            self._backend.check_ours()
            self._check_published(number)
            stack.enter_context(self._backend.lock())
            info = self._backend.open(number).info
            before = self._find_current_number()
            self._backend.write_pointer(Pointer(revision=number, highest=self._published()[-1]))
            if before != number:
                self._backend.add_going_back(GoingBack(datetime.now(UTC), before, number, why, office))
            return info

    def list_goings_back(self) -> list[GoingBack]:
        """Return each time that somebody went to another revision, oldest first."""
        with storage_errors(self.path, writing=False):
            return self._backend.read_goings_back()

    def find_revision_on(self, day: date) -> int | None:
        """Return the number of the revision that was read at the end of a day; ``None`` before the first."""
        return current_on(day, self.list_revisions(), self.list_goings_back())

    def find_previous(self, number: int) -> RevisionInfo | None:
        """Return what was read before a revision became the current one, as far as it is still kept."""
        return find_previous(number, self.list_revisions(), self.list_goings_back())

    def _find_current_number(self) -> int:
        try:
            return self._backend.read_pointer().revision
        except StoreBroken:
            return 0

    def check_idle(self) -> None:
        """Raise ``StoreInUse`` when another run is writing, so that nobody reads an hour for nothing."""
        with storage_errors(self.path, writing=True):
            self._backend.check_idle()

    @contextmanager
    def writer(self, on_step: OnStep = ignore_step) -> Iterator[Draft]:
        """Give the one writer a draft of the next revision; what is not published is dropped.

        Raises
        ------
        StoreInUse, StoreNotWritable, StoreFull, StoreBroken
        """
        with ExitStack() as stack:
            with storage_errors(self.path, writing=True):
                self._backend.create()
                stack.enter_context(self._backend.lock())
                self._backend.sweep()
                base = None if self.is_empty() else self.current()
                staging = stack.enter_context(self._backend.staging())
                draft = Draft(self._backend, staging, base, self.iris, on_step)
                stack.callback(draft.close)
            yield draft

    def _published(self) -> list[int]:
        """Return the numbers of the published revisions; with a damaged pointer, of all whole ones."""
        try:
            highest = self._backend.read_pointer().highest
        except StoreBroken:
            self._backend.check_ours()
            return self._backend.numbers()
        return [number for number in self._backend.numbers() if number <= highest]

    def _check_published(self, number: int) -> None:
        published = self._published()
        if number in published:
            return
        if 0 < number < max(published, default=0):
            rule = self.retention
            raise RevisionCollected(number=number, newest=rule.newest, months=rule.months)
        raise RevisionNotFound(number=number)

    def _find_info(self, number: int) -> RevisionInfo | None:
        try:
            return self._backend.read_info(number)
        except StoreBroken:
            return None
