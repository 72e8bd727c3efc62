"""What a person changed in a workbook, and in words a person can check.

Three states are compared field by field: the records as they were exported, as the workbook has them,
and as they are now. What only one side changed is taken; what both changed differently is refused.
"""

from dataclasses import dataclass
from typing import Literal

from ingest.workbook.cells import to_cell
from ingest.workbook.layout import Column, tables
from ingest.workbook.rows import Row
from ingest.workbook.titles import column_title, sheet_title
from ontology.messages import N_, Language, translate

__all__ = ["Change", "ChangeKind", "FieldChange", "Outcome", "count_changes", "spoken"]

ChangeKind = Literal["added", "changed", "ended", "removed"]

#: What a preview says before the record.
VERBS: dict[ChangeKind, str] = {
    "added": N_("added"), "changed": N_("changed"), "ended": N_("ended"), "removed": N_("removed"),
}  # fmt: skip


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: its column, the text before and after; empty where there was or is none."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One record that is added, changed, ended or removed.

    Attributes
    ----------
    kind
        What happens to it.
    row
        The record as it will be; as it was when it is removed.
    fields
        What differs; all fields of an added record.
    """

    kind: ChangeKind
    row: Row
    fields: tuple[FieldChange, ...] = ()

    def sentence(self, language: Language) -> str:
        """Return what happens to which record, on one line."""
        table = tables()[self.row.table]
        name = self.row.cells.get(f"name.{language}") or self.row.cells.get(f"title.{language}", "")
        record = f"{sheet_title(table, language)}/{self.row.key}" + (f" ({name})" if name else "")
        return f"{translate(VERBS[self.kind], language)}: {record}"

    def lines(self, language: Language) -> list[str]:
        """Return a line for each field: heading, before and after."""
        table = tables()[self.row.table]
        columns = [(table.find(field.column), field) for field in self.fields]
        told = [
            (
                column_title(table, column, language),
                spoken(column, field.before, language),
                spoken(column, field.after, language),
            )
            for column, field in columns
        ]
        return [f"{title}: {before} → {after}" for title, before, after in told]


def spoken(column: Column, text: str, language: Language) -> str:
    """Return a text as a cell has it, on one line."""
    cell = to_cell(column, text, language)
    return "–" if cell is None else " / ".join(str(cell).split("\n"))


@dataclass(frozen=True)
class Outcome:
    """The records as they are to be, and what that changes.

    Attributes
    ----------
    rows
        All rows as they are to be, new ones last.
    changes
        In the order of the sheets.
    """

    rows: dict[str, dict[str, Row]]
    changes: tuple[Change, ...]


def count_changes(changes: tuple[Change, ...]) -> dict[ChangeKind, int]:
    """Return how many records are added, changed, ended and removed."""
    return {kind: sum(change.kind == kind for change in changes) for kind in VERBS}
