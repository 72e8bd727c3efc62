"""The store's folder on the disk: names, the pointer, leftovers. Knows nothing of RDF.

::

    STORE/current                     the pointer: which revision is read, which is the highest
    STORE/lock                        the writer's lock
    STORE/revisions/000001/           manifest.json and db/, never changed once it is pointed to
    STORE/revisions/000002.tmp/       not whole yet, or being removed: swept by the next writer
    STORE/staging-…/                  where a writer works: swept likewise
    STORE/history.jsonl              when somebody went to another revision
    STORE/state.sqlite, raw/, records/   others' business
"""

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from graph.retention import Retention
from ontology.errors import StoreBroken
from ontology.messages import N_

__all__ = ["Folder", "Pointer", "sync_path", "sync_tree"]

logger = logging.getLogger(__name__)

_REMOVALS = 3

_OURS = {"current.tmp", "history.jsonl", "lock", "raw", "records", "revisions", "lost+found"}
_OUR_PREFIXES = ("staging-", "state.sqlite", ".")
_NOT_A_FOLDER = N_("{path} is a file, not a folder. Choose a folder with --store.")
_FOREIGN = N_(
    "The folder {path} is no store: it holds other files ({name}). Choose an empty folder with --store."
)
_POINTER = N_(
    "The file {file}, which says what revision is in use, is missing or damaged. "
    "Choose a revision with 'kopru rollback NUMBER' ('kopru revisions' lists them)."
)


@dataclass(frozen=True)
class Pointer:
    """What the file ``current`` says.

    Parameters
    ----------
    revision
        Number of the revision that readers open; 0: nothing published yet.
    highest
        The highest number that was ever published. A folder above it was left by a run that
        died before it moved the pointer, and is swept.
    """

    revision: int
    highest: int


def sync_path(path: Path) -> None:
    """Make the entries of a folder, or the bytes of a file, last through a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(path: Path) -> None:
    """Sync all files below a folder, then the folders."""
    for folder, _, names in os.walk(path, topdown=False):
        for name in names:
            sync_path(Path(folder, name))
        sync_path(Path(folder))


class Folder:
    """Paths of one store, its pointer, and the order in it; ``retention`` says which revisions stay."""

    def __init__(self, path: Path, retention: Retention | None = None) -> None:
        self.path = path
        self.retention = retention or Retention()
        self.pointer_file = path / "current"
        self.lock_file = path / "lock"
        self.revisions = path / "revisions"

    def revision_path(self, number: int) -> Path:
        """Return the folder of a revision, there or not."""
        return self.revisions / f"{number:06d}"

    def check_ours(self) -> None:
        """Raise ``StoreBroken`` when this is a file or a folder with somebody else's files.

        A folder that is empty or not there yet is fine: it can become a store.
        """
        nearest = next(folder for folder in (self.path, *self.path.absolute().parents) if folder.exists())
        if not nearest.is_dir():
            raise StoreBroken(_NOT_A_FOLDER, path=nearest)
        if self.pointer_file.exists() or nearest != self.path:
            return
        names = {entry.name for entry in self.path.iterdir()} - _OURS
        foreign = sorted(name for name in names if not name.startswith(_OUR_PREFIXES))
        if foreign:
            raise StoreBroken(_FOREIGN, path=self.path, name=", ".join(foreign[:3]))

    def create(self) -> None:
        """Make the folders of a store where they are missing."""
        self.check_ours()
        self.path.mkdir(parents=True, exist_ok=True)
        self.revisions.mkdir(exist_ok=True)

    def stamp(self) -> tuple[int, ...] | None:
        """Return something that differs after the pointer has moved; ``None`` when there is none."""
        try:
            stat = os.stat(self.pointer_file)  # noqa: PTH116 (half the time of Path.stat)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    def read_pointer(self) -> Pointer:
        """Return the pointer; that of a store without a revision is ``Pointer(0, 0)``.

        Raises
        ------
        StoreBroken
            The pointer is damaged, or missing although there are revisions.
        """
        self.check_ours()
        try:
            fields = json.loads(self.pointer_file.read_text(encoding="utf-8"))
            return Pointer(int(fields["revision"]), int(fields["highest"]))
        except FileNotFoundError:
            if self.numbers():
                raise StoreBroken(_POINTER, path=self.path, file=self.pointer_file) from None
            return Pointer(0, 0)
        except (ValueError, TypeError, KeyError) as error:
            raise StoreBroken(_POINTER, path=self.path, file=self.pointer_file) from error

    def write_pointer(self, pointer: Pointer) -> None:
        """Move the pointer; readers see the old one or the new one, nothing between."""
        temporary = self.pointer_file.with_name("current.tmp")
        try:
            temporary.write_text(json.dumps(asdict(pointer)) + "\n", encoding="utf-8")
            sync_path(temporary)
            temporary.replace(self.pointer_file)
        finally:
            temporary.unlink(missing_ok=True)
        sync_path(self.path)

    def numbers(self) -> list[int]:
        """Return the numbers of all whole revision folders in order, published or not."""
        if not self.revisions.is_dir():
            return []
        return sorted(int(entry.name) for entry in self.revisions.iterdir() if entry.name.isdecimal())

    def sweep(self) -> None:
        """Remove what a dead writer left; only for the holder of the writer's lock.

        A new store gets its pointer here, so that a missing one always means damage.
        """
        highest = self.read_pointer().highest
        if not self.pointer_file.exists():
            self.write_pointer(Pointer(0, 0))
        for number in self.numbers():
            if number > highest:
                self.remove_revision(number)
        for leftover in [*self.path.glob("staging-*"), *self.revisions.glob("*.tmp")]:
            shutil.rmtree(leftover, ignore_errors=True)

    def remove_revision(self, number: int) -> None:
        """Remove a revision; dying half-way leaves no half revision under its name."""
        path = self.revision_path(number)
        doomed = path.with_suffix(".tmp")
        shutil.rmtree(doomed, ignore_errors=True)
        path.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)

    def collect(self) -> None:
        """Remove the revisions that ``retention`` does not name."""
        numbers = self.numbers()
        days = [(number, self._day_of(number)) for number in numbers]
        current = self.read_pointer().revision
        kept = self.retention.choose(days, current, datetime.now().astimezone().date())
        for number in sorted(set(numbers) - kept):
            try:
                self.remove_revision(number)
            except OSError as error:  # what was to be published is; the next writer tries again
                logger.warning("Revision %d could not be removed: %s", number, error)

    def _day_of(self, number: int) -> date | None:
        """Return the day on which a revision was published; ``None`` when its manifest is damaged."""
        try:
            text = (self.revision_path(number) / "manifest.json").read_text(encoding="utf-8")
            return datetime.fromisoformat(json.loads(text)["created_at"]).astimezone().date()
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Give a fresh folder of its own to a writer, and remove it afterwards."""
        path = Path(tempfile.mkdtemp(prefix="staging-", dir=self.path))
        try:
            yield path
        finally:
            # After an error the database may still be held by the traceback, and add a file meanwhile.
            for _ in range(_REMOVALS):
                shutil.rmtree(path, ignore_errors=True)
