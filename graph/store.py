"""The graph store in a folder: immutable published revisions, one writer, a pointer."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock

from graph.draft import Draft
from graph.faults import storage_errors
from graph.folder import Folder, Pointer
from graph.locks import check_unlocked, writers_lock
from graph.publishing import OnStep
from graph.revision import Revision, RevisionInfo, read_info
from graph.state import State
from ontology.errors import RevisionNotFound, StoreBroken, StoreEmpty
from ontology.iris import Iris

__all__ = ["GraphStore", "ignore_step"]


def ignore_step(step: str) -> None:
    """Do nothing with a step."""


class GraphStore:
    """A store of revisions in the folder ``path``, with things named by ``iris``.

    Making one opens nothing; the folder is made by the first writer. All methods may be
    called from several threads; a revision handed out stays readable after the pointer moved.
    """

    def __init__(self, path: Path, iris: Iris = Iris()) -> None:  # noqa: B008 (frozen)
        self.path = path
        self.iris = iris
        self._folder = Folder(path)
        self._opening = Lock()
        self._current: Revision | None = None
        self._stamp: tuple[int, ...] | None = None

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
            return self._folder.read_pointer().revision == 0

    def current(self) -> Revision:
        """Return the current revision, opening it anew only when the pointer has moved.

        Raises
        ------
        StoreEmpty
            Nothing has been published yet.
        StoreBroken
            The folder is no store, or damaged.
        """
        with self._opening, storage_errors(self.path, writing=False):
            stamp = self._folder.stamp()
            if self._current is None or stamp != self._stamp:
                number = self._folder.read_pointer().revision
                if number == 0:
                    raise StoreEmpty(path=self.path)
                self._current = Revision(self._folder.revision_path(number), self.iris)
                self._stamp = stamp
            return self._current

    def revision(self, number: int) -> Revision:
        """Open a published revision.

        Raises
        ------
        RevisionNotFound, StoreBroken
        """
        with storage_errors(self.path, writing=False):
            self._check_published(number)
            return Revision(self._folder.revision_path(number), self.iris)

    def list_revisions(self) -> list[RevisionInfo]:
        """Return the published revisions that can be used, oldest first; damaged ones are left out."""
        with storage_errors(self.path, writing=False):
            return [info for number in self._published() if (info := self._find_info(number))]

    def rollback(self, number: int) -> RevisionInfo:
        """Make a published revision the current one; also repairs a damaged pointer.

        Raises
        ------
        RevisionNotFound, StoreBroken, StoreInUse, StoreNotWritable
        """
        with ExitStack() as stack, storage_errors(self.path, writing=True):
            self._folder.check_ours()
            self._check_published(number)
            stack.enter_context(writers_lock(self._folder.lock_file))
            info = Revision(self._folder.revision_path(number), self.iris).info
            self._folder.write_pointer(Pointer(revision=number, highest=self._published()[-1]))
            return info

    def check_idle(self) -> None:
        """Raise ``StoreInUse`` when another run is writing, so that nobody reads an hour for nothing."""
        if self._folder.lock_file.exists():
            with storage_errors(self.path, writing=True):
                check_unlocked(self._folder.lock_file)

    @contextmanager
    def writer(self, on_step: OnStep = ignore_step) -> Iterator[Draft]:
        """Give the one writer a draft of the next revision; what is not published is dropped.

        Raises
        ------
        StoreInUse, StoreNotWritable, StoreFull, StoreBroken
        """
        with ExitStack() as stack:
            with storage_errors(self.path, writing=True):
                self._folder.create()
                stack.enter_context(writers_lock(self._folder.lock_file))
                self._folder.sweep()
                base = None if self.is_empty() else self.current()
                staging = stack.enter_context(self._folder.staging())
                draft = Draft(self._folder, staging, base, self.iris, on_step)
                stack.callback(draft.close)
            yield draft

    def _published(self) -> list[int]:
        """Return the numbers of the published revisions; with a damaged pointer, of all whole ones."""
        try:
            highest = self._folder.read_pointer().highest
        except StoreBroken:
            self._folder.check_ours()
            return self._folder.numbers()
        return [number for number in self._folder.numbers() if number <= highest]

    def _check_published(self, number: int) -> None:
        if number not in self._published():
            raise RevisionNotFound(number=number)

    def _find_info(self, number: int) -> RevisionInfo | None:
        try:
            return read_info(self._folder.revision_path(number))
        except StoreBroken:
            return None
