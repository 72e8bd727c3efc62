"""Workbooks: each kind of term in its cell, what is said of cut tables, and how little is held.

They are read with openpyxl, which had no part in writing them.
"""

import gc
import io
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree import ElementTree

import openpyxl
import pyoxigraph as ox
import pytest

from graph import xlsx
from graph.results import AnswerWriter
from graph.workers import Limits
from graph.xlsx import SheetWriter

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = [
    ('"Çankırı, Iğdır"@tr', "Çankırı, Iğdır"),
    ('"5"', "5"),
    ("5", 5),
    ("-2.50", -2.5),
    ("1.5e3", 1500),
    ("123456789012345", 123456789012345),
    ("1234567890123456", "1234567890123456"),
    ('"0.1234567890123456"^^xsd:decimal', "0.1234567890123456"),
    ('"INF"^^xsd:double', "INF"),
    ('"five"^^xsd:integer', "five"),
    ('"2024"^^xsd:gYear', 2024),
    ("true", True),
    ('"2024-03-04"^^xsd:date', date(2024, 3, 4)),
    ('"1900-01-01"^^xsd:date', date(1900, 1, 1)),
    ('"1900-03-01"^^xsd:date', date(1900, 3, 1)),
    ('"1899-12-31"^^xsd:date', "1899-12-31"),
    ('"2024-03-04Z"^^xsd:date', "2024-03-04Z"),
    ('"2024-13-04"^^xsd:date', "2024-13-04"),
    ('"2024-03-04T12:30:00"^^xsd:dateTime', datetime(2024, 3, 4, 12, 30)),
    ('"2024-03-04T12:30:00Z"^^xsd:dateTime', "2024-03-04T12:30:00Z"),
    ("<https://example.org/a?b=1&c=%3C>", "https://example.org/a?b=1&c=%3C"),
    ('"<b>&amp;</b>"', "<b>&amp;</b>"),
    ('"two\\nlines"', "two\nlines"),
    ("UNDEF", None),
]  # fmt: skip


def open_book(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def ask_book(asker, query: str, limits: Limits | None = None):
    """Return the answer and its workbook."""
    answers = []

    async def work(pool):
        from graph.workers import QueryRequest

        answer = await pool.run(QueryRequest(query, table="xlsx", rdf=None))
        answers.append(answer)
        return b"".join([part async for part in answer.body])

    body = asker.with_pool(work, limits, size=1)
    return answers[0], open_book(body)


def test_terms_keep_their_types_where_a_sheet_has_them(asker) -> None:
    values = " ".join(term for term, _ in TERMS)
    answer, book = ask_book(asker, f"SELECT ?value {{ VALUES ?value {{ {values} }} }}")
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    given = [
        cell.value.date() if isinstance(expected, date) and type(expected) is date else cell.value
        for cell, (_, expected) in zip(cells, TERMS, strict=True)
    ]
    assert given == [expected for _, expected in TERMS]
    assert [type(value) is bool for value in given].count(True) == 1
    assert answer.rows == len(TERMS)


def test_nothing_is_ever_a_formula(asker) -> None:
    harmful = ["=1+1", '=HYPERLINK(\\"http://x\\")', "+1", "-1", "@SUM(A1)", "\\t=1", "=cmd|' /C calc'!A0"]
    values = " ".join(f'"{text}"' for text in harmful)
    _, book = ask_book(asker, f"SELECT ?text {{ VALUES ?text {{ {values} }} }}")
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(harmful)
    assert [cell.value for cell in cells] == [
        text.replace('\\"', '"').replace("\\t", "\t") for text in harmful
    ]


def test_the_head_is_bold_stays_and_filters(asker) -> None:
    _, book = ask_book(asker, "SELECT ?s ?name { ?s <http://example.org/name> ?name }")
    sheet = book.worksheets[0]
    assert [(cell.value, cell.font.bold) for cell in sheet[1]] == [("s", True), ("name", True)]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, book.active.title) == ("A2", "A1:B2", "Köprü")
    assert sheet.column_dimensions["A"].width == len("http://example.org/antalya") + 2


def test_the_second_sheet_tells_the_query(asker) -> None:
    query = "SELECT ?o { ?s <http://example.org/name> ?o } # kardeş şehir"
    _, book = ask_book(asker, query)
    told = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert told == [["Satır", "1"], ["Sorgu", query], ["Rows", "1"], ["Query", query]]


def test_a_cut_table_says_so_at_once(asker) -> None:
    answer, book = ask_book(asker, "SELECT * { ?s ?p ?o }", Limits(max_rows=1))
    assert (answer.is_cut, answer.rows, book.worksheets[0].max_row) == (True, 1, 2)
    assert book.active.title == "Sorgu"
    text = " ".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)
    assert "first 1 rows; there are more" in text
    assert "ilk 1 satır" in text


