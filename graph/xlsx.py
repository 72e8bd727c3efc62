"""A table of terms as a workbook for spreadsheet programs, written while its rows come in.

Office Open XML (ECMA-376) in the few parts that one table needs. A library for workbooks is
not used here: those for Python gather rows in a file of their own before they write, and a
query's process may write no file; this one holds a few hundred rows.

Every cell has the type of its term where a spreadsheet has that type; what it has not (a
whole number of more than 15 digits, a moment with a time zone, a day before 1900) stays text.
Nothing is ever a formula. A second sheet says what the table is and whether it is all of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from importlib.resources import files
from itertools import chain, islice
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyoxigraph as ox

from ontology.messages import LANGUAGES, N_, translate

__all__ = ["MAX_SHEET_COLUMNS", "MAX_SHEET_ROWS", "SheetWriter"]

#: Rows of a sheet below its head.
MAX_SHEET_ROWS = 1_048_575
MAX_SHEET_COLUMNS = 16_384
_MAX_TEXT = 32_767
#: Bytes of a part of the package: larger ones need a form of ZIP that Excel doesn't read from a stream.
_MAX_BYTES = 2_000_000_000
_MEASURED = 100
_BATCH = 500

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(
    _XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger",
        "nonPositiveInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte", "gYear",
    )
)  # fmt: skip
_ROUGH = frozenset({_XSD + "double", _XSD + "float"})
_NUMBERS = _WHOLE | _ROUGH | {_XSD + "decimal"}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
# What XML can't hold, and what would be taken for the way of writing that.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_DAY_ONE = date(1899, 12, 31)
#: Excel takes 1900 for a leap year, as Lotus 1-2-3 did: from March on its count is one ahead.
_AFTER_THE_DAY_THAT_NEVER_WAS = date(1900, 3, 1)
# Places in the list of looks in workbook/styles.xml.
_BOLD, _DATE, _MOMENT = 1, 2, 3

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class SheetWriter:
    """Writes one workbook into ``target``, which is only ever appended to.

    Parameters
    ----------
    target
        Takes the bytes.
    query
        The question, for the second sheet.
    """

    def __init__(self, target: IO[bytes], query: str) -> None:
        self._package = ZipFile(target, "w", ZIP_DEFLATED)
        self._query = query
        self.rows = 0
        self.shortened = 0
        self.is_full = False

    def write(
        self, names: Sequence[str], rows: Iterable[Iterable[object]], is_cut: Callable[[], bool]
    ) -> None:
        """Write the whole workbook.

        Parameters
        ----------
        names
            Of the columns.
        rows
            Terms, ``None`` where there is none.
        is_cut
            Asked after the last row: whether rows were left out before they came here.
        """
        if len(names) > MAX_SHEET_COLUMNS:
            names, rows = names[:MAX_SHEET_COLUMNS], (islice(row, MAX_SHEET_COLUMNS) for row in rows)
            self.is_full = True
        with self._part("xl/worksheets/sheet1.xml") as write:
            self._write_table(write, names, iter(rows))
        is_cut_short = is_cut() or self.is_full
        with self._part("xl/worksheets/sheet2.xml") as write:
            write(_notes_sheet(self._notes(is_cut=is_cut_short)))
        last = f"${_column(len(names) or 1)}${self.rows + 1}"
        for name, text in _fixed_parts(last, opened=int(is_cut_short)):
            with self._part(name) as write:
                write(text)
        self._package.close()

    def _write_table(
        self, write: Callable[[str], int], names: Sequence[str], rows: Iterator[Iterable[object]]
    ) -> None:
        first = [list(row) for row in islice(rows, _MEASURED)]
        write(_sheet_begin(_widths(names, first)))
        write(_row(1, [_text(name, _BOLD) for name in names]))
        written = 0
        batch: list[str] = []
        for row in chain(first, rows):
            if self.rows == MAX_SHEET_ROWS or written > _MAX_BYTES:
                self.is_full = True
                break
            self.rows += 1
            batch.append(_row(self.rows + 1, [self._cell(term) for term in row]))
            if len(batch) == _BATCH:
                written += write("".join(batch))
                batch.clear()
        write("".join(batch))
        corner = f"{_column(len(names) or 1)}{self.rows + 1}"
        write(f'</sheetData><autoFilter ref="A1:{corner}"/></worksheet>')

    def _cell(self, term: object) -> str:
        if isinstance(term, ox.Literal):
            return _typed(term.value, term.datatype.value) or self._text(term.value)
        if term is None:
            return "<c/>"
        if isinstance(term, bool):
            return _truth(is_true=term)
        return self._text(term.value if isinstance(term, ox.NamedNode) else str(term))

    def _text(self, value: str) -> str:
        if len(value) > _MAX_TEXT // 2:
            units = value.encode("utf-16-le")  # as a spreadsheet counts them
            if len(units) > 2 * _MAX_TEXT:
                self.shortened += 1
                value = units[: 2 * (_MAX_TEXT - 1)].decode("utf-16-le", errors="ignore") + "…"
        return _text(value)

    def _notes(self, *, is_cut: bool) -> Iterator[tuple[str, str]]:
        """Yield what is to be known of the table, in both languages: label and value."""
        for language in LANGUAGES:
            yield translate(_ROWS, language), str(self.rows)
            if is_cut:
                template = _FULL if self.is_full else _CUT
                yield translate(_INCOMPLETE, language), translate(template, language, rows=self.rows)
            if self.shortened:
                yield (
                    translate(_SHORTENED, language),
                    translate(_SHORTENED_NOTE, language, number=self.shortened, limit=_MAX_TEXT),
                )
            yield translate(_QUERY, language), self._query

    @contextmanager
    def _part(self, name: str) -> Iterator[Callable[[str], int]]:
        info = ZipInfo(name)  # without the time of day: the same answer has the same bytes
        info.compress_type = ZIP_DEFLATED
        with self._package.open(info, "w") as part:
            yield lambda text: part.write(text.encode("utf-8"))


def _typed(value: str, datatype: str) -> str:
    """Return the cell of a literal that a spreadsheet has a type for; empty when it has none."""
    if datatype in _NUMBERS:
        return _number(value, is_exact=datatype not in _ROUGH)
    if datatype == _XSD + "boolean" and value in ("true", "false", "1", "0"):
        return _truth(is_true=value in ("true", "1"))
    if datatype == _XSD + "date" and len(value) == len("2024-03-04"):
        return _day(value)
    if datatype == _XSD + "dateTime":
        return _moment(value)
    return ""


def _number(value: str, *, is_exact: bool) -> str:
    """Return the cell of a number, unless a spreadsheet would change its digits: it keeps 15."""
    if not _NUMBER.fullmatch(value) or not -1e307 < float(value) < 1e307:
        return ""
    if is_exact and len(value.lstrip("+-").replace(".", "").strip("0")) > 15:
        return ""
    return f"<c><v>{value.removeprefix('+')}</v></c>"


def _truth(*, is_true: bool) -> str:
    return f'<c t="b"><v>{int(is_true)}</v></c>'


def _day(value: str) -> str:
    try:
        days = _count_days(date.fromisoformat(value))
    except ValueError:
        return ""
    return f'<c s="{_DATE}"><v>{days}</v></c>' if days > 0 else ""


def _moment(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return ""
    days = _count_days(moment.date())
    if moment.tzinfo is not None or days <= 0:
        return ""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    part = (moment - midnight).total_seconds() / 86_400
    return f'<c s="{_MOMENT}"><v>{days + part!r}</v></c>'


def _count_days(day: date) -> int:
    """Return a day's number in Excel's count, which begins with 1 on 1 January 1900."""
    return (day - _DAY_ONE).days + (day >= _AFTER_THE_DAY_THAT_NEVER_WAS)


def _text(value: str, style: int = 0) -> str:
    """Return a cell that is text whatever it begins with."""
    if _UNWRITABLE.search(value):
        value = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
    look = f' s="{style}"' if style else ""
    return f'<c{look} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def _row(number: int, cells: list[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _column(number: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _widths(names: Sequence[str], rows: list[list[object]]) -> list[int]:
    """Return a width in characters for each column that suits its head and its first values."""
    widths = [len(name) + 4 for name in names]
    for row in rows:
        for place, term in enumerate(row[: len(widths)]):
            widths[place] = max(widths[place], len(str(getattr(term, "value", term) or "")) + 2)
    return [min(max(width, 10), 60) for width in widths]


def _sheet_begin(widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, 1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
    )


def _notes_sheet(notes: Iterable[tuple[str, str]]) -> str:
    rows = [
        _row(number, [_text(label, _BOLD), _text(value[:_MAX_TEXT])])
        for number, (label, value) in enumerate(notes, 1)
    ]
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="20" customWidth="1"/>'
        f'<col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>{"".join(rows)}</sheetData>'
        "</worksheet>"
    )


def _fixed_parts(last: str, *, opened: int) -> Iterator[tuple[str, str]]:
    """Yield name and text of the parts around the sheets.

    ``last`` is the table's last cell, ``opened`` the sheet that is shown first, from 0.
    """
    for name, file in _PARTS.items():
        text = files("graph.workbook").joinpath(file).read_text(encoding="utf-8")
        yield name, text.replace("{opened}", str(opened)).replace("{last}", last)


#: Name in the package -> file in ``graph/workbook``.
_PARTS = {
    "xl/workbook.xml": "workbook.xml",
    "xl/_rels/workbook.xml.rels": "workbook_rels.xml",
    "xl/styles.xml": "styles.xml",
    "_rels/.rels": "package_rels.xml",
    "[Content_Types].xml": "content_types.xml",
}
_ROWS = N_("Rows")
_QUERY = N_("Query")
_INCOMPLETE = N_("Incomplete")
_SHORTENED = N_("Shortened")
_CUT = N_(
    "These are the first {rows} rows; there are more. Narrow the query, or ask for the others with OFFSET."
)
_FULL = N_("These are the first {rows} rows: a sheet holds no more rows or columns. Ask for CSV to get all.")
_SHORTENED_NOTE = N_("{number} texts are longer than the {limit} characters that a cell holds.")
