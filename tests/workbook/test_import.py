"""Edits arrive as they were meant: added, changed, ended and removed records, and nothing besides."""

import difflib

import pytest

from ingest.workbook.changes import count_changes
from ontology.messages import LANGUAGES, Language


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that differ, with + and -."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_without_an_edit_changes_nothing(office, language: Language) -> None:
    office.language = language
    office.export()
    preview = office.plan()
    assert (preview.changes, preview.files, preview.notices) == ((), {}, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_records_go_round(antalya, language: Language) -> None:
    antalya.language = language
    antalya.save(antalya.export())
    assert antalya.changes() == []


def test_one_field_is_one_line(edit, sheet) -> None:
    office = edit(
        lambda book: setattr(sheet(book, "Documents").cell("letter-2024", "Publisher"), "value", "Meclis")
    )
    before = office.text("documents.yml")
    (change,) = office.accept().changes
    assert change.kind == "changed"
    assert change.sentence("en") == ("changed: Documents/letter-2024 (Örnekkent: letter of 20 May 2024)")
    assert change.lines("tr") == ["Yayımlayan: Örnekkent Belediyesi → Meclis"]
    assert changed_lines(before, office.text("documents.yml")) == [
        "-    publisher: Örnekkent Belediyesi", "+    publisher: Meclis"
    ]  # fmt: skip


def test_a_field_that_was_not_there_goes_to_its_place(edit, sheet) -> None:
    office = edit(lambda book: setattr(sheet(book, "Cities").cell("belmare", "Wikidata id"), "value", "Q42"))
    before = office.text("cities.yml")
    office.accept()
    assert changed_lines(before, office.text("cities.yml"))[1:] == [
        "+  - {id: belmare, name: {tr: Belmare, en: Belmare}, country: IT, wikidata: Q42}"
    ]


def test_a_note_of_evidence_is_written_in_both_languages(edit, sheet) -> None:
    key = "sister_cities.belmare.town-news-2019"

    def change(book) -> None:
        evidence = sheet(book, "Evidence")
        evidence.cell(key, "Note (Turkish)").value = "Bitti: yazıldı."
        evidence.cell(key, "Note (English)").value = "Ended: it says."

    office = edit(change)
    office.accept()
    assert '{tr: "Bitti: yazıldı.", en: "Ended: it says."}' in office.text("sister_cities.yml")
    assert office.folder.rows["evidence"][key].cells["note.en"] == "Ended: it says."


def test_an_emptied_cell_takes_the_field_away(edit, sheet) -> None:
    office = edit(
        lambda book: setattr(sheet(book, "Activities").cell("coast-clean-up-days", "Budget"), "value", None)
    )
    before = office.text("activities.yml")
    office.accept()
    assert changed_lines(before, office.text("activities.yml")) == ["-    budget: 40000 EUR"]


def test_a_new_relation_comes_with_its_evidence(edit, sheet) -> None:
    def change(book) -> None:
        sheet(book, "Protocols").add(
            Key="new-1", Partner="harbour-university", Kind="protocol", Counted="no",
            Reason_of_counting__tr="Yazıdan sonra.", Reason_of_counting__en="After the letter.",
        )  # fmt: skip
        sheet(book, "Evidence").add(
            Belongs_to="Protocols/new-1", Document="town-news-2019", Day_of_the_document="2019-02-10",
            Grade="reported", Start="2024-06",
        )  # fmt: skip

    office = edit(change)
    before = office.text("protocols.yml")
    assert count_changes(tuple(office.changes())) == {"added": 2, "changed": 0, "ended": 0, "removed": 0}
    office.accept()
    assert changed_lines(before, office.text("protocols.yml")) == [
        "+  - partner: harbour-university",
        "+    kind: protocol",
        "+    counted: false",
        '+    counting_reason: {tr: "Yazıdan sonra.", en: "After the letter."}',
        "+    evidence:",
        "+      - {document: town-news-2019, date: 2019-02-10, grade: reported, says: {start: 2024-06}}",
    ]
    assert office.export() is not None
    assert office.changes() == []


def test_activity_indicator_and_measurement_are_rows(edit, sheet) -> None:
    def change(book) -> None:
        sheet(book, "Activities").add(
            Id="beach-school", Name__tr="Kumsal okulu", Name__en="Beach school", Stage="climate-start",
            Lead="foreign-office", Themes="youth, sea-and-coast", Budget="12500.50 EUR", State="planned",
        )  # fmt: skip
        sheet(book, "Evidence").add(
            Belongs_to="Activities/beach-school", Document="letter-2024", Day_of_the_document="2024-05-20",
            Grade="confirmed", Start=2025, End="2026-06-30",
        )  # fmt: skip
        sheet(book, "Indicators").add(
            Id="pupils", Name__tr="Öğrenciler", Name__en="Pupils", Definition__tr="Katılan öğrenciler.",
            Definition__en="Pupils who took part.", Unit__tr="öğrenci", Unit__en="pupils",
            Direction="higher is better", Baseline=0, Period="quarter", Document="letter-2024",
            **{"Baseline: year": 2024, "Target": 120.5, "Target: year": 2029},
        )  # fmt: skip
        sheet(book, "Measurements").add(
            Indicator="pupils", Period="2025-Q3", Value=41, Document="letter-2024", Grade="confirmed",
            Day_of_the_document="unknown",
        )  # fmt: skip

    office = edit(change)
    office.accept()
    rows = office.folder.rows
    assert rows["activities"]["beach-school"].cells["budget"] == "12500.50 EUR"
    assert rows["evidence"]["activities.beach-school.letter-2024"].cells["says.start"] == "2025"
    assert rows["indicators"]["pupils"].cells["target.value"] == "120.5"
    assert rows["measurements"]["pupils.2025-Q3"].cells["date"] == "unknown"
    assert "target: {value: 120.5, year: 2029}" in office.text("indicators.yml")
    assert office.export() is not None
    assert office.changes() == []


def test_an_end_in_the_evidence_is_told_as_an_end(edit, sheet) -> None:
    def change(book) -> None:
        sheet(book, "Evidence").add(
            Belongs_to="Sister cities/musterstadt", Document="letter-2024", Day_of_the_document="2024-05-20",
            Grade="confirmed", End="2024-06",
        )  # fmt: skip
        sheet(book, "Sister cities").cell("musterstadt", "Ended by").value = "musterstadt"

    office = edit(change)
    preview = office.accept()
    assert [change.sentence("en") for change in preview.changes if change.kind == "ended"] == [
        "ended: Sister cities/musterstadt"
    ]
    assert "says: {end: 2024-06}" in office.text("sister_cities.yml")


def test_a_deleted_row_takes_its_evidence_along(edit, sheet) -> None:
    def change(book) -> None:
        events = sheet(book, "Events")
        events.cells.delete_rows(events.row("harbour-days-2018"))

    office = edit(change)
    preview = office.accept()
    assert [change.sentence("en") for change in preview.changes] == [
        "removed: Events/harbour-days-2018 (Harbour Days 2018)"
    ]
    assert office.text("events.yml").strip() == "events: []"


def test_order_and_empty_rows_do_not_matter(edit, sheet) -> None:
    def change(book) -> None:
        cells = sheet(book, "Documents").cells
        rows = [[cell.value for cell in row] for row in cells.iter_rows(min_row=2)]
        cells.delete_rows(2, cells.max_row)
        for number, row in enumerate(reversed(rows)):
            for place, value in enumerate(row, start=1):
                cells.cell(4 + 3 * number, place).value = value
        cells.move_range("A1:A40", cols=0)

    assert edit(change).changes() == []


def test_columns_may_be_moved(edit, sheet) -> None:
    def change(book) -> None:
        cells = sheet(book, "Documents").cells
        for row in cells.iter_rows():
            first, last = row[1], row[len(list(row)) - 1]
            first.value, last.value = last.value, first.value

    assert edit(change).changes() == []


def test_blanks_around_words_do_not_matter(edit, sheet) -> None:
    def change(book) -> None:
        cell = sheet(book, "Documents").cell("letter-2024", "Publisher")
        cell.value = f"  {cell.value} \n"
        grade = sheet(book, "Evidence").cell("loans.coast-fund.letter-2024", "Grade")
        grade.value = f"{grade.value.upper()} "

    assert edit(change).changes() == []


def test_words_of_the_other_language_are_understood(edit, sheet) -> None:
    def change(book) -> None:
        sheet(book, "Evidence").cell("loans.coast-fund.letter-2024", "Grade").value = "bildirilmiş"
        sheet(book, "Protocols").cell("belmare.memorandum", "Counted").value = "evet"

    assert [change.fields[0].after for change in edit(change).changes()] == ["reported"]


def test_without_its_hidden_sheets_a_workbook_is_compared_with_today(edit, sheet) -> None:
    def change(book) -> None:
        del book["_kopru"], book["_lists"]
        sheet(book, "Documents").cell("letter-2024", "Publisher").value = "Meclis"

    preview = edit(change).plan()
    assert [change.sentence("en") for change in preview.changes] == [
        "changed: Documents/letter-2024 (Örnekkent: letter of 20 May 2024)"
    ]
    assert len(preview.notices) == 1


def test_a_row_whose_key_was_emptied_is_known_by_its_parties(edit) -> None:
    def change(book) -> None:
        for title in ("Protocols", "Memberships", "Evidence"):
            for row in book[title].iter_rows(min_row=2, max_col=1):
                row[0].value = None

    assert edit(change).changes() == []


def test_a_second_protocol_of_one_kind_has_an_ordinal(edit, sheet) -> None:
    def change(book) -> None:
        sheet(book, "Protocols").add(
            Key="second", Partner="belmare", Kind="memorandum", Ordinal=2, Counted="no", Start="unknown",
            Reason_of_counting__tr="Ayrı.", Reason_of_counting__en="Another.",
        )  # fmt: skip
        sheet(book, "Evidence").add(
            Belongs_to="Protocols/second", Document="letter-2024", Day_of_the_document="2024-05-20",
            Grade="confirmed",
        )  # fmt: skip

    office = edit(change)
    office.accept()
    assert "belmare.memorandum.2" in office.folder.rows["protocols"]


def test_a_new_item_of_a_stage_goes_to_the_end(edit, sheet) -> None:
    office = edit(
        lambda book: sheet(book, "Stage results").add(
            Stage="climate-start", Text__tr="Bir sergi.", Text__en="A show."
        )
    )
    office.accept()
    assert office.folder.rows["results"]["climate-start-3"].cells["text.en"] == "A show."


def test_a_section_that_no_file_has_gets_a_file(office, sheet) -> None:
    (office.root / "ornekkent" / "awards.yml").unlink()
    book = office.export()
    sheet(book, "Awards").add(
        Id="prize", Name__tr="Ödül", Name__en="Prize", Awarded_by="coast-fund", Start="unknown"
    )
    sheet(book, "Evidence").add(
        Belongs_to="Awards/prize", Document="letter-2024", Day_of_the_document="2024-05-20", Grade="confirmed"
    )
    office.save(book)
    office.accept()
    assert office.text("awards.yml").startswith("awards:\n  - id: prize\n")


def test_a_whole_new_project_with_participation_and_grant(edit, sheet) -> None:
    def change(book) -> None:
        sheet(book, "Projects").add(
            Id="blue-port", Name__tr="Mavi Liman", Name__en="Blue Port", Acronym="BLUE"
        )
        sheet(book, "Participations").add(Key="us", Project="blue-port", Role="partner")
        sheet(book, "Participations").add(
            Key="them", Project="blue-port", Member="belmare", Role="coordinator", Start="unknown"
        )
        sheet(book, "Grants").add(Key="money", Funder="coast-fund", Project="blue-port", Start="unknown")
        evidence = sheet(book, "Evidence")
        common = {"Document": "letter-2024", "Day_of_the_document": "2024-05-20", "Grade": "confirmed"}
        evidence.add(Belongs_to="Participations/us", Start="2024-01", Share="100.50 EUR", **common)
        evidence.add(Belongs_to="Participations/them", **common)
        evidence.add(Belongs_to="Grants/money", Amount="1000 EUR", **common)

    office = edit(change)
    office.accept()
    rows = office.folder.rows
    assert rows["participations"]["blue-port.own"].owner == "projects/blue-port"
    assert rows["evidence"]["participations.blue-port.own.letter-2024"].cells["says.share"] == "100.50 EUR"
    assert office.export() is not None
    assert office.changes() == []


def test_a_file_keeps_its_line_ends_and_its_mark(office, sheet) -> None:
    path = office.root / "ornekkent" / "cities.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    book = office.export()
    sheet(book, "Cities").cell("belmare", "Name (English)").value = "Bellmare"
    office.save(book)
    office.accept()
    assert path.read_bytes() == before.replace(b"en: Belmare}", b"en: Bellmare}")


def test_the_records_folder_may_be_that_of_one_city(office, sheet) -> None:
    office.root = office.root / "ornekkent"
    book = office.export()
    sheet(book, "Cities").cell("belmare", "Name (English)").value = "Bellmare"
    office.save(book)
    office.accept()
    assert "en: Bellmare" in (office.root / "cities.yml").read_text("utf-8")


def test_other_folders_stay_as_they_are_and_their_ids_can_be_used(office, sheet) -> None:
    other = office.root / "other"
    other.mkdir()
    (other / "city.yml").write_text("city: elsewhere\nauthority: elsewhere-municipality\n")
    (other / "cities.yml").write_text("cities:\n  - {id: elsewhere, name: {tr: E, en: E}, country: FR}\n")
    municipality = "id: elsewhere-municipality, name: {tr: E, en: E}, kind: municipality, city: elsewhere"
    (other / "authorities.yml").write_text(f"authorities:\n  - {{{municipality}}}\n")
    book = office.export()
    assert "elsewhere" not in [cell.value for (cell,) in book["Cities"].iter_rows(max_col=1)]
    sheet(book, "Events").cell("harbour-days-2018", "City").value = "elsewhere"
    office.save(book)
    assert list(office.accept().files) == ["ornekkent/events.yml"]


def test_many_new_records_are_written_at_once(office) -> None:
    book = office.export()
    for number in range(300):
        book["Documents"].append(
            [f"paper-{number}", f"Belge {number}", f"Paper {number}", "Meclis", None, "2024", "unknown"]
        )
    office.save(book)
    office.accept()
    assert len(office.folder.rows["documents"]) == 303
    assert office.text("documents.yml").count("\n  - id: ") == 303
