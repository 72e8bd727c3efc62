"""A workbook to rows of texts: every cell that can't be understood is collected before any is reported."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from ingest.records.batch import list_themes
from ingest.workbook import lists, snapshot
from ingest.workbook.cells import BadCell, from_cell, from_owner
from ingest.workbook.headings import Headings, read_headings
from ingest.workbook.layout import Column, Table, list_tables
from ingest.workbook.opening import UNREADABLE, check_file, find_merged, unreadable
from ingest.workbook.rows import clean
from ingest.workbook.snapshot import Snapshot
from ingest.workbook.titles import INSTRUCTIONS, THEMES, find_table, sheet_title
from ontology.errors import KopruError, SheetError
from ontology.messages import LANGUAGES, N_, Language, translate

__all__ = ["MOST_ROWS", "Book", "SheetRow", "read_workbook"]

#: Rows with content that a sheet may have; a city has hundreds.
MOST_ROWS = 20_000

_UNKNOWN_SHEET = N_("The sheet '{sheet}' is none of the records' and was not read.")

_OUTSIDE = N_("'{value}' stands outside the columns. Delete it, or move it into its column.")

_NO_THEME = N_(
    "'{value}' is no theme of the program, and none can be added here. Delete the row; choose a theme of "
    "the list."
)


@dataclass(frozen=True)
class SheetRow:
    """One row as it stands in a sheet.

    Attributes
    ----------
    sheet, number
        Name of the sheet, and the row's number there.
    headings
        Where the columns stand.
    key
        What stands in the column of keys, or the record's id; may be empty.
    owner
        The row that it belongs to, as ``table/key``; empty where there is none.
    cells
        Name of a column → its text.
    """

    sheet: str
    number: int
    headings: Headings
    key: str
    owner: str
    cells: dict[str, str]

    def error(self, template: str, name: str = "", /, **facts: object) -> SheetError:
        """Return an error at a column of this row, or at the whole row."""
        column, heading = self.headings.place_of(name) if name else ("", "")
        return SheetError(
            template, sheet=self.sheet, row=self.number, column=column, heading=heading, **facts
        )


@dataclass
class Book:
    """What a workbook says.

    Attributes
    ----------
    language
        The language of its headings.
    snapshot
        The records as they were exported, when it still has them.
    rows
        Table → its rows in the order of the sheet.
    errors
        What can't be understood.
    notices
        What was passed over, as a template and its facts.
    """

    language: Language = "tr"
    snapshot: Snapshot | None = None
    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    errors: list[KopruError] = field(default_factory=list)
    notices: list[tuple[str, dict[str, object]]] = field(default_factory=list)


def read_workbook(content: bytes) -> Book:
    """Return what a workbook says, with everything that can't be understood.

    Raises
    ------
    WorkbookError
        It can't be read at all.
    """
    check_file(content)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a spreadsheet program added and we don't read
        try:
            return _Reader(load_workbook(BytesIO(content), read_only=True), content).read()
        except UNREADABLE as error:
            raise unreadable(f"{type(error).__name__}: {error}") from error


class _Reader:
    """Reads the sheets one after the other."""

    def __init__(self, book: Any, content: bytes) -> None:
        self._file = book
        self._content = content
        self._book = Book()

    def read(self) -> Book:
        """Return the whole book."""
        sheets = {sheet.title: sheet for sheet in self._file.worksheets}
        if snapshot.SHEET in sheets:
            lines = ([*line] for line in sheets.pop(snapshot.SHEET).iter_rows(values_only=True))
            self._book.snapshot = snapshot.from_lines([_trimmed(line) for line in lines])
        sheets.pop(lists.SHEET, None)
        for title in (
            translate(title, language) for title in (INSTRUCTIONS, THEMES) for language in LANGUAGES
        ):
            if sheet := sheets.pop(title, None):
                self._check_reading_only(sheet)
        named = {title: find_table(title) for title in sheets}
        self._book.language = self._find_language(named)
        for title, table in named.items():
            if table is None:
                self._book.notices.append((_UNKNOWN_SHEET, {"sheet": title}))
            elif table.name in self._book.rows:
                self._complain(N_("There are two sheets for the same records. Keep one of them."), title)
            else:
                self._book.rows[table.name] = list(self._read_sheet(sheets[title], table))
        self._check_missing([title for title, table in named.items() if table is None])
        return self._book

    def _check_reading_only(self, sheet: Any) -> None:
        """Refuse a theme of one's own, which would be passed over silently."""
        if sheet.title not in {translate(THEMES, language) for language in LANGUAGES}:
            return
        known = list_themes()
        for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
            if cell.value is not None and clean(str(cell.value)) not in known:
                place = {"row": cell.row, "column": "A", "heading": "–"}
                self._complain(_NO_THEME, sheet.title, value=_short(cell.value), **place)

    def _find_language(self, named: dict[str, Table | None]) -> Language:
        if self._book.snapshot:
            return self._book.snapshot.language
        english = sum(
            table is not None and title == sheet_title(table, "en") for title, table in named.items()
        )
        turkish = sum(
            table is not None and title == sheet_title(table, "tr") for title, table in named.items()
        )
        return "en" if english > turkish else "tr"

    def _complain(self, template: str, sheet: str, **facts: object) -> None:
        self._book.errors.append(SheetError(template, sheet=sheet, **facts))

    def _check_missing(self, unknown: Sequence[str]) -> None:
        """Say which sheets are gone: their records would count as deleted."""
        for table in list_tables():
            if table.name in self._book.rows:
                continue
            kept = self._book.snapshot
            if kept and not kept.rows[table.name]:
                self._book.rows[table.name] = []
                continue
            template = N_("This sheet is missing. Take it from a new export, or give it its name again.")
            if unknown:
                template = N_("This sheet is missing. Is it one of these: {unknown}? Give it its name again.")
            self._complain(template, sheet_title(table, self._book.language), unknown=", ".join(unknown))

    def _read_sheet(self, sheet: Any, table: Table) -> Iterator[SheetRow]:
        merged, filled = find_merged(self._content, sheet._worksheet_path)
        if filled > MOST_ROWS:
            self._complain(
                N_("This sheet has {rows} rows; at most {limit} are read. Is it the right file?"),
                sheet.title, rows=filled, limit=MOST_ROWS,
            )  # fmt: skip
            return
        for cells in merged:
            self._complain(
                N_("The cells {cells} are merged. Split them: each row is one record."),
                sheet.title,
                cells=cells,
            )
        sheet.reset_dimensions()
        rows = sheet.iter_rows()
        headings, errors = read_headings(sheet.title, table, next(rows, ()), self._book.language)
        self._book.errors += errors
        if errors:
            return
        for cells in rows:
            if row := self._read_row(sheet.title, table, headings, cells):
                yield row

    def _read_row(
        self, sheet: str, table: Table, headings: Headings, cells: Sequence[Any]
    ) -> SheetRow | None:
        """Return a row; ``None`` when nothing stands in it."""
        filled = {cell.column: cell for cell in cells if cell.value is not None and str(cell.value).strip()}
        if not filled:
            return None
        number = next(iter(filled.values())).row
        row = SheetRow(sheet, number, headings, "", "", {})
        texts = {
            name: self._text(row, table, name, filled.get(place)) for name, place in headings.places.items()
        }
        outside = [cell for place, cell in filled.items() if place not in headings.places.values()]
        for cell in outside:
            place = {"row": number, "column": cell.column_letter, "heading": "–"}
            self._complain(_OUTSIDE, sheet, value=_short(cell.value), **place)
        key = clean(texts.pop("#key", "") or texts.get("id", ""))
        owner = texts.pop("#owner", "")
        filled_texts = {name: text for name, text in texts.items() if text}
        return SheetRow(sheet, number, headings, key, owner, filled_texts)

    def _text(self, row: SheetRow, table: Table, name: str, cell: Any) -> str:
        if cell is None:
            return ""
        try:
            if cell.data_type == "f":
                raise BadCell(N_("A formula stands here. Write its value in its place (paste as value)."))
            if cell.data_type == "e":
                raise BadCell(
                    N_("'{value}' is an error of the spreadsheet. Write the value."), value=cell.value
                )
            if name == "#owner":
                return from_owner(table, clean(str(cell.value)), self._book.language)
            column = Column(("#key",), "id") if name == "#key" else table.find(name)
            return from_cell(column, cell.value, str(cell.number_format or ""), self._book.language)
        except BadCell as error:
            self._book.errors.append(row.error(error.template, name, **error.facts))
            return ""


def _trimmed(line: list[Any]) -> list[Any]:
    """Return a line without the empty cells at its end, empty ones before as empty texts."""
    while line and line[-1] is None:
        line = line[:-1]
    return ["" if cell is None else cell for cell in line]


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
