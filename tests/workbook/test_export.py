"""What a person finds in the workbook: sheets, headings with notes, drop-downs, and every record."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from ingest.workbook.exporting import export_workbook
from ingest.workbook.layout import list_tables
from ingest.workbook.titles import sheet_title
from ontology.errors import WorkbookError
from ontology.messages import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_instructions_come_first_and_every_sheet_follows(office, language: Language) -> None:
    office.language = language
    book = office.export()
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert visible[0] == {"tr": "Açıklamalar", "en": "How to"}[language]
    assert visible[1:-1] == [sheet_title(table, language) for table in list_tables()]
    assert visible[-1] == {"tr": "Temalar", "en": "Themes"}[language]
    assert "2026-03-02" in book.worksheets[0]["A1"].value


def test_the_instructions_link_to_every_sheet(office) -> None:
    book = office.export()
    links = [cell.hyperlink.location for (cell,) in book["How to"].iter_rows(max_col=1) if cell.hyperlink]
    assert len(links) == len(list_tables())


def test_headings_stay_in_view_and_explain_themselves(office) -> None:
    book = office.export()
    for table in list_tables():
        sheet = book[sheet_title(table, "en")]
        assert sheet.freeze_panes == "B2"
        assert all(cell.comment and len(cell.comment.text) > 10 for cell in sheet[1]), table.name


def test_drop_downs_have_words_of_the_language_and_ids(office, sheet) -> None:
    office.language = "tr"
    book = office.export()
    protocols = sheet(book, "Protokoller")
    offered = {}
    for validation in protocols.cells.data_validations.dataValidation:
        name, _, cells = validation.formula1.partition("!")
        words = [cell.value for (cell,) in book[name][cells.replace("$", "")]]
        offered[str(validation.sqref).split(":")[0]] = (words, validation.showErrorMessage)
    letters = {
        heading: protocols.cells.cell(2, place).coordinate for heading, place in protocols.headings().items()
    }
    assert offered[letters["Tür"]] == (
        ["protokol", "mutabakat zaptı", "niyet mektubu", "iyi niyet protokolü", "dostluk protokolü"], True,
    )  # fmt: skip
    words, only = offered[letters["Ortak"]]
    assert {"belmare", "musterstadt", "harbour-university"} <= set(words)
    assert not only


def test_dates_and_keys_are_text_and_numbers_are_numbers(office, sheet) -> None:
    book = office.export()
    start = sheet(book, "Evidence").cell("sister_cities.musterstadt.musterstadt-partner-page", "Start")
    assert (start.value, start.data_type, start.number_format) == ("2011-07", "s", "@")
    value = sheet(book, "Measurements").cell("joint-clean-ups.2025", "Value")
    assert (value.value, value.data_type) == (4, "n")


def test_rows_to_come_are_text_too(office) -> None:
    sheet = office.export()["Protocols"]
    assert sheet.column_dimensions["C"].number_format == "@"


def test_a_text_that_looks_like_a_formula_stays_a_text(office, sheet) -> None:
    office.rewrite("events.yml", "Liman Günleri 2018, en", '"=1+1", en')
    cell = sheet(office.export(), "Events").cell("harbour-days-2018", "Name (Turkish)")
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert office.changes() == []


def test_the_sheet_of_themes_counts_their_use(office, sheet) -> None:
    themes = sheet(office.export(), "Themes")
    written = "".join(path.read_text("utf-8") for path in office.root.rglob("*.yml"))
    assert themes.cell("sea-and-coast", "Used").value == written.count("sea-and-coast")
    assert themes.cell("culture", "Turkish").value == "Kültür"
    assert themes.cells.max_row > 40


def test_a_text_longer_than_a_cell_is_refused(office) -> None:
    office.rewrite("events.yml", "Liman Günleri 2018, en", f'"{"a" * 40_000}", en')
    with pytest.raises(WorkbookError, match=r"harbour-days-2018.*40000"):
        office.export()


def test_a_folder_of_another_city_is_asked_for_by_name(office) -> None:
    office.city = "nowhere"
    with pytest.raises(Exception, match=r"nowhere.*ornekkent"):
        office.export()


def test_the_bundled_records_fit_into_a_workbook(antalya) -> None:
    content = export_workbook(antalya.folder, "tr", date(2026, 3, 2))
    book = load_workbook(BytesIO(content), read_only=True)
    assert book["Kardeş şehirler"].max_row > 30
    assert book["Kanıt"].max_row > 300
