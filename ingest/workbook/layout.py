"""Which sheets and columns the workbook has: read off the models of the records.

A table is a sheet: each section of the records is one, and so is each list of records within records
(participations, evidence, items of a stage), whose rows name the row that they belong to. A field
that is added to a model is a column without a change here; only its words are in ``titles`` and ``notes``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from ingest.records import fields
from ingest.records.checks import TARGETS
from ingest.records.fields import Record
from ingest.records.sections import SECTIONS

__all__ = ["EVIDENCE", "Column", "Kind", "Table", "list_tables", "tables"]

Kind = Literal[
    "id", "ids", "words", "lines", "url", "number", "date", "day", "period", "amount", "choice", "flag",
    "counted",
]  # fmt: skip

#: The table of all evidence, whatever it is for.
EVIDENCE = "evidence"

_KINDS: dict[object, Kind] = {
    fields.Id: "id", fields.Ids: "ids", fields.Words: "words", fields.Url: "url", fields.DateText: "date",
    fields.Day: "date", fields.DayText: "day", fields.Period: "period", fields.Amount: "amount",
    fields.Number: "number", fields.Quantity: "number", fields.Year: "number", fields.CountedOn: "counted",
}  # fmt: skip

# The order of the sheets: first what changes most often. A section that is not named comes in between.
_FIRST = (
    "sister_cities", "protocols", "memberships", "projects", "participations", "grants", "loans",
    "programmes", "calls", "activities", "indicators", "measurements", "stages", "contents", "results",
    "roles", "events", "awards", "cooperations",
)  # fmt: skip
_LAST = (
    EVIDENCE, "documents", "declared_counts", "authorities", "units", "organizations", "networks", "cities",
    "plans", "legal_basis",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One field of a record, or of a record within it.

    Attributes
    ----------
    path
        The names of the fields that lead to it, ``("says", "start")``.
    kind
        How its text is understood.
    choices
        The words that it may hold, as the records spell them.
    targets
        The sections whose ids it may hold.
    required
        Whether a record can't be without it.
    nullable
        Whether a required field may be ``null``.
    """

    path: tuple[str, ...]
    kind: Kind
    choices: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    required: bool = False
    nullable: bool = False

    @property
    def name(self) -> str:
        """Return the path as one word, ``says.start``."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Table:
    """One sheet.

    Attributes
    ----------
    name
        The section, or the field whose records it has.
    columns
        In the order of the model; the columns for key and owner come before them.
    owners
        The tables to whose rows its own belong; none for a section.
    """

    name: str
    columns: tuple[Column, ...]
    owners: tuple[str, ...] = ()

    @property
    def has_id(self) -> bool:
        """Return whether the key of a row is the record's own id."""
        return self.columns[0].name == "id"

    @property
    def is_positional(self) -> bool:
        """Return whether the place in the owner's list is the record's id: a new one goes to the end."""
        return bool(self.owners) and self.name not in {EVIDENCE, "participations"}

    def find(self, name: str) -> Column:
        """Return the column of a name."""
        return next(column for column in self.columns if column.name == name)


@cache
def tables() -> dict[str, Table]:
    """Return all tables by name, in the order of the sheets."""
    found: dict[str, Table] = {}
    for section, model in SECTIONS.items():
        for table in _iter_tables(section, model, ""):
            known = found.get(table.name)
            if known and known.columns != table.columns:
                raise TypeError(f"two kinds of records are called {table.name}")
            owners = (*(known.owners if known else ()), *table.owners)
            found[table.name] = Table(table.name, table.columns, owners)
    between = [name for name in found if name not in {*_FIRST, *_LAST}]
    return {name: found[name] for name in (*_FIRST, *between, *_LAST) if name in found}


def list_tables() -> tuple[Table, ...]:
    """Return all tables in the order of the sheets."""
    return tuple(tables().values())


def _iter_tables(name: str, model: type[Record], owner: str) -> Iterator[Table]:
    yield Table(name, tuple(_iter_columns(model, ())), (owner,) if owner else ())
    for field, hint in _hints(model).items():
        if part := _records_in_list(hint):
            yield from _iter_tables(field, part, name)


def _hints(model: type[Record]) -> dict[str, Any]:
    """Return the fields of a model with their annotations, in the order of a record's text."""
    hints = get_type_hints(model, include_extras=True)
    names = [name for name in model.model_fields if name != "place"]
    inherited = _inherited(model)
    own = [name for name in names if name not in inherited]
    head = [name for name in ("id", "name", "text") if name in names]
    tail = [name for name in names if name in inherited and name not in head]
    return {name: hints[name] for name in dict.fromkeys([*head, *own, *tail])}


def _inherited(model: type[Record]) -> set[str]:
    return {name for base in model.__mro__[1:] for name in getattr(base, "__annotations__", {})}


def _iter_columns(model: type[Record], path: tuple[str, ...]) -> Iterator[Column]:
    for field, hint in _hints(model).items():
        inner, optional = _without_none(hint)
        required = model.model_fields[field].is_required()
        here = (*path, field)
        if _records_in_list(inner):
            continue
        if isinstance(inner, type) and issubclass(inner, Record):
            for part in _iter_columns(inner, here):
                yield replace(part, required=part.required and required)
        else:
            kind, choices = _kind(inner)
            targets = TARGETS.get(field, ()) if kind in {"id", "ids"} else ()
            if model.__name__ == "Unit" and field == "of":
                targets = ("authorities", "units")
            yield Column(here, kind, choices, targets, required, nullable=required and optional)


def _without_none(hint: Any) -> tuple[Any, bool]:
    """Return the annotation without ``| None``, and whether that was there."""
    if get_origin(hint) in {Union, UnionType}:
        rest = [part for part in get_args(hint) if part is not NoneType]
        return rest[0], len(rest) < len(get_args(hint))
    return hint, False


def _records_in_list(hint: Any) -> type[Record] | None:
    """Return the model of a list of records; ``None`` for all else."""
    inner = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(inner) is list:
        item = get_args(inner)[0]
        return item if isinstance(item, type) and issubclass(item, Record) else None
    return None


def _kind(hint: Any) -> tuple[Kind, tuple[str, ...]]:
    if hint in _KINDS:
        return _KINDS[hint], ()
    if get_origin(hint) is Literal:
        return "choice", tuple(str(choice) for choice in get_args(hint))
    inner = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(inner) is list:
        return ("lines" if get_args(inner)[0] == fields.Words else "ids"), ()
    kinds: dict[object, Kind] = {str: "words", bool: "flag", int: "number", Decimal: "number"}
    return kinds[inner], ()
