"""From a backup to a folder: all of it or nothing, whatever stops the run.

Everything is unpacked beside its place, compared with its digests, and the revision is opened and its
content counted again. Then a list of moves is written down, and from there on it only goes forwards: the
next command finishes what a run that died left over. The pointer is moved last.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.faults import storage_errors
from graph.folder import Folder, sync_path, sync_tree
from graph.locks import writers_lock
from graph.publishing import OnStep
from graph.revision import Revision
from graph.store import ignore_step
from ingest.backup.archive import Manifest, iter_contents, open_archive, write_content
from ontology.errors import BackupError, StoreBroken, StoreFull
from ontology.iris import BASE, Iris
from ontology.messages import N_

__all__ = ["finish_restore", "restore_backup"]

_STAGE, _READY, _DONE, _ASIDE = ".restoring", "ready.json", ".restoring-done", ".before-restore-"
_NOT_EMPTY = N_(
    "The folder {path} is not empty ({name}), so nothing was restored. Name an empty folder with --store and "
    "--records, or write --replace: what is there is then moved aside, not deleted."
)
_NOT_SAME = N_(
    "What was unpacked from {file} does not say what it said when it was backed up, so nothing was restored. "
    "Take another backup."
)
#: What is no content of a folder.
_NOTHING = {"lock", "lost+found", _STAGE, _DONE, ".import.lock"}


@dataclass(frozen=True)
class _Place:
    """A folder to restore to: the first part of paths in the backup, and what lies there of others."""

    root: str
    folder: Path
    others: tuple[str, ...] = ()

    @property
    def stage(self) -> Path:
        """Where files are unpacked to."""
        return self.folder / _STAGE

    def contents(self) -> list[str]:
        """Return the names of what is there, but for what is nobody's content."""
        if not self.folder.is_dir():
            return []
        names = sorted(entry.name for entry in self.folder.iterdir())
        left = _NOTHING | set(self.others)
        return [name for name in names if name not in left and not name.startswith((_ASIDE, ".backup-"))]


def restore_backup(
    file: Path, store: Path, records: Path, *, replace: bool = False, on_step: OnStep = ignore_step
) -> Manifest:
    """Restore a backup into empty folders.

    Parameters
    ----------
    file
        The backup.
    store, records
        The folders of the store and of the records.
    replace
        Whether to move aside what is in them.
    on_step
        Called with the name of each step as it begins.

    Returns
    -------
    Manifest
        What the backup says of itself.

    Raises
    ------
    BackupError
        It is no backup or not whole, or a folder is not empty.
    StoreError
        The folders can't be written to, or there is no room.
    """
    with open_archive(file) as (manifest, package):
        places = _make_places(store, records)
        with storage_errors(store, writing=True):
            _make_folders(places)
            with writers_lock(Folder(store).lock_file):
                _finish(store)
                _check_empty(places, replace=replace)
                _check_room(store, manifest)
                try:
                    on_step("unpack")
                    _unpack(file, manifest, package, places)
                    on_step("check")
                    _check_same(file, manifest, places[0])
                except BaseException:
                    for place in places:
                        shutil.rmtree(place.stage, ignore_errors=True)
                    raise
                _write_moves(places)
                on_step("move")
                _finish(store, on_step)
    return manifest


def _make_folders(places: Sequence["_Place"]) -> None:
    for place in places:
        if place.folder.exists() and not place.folder.is_dir():
            raise BackupError(_NOT_EMPTY, path=place.folder, name=place.folder.name)
        place.folder.mkdir(parents=True, exist_ok=True)


def _make_places(store: Path, records: Path) -> tuple[_Place, _Place]:
    store, records = store.absolute(), records.absolute()
    inside = records.relative_to(store).parts[:1] if records.is_relative_to(store) else ()
    return _Place("store", store, inside), _Place("records", records)


def _check_empty(places: tuple[_Place, _Place], *, replace: bool) -> None:
    for place in places:
        if (found := place.contents()) and not replace:
            raise BackupError(_NOT_EMPTY, path=place.folder, name=", ".join(found[:3]))


