"""One writer at a time: a lock that the system lets go of when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ontology.errors import StoreInUse

__all__ = ["writers_lock"]


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
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode(errors="replace").strip()
            raise StoreInUse(path=path.parent, pid=holder or "?") from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        # Closing lets go of the lock. The file stays: whoever removed it could lock another one.
        os.close(descriptor)
