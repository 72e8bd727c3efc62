"""What the system says about a folder, told as one of our errors.

The embedded store raises ``OSError`` with a text and no number, so both are looked at.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ontology.errors import StoreBroken, StoreError, StoreFull, StoreNotWritable
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["storage_errors"]

#: How the database begins when its files don't fit together; it has no class of its own for that.
_DAMAGE = "Corruption"
_UNREADABLE = N_(
    "The store in {path} can't be read ({reason}). "
    "Give this user the right to read it, or choose another folder with --store."
)
_FULL = ({errno.ENOSPC, errno.EDQUOT}, ("No space left on device", "Disk quota exceeded"))
_NO_RIGHT = (
    {errno.EACCES, errno.EPERM, errno.EROFS},
    ("Permission denied", "Operation not permitted", "Read-only file system"),
)


def _is(error: OSError, kind: tuple[set[int], tuple[str, ...]]) -> bool:
    numbers, texts = kind
    return error.errno in numbers or (error.errno is None and any(text in str(error) for text in texts))


def _make_store_error(error: OSError, path: Path, *, writing: bool) -> StoreError:
    reason = reason_of(error)
    if writing and _is(error, _FULL):
        return StoreFull(path=path)
    if _is(error, _NO_RIGHT):
        return (
            StoreNotWritable(path=path, reason=reason)
            if writing
            else StoreBroken(_UNREADABLE, path=path, reason=reason)
        )
    return StoreBroken(path=path, reason=reason)


@contextmanager
def storage_errors(path: Path, *, writing: bool) -> Iterator[None]:
    """Turn what the system or the database raises into a ``StoreError`` about the store in ``path``.

    Raises
    ------
    StoreFull, StoreNotWritable
        Only when ``writing``.
    StoreBroken
        Anything else.
    """
    try:
        yield
    except OSError as error:
        raise _make_store_error(error, path, writing=writing) from error
    except RuntimeError as error:
        if not str(error).startswith(_DAMAGE):
            raise
        raise StoreBroken(path=path, reason=str(error)) from error
