"""Three states of the records to one: field by field, and with every conflict named.

Base is what was exported, theirs what the records are now, ours what the workbook says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.workbook.changes import Change, FieldChange, Outcome
from ingest.workbook.keys import Keyed
from ingest.workbook.layout import EVIDENCE, Table, list_tables, tables
from ingest.workbook.reading import SheetRow
from ingest.workbook.rows import Row, Rows
from ingest.workbook.titles import sheet_title
from ontology.errors import KopruError, SheetError
from ontology.messages import N_, Language

__all__ = ["merge"]

_BOTH = N_(
    "Here stands '{ours}', but the records changed to '{theirs}' since the export. Write what is right into "
    "a new export."
)
_GONE = N_("This record was changed here, but deleted from the records since the export. Make a new export.")
_REMOVED = N_(
    "The record '{key}' was deleted here, but changed in the records since the export. Make a new export."
)
_ADDED = N_("A record '{key}' was added to the records since the export. Make a new export.")
_NOT_LAST = N_(
    "The item '{key}' was deleted, but others come after it, and their ids are their places. "
    "Delete the last items only, or write a new text into it."
)


@dataclass
class _Merge:
    base: Rows
    theirs: Rows
    ours: dict[str, dict[str, SheetRow]]
    language: Language
    rows: Rows = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    errors: list[KopruError] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Merge all tables, records before what belongs to them."""
        for table in sorted(list_tables(), key=lambda one: (one.name == EVIDENCE, bool(one.owners))):
            self.rows[table.name] = dict(self._merge_table(table))
            if table.is_positional:
                self._check_removed_items(table)

    def _merge_table(self, table: Table) -> Iterator[tuple[str, Row]]:
        ours, base = self.ours[table.name], self.base[table.name]
        for key, their in self.theirs[table.name].items():
            row = self._merge_known(table, base.get(key), their, ours.get(key))
            if row is not None:
                yield key, row
        for key, our in ours.items():
            if key in self.theirs[table.name]:
                continue
            if key in base:
                if base[key].cells != our.cells:
                    self.errors.append(our.error(_GONE))
                continue
            row = Row(table.name, key, our.cells, our.owner)
            fields = tuple(FieldChange(name, "", text) for name, text in our.cells.items())
            self.changes.append(Change("added", row, fields))
            yield key, row

    def _merge_known(self, table: Table, base: Row | None, their: Row, our: SheetRow | None) -> Row | None:
        """Return the row to be of a record that is there now; ``None`` when it goes."""
        if base is None:
            if our is not None and our.cells != their.cells:
                self.errors.append(our.error(_ADDED, key=their.key))
            if their.owner in self.removed:
                self._complain(table, _ADDED, key=their.key)
            return their
        if our is None or our.owner != base.owner:
            return self._remove(table, base, their)
        return self._merge_fields(table, base, their, our)

    def _remove(self, table: Table, base: Row, their: Row) -> Row | None:
        if base.cells != their.cells:
            self._complain(table, _REMOVED, key=their.key)
            return their
        self.removed.add(their.ref)
        if their.owner not in self.removed:  # what goes with its record is not named on its own
            fields = tuple(FieldChange(name, text, "") for name, text in their.cells.items())
            self.changes.append(Change("removed", their, fields))
        return None

    def _complain(self, table: Table, template: str, **facts: object) -> None:
        self.errors.append(SheetError(template, sheet=sheet_title(table, self.language), **facts))

    def _merge_fields(self, table: Table, base: Row, their: Row, our: SheetRow) -> Row:
        cells = dict(their.cells)
        fields: list[FieldChange] = []
        for column in table.columns:
            was, is_now, wanted = (one.cells.get(column.name, "") for one in (base, their, our))
            if wanted in {was, is_now}:
                continue
            if is_now != was:
                self.errors.append(our.error(_BOTH, column.name, ours=wanted, theirs=is_now))
                continue
            fields.append(FieldChange(column.name, is_now, wanted))
            cells.pop(column.name, None)
            if wanted:
                cells[column.name] = wanted
        if not fields:
            return their
        row = replace(their, cells=cells)
        self.changes.append(Change("changed", row, tuple(fields)))
        return row

    def _check_removed_items(self, table: Table) -> None:
        """Ids of items are their places: one that goes must be the last of its list."""
        gone: dict[str, Row] = {}
        for key, their in self.theirs[table.name].items():
            if key not in self.rows[table.name]:
                gone.setdefault(their.owner, their)
        kept = [*self.rows[table.name].values()]
        for owner, first in gone.items():
            if any(row.owner == owner and _place(row.key) > _place(first.key) for row in kept):
                self._complain(table, _NOT_LAST, key=first.key)


def _place(key: str) -> int:
    return int(key.rpartition("-")[2])


def merge(base: Rows, theirs: Rows, keyed: Keyed, language: Language) -> tuple[Outcome, list[KopruError]]:
    """Return the records as they are to be, and the places where that can't be told.

    Parameters
    ----------
    base
        The records as they were exported.
    theirs
        The records as they are now.
    keyed
        The rows of the workbook.
    language
        Of the workbook.
    """
    merging = _Merge(base, theirs, keyed.rows, language)
    merging.run()
    order = list(tables())
    changes = sorted(_with_ends(merging), key=lambda change: order.index(change.row.table))
    return Outcome(merging.rows, tuple(changes)), merging.errors


def _with_ends(merging: _Merge) -> list[Change]:
    """Return the changes; a relation that now has an end, and had none, is one that ended."""
    ended: dict[str, FieldChange] = {}
    for change in merging.changes:
        end = next((one for one in change.fields if one.column == "says.end"), None)
        if change.row.table == EVIDENCE and end and end.after and change.kind != "removed":
            ended[change.row.owner] = end
    had_end = {row.owner for row in merging.theirs[EVIDENCE].values() if "says.end" in row.cells}
    ends = [
        Change("ended", row, ())
        for ref in ended
        if ref not in had_end and (row := _find(merging.theirs, ref)) is not None
    ]
    return [*merging.changes, *ends]


def _find(rows: Rows, ref: str) -> Row | None:
    table, _, key = ref.partition("/")
    return rows[table].get(key)