def _check_room(store: Path, manifest: Manifest) -> None:
    if shutil.disk_usage(store).free < manifest.size:
        raise StoreFull(path=store)


def _unpack(file: Path, manifest: Manifest, package: object, places: tuple[_Place, _Place]) -> None:
    from zipfile import ZipFile

    assert isinstance(package, ZipFile)  # noqa: S101 (what open_archive gives)
    written: dict[str, Path] = {}
    for place in places:
        shutil.rmtree(place.stage, ignore_errors=True)
        place.stage.mkdir()
        for entry in manifest.entries:
            root, _, name = entry.path.partition("/")
            if root != place.root:
                continue
            target = place.stage / name
            if (known := written.get(entry.digest)) is not None and _link(known, target, root):
                continue
            write_content(target, iter_contents(file, package, entry))
            written[entry.digest] = target
        sync_tree(place.stage)


def _link(known: Path, target: Path, root: str) -> bool:
    """Make a file another name of one that is there; only where files never change."""
    if root != "store":
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(known)
    except OSError:
        return False
    return True


def _check_same(file: Path, manifest: Manifest, place: _Place) -> None:
    """Open the revision that was read and count its content again."""
    staged = Folder(place.stage)
    try:
        number = staged.read_pointer().revision
        revision = Revision(staged.revision_path(number), Iris(manifest.settings.get("base_iri", BASE)))
        is_same = (number, revision.compute_digest()) == (manifest.revision, manifest.digest)
    except StoreBroken as error:
        raise BackupError(_NOT_SAME, file=file) from error
    if not is_same:
        raise BackupError(_NOT_SAME, file=file)


def _write_moves(places: tuple[_Place, _Place]) -> None:
    """Write down what is moved where; from here on the restoring is finished, not undone."""
    moment = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside = [
        (place.folder / name, place.folder / f"{_ASIDE}{moment}" / name)
        for place in places
        for name in place.contents()
    ]
    moves = [
        (place.stage / name, place.folder / name)
        for place in reversed(places)
        for name in sorted(_children(place.stage), key=lambda name: name == "current")
    ]
    text = json.dumps({"aside": [list(map(str, one)) for one in aside],
                       "moves": [list(map(str, one)) for one in moves]})  # fmt: skip
    stage = places[0].stage
    temporary = stage / f".{_READY}"
    temporary.write_text(text, encoding="utf-8")
    sync_path(temporary)
    temporary.rename(stage / _READY)
    sync_path(stage)


def _children(folder: Path) -> Iterator[str]:
    return (entry.name for entry in folder.iterdir())


def finish_restore(store: Path) -> None:
    """Finish a restoring whose run died when all was unpacked; do nothing when there is none.

    Raises
    ------
    StoreInUse
        It is still running.
    StoreError
        The folders can't be written to.
    """
    if (store / _STAGE / _READY).exists():
        with storage_errors(store, writing=True), writers_lock(Folder(store).lock_file):
            _finish(store)


def _finish(store: Path, on_step: OnStep = ignore_step) -> None:
    """Do what is written down, as far as it is not done; only for the holder of the writer's lock."""
    stage = store / _STAGE
    if not (stage / _READY).exists():
        shutil.rmtree(store / _DONE, ignore_errors=True)
        return
    listed = json.loads((stage / _READY).read_text(encoding="utf-8"))
    for number, (source, target) in enumerate(listed["aside"] + listed["moves"]):
        _move(Path(source), Path(target), is_aside=number < len(listed["aside"]))
        on_step(f"moved {number + 1}")
    stages = {Path(source).parent for source, _ in listed["moves"]} - {stage}
    for other in stages:
        shutil.rmtree(other, ignore_errors=True)
    stage.rename(store / _DONE)
    shutil.rmtree(store / _DONE, ignore_errors=True)


def _move(source: Path, target: Path, *, is_aside: bool) -> None:
    if not source.exists() or (is_aside and target.exists()):
        return  # done by the run that died
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)  # noqa: PTH105 (one step)
    sync_path(target.parent)
    sync_path(source.parent)
