"""Small drawings made on the server: they need no script and print as they stand.

Everything is an attribute of SVG (the pages' policy allows no inline style); sizes are
units of the drawing's own box.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from graph.model import Country, CountryCount, Declared, Label, Reference

__all__ = ["Bar", "Cell", "Cells", "country_bars", "declared_cells"]

_SIZE = 20
_STEP = 24
_GRADE_ORDER = ("confirmed", "reported", "unverified")


@dataclass(frozen=True)
class Cell:
    """One declared relation as a square; ``grade`` is ``open`` for a place without a name."""

    x: int
    y: int
    size: int
    grade: str
    label: Label


@dataclass(frozen=True)
class Cells:
    """The squares of one declared number and the box around them."""

    cells: tuple[Cell, ...]
    width: int
    height: int


@dataclass(frozen=True)
class Bar:
    """A country's bar; ``share`` is its length in percent of the longest."""

    country: Country
    cities: tuple[Reference, ...]
    share: float


def declared_cells(declared: Declared) -> Cells:
    """Return one square for each declared relation in two rows: the surest first, open places last."""
    columns = max(5, ceil(declared.declared / 2))
    known = sorted(declared.relations, key=lambda relation: _GRADE_ORDER.index(relation.grade))
    places: list[tuple[str, Label]] = [
        (relation.grade, relation.other.short_label if relation.other else relation.label)
        for relation in known
    ]
    places += [("open", place.label) for place in declared.open_places]
    cells = tuple(
        Cell(index % columns * _STEP, index // columns * _STEP, _SIZE, grade, label)
        for index, (grade, label) in enumerate(places)
    )
    rows = max(1, ceil(len(cells) / columns))
    return Cells(cells, max(7, columns) * _STEP - (_STEP - _SIZE), rows * _STEP - (_STEP - _SIZE))


def country_bars(counts: Iterable[CountryCount]) -> tuple[Bar, ...]:
    """Return a bar for each country, most partner cities first."""
    known = [count for count in counts if count.cities]
    longest = max((len(count.cities) for count in known), default=1)
    return tuple(
        Bar(count.country, count.cities, round(100 * len(count.cities) / longest, 1)) for count in known
    )
