"""Rows of CSV and XLSX files, one after the other, each cell taken out by its reader and accounted for.

Nothing here knows what a column means. A file is read as it comes (plain or packed with gzip), so
memory doesn't grow with it.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import IO, Any, NoReturn

from ingest.batch import Notice, RawFile
from ontology.errors import RecordError, WorkbookError
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["Dialect", "Row", "RowTable", "cell_error", "open_lines", "open_table"]

#: Characters of one cell; a longer one is a quotation mark that was never closed.
_LONGEST_CELL = 2_000_000
_MOST_COLUMNS = 1_000
_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written; ``None``: found out from its first line."""

    delimiter: str | None = None
    encoding: str = "utf-8-sig"
    quote: str = '"'
    skip_rows: int = 0


@dataclass
class Row:
    """One row; what was not taken out of it when its reader has finished was forgotten."""

    file: str
    line: int
    cells: dict[str, str]

    @property
    def ref(self) -> str:
        """Return the place, e.g. ``twins.csv:17``."""
        return f"{self.file}:{self.line}"

    def take(self, column: str) -> str:
        """Take a cell out of the row and return it; empty where the table has no such column."""
        return self.cells.pop(column, "").strip()

    def need(self, column: str) -> str:
        """Take out a cell that must not be empty.

        Raises
        ------
        RecordError
            It is empty.
        """
        if value := self.take(column):
            return value
        raise cell_error(N_("the column '{column}' is empty. Fill it in, or take the row out."), self, column)


def cell_error(template: str, row: Row, column: str, **facts: object) -> RecordError:
    """Return an error about one cell; ``{column}`` is among the facts of the sentence."""
    return RecordError(template, file=row.file, line=row.line, column=column, **facts)


@dataclass
class RowTable:
    """A table: its columns, and its rows to iterate over once."""

    file: str
    columns: tuple[str, ...]
    rows: Iterator[Row]
    notices: list[Notice] = field(default_factory=list)

    def check_columns(self, needed: Collection[str], optional: Collection[str] = ()) -> None:
        """Refuse a table without a column that is needed; note the columns that nobody reads.

        Raises
        ------
        RecordError
            A needed column is missing.
        """
        if missing := [column for column in needed if column not in self.columns]:
            raise RecordError(
                N_(
                    "the table has no column '{missing}'; it has: {columns}. "
                    "Is it the right file, exported whole?"
                ),
                file=self.file, line=1, missing="', '".join(missing), columns=", ".join(self.columns),
            )  # fmt: skip
        unknown = [column for column in self.columns if column not in {*needed, *optional}]
        if unknown:
            self.notices.append(
                Notice(
                    N_("{file}: the columns {columns} are not known, so they were not read."),
                    {"file": self.file, "columns": ", ".join(unknown)},
                )
            )


@contextmanager
def open_table(file: RawFile, dialect: Dialect = Dialect(), sheet: str | None = None) -> Iterator[RowTable]:
    """Open a table; whether it is a spreadsheet, packed or plain text is seen from its first bytes.

    Parameters
    ----------
    file
        The bytes.
    dialect
        How a CSV file is written.
    sheet
        Name of the sheet of a workbook; the first one when ``None``.

    Raises
    ------
    RecordError
        It can't be read at the line that is named; also while its rows are iterated over.
    """
    with file.open() as content:
        begin = content.read(4)
    if begin.startswith(b"PK\x03\x04"):
        with _open_sheet(file, sheet) as table:
            yield table
    elif begin.startswith(b"\xd0\xcf\x11\xe0"):
        raise RecordError(
            N_("this is an old or protected spreadsheet. Save it as .xlsx without a password, or as CSV."),
            file=file.name, line=None,
        )  # fmt: skip
    else:
        with file.open() as raw:
            plain: Any = gzip.GzipFile(fileobj=raw) if begin.startswith(b"\x1f\x8b") else raw
            text = io.TextIOWrapper(plain, encoding=dialect.encoding, newline="")
            yield _read_csv(file.name.removesuffix(".gz"), text, dialect)


