"""Reading CSV and CSV.gz strictly: every complaint names file, line and column."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

from ontology.errors import RecordError
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["Row", "find_column", "iter_rows", "read_number"]

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Row:
    """One line of a table: its number in the file, its cells without blanks around them."""

    line: int
    cells: tuple[str, ...]


def iter_rows(path: Path) -> Iterator[Row]:
    """Yield the header, then all rows, each as long as the header; empty lines are passed over.

    Raises
    ------
    RecordError
        The file can't be opened, is damaged, not UTF-8, no CSV, or empty; a row has more or fewer
        cells than the header.
    """
    width = None
    line = 0
    try:
        with _open(path) as stream:
            reader = csv.reader(stream, strict=True)
            for cells in reader:
                line = reader.line_num
                if not any(cells):
                    continue
                width = width or len(cells)
                if len(cells) != width:
                    raise RecordError(
                        N_("has {count} cells, the header has {width}. Check commas and quotation marks."),
                        file=path.name, line=line, count=len(cells), width=width,
                    )  # fmt: skip
                yield Row(line, tuple(cell.strip() for cell in cells))
    except UnicodeDecodeError as error:
        raise RecordError(
            N_("is not in UTF-8. Save the table as 'CSV UTF-8'."),
            file=path.name,
            line=line + 1 if line else None,
        ) from error
    except csv.Error as error:
        raise RecordError(
            N_("is no CSV that can be read ({reason}). Save the table as 'CSV UTF-8' with commas."),
            file=path.name, line=line + 1, reason=str(error),
        ) from error  # fmt: skip
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise RecordError(
            N_("is damaged: it can't be unpacked to its end. Fetch or pack it again."),
            file=path.name,
            line=None,
        ) from error
    except OSError as error:
        raise RecordError(
            N_("can't be opened: {reason}"), file=str(path), line=None, reason=reason_of(error)
        ) from error
    if width is None:
        raise RecordError(
            N_("is empty. A table begins with a line of column names."), file=path.name, line=None
        )


def _open(path: Path) -> TextIOWrapper:
    """Return the text of a file, unpacked if its first bytes say so, whatever its name."""
    raw = path.open("rb")
    packed = raw.peek(2)[:2] == _GZIP
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
    return TextIOWrapper(stream, encoding="utf-8-sig", newline="")


def find_column(path: Path, header: Row, name: str) -> int:
    """Return the place of a column.

    Raises
    ------
    RecordError
        There is none of this name, or two.
    """
    if header.cells.count(name) != 1:
        raise RecordError(
            N_("needs one column '{column}'; the first line has: {columns}."),
            file=path.name, line=header.line, column=name, columns=", ".join(header.cells)[:200],
        )  # fmt: skip
    return header.cells.index(name)


def read_number(path: Path, row: Row, column: str, text: str) -> float:
    """Return a number, nan where the cell is empty.

    Raises
    ------
    RecordError
        The cell has something else.
    """
    try:
        return float(text) if text else float("nan")
    except ValueError as error:
        raise RecordError(
            N_("column '{column}': '{value}' is no number. Write it as 1234.5, or leave the cell empty."),
            file=path.name, line=row.line, column=column, value=text[:80],
        ) from error  # fmt: skip
