"""Several files of records replaced as one: whatever stops the run, all are old or all are new.

Before the first file is touched, its old and its new content lie in a journal beside the records. The
next run that finds a journal finishes it when the store has published since, and undoes it when not; so
records and store agree. What a person edited in between is left as it is.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.faults import storage_errors
from graph.folder import sync_path
from graph.locks import writers_lock
from graph.store import GraphStore

__all__ = ["finish_swap", "records_lock", "recover", "settle_swap", "swap"]

_JOURNAL, _WRITING, _DONE = ".import", ".import-writing", ".import-done"
_LIST = "files.json"


@contextmanager
def records_lock(records: Path) -> Iterator[None]:
    """Hold the right to rewrite the records; a run that dies lets go of it.

    Raises
    ------
    StoreInUse
        Another run is rewriting them.
    """
    with storage_errors(records, writing=True), writers_lock(records / ".import.lock"):
        yield


@dataclass(frozen=True)
class _Journal:
    """What stands in the journal: the files, and the store's revision before."""

    folder: Path
    files: list[str]
    revision: int

    @classmethod
    def read(cls, folder: Path) -> "_Journal":
        content = json.loads((folder / _LIST).read_text("utf-8"))
        return cls(folder, content["files"], content["revision"])

    def old(self, place: int) -> bytes | None:
        """Return what a file was; ``None`` when it was not there."""
        path = self.folder / f"{place}.old"
        return path.read_bytes() if path.exists() else None

    def new(self, place: int) -> bytes:
        """Return what a file becomes."""
        return (self.folder / f"{place}.new").read_bytes()


def swap(records: Path, files: Mapping[Path, bytes], revision: int) -> None:
    """Replace files, or make them; the caller holds the lock and ends with ``finish_`` or ``settle_swap``.

    Parameters
    ----------
    records
        The records folder.
    files
        Path → new content.
    revision
        Number of the store's revision; 0 when nothing is published.

    Raises
    ------
    StoreNotWritable, StoreFull
        The files can't be written; they are as they were.
    """
    with storage_errors(records, writing=True):
        writing = records / _WRITING
        shutil.rmtree(writing, ignore_errors=True)
        writing.mkdir()
        for place, (path, content) in enumerate(files.items()):
            if path.exists():
                _write(writing / f"{place}.old", path.read_bytes())
            _write(writing / f"{place}.new", content)
        listed = {"files": [os.path.relpath(path, records) for path in files], "revision": revision}
        _write(writing / _LIST, json.dumps(listed).encode())
        sync_path(writing)
        writing.rename(records / _JOURNAL)  # from here on the swap can be finished or undone
        sync_path(records)
        _redo(records, _Journal.read(records / _JOURNAL))


def finish_swap(records: Path) -> None:
    """Forget the old files."""
    (records / _JOURNAL).rename(records / _DONE)
    shutil.rmtree(records / _DONE, ignore_errors=True)


def settle_swap(records: Path, store: GraphStore) -> None:
    """End a swap that was broken off: finish it when the store has published since, else undo it."""
    if not (records / _JOURNAL).exists():
        return
    journal = _Journal.read(records / _JOURNAL)
    published = 0 if store.is_empty() else store.current().info.number
    if published <= journal.revision:
        _undo(records, journal)
    finish_swap(records)


def _undo(records: Path, journal: _Journal) -> None:
    """Bring the old files back; one that was edited since the swap stays as it is."""
    for place, name in enumerate(journal.files):
        path, old = records / name, journal.old(place)
        if not path.exists() or path.read_bytes() != journal.new(place):
            continue
        if old is None:
            path.unlink()
        else:
            _replace(path, old)


def recover(records: Path, store: GraphStore) -> None:
    """Finish or undo a swap whose run died; do nothing when there is none.

    Raises
    ------
    StoreInUse
        It is still running.
    """
    if not any((records / name).exists() for name in (_JOURNAL, _WRITING, _DONE)):
        return
    with records_lock(records), storage_errors(records, writing=True):
        for leftover in (_WRITING, _DONE):
            shutil.rmtree(records / leftover, ignore_errors=True)
        settle_swap(records, store)


def _redo(records: Path, journal: _Journal) -> None:
    for place, name in enumerate(journal.files):
        _replace(records / name, journal.new(place))


def _replace(path: Path, content: bytes) -> None:
    """Put a file in the place of another in one step, with its rights."""
    temporary = path.with_name(f".{path.name}.import")
    _write(temporary, content)
    if path.exists():
        shutil.copymode(path, temporary)
    temporary.replace(path)
    sync_path(path.parent)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
