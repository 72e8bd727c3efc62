"""One file of all that an installation is: revisions, records, decisions, what it remembers, its settings.

It is made while the server answers and others may want to publish: for a moment both locks are held, in
which revisions, which never change, are linked and the small files are copied. Then the file is written.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from graph.faults import storage_errors
from graph.folder import Folder
from graph.locks import writers_lock
from graph.publishing import OnStep
from graph.store import GraphStore, ignore_step
from ingest.backup.archive import Manifest, make_entries, write_archive
from ingest.workbook.swapping import records_lock, recover
from ontology.errors import StoreInUse

__all__ = ["make_backup"]

#: Seconds to wait for somebody who is publishing.
_PATIENCE = 60.0
_STATE = "state.sqlite"
_LINKED = ("revisions", "raw")
_COPIED = ("current", "history.jsonl")
#: Names in the records folder that belong to a run, not to its user.
_OF_RUNS = (".import", ".restoring", ".before-restore", ".copying")


def make_backup(  # noqa: PLR0913 (what a backup is of)
    store: GraphStore,
    records: Path,
    target: Path,
    *,
    version: str,
    settings: dict[str, Any],
    on_step: OnStep = ignore_step,
) -> Manifest:
    """Write a backup and verify it.

    Parameters
    ----------
    store, records
        What is backed up.
    target
        The file; one that is there is replaced when the new one is whole.
    version
        Of the program.
    settings
        To be told at restoring; nothing secret.
    on_step
        Called with the name of each step as it begins.

    Raises
    ------
    BackupError
        The file can't be written.
    StoreError
        The store can't be read, or somebody keeps on writing to it.
    """
    recover(records, store)
    revision = store.current()
    with ExitStack() as stack:
        with storage_errors(store.path, writing=True):
            for leftover in store.path.glob(".backup-*"):
                _drop_if_dead(leftover)
            snapshot = Path(tempfile.mkdtemp(prefix=f".backup-{os.getpid()}-", dir=store.path))
            stack.callback(shutil.rmtree, snapshot, ignore_errors=True)
            on_step("snapshot")
            with _both_locks(store, records):
                revision = store.current()
                files = _take_snapshot(store.path, records, snapshot)
        manifest = Manifest(
            version, datetime.now(UTC), revision.number, revision.info.digest, settings, make_entries(files)
        )
        write_archive(target, manifest, files, on_step)
    return manifest


def _drop_if_dead(leftover: Path) -> None:
    """Remove the snapshot of a run that died; one that is still at work keeps its own."""
    try:
        os.kill(int(leftover.name.split("-")[1]), 0)
    except (ValueError, IndexError, ProcessLookupError):
        shutil.rmtree(leftover, ignore_errors=True)
    except PermissionError:
        return


@contextmanager
def _both_locks(store: GraphStore, records: Path) -> Iterator[None]:
    """Hold the right to publish and the right to rewrite the records, waiting for others for a while."""
    deadline = monotonic() + _PATIENCE
    while True:
        with ExitStack() as stack:
            try:
                if records.is_dir():
                    stack.enter_context(records_lock(records))
                stack.enter_context(writers_lock(Folder(store.path).lock_file))
            except StoreInUse:
                if monotonic() > deadline:
                    raise
            else:
                yield
                return
        sleep(0.1)


def _take_snapshot(store: Path, records: Path, snapshot: Path) -> dict[str, Path]:
    """Return name in the backup → file in the snapshot."""
    folder = Folder(store)
    published = {f"{n:06d}" for n in folder.numbers() if n <= folder.read_pointer().highest}
    files = {}
    for root in _LINKED:
        for path in _iter_files(store / root):
            name = path.relative_to(store)
            if root != "revisions" or name.parts[1] in published:
                files[f"store/{name.as_posix()}"] = _keep(path, snapshot / "store" / name, link=True)
    for copied in _COPIED:
        if (store / copied).is_file():
            files[f"store/{copied}"] = _keep(store / copied, snapshot / "store" / copied, link=False)
    if (store / _STATE).is_file():
        files[f"store/{_STATE}"] = _copy_state(store / _STATE, snapshot / "store" / _STATE)
    for path in _iter_files(records):
        inner = path.relative_to(records)
        if not inner.parts[0].startswith(_OF_RUNS):
            files[f"records/{inner.as_posix()}"] = _keep(path, snapshot / "records" / inner, link=False)
    return files


def _iter_files(folder: Path) -> Iterator[Path]:
    return (
        path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(".import")
    )


def _keep(path: Path, target: Path, *, link: bool) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    if link:
        try:
            target.hardlink_to(path)
        except OSError:  # a file system without links
            shutil.copyfile(path, target)
    else:
        shutil.copyfile(path, target)
    return target


def _copy_state(path: Path, target: Path) -> Path:
    """Copy the small database as of one moment, whoever is writing to it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error:  # damaged: kept as it is, it counts as empty here as there
        shutil.copyfile(path, target)
    return target
