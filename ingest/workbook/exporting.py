"""The records of a folder as a spreadsheet that people can read and edit.

openpyxl writes it: of the libraries that write XLSX it is the one that also reads it back.
"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ingest.workbook import instructions, snapshot, styles
from ingest.workbook.cells import to_cell, to_owner
from ingest.workbook.folder import RecordsFolder
from ingest.workbook.layout import Column, Table, list_tables
from ingest.workbook.lists import Lists
from ingest.workbook.notes import column_note, key_note, owner_note
from ingest.workbook.rows import Row
from ingest.workbook.snapshot import Snapshot
from ingest.workbook.titles import column_title, key_title, owner_title, sheet_title
from ontology.errors import WorkbookError
from ontology.messages import N_, Language

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["export_workbook"]

#: More characters than this a cell can't hold.
LONGEST = 32_767


def export_workbook(folder: RecordsFolder, language: Language, today: date) -> bytes:
    """Return the workbook of a folder.

    Raises
    ------
    WorkbookError
        A text is too long for a cell.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    instructions.add_instructions(book, folder, language, today)
    lists = Lists(folder, language)
    for table in list_tables():
        _add_sheet(book, table, list(folder.rows[table.name].values()), lists, language)
    instructions.add_themes(book, folder, language)
    lists.add_sheet(book)
    _add_snapshot(book, Snapshot(language, folder.name, snapshot.digest_rows(folder.rows), folder.rows))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _add_sheet(book: "Workbook", table: Table, rows: Sequence[Row], lists: Lists, language: Language) -> None:
    sheet = book.create_sheet(sheet_title(table, language))
    columns: list[Column | None] = list(table.columns)
    headings = [(column_title(table, c, language), column_note(table, c, language)) for c in table.columns]
    widths = [styles.width_of(column) for column in table.columns]
    if table.owners:
        headings.insert(0, (owner_title(table, language), owner_note(table, language)))
        columns.insert(0, None)
        widths.insert(0, 34)
    if not table.has_id:
        headings.insert(0, (key_title(language), key_note(table, language)))
        columns.insert(0, None)
        widths.insert(0, 18)
    starred = [f"{title} *" if column and column.required else title
               for (title, _), column in zip(headings, columns, strict=True)]  # fmt: skip
    styles.add_headings(sheet, starred, [note for _, note in headings], widths)
    for number, row in enumerate(rows, start=2):
        cells = _cells(table, row, language)
        _add_row(sheet, number, cells, columns)
        keys = 0 if table.has_id else 1
        styles.fit_height(sheet, number, cells[keys:], widths[keys:])
    styles.finish(sheet, columns, len(rows), keys=0 if table.has_id else 1)
    lists.add_drop_downs(sheet, table, columns, len(rows))


def _cells(table: Table, row: Row, language: Language) -> list[Any]:
    cells: list[Any] = [] if table.has_id else [row.key]
    if table.owners:
        cells.append(to_owner(table, row.owner, language))
    return cells + [to_cell(column, row.cells.get(column.name, ""), language) for column in table.columns]


def _add_row(sheet: Any, number: int, values: Sequence[Any], columns: Sequence[Column | None]) -> None:
    for place, (value, column) in enumerate(zip(values, columns, strict=True), start=1):
        if value is None:
            continue
        if isinstance(value, str) and len(value) > LONGEST:
            raise WorkbookError(
                N_(
                    "The record '{key}' has a text of {length} characters; a cell of a spreadsheet takes "
                    "{limit}."
                ),
                key=values[0], length=len(value), limit=LONGEST,
            )  # fmt: skip
        styles.write(sheet.cell(number, place), value, column)


def _add_snapshot(book: "Workbook", kept: Snapshot) -> None:
    sheet = book.create_sheet(snapshot.SHEET)
    sheet.sheet_state = "veryHidden"
    for number, line in enumerate(snapshot.to_lines(kept), start=1):
        for place, text in enumerate(line, start=1):
            if text:
                styles.write(sheet.cell(number, place), text, None)
