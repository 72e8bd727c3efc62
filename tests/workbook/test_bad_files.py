"""A file that is no workbook, or can't be read safely, is refused as a whole; nothing has changed."""

import io
import os
import struct
import zipfile

import pytest
from openpyxl import Workbook

from ingest.workbook import opening

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """Return the workbook with parts replaced, added or (``None``) taken out; ``__`` stands for a slash."""
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, part in named.items():
            if part is not None:
                new.writestr(name, part)
    return result.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"id;name\n", "no spreadsheet"),
        (OLE, "protected by a password, or an old .xls"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (os.urandom(4096), "no spreadsheet"),
    ],
)
def test_a_file_of_another_kind_is_refused(office, content: bytes, words: str) -> None:
    office.content = content
    assert words in office.error()


def test_the_sentences_are_turkish_too(office) -> None:
    office.content = OLE
    assert "parolayla korunuyor" in office.error("tr")


def test_a_zip_of_something_else_is_refused(office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("letter.txt", "hello")
    office.content = packed.getvalue()
    assert "no spreadsheet" in office.error()


def test_an_opendocument_spreadsheet_is_refused_by_name(office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", "<x/>")
    office.content = packed.getvalue()
    assert "OpenDocument" in office.error()


def test_macros_are_refused(office) -> None:
    office.export()
    office.content = repacked(office.content, xl__vbaProject_dot_bin=b"\0" * 100)
    assert "macros" in office.error()


def test_a_macro_workbook_is_refused_by_its_type(office) -> None:
    office.export()
    with zipfile.ZipFile(io.BytesIO(office.content)) as parts:
        types = parts.read("[Content_Types].xml").replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
    office.content = repacked(office.content, **{"[Content_Types].xml": types})
    assert "macros" in office.error()


def test_a_zip_bomb_is_refused_unread(office) -> None:
    office.export()
    bomb = b"<worksheet>" + b" " * (opening.LARGEST_UNPACKED + 1)
    office.content = repacked(office.content, xl__worksheets__sheet99_dot_xml=bomb)
    assert len(office.content) < opening.LARGEST
    assert "at most 60 MB are read" in office.error()


def test_a_bomb_that_lies_about_its_size_is_refused(office) -> None:
    office.export()
    bomb = b"<worksheet>" + b" " * (8 * 2**20) + b"</worksheet>"
    packed = bytearray(repacked(office.content, xl__worksheets__sheet3_dot_xml=bomb))
    small = struct.pack("<I", 100)
    size = struct.pack("<I", len(bomb))
    packed = bytearray(bytes(packed).replace(size, small))
    office.content = bytes(packed)
    assert "damaged" in office.error()


def test_entities_are_refused(office) -> None:
    office.export()
    billion = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    office.content = repacked(office.content, xl__worksheets__sheet3_dot_xml=billion)
    assert "DOCTYPE" in office.error()


def test_a_part_that_is_no_xml_is_refused(office) -> None:
    office.export()
    office.content = repacked(office.content, xl__worksheets__sheet3_dot_xml=b"<worksheet><oops")
    assert "damaged" in office.error()


def test_a_part_that_is_missing_is_refused(office) -> None:
    office.export()
    office.content = repacked(office.content, xl__worksheets__sheet3_dot_xml=None)
    assert "sheet 'Protocols': This sheet is missing" in office.error()


def test_every_cut_off_file_is_refused(office) -> None:
    office.export()
    whole = office.content
    for share in (0.1, 0.5, 0.9, 0.999):
        office.content = whole[: int(len(whole) * share)]
        assert "damaged" in office.error()


def test_an_empty_workbook_lacks_every_sheet(office) -> None:
    office.save(Workbook())
    sentences = office.errors()
    assert len(sentences) > 20
    assert all("missing" in one for one in sentences)
