"""Is it a workbook that can be read at all? What is too big or of another kind is refused unread.

A spreadsheet is a ZIP of XML: how big it becomes is known before it is unpacked.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse
from zipfile import BadZipFile, ZipFile
from zlib import error as BadDeflate  # noqa: N812 (an error's name)

from ontology.errors import WorkbookError
from ontology.messages import N_

__all__ = ["LARGEST", "LARGEST_UNPACKED", "UNREADABLE", "check_file", "find_merged", "unreadable"]

#: Bytes of a file; the bundled records make a quarter of a megabyte.
LARGEST = 20 * 1024 * 1024
#: Bytes of all its parts once unpacked.
LARGEST_UNPACKED = 60 * 1024 * 1024
_MOST_PARTS = 2000

#: What the libraries raise at a file that is damaged.
UNREADABLE = (
    BadZipFile, BadDeflate, ParseError, EOFError, OSError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, NotImplementedError, RuntimeError,
)  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def unreadable(reason: object) -> WorkbookError:
    """Return the error for a file that is damaged."""
    return WorkbookError(
        N_("This file is damaged ({reason}). Open it in a spreadsheet program and save it again as .xlsx."),
        reason=reason,
    )


def check_file(content: bytes) -> None:
    """Refuse what is no workbook, and what would become too big.

    Raises
    ------
    WorkbookError
        It is empty, too big, protected by a password, of another kind, with macros, or damaged.
    """
    if not content:
        raise WorkbookError(N_("This file is empty. Is it the right file?"))
    if len(content) > LARGEST:
        raise _too_big(len(content), LARGEST)
    if content.startswith(_OLE):
        raise WorkbookError(
            N_(
                "This file is protected by a password, or an old .xls. Save it without a password "
                "as 'Excel workbook (.xlsx)'."
            )
        )
    try:
        with ZipFile(BytesIO(content)) as parts:
            _check_parts(parts)
    except UNREADABLE as error:
        if content.startswith(b"PK"):
            raise unreadable(type(error).__name__) from error
        raise WorkbookError(
            N_("This file is no spreadsheet. Save the workbook as 'Excel workbook (.xlsx)'.")
        ) from error


def _too_big(size: int, limit: int) -> WorkbookError:
    return WorkbookError(
        N_(
            "This file has {megabytes} MB; at most {limit} MB are read. Delete empty rows that are only "
            "formatted, or export the workbook anew."
        ),
        megabytes=-(-size // 2**20), limit=limit // 2**20,
    )  # fmt: skip


def _check_parts(parts: ZipFile) -> None:
    listed = parts.infolist()
    names = {part.filename for part in listed}
    size = sum(part.file_size for part in listed)  # what is read never exceeds what is declared here
    if size > LARGEST_UNPACKED or len(listed) > _MOST_PARTS:
        raise _too_big(size, LARGEST_UNPACKED)
    if "mimetype" in names and "content.xml" in names:
        raise WorkbookError(
            N_("This is an OpenDocument spreadsheet. Save it as 'Excel workbook (.xlsx)' and import that.")
        )
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise WorkbookError(N_("This file is no spreadsheet. Save the workbook as 'Excel workbook (.xlsx)'."))
    if any(part.flag_bits & 1 for part in listed):
        raise WorkbookError(N_("This file is protected by a password. Save it without one."))
    is_macro = b"macroEnabled" in parts.read("[Content_Types].xml")
    if is_macro or any(name.endswith("vbaProject.bin") for name in names):
        raise WorkbookError(
            N_("This workbook contains macros. Save it as 'Excel workbook (.xlsx)', without macros.")
        )
    for name in names:
        if name.endswith((".xml", ".rels")) and _DOCTYPE.search(parts.read(name)):
            raise unreadable("DOCTYPE")


def find_merged(content: bytes, part: str) -> tuple[list[str], int]:
    """Return the merged ranges of a sheet, and how many rows of it hold anything."""
    merged: list[str] = []
    filled = 0
    with ZipFile(BytesIO(content)) as parts, parts.open(part) as file:
        for element in _iter_elements(file):
            if element.tag == f"{_SHEET}mergeCell":
                merged.append(element.get("ref", ""))
            elif element.tag == f"{_SHEET}row":
                filled += any(len(cell) for cell in element)
                element.clear()
    return merged, filled


def _iter_elements(file: Any) -> Iterator[Any]:
    for _, element in iterparse(file, events=("end",)):  # noqa: S314 (no DOCTYPE is in it)
        yield element
