"""Three states of the records to one, field by field; where two changed the same, the user's stays.

Base is what was installed, mine what the user has, new what comes with this version. Nothing that the user
has is ever deleted or overwritten unless told.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from ingest.workbook.changes import Change, FieldChange, Outcome, spoken
from ingest.workbook.layout import EVIDENCE, Column, Table, list_tables, tables
from ingest.workbook.rows import Row, Rows
from ingest.workbook.titles import column_title, sheet_title
from ontology.messages import N_, Language, translate

__all__ = ["Conflict", "merge_upgrade"]

_FIELD = N_("{record}, {field}: yours is '{mine}', the new one '{new}'")
_GONE = N_("{record}: you deleted it, but it changed in the new records")
_LEFT_OUT = N_("{record}: you have it, but the new records leave it out")


@dataclass(frozen=True)
class Conflict:
    """Where the user and the new records say different things.

    Attributes
    ----------
    row
        The record as it is; as it is new where the user deleted it.
    field
        The field that differs; ``None`` when the whole record is meant.
    is_left_out
        Whether the new records leave it out; else, without a field, the user deleted it.
    """

    row: Row
    field: FieldChange | None = None
    is_left_out: bool = False

    @property
    def ref(self) -> str:
        """What it is called when it is told to be taken."""
        return self.row.ref

    def sentence(self, language: Language) -> str:
        """Return it in words."""
        table = tables()[self.row.table]
        record = f"{sheet_title(table, language)}/{self.row.key}"
        if self.field is None:
            return translate(_LEFT_OUT if self.is_left_out else _GONE, language, record=record)
        column = table.find(self.field.column)
        return translate(
            _FIELD, language, record=record, field=column_title(table, column, language),
            mine=spoken(column, self.field.before, language), new=spoken(column, self.field.after, language),
        )  # fmt: skip


@dataclass
class _Merge:
    base: Rows
    mine: Rows
    new: Rows
    taken: Collection[str]
    rows: Rows = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Merge all tables, records before what belongs to them."""
        for table in sorted(list_tables(), key=lambda one: (one.name == EVIDENCE, bool(one.owners))):
            self.rows[table.name] = dict(self._merge_table(table))

    def _merge_table(self, table: Table) -> Iterator[tuple[str, Row]]:
        base, new = self.base[table.name], self.new[table.name]
        for key, mine in self.mine[table.name].items():
            row = self._merge_known(table, base.get(key), mine, new.get(key))
            if row is not None:
                yield key, row
        for key, row in new.items():
            if key not in self.mine[table.name] and self._is_wanted(base.get(key), row):
                fields = tuple(FieldChange(name, "", text) for name, text in row.cells.items())
                self.changes.append(Change("added", row, fields))
                yield key, row

    def _is_taken(self, row: Row) -> bool:
        return "all" in self.taken or row.ref in self.taken

    def _is_wanted(self, base: Row | None, new: Row) -> bool:
        """Return whether a record that the user has not is to be added."""
        owner_table, _, owner_key = new.owner.partition("/")
        if new.owner and owner_key not in self.rows[owner_table]:
            return False
        if base is None:
            return True
        if base.cells == new.cells:
            return False
        if not self._is_taken(new):
            self.conflicts.append(Conflict(new))
        return self._is_taken(new)

    def _merge_known(self, table: Table, base: Row | None, mine: Row, new: Row | None) -> Row | None:
        if mine.owner in self.gone:
            self.gone.add(mine.ref)
            return None
        if new is not None:
            return self._merge_fields(table, base, mine, new)
        if base is None:
            return mine
        if self._is_taken(mine):
            self.gone.add(mine.ref)
            self.changes.append(Change("removed", mine))
            return None
        self.conflicts.append(Conflict(mine, is_left_out=True))
        return mine

    def _merge_fields(self, table: Table, base: Row | None, mine: Row, new: Row) -> Row:
        cells = dict(mine.cells)
        fields: list[FieldChange] = []
        for column in table.columns:
            change = self._merge_field(column, base, mine, new)
            if change is not None:
                fields.append(change)
                cells.pop(column.name, None)
                if change.after:
                    cells[column.name] = change.after
        if not fields:
            return mine
        row = replace(mine, cells=cells)
        self.changes.append(Change("changed", row, tuple(fields)))
        return row

    def _merge_field(self, column: Column, base: Row | None, mine: Row, new: Row) -> FieldChange | None:
        """Return what is taken from the new records; ``None`` when the user's stays."""
        is_now, offered = mine.cells.get(column.name, ""), new.cells.get(column.name, "")
        was = base.cells.get(column.name, "") if base else ""
        if offered == is_now or (base is not None and offered == was):
            return None
        change = FieldChange(column.name, is_now, offered)
        if is_now == was or self._is_taken(mine):
            return change
        if base is None and not offered:
            return None  # the user says more than the new records do
        self.conflicts.append(Conflict(mine, change))
        return None


def merge_upgrade(
    base: Rows, mine: Rows, new: Rows, taken: Collection[str] = ()
) -> tuple[Outcome, tuple[Conflict, ...]]:
    """Return the records as they are to be, and where the user's stay although the new ones differ.

    Parameters
    ----------
    base
        The records as they were installed; empty tables when that is not known.
    mine
        The user's.
    new
        Those of this version.
    taken
        Records, as ``table/key``, of which the new state is taken in a conflict; ``all`` for all.
    """
    merging = _Merge(base, mine, new, taken)
    merging.run()
    order = list(tables())
    changes = sorted(merging.changes, key=lambda change: order.index(change.row.table))
    return Outcome(merging.rows, tuple(changes)), tuple(merging.conflicts)
