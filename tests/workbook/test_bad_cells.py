"""A cell is read however a spreadsheet kept it; what can't stand in it is refused with its place."""

from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl.worksheet.formula import ArrayFormula


def in_cell(edit, sheet, title: str, key: str, heading: str, value: Any, number_format: str = "") -> Any:
    """Return the office after one cell of its workbook was written."""

    def change(book) -> None:
        cell = sheet(book, title).cell(key, heading)
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return edit(change)


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x")', "=Documents!A2"])
def test_a_formula_is_refused_with_its_cell(edit, sheet, formula: str) -> None:
    office = in_cell(edit, sheet, "Documents", "letter-2024", "Publisher", formula)
    assert office.error() == (
        "sheet 'Documents', row 4, column D (Publisher): A formula stands here. "
        "Write its value in its place (paste as value)."
    )


def test_an_array_formula_is_refused(edit, sheet) -> None:
    office = in_cell(edit, sheet, "Documents", "letter-2024", "Publisher", ArrayFormula("D4", "=A1:A2"))
    assert "A formula stands here" in office.error()


def test_an_error_value_is_refused(edit, sheet) -> None:
    office = in_cell(edit, sheet, "Documents", "letter-2024", "Publisher", "#REF!")
    assert "'#REF!' is an error of the spreadsheet" in office.error()


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        (date(2025, 3, 4), "yyyy-mm-dd", "2025-03-04"),
        (datetime(2025, 3, 4), "[$-41F]d mmmm yyyy;@", "2025-03-04"),
        (datetime(2025, 3, 1), "mmm-yy", "2025-03"),
        (datetime(2025, 3, 1), 'yyyy"d"', "2025"),
        (2025, "General", "2025"),
        (2025.0, "General", "2025"),
        ("2025", "@", "2025"),
        (" 2025-03 ", "@", "2025-03"),
        ("bilinmiyor", "@", "unknown"),
        ("UNKNOWN", "@", "unknown"),
    ],
)
def test_a_date_is_read_however_it_was_kept(edit, sheet, value: Any, number_format: str, read: str) -> None:
    office = in_cell(edit, sheet, "Documents", "letter-2024", "Published", value, number_format)
    (change,) = office.changes()
    assert change.fields[0].after == read


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("20.05.2024", "'20.05.2024' is no date"),
        (45000, "'45000' is no date"),
        (20.5, "'20.5' is no date"),
        (datetime(2024, 5, 20, 13, 30), "A time of day can't stand here"),
        (time(13, 30), "A time of day can't stand here"),
        (True, "A truth value can't stand here"),
    ],
)
def test_what_is_no_date_is_refused(edit, sheet, value: Any, words: str) -> None:
    office = in_cell(edit, sheet, "Documents", "letter-2024", "Published", value)
    sentence = office.error()
    assert sentence.startswith("sheet 'Documents', row 4, column F (Published): ")
    assert words in sentence


@pytest.mark.parametrize(
    ("value", "read"), [(5, "5"), (5.25, "5.25"), ("5", "5"), ("5,25", "5.25"), ("-3.50", "-3.5"),
     (-0.0, "0")],
)  # fmt: skip
def test_a_number_is_read_however_it_was_kept(edit, sheet, value: Any, read: str) -> None:
    office = in_cell(edit, sheet, "Measurements", "joint-clean-ups.2025", "Value", value)
    (change,) = office.changes()
    assert change.fields[0].after == read


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("many", "'many' is no number"),
        ("1.234", "It is not clear which number '1.234' is"),
        ("1,234", "It is not clear which number '1,234' is"),
        ("1 234 567", "It is not clear which number"),
        (datetime(2024, 5, 20), "The spreadsheet made a date of this"),
    ],
)
def test_what_is_no_clear_number_is_refused(edit, sheet, value: Any, words: str) -> None:
    office = in_cell(edit, sheet, "Measurements", "joint-clean-ups.2025", "Value", value)
    sentence = office.error()
    assert words in sentence
    assert "(Value): " in sentence


@pytest.mark.parametrize(
    ("title", "key", "heading", "value", "words"),
    [
        ("Protocols", "belmare.memorandum", "Kind", "treaty", "Possible are: protocol, memorandum"),
        ("Protocols", "belmare.memorandum", "Partner", "belmar", "Did you mean 'belmare'?"),
        ("Protocols", "belmare.memorandum", "Partner", None, "This cell is empty, but it must be filled in"),
        ("Protocols", "belmare.memorandum", "Counted", "perhaps", "Possible are: yes, no."),
        ("Protocols", "belmare.memorandum", "Start", None, "Write the start in the sheet 'Evidence'"),
        ("Protocols", "belmare.memorandum", "Reason of counting (English)", None, "English text is missing"),
        ("Protocols", "belmare.memorandum", "Themes", "sea", "there is no such id in 'themes'"),
        ("Cities", "belmare", "Country", "Italy", "'Italy' is no country code"),
        ("Documents", "letter-2024", "Web address", "example.org", "is no web address"),
        ("Activities", "coast-clean-up-days", "Budget", 40000, "'40000' has no currency"),
        ("Activities", "coast-clean-up-days", "Budget", "viel", "'viel' is no amount"),
        ("Indicators", "joint-clean-ups", "Target: year", None, "This cell is empty"),
        ("Measurements", "joint-clean-ups.2025", "Period", "2025-13", "'2025-13' is no date"),
        ("Declared numbers", "sister_city.2024-05-20", "Number", -1, "too small"),
        ("Declared numbers", "sister_city.2024-05-20", "Number", "1.5", "A whole number"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_its_cell(
    edit, sheet, title: str, key: str, heading: str, value: Any, words: str
) -> None:
    office = in_cell(edit, sheet, title, key, heading, value)
    sentences = office.errors()
    assert any(f"sheet '{title}', row " in one and f"({heading}): " in one for one in sentences), sentences
    assert any(words in one for one in sentences), sentences


def test_a_wrong_value_is_told_in_turkish(office, sheet) -> None:
    office.language = "tr"
    book = office.export()
    sheet(book, "Protokoller").cell("belmare.memorandum", "Tür").value = "antlaşma"
    office.save(book)
    assert office.error("tr") == (
        "'Protokoller' sayfası, satır 2, sütun D (Tür): 'antlaşma' buraya yazılamaz. Yazılabilecekler: "
        "protokol, mutabakat zaptı, niyet mektubu, iyi niyet protokolü, dostluk protokolü."
    )


def test_every_wrong_cell_is_named_at_once(edit, sheet) -> None:
    def change(book) -> None:
        for key in ("letter-2024", "town-news-2019"):
            sheet(book, "Documents").cell(key, "Publisher").value = "=A1"
        sheet(book, "Measurements").cell("joint-clean-ups.2025", "Value").value = "x"

    assert len(edit(change).errors()) == 3
