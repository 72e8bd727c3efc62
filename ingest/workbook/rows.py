"""Records to rows of texts, and rows to records.

A row is what one sheet has of one record: a text for each column, always in the same spelling
whatever the file of records or the spreadsheet made of it, so that two rows differ only where the
record does. Nothing of a spreadsheet is known here.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from ingest.records.parsing import PLACE, Place
from ingest.workbook.layout import EVIDENCE, Column, Table, tables

__all__ = ["Row", "Rows", "clean", "derive_key", "from_text", "plain_number", "to_rows", "to_text"]

# The fields that tell one relation from another; a record with an id is told by that.
_IDENTITY = {
    "sister_cities": ("of", "partner"), "protocols": ("of", "partner", "kind"),
    "cooperations": ("of", "partner"), "memberships": ("member", "network"), "participations": ("member",),
    "grants": ("recipient", "funder", "project", "programme"),
    "loans": ("recipient", "funder", "project", "programme"), "measurements": ("indicator", "period"),
    "declared_counts": ("kind", "on"), EVIDENCE: ("document",),
}  # fmt: skip

# What XML, and so a spreadsheet, can't hold.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: Name of a file, section, place in its list, and so on inwards.
Address = tuple[str | int, ...]


@dataclass(frozen=True)
class Row:
    """One record as texts.

    Attributes
    ----------
    table
        Name of its table.
    key
        What tells it from the other rows of its table: its id, or made of its parties.
    cells
        Name of a column → its text; a column without a text is left out.
    owner
        The row that it is a part of, as ``table/key``; empty for a record of a section.
    place, address
        Where the record stands in its file, when it was read from one; and how it is reached: name of the
        file, section, place in its list, and the same for lists within.
    """

    table: str
    key: str
    cells: dict[str, str]
    owner: str = ""
    place: Place | None = field(default=None, compare=False)
    address: Address = field(default=(), compare=False)

    @property
    def ref(self) -> str:
        """Return table and key as one text."""
        return f"{self.table}/{self.key}"


#: All rows of a workbook: table → key → row, in the order of the records.
Rows = dict[str, dict[str, Row]]


def clean(text: str) -> str:
    """Return a text as rows have it: no blanks around it, one kind of line end, only what can be shown."""
    return _UNSHOWN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def to_text(column: Column, value: Any) -> str:
    """Return the text of a value of the records."""
    if value is None or (value is False and column.name == "intended"):
        return ""
    if isinstance(value, list):
        return ("\n" if column.kind == "lines" else ", ").join(clean(str(item)) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if column.kind == "number" and isinstance(value, int | Decimal):
        text = plain_number(Decimal(value))
        return "" if column.name == "ordinal" and text == "1" else text
    return clean(str(value))


def plain_number(number: Decimal) -> str:
    """Return the shortest way to write a number without an exponent.

    Examples
    --------
    >>> plain_number(Decimal("12.50")), plain_number(Decimal("-0.0")), plain_number(Decimal("1E+3"))
    ('12.5', '0', '1000')
    """
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def from_text(column: Column, text: str) -> Any:
    """Return the value that a text stands for in the records; a text that stands for none as it is."""
    match column.kind:
        case "ids" | "lines":
            parts = text.split("\n" if column.kind == "lines" else ",")
            return [part.strip() for part in parts if part.strip()]
        case "flag" | "counted" if text in {"true", "false"}:
            return text == "true"
        case "counted":
            return [day.strip() for day in text.split(",") if day.strip()]
        case "number":
            return _number(text)
    return text


def _number(text: str) -> int | Decimal | str:
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 19:
        return int(text)
    whole, point, rest = digits.partition(".")
    is_decimal = digits.isascii() and point and whole.isdigit() and rest.isdigit()
    return Decimal(text) if is_decimal else text


def derive_key(table: Table, cells: dict[str, str], owner: str, taken: Container[str], before: int) -> str:
    """Return the key of a record that has none of its own yet.

    Parameters
    ----------
    table, cells, owner
        Its table, its texts, and the row that it belongs to.
    taken
        Keys that other rows have.
    before
        How many rows the owner has in this table already; used where the place is the id.
    """
    own = owner.partition("/")[2]
    if table.has_id:
        return cells.get("id", "")
    if table.is_positional:
        return f"{own}-{before + 1}"
    parts = [own.replace("/", ".")] if table.name == "participations" else []
    parts += [owner.replace("/", ".")] if table.name == EVIDENCE else []
    parts += [cells.get(name, "") for name in _IDENTITY.get(table.name, ())]
    if table.name == "participations" and "member" not in cells:
        parts.append("own")
    parts.append(cells.get("ordinal", ""))
    return _unused(".".join(part for part in parts if part), taken)


def _unused(key: str, taken: Container[str]) -> str:
    numbered = (f"{key}~{number}" for number in count(2))
    return key if key not in taken else next(one for one in numbered if one not in taken)


def to_rows(contents: Mapping[str, dict[str, Any]]) -> Rows:
    """Return the rows of the files of one folder: name of a file → its content as plain Python."""
    rows: Rows = {name: {} for name in tables()}
    for file, content in contents.items():
        for section, entries in content.items():
            for place, entry in enumerate((entries or []) if section in rows else []):
                record = _Record(tables()[section], entry, "", (file, section, place))
                for row in _iter_rows(record, rows, Counter()):
                    rows[row.table][row.key] = row
    return rows


@dataclass(frozen=True)
class _Record:
    """One record as plain Python, with what it belongs to and how it is reached."""

    table: Table
    entry: dict[str, Any]
    owner: str
    address: Address


def _iter_rows(record: _Record, rows: Rows, counts: Counter[str]) -> Iterator[Row]:
    """Yield the row of a record, then those of its parts; each is among ``rows`` before the next is made."""
    table, entry = record.table, record.entry
    texts = {column.name: to_text(column, _value_at(entry, column.path)) for column in table.columns}
    cells = {name: text for name, text in texts.items() if text}
    key = derive_key(table, cells, record.owner, rows[table.name], counts[table.name])
    counts[table.name] += 1
    row = Row(table.name, key, cells, record.owner, entry.get(PLACE), record.address)
    yield row
    below: Counter[str] = Counter()
    for part in tables().values():
        if table.name in part.owners:
            for place, item in enumerate(entry.get(part.name) or []):
                inner = _Record(part, item, row.ref, (*record.address, part.name, place))
                yield from _iter_rows(inner, rows, below)


def _value_at(entry: dict[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = entry
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return None
        value = value[name]
    return value