@contextmanager
def open_lines(file: RawFile) -> Iterator[IO[bytes]]:
    """Open a text file, packed or not, for iterating over its lines."""
    with file.open() as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        plain: Any = gzip.GzipFile(fileobj=raw) if packed else raw
        yield plain


def _read_csv(name: str, text: IO[str], dialect: Dialect) -> RowTable:
    csv.field_size_limit(_LONGEST_CELL)
    records = _iter_csv(name, text, dialect)
    for _ in range(dialect.skip_rows):
        next(records, None)
    line, head = next(records, (1, []))
    return _make_table(name, line, head, records)


def _make_table(name: str, line: int, head: list[str], records: Iterator[tuple[int, list[str]]]) -> RowTable:
    columns = tuple(title.strip() for title in head)
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns or len(columns) > _MOST_COLUMNS:
        raise RecordError(
            N_("there is no line with the names of the columns. Is it the right file?"), file=name, line=line
        )
    if double := {column for column in columns if columns.count(column) > 1}:
        raise RecordError(
            N_("two columns have the name '{column}'. Give each a name of its own."),
            file=name, line=line, column=sorted(double)[0],
        )  # fmt: skip
    return RowTable(name, columns, _iter_rows(name, columns, records))


def _iter_rows(
    name: str, columns: tuple[str, ...], records: Iterator[tuple[int, list[str]]]
) -> Iterator[Row]:
    for line, cells in records:
        if not any(cells):
            continue
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            raise RecordError(
                N_("{found} cells, but the table has {expected} columns. Is a quotation mark missing?"),
                file=name, line=line, found=len(cells), expected=len(columns),
            )  # fmt: skip
        yield Row(name, line, dict(zip(columns, cells, strict=False)))


def _iter_csv(name: str, text: IO[str], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield the records with the line on which each begins."""
    line = 1
    try:
        first = text.readline(_SAMPLE)
        delimiter = dialect.delimiter or max(_DELIMITERS, key=first.count)
        reader = csv.reader(chain([first], text), delimiter=delimiter, quotechar=dialect.quote, strict=True)
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except UnicodeDecodeError:
        _fail(name, line, N_("this is not {encoding} text. Save the file as UTF-8."), encoding="UTF-8")
    except csv.Error as error:
        _fail(
            name, line, N_("this can't be read as CSV ({reason}). Check its quotation marks."), reason=error
        )
    except (EOFError, gzip.BadGzipFile, zlib.error):
        _fail(name, line, N_("the packed file is damaged or ends too early. Fetch it again, whole."))
    except OSError as error:
        _fail(
            name, line, N_("the file can't be read from here on ({reason}). Fetch it again, whole."),
            reason=reason_of(error),
        )  # fmt: skip


def _fail(name: str, line: int, template: str, **facts: object) -> NoReturn:
    raise RecordError(template, file=name, line=line, **facts) from None


@contextmanager
def _open_sheet(file: RawFile, wanted: str | None) -> Iterator[RowTable]:
    from openpyxl import load_workbook

    from ingest.workbook.opening import UNREADABLE, check_file

    try:
        check_file(file.content)
        book = load_workbook(io.BytesIO(file.content), read_only=True, data_only=True)
    except WorkbookError as error:
        raise RecordError(error.template, file=file.name, line=None, **error.facts) from error
    except UNREADABLE as error:
        raise RecordError(
            N_("this spreadsheet is damaged. Open it in a spreadsheet program and save it again."),
            file=file.name, line=None,
        ) from error  # fmt: skip
    try:
        if wanted is not None and wanted not in book.sheetnames:
            raise RecordError(
                N_("there is no sheet '{sheet}'; there are: {sheets}."),
                file=file.name, line=None, sheet=wanted, sheets=", ".join(book.sheetnames),
            )  # fmt: skip
        records = _iter_sheet(book[wanted] if wanted else book.worksheets[0])
        line, head = next(records, (1, []))
        yield _make_table(file.name, line, head, records)
    finally:
        book.close()


def _iter_sheet(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS), 1):
        yield line, [_cell_text(cell) for cell in cells]


def _cell_text(cell: object) -> str:
    """Return a cell as it would stand in a CSV file: days without midnight, whole numbers without ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).removesuffix(" 00:00:00")