def test_a_truth_is_one_cell(asker) -> None:
    _, book = ask_book(asker, "ASK { ?s ?p ?o }")
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()] == [["boolean"], [True]]


@pytest.mark.parametrize("query", ["SELECT ?o { ?s <http://example.org/none> ?o }", "SELECT * {}"])
def test_a_table_without_rows_or_columns_opens(asker, query: str) -> None:
    answer, book = ask_book(asker, query)
    assert book.worksheets[0].auto_filter.ref == f"A1:A{(answer.rows or 0) + 1}"


def test_what_xml_cannot_hold_is_written_as_excel_does() -> None:
    rows = [[ox.Literal("bell\x07")], [ox.Literal("_x0041_")], [ox.Literal("\r\ufffe")]]
    part = write(["text"], rows).read("xl/worksheets/sheet1.xml").decode()
    assert "bell_x0007_<" in part
    assert "_x005F_x0041_" in part
    assert "_x000D__xFFFE_" in part
    ElementTree.fromstring(part)


def write(names: list[str], rows, *, is_cut: bool = False) -> zipfile.ZipFile:
    target = io.BytesIO()
    SheetWriter(target, "ASK {}").write(names, rows, lambda: is_cut)
    return zipfile.ZipFile(target)


def test_a_sheet_ends_where_excel_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_SHEET_ROWS", 3)
    target = io.BytesIO()
    sheet = SheetWriter(target, "ASK {}")
    sheet.write(["n"], ([ox.Literal(n)] for n in range(5)), lambda: False)
    book = open_book(target.getvalue())
    assert (sheet.is_full, book.worksheets[0].max_row) == (True, 4)
    assert "a sheet holds no more rows or columns" in str(
        [cell.value for row in book.worksheets[1].rows for cell in row]
    )


def test_a_sheet_is_as_wide_as_excel_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_SHEET_COLUMNS", 2)
    target = io.BytesIO()
    SheetWriter(target, "ASK {}").write(list("abc"), [[ox.Literal(n) for n in range(3)]], lambda: False)
    book = open_book(target.getvalue())
    assert [[cell.value for cell in row] for row in book.worksheets[0].rows] == [["a", "b"], [0, 1]]
    assert book.active.title == "Sorgu"


def test_a_text_that_is_too_long_for_a_cell_is_shortened_and_said() -> None:
    target = io.BytesIO()
    SheetWriter(target, "ASK {}").write(["t"], [[ox.Literal("ı" * 40_000)]], lambda: False)
    book = open_book(target.getvalue())
    assert len(book.worksheets[0]["A2"].value) == 32_767
    assert "1 texts are longer" in str([cell.value for row in book.worksheets[1].rows for cell in row])


def test_letters_outside_the_first_plane_count_twice() -> None:
    target = io.BytesIO()
    SheetWriter(target, "ASK {}").write(["t"], [[ox.Literal("\U0001f309" * 20_000)]], lambda: False)
    assert len(open_book(target.getvalue()).worksheets[0]["A2"].value) == (32_767 - 1) // 2 + 1


def test_a_query_that_fails_on_its_way_leaves_no_piece_of_a_workbook() -> None:
    def rows() -> Iterator[list[object]]:
        for n in range(1_000):
            yield [ox.Literal(n)]
        raise OSError("the disk is gone")

    frames: list[bytes] = []
    long_ago = time.monotonic() - 60  # so that nothing is held back
    writer = AnswerWriter(lambda *parts: frames.extend(parts), "xlsx", None, long_ago)
    with pytest.raises(OSError, match="disk"):
        SheetWriter(writer, "ASK {}").write(["n"], writer.count(rows()), lambda: writer.is_cut)  # type: ignore[arg-type]
    sent = list(frames)
    gc.collect()
    assert frames == sent
    assert not any(b"[Content_Types].xml" in frame for frame in frames)


def test_the_same_table_has_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for target in (first, second):
        SheetWriter(target, "ASK {}").write(["n"], [[ox.Literal(1)]], lambda: False)
    assert first.getvalue() == second.getvalue()


class Sink:
    """Takes bytes and forgets them, like a pipe."""

    size = 0

    def write(self, data: bytes) -> int:
        """Count the bytes."""
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing."""


def test_what_is_held_does_not_grow_with_the_rows() -> None:
    """200,000 rows of 20 characters of their own are 4 MB of text and more of markup."""

    def rows() -> Iterator[list[object]]:
        for n in range(200_000):
            yield [ox.Literal(f"row number {n:09d}"), ox.Literal(n)]

    sink = Sink()
    tracemalloc.start()
    try:
        SheetWriter(sink, "ASK {}").write(["text", "n"], rows(), lambda: False)  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sink.size > 500_000
    assert peak < 2_000_000
