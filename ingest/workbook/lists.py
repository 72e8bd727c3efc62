"""Drop-downs: words of the model, and the ids that a field may hold.

Words are the only ones possible; ids are offered, and others may be written, since
a row of another sheet may bring a new one.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ingest.workbook.cells import to_owner
from ingest.workbook.folder import RecordsFolder
from ingest.workbook.layout import Column, Table
from ingest.workbook.styles import EMPTY_ROWS, write
from ingest.workbook.titles import choice_words
from ontology.messages import N_, Language, translate

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Lists"]

#: Name of the hidden sheet with the lists.
SHEET = "_lists"


class Lists:
    """The lists of one workbook; each stands once, in a column of the hidden sheet."""

    def __init__(self, folder: RecordsFolder, language: Language) -> None:
        self._folder = folder
        self._language = language
        self._columns: dict[tuple[str, ...], str] = {}

    def add_drop_downs(
        self, sheet: "Worksheet", table: Table, columns: Sequence[Column | None], rows: int
    ) -> None:
        """Give the columns of a sheet their drop-downs, down to the rows for new records."""
        from openpyxl.utils import get_column_letter

        owner_at = 1 if table.owners else -1
        for place, column in enumerate(columns):
            words, only = self._words(table, column, is_owner=place == owner_at)
            if words:
                letter = get_column_letter(place + 1)
                self._add(sheet, f"{letter}2:{letter}{rows + 1 + EMPTY_ROWS}", words, only=only)

    def _words(self, table: Table, column: Column | None, *, is_owner: bool) -> tuple[tuple[str, ...], bool]:
        """Return the words of a column's list, and whether no others are possible."""
        if is_owner:
            rows = self._folder.rows
            owners = [row.ref for name in table.owners for row in rows[name].values()]
            return tuple(to_owner(table, owner, self._language) for owner in owners), False
        if column is None:
            return (), False
        if column.kind in {"choice", "flag", "counted"}:
            return choice_words(column, self._language), column.kind != "counted"
        if column.kind == "id" and column.targets:
            return tuple(sorted(set(self._folder.directory.ids(*column.targets)))), False
        return (), False

    def _add(self, sheet: "Worksheet", cells: str, words: tuple[str, ...], *, only: bool) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        validation: Any = DataValidation(type="list", formula1=self._range(words), allow_blank=True)
        validation.showErrorMessage = only
        validation.errorTitle = "Köprü"
        validation.error = translate(N_("Choose a word from the list."), self._language)
        validation.add(cells)
        sheet.add_data_validation(validation)

    def _range(self, words: tuple[str, ...]) -> str:
        from openpyxl.utils import get_column_letter

        letter = self._columns.setdefault(words, get_column_letter(len(self._columns) + 1))
        return f"{SHEET}!${letter}$1:${letter}${len(words)}"

    def add_sheet(self, book: "Workbook") -> None:
        """Write the hidden sheet."""
        sheet = book.create_sheet(SHEET)
        sheet.sheet_state = "veryHidden"
        for place, words in enumerate(self._columns, start=1):
            for number, word in enumerate(words, start=1):
                write(sheet.cell(number, place), word, None)
