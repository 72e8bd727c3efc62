"""Rows to records again: nested, as the files have them, each knowing the cell that it came from.

So the records' own checks run on what a workbook says, and their complaints name its cells.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from ingest.records.parsing import PLACE, Place
from ingest.records.sections import SECTIONS
from ingest.workbook.layout import Table, tables
from ingest.workbook.reading import SheetRow
from ingest.workbook.rows import Row, Rows, from_text

__all__ = ["Cell", "CellPlace", "to_entries", "to_entry", "to_fields"]


class Cell(int):
    """A number of a row that knows the row and the field: takes the place of a line number in a complaint."""

    row: SheetRow
    name: str

    @classmethod
    def at(cls, row: SheetRow, name: str) -> "Cell":
        """Return the cell of a field."""
        cell = cls(row.number)
        cell.row, cell.name = row, name
        return cell


@dataclass(frozen=True)
class CellPlace(Place):
    """The place of a record in a sheet.

    Attributes
    ----------
    row
        Where it stands.
    within
        The fields that lead to this part of the record, ``says.``; empty for the record itself.
    """

    row: SheetRow | None = None
    within: str = ""

    def line_of(self, key: str) -> int:
        """Return the cell of a field."""
        return self.line if self.row is None else Cell.at(self.row, f"{self.within}{key}")

    @property
    def ref(self) -> str:
        """Return sheet and row as one text."""
        return f"{self.file}:{int(self.line)}"


def _place(row: Row, origin: SheetRow | None) -> Place:
    if origin is None:
        return row.place or Place(row.table, 1)
    return CellPlace(origin.sheet, Cell.at(origin, ""), {}, origin)


def to_fields(table: Table, cells: dict[str, str], place: Place | None = None) -> dict[str, Any]:
    """Return the fields of a record, nested, in the order of the model; parts in lists are not among them.

    With a place, every mapping has its own under ``PLACE``.
    """
    entry: dict[str, Any] = {}
    for column in table.columns:
        text = cells.get(column.name, "")
        if not text and not column.nullable:
            continue
        into = entry
        for depth, step in enumerate(column.path[:-1], start=1):
            inner = _within(place, column.path[:depth])
            into = into.setdefault(step, {PLACE: inner} if inner else {})
        into[column.path[-1]] = from_text(column, text) if text else None
    if place:
        entry[PLACE] = place
    return entry


def _within(place: Place | None, path: tuple[str, ...]) -> Place | None:
    if not isinstance(place, CellPlace) or place.row is None:
        return place
    within = ".".join(path) + "."
    return replace(place, line=Cell.at(place.row, within), within=within)


def to_entry(row: Row, rows: Rows, *, origins: dict[str, SheetRow] | None = None) -> dict[str, Any]:
    """Return a record with all its parts; with places when the rows' origins are given."""
    below: dict[str, list[Row]] = defaultdict(list)
    for table in tables().values():
        if table.owners:
            for part in rows[table.name].values():
                below[part.owner].append(part)
    return _nest(row, below, origins)


def _nest(row: Row, below: dict[str, list[Row]], origins: dict[str, SheetRow] | None) -> dict[str, Any]:
    place = None if origins is None else _place(row, origins.get(row.ref))
    entry = to_fields(tables()[row.table], row.cells, place)
    for part in below.get(row.ref, ()):
        entry.setdefault(part.table, []).append(_nest(part, below, origins))
    return entry


def to_entries(rows: Rows, origins: dict[str, SheetRow] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return section → records, with all their parts."""
    below: dict[str, list[Row]] = defaultdict(list)
    for table in tables().values():
        if table.owners:
            for part in rows[table.name].values():
                below[part.owner].append(part)
    return {section: [_nest(row, below, origins) for row in rows[section].values()] for section in SECTIONS}
