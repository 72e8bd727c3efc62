"""Files of a run that is under way, in the store's folder; those of runs that died are swept.

A run holds a lock on its file as long as it lives; the system lets go of it when the run dies.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.faults import storage_errors

__all__ = ["run_folder", "sweep"]

_PREFIX = "run-"
_LOCK = "lock"
#: Fetched pages wait so long for their run to be taken up again, in seconds.
_KEPT = 2 * 86_400


@contextmanager
def run_folder(parent: Path) -> Iterator[Path]:
    """Give a run a folder of its own below ``parent``, and remove it afterwards.

    Raises
    ------
    StoreFull, StoreNotWritable
    """
    with storage_errors(parent.parent, writing=True):
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)
        if not any(parent.iterdir()):
            parent.rmdir()


def sweep(parent: Path) -> None:
    """Remove the folders of runs that died, and pages that no run has taken up again for two days."""
    for folder in parent.glob(f"{_PREFIX}*"):
        if not _is_alive(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for folder in parent.glob("wikidata-*"):
        if abs(time.time() - folder.stat().st_mtime) > _KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(folder: Path) -> bool:
    """Whether the run of a folder still holds its lock; one that is just being made has none yet."""
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return abs(time.time() - folder.stat().st_mtime) < 1
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
