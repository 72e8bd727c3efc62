"""Appending to a file of the records: all of a text or nothing of it."""

import os
from pathlib import Path

from graph.faults import storage_errors

__all__ = ["append_text"]


def append_text(path: Path, text: str, head: str) -> None:
    """Append whole lines; a new file begins with ``head``, and what is there stays as it is.

    Raises
    ------
    StoreNotWritable, StoreFull
        Nothing was appended.
    """
    with storage_errors(path.parent, writing=True):
        size = path.stat().st_size if path.exists() else None
        try:
            with path.open("ab") as file:
                file.write(((_mend(path) if size else head) + text).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            if size is None:
                path.unlink(missing_ok=True)
            else:
                os.truncate(path, size)
            raise


def _mend(path: Path) -> str:
    """Return what ends the last line of a file that a person has edited."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return "" if file.read(1) == b"\n" else "\n"
