"""One writer at a time: a lock that the system lets go of when its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ontology.errors import StoreInUse

__all__ = ["check_unlocked", "writers_lock"]

_TRIES = 3
_PAUSE = 0.02


@contextmanager
def writers_lock(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``, which names the process that holds it.

    Raises
    ------
    StoreInUse
        Another run, of this process or of another one, holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        for waited in range(_TRIES):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if waited == _TRIES - 1:
                    raise _in_use(descriptor, path) from error
                time.sleep(_PAUSE)  # somebody may only be looking whether it is held
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        # Closing lets go of the lock. The file stays: whoever removed it could lock another one.
        os.close(descriptor)


def check_unlocked(path: Path) -> None:
    """Raise ``StoreInUse`` when a run holds the lock file ``path``; take nothing."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise _in_use(descriptor, path) from error
    finally:
        os.close(descriptor)


def _in_use(descriptor: int, path: Path) -> StoreInUse:
    holder = os.read(descriptor, 32).decode(errors="replace").strip()
    return StoreInUse(path=path.parent, pid=holder or "?")
