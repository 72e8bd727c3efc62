"""How the sheets look: headings, widths, what is text and what a number."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ingest.workbook.layout import Column

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["EMPTY_ROWS", "FONT", "add_headings", "finish", "fit_height", "width_of", "write"]

#: Rows below the last record that are ready for new ones.
EMPTY_ROWS = 500

_INK, _PAPER, _QUIET = "FFFFFF", "1F4E5F", "808080"
FONT = "Calibri"
#: Points of a line, and how many lines of a row are shown at most.
_LINE, _MOST_LINES = 15, 8
_WIDTHS = {
    "id": 26, "ids": 30, "words": 44, "lines": 24, "url": 34, "number": 12, "date": 14, "day": 14,
    "period": 12, "amount": 18, "choice": 20, "flag": 11, "counted": 12,
}  # fmt: skip
# What a spreadsheet would take for a letter's number; the mark itself is written as such.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def width_of(column: Column) -> int:
    """Return the width of a column, in letters."""
    narrow = column.path[0] in {"unit", "acronym", "country", "wikidata", "language"}
    return 12 if narrow else _WIDTHS[column.kind]


def add_headings(
    sheet: "Worksheet", titles: Sequence[str], notes: Sequence[str], widths: Sequence[int]
) -> None:
    """Write the first row: headings with notes, which stays in view."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, (title, note, width) in enumerate(zip(titles, notes, widths, strict=True), start=1):
        cell = sheet.cell(1, place, title)
        cell.font = Font(name=FONT, bold=True, color=_INK)
        cell.fill = PatternFill("solid", fgColor=_PAPER)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if note:
            cell.comment = Comment(note, "Köprü", width=320, height=40 + 18 * (len(note) // 45 + 1))
        sheet.column_dimensions[get_column_letter(place)].width = max(width, min(len(title) + 3, 24))
    sheet.row_dimensions[1].height = 32


def finish(sheet: "Worksheet", columns: Sequence[Column | None], rows: int, *, keys: int) -> None:
    """Freeze the headings, add the filter, and say for rows to come what is text; keys are grey."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    last = get_column_letter(len(columns))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{last}{max(rows + 1, 2)}"
    for place, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.alignment = Alignment(wrap_text=True, vertical="top")
        if column is None or column.kind != "number":
            dimension.number_format = "@"
        if place <= keys:
            for number in range(2, rows + 2):
                sheet.cell(number, place).alignment = Alignment(vertical="top")
                sheet.cell(number, place).font = Font(name=FONT, color=_QUIET, size=9)


def fit_height(sheet: "Worksheet", number: int, values: Sequence[Any], widths: Sequence[int]) -> None:
    """Make a row as high as its longest text needs; not every program does so by itself."""
    lines = 1
    for value, width in zip(values, widths, strict=True):
        parts = str(value).split("\n") if isinstance(value, str) else []
        lines = max(lines, sum(1 + len(part) // max(width - 2, 1) for part in parts))
    sheet.row_dimensions[number].height = _LINE * min(lines, _MOST_LINES)


def write(cell: "Cell", value: Any, column: Column | None) -> None:
    """Write a value; a text stays a text, even one that looks like a formula or a date."""
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        cell.value = _ESCAPE.sub("_x005F_", value)
        cell.data_type = "s"
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if column is None or column.kind != "number":
        cell.number_format = "@"
