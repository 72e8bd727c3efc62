"""The ties of a table with what a split needs to know of each: its lists, and whether it lies in a ring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.ranking.columns import Row, find_column, iter_rows
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["RING_COLUMN", "Pairs", "read_pairs"]

#: Column that marks a tie in a ring of cities: a network rather than an agreement of two.
RING_COLUMN = "in_clique8"
#: Columns that name a list begin so.
_LIST_PREFIX = "in_"
_YES = frozenset(("1", "true", "True", "yes"))


@dataclass(frozen=True)
class Pairs:
    """Undirected ties, each once.

    Parameters
    ----------
    ends
        (m, 2), places of cities in the world's tables, ``a < b``, sorted.
    ring
        Length m: the tie lies in a ring.
    lists
        For each list's column, length m: the tie stands in it.
    digest
        SHA-256 of the file's bytes, shortened to 12 digits; empty where there is no file.
    """

    ends: NDArray[np.int32]
    ring: NDArray[np.bool_]
    lists: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    digest: str = ""

    def __len__(self) -> int:
        return len(self.ends)

    def only(self, wanted: NDArray[np.bool_]) -> "Pairs":
        """Return the ties that are wanted (length m)."""
        lists = {name: marks[wanted] for name, marks in self.lists.items()}
        return Pairs(self.ends[wanted], self.ring[wanted], lists, self.digest)

    def without_rings(self) -> "Pairs":
        """Return the ties that lie in no ring."""
        return self.only(~self.ring)

    def in_any(self, names: Sequence[str]) -> NDArray[np.bool_]:
        """Return which ties stand in one of some lists; a list that is not there has none."""
        none = np.zeros(len(self), dtype=np.bool_)
        found = none.copy()
        for name in names:
            found |= self.lists.get(name, none)
        return found


def read_pairs(path: Path, index: Mapping[str, int]) -> Pairs:
    """Return the ties of a CSV file; one that stands there twice is in each list that either names.

    Parameters
    ----------
    path
        ``city_a_id,city_b_id`` and, where known, ``in_clique8`` and other columns ``in_*`` (1 or 0).
    index
        Place of each city in the world's tables, which were read from the same file.

    Raises
    ------
    RecordError
        The file can't be read, or names a city that the tables don't have.
    """
    rows = iter_rows(path)
    header = next(rows)
    marks = [name for name in header.cells if name.startswith(_LIST_PREFIX)]
    places = [find_column(path, header, name) for name in marks]
    first, second = (find_column(path, header, name) for name in ("city_a_id", "city_b_id"))
    found: dict[tuple[int, int], list[bool]] = {}
    for row in rows:
        a, b = (_place(path, row, column, index) for column in (first, second))
        if a is None or b is None or a == b:
            continue
        flags = [row.cells[place] in _YES for place in places]
        known = found.setdefault((min(a, b), max(a, b)), flags)
        known[:] = [old or new for old, new in zip(known, flags, strict=True)]
    return _make(found, marks, sha256(path.read_bytes()).hexdigest()[:12])


def _place(path: Path, row: Row, column: int, index: Mapping[str, int]) -> int | None:
    city = row.cells[column]
    if not city:
        return None
    if city not in index:
        raise RecordError(
            N_("names the city '{city}', which the tables don't have. Read tables and ties from one file."),
            file=path.name, line=row.line, city=city,
        )  # fmt: skip
    return index[city]


def _make(found: Mapping[tuple[int, int], list[bool]], marks: Sequence[str], digest: str) -> Pairs:
    keys = sorted(found)
    ends = np.array(keys, dtype=np.int32).reshape(-1, 2)
    flags = np.array([found[key] for key in keys], dtype=np.bool_).reshape(len(keys), len(marks))
    lists = {name: flags[:, place] for place, name in enumerate(marks)}
    ring = lists.pop(RING_COLUMN, np.zeros(len(keys), dtype=np.bool_))
    return Pairs(ends, ring, lists, digest)
