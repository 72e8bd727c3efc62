"""The records may change while a workbook is edited: both sides' edits meet, field by field."""

PUBLISHER = "publisher: Örnekkent Belediyesi"


def test_edits_of_different_fields_meet(office, sheet) -> None:
    book = office.export()
    sheet(book, "Documents").cell("letter-2024", "Published").value = "2024-05-21"
    office.save(book)
    office.rewrite("documents.yml", PUBLISHER, "publisher: Meclis")
    preview = office.accept()
    assert [[field.column for field in change.fields] for change in preview.changes] == [["published"]]
    assert len(preview.notices) == 1
    assert "publisher: Meclis" in office.text("documents.yml")
    assert "published: 2024-05-21" in office.text("documents.yml")


def test_edits_of_one_field_are_a_conflict_with_its_place(office, sheet) -> None:
    book = office.export()
    sheet(book, "Documents").cell("letter-2024", "Publisher").value = "Kent Konseyi"
    office.save(book)
    office.rewrite("documents.yml", PUBLISHER, "publisher: Meclis")
    assert office.error() == (
        "sheet 'Documents', row 4, column D (Publisher): Here stands 'Kent Konseyi', but the records "
        "changed to 'Meclis' since the export. Write what is right into a new export."
    )


def test_the_same_edit_on_both_sides_is_none(office, sheet) -> None:
    book = office.export()
    sheet(book, "Documents").cell("letter-2024", "Publisher").value = "Meclis"
    office.save(book)
    office.rewrite("documents.yml", PUBLISHER, "publisher: Meclis")
    assert office.changes() == []


def test_what_others_added_stays(office) -> None:
    office.save(office.export())
    city = "  - {id: porto-novo, name: {tr: Porto Novo, en: Porto Novo}, country: IT}\n"
    (office.root / "ornekkent" / "cities.yml").open("a", encoding="utf-8").write(city)
    assert office.changes() == []
    assert "porto-novo" in office.folder.rows["cities"]


def test_what_others_deleted_stays_deleted(office) -> None:
    office.save(office.export())
    office.rewrite("awards.yml", office.text("awards.yml"), "awards: []\n")
    assert office.changes() == []


def test_an_edit_of_what_others_deleted_is_a_conflict(office, sheet) -> None:
    book = office.export()
    sheet(book, "Awards").cell("clean-coast-award-2023", "Name (English)").value = "Prize"
    office.save(book)
    office.rewrite("awards.yml", office.text("awards.yml"), "awards: []\n")
    sentences = office.errors()
    assert any("changed here, but deleted from the records" in one for one in sentences)


def test_deleting_what_others_changed_is_a_conflict(office, sheet) -> None:
    book = office.export()
    awards = sheet(book, "Awards")
    awards.cells.delete_rows(awards.row("clean-coast-award-2023"))
    office.save(book)
    office.rewrite("awards.yml", "en: Clean Coast Award 2023", "en: Prize")
    assert office.error() == (
        "sheet 'Awards': The record 'clean-coast-award-2023' was deleted here, but changed in the records "
        "since the export. Make a new export."
    )


def test_deleting_what_others_gave_new_evidence_is_a_conflict(office, sheet) -> None:
    book = office.export()
    awards = sheet(book, "Awards")
    awards.cells.delete_rows(awards.row("clean-coast-award-2023"))
    office.save(book)
    more = "    evidence:\n      - {document: town-news-2019, date: unknown, grade: reported}\n"
    text = office.text("awards.yml")
    line = next(line for line in text.splitlines() if "evidence:" in line)
    first = line.strip().removeprefix("evidence: [").removesuffix("]")
    office.rewrite("awards.yml", line, more.rstrip() + f"\n      - {first}")
    assert any("was added to the records since the export" in one for one in office.errors())


def test_the_same_record_added_on_both_sides_is_none_when_it_says_the_same(office, sheet) -> None:
    book = office.export()
    sheet(book, "Cities").add(Id="porto-novo", Name__tr="Porto Novo", Name__en="Porto Novo", Country="IT")
    office.save(book)
    line = "  - {id: porto-novo, name: {tr: Porto Novo, en: Porto Novo}, country: IT}\n"
    (office.root / "ornekkent" / "cities.yml").open("a", encoding="utf-8").write(line)
    assert office.changes() == []
    office.rewrite("cities.yml", "en: Porto Novo", "en: New Port")
    assert "A record 'porto-novo' was added to the records since the export" in office.error()


def test_evidence_is_told_apart_when_another_was_deleted_before_it(office, sheet) -> None:
    book = office.export()
    key = "sister_cities.musterstadt.town-news-2019"
    sheet(book, "Evidence").cell(key, "Start").value = "2013"
    office.save(book)
    text = office.text("sister_cities.yml")
    first = text[
        text.index("      - document: musterstadt-partner-page") : text.index(
            "      - document: town-news-2019"
        )
    ]
    office.rewrite("sister_cities.yml", first, "")
    office.accept()
    assert 'says: {start: "2013"}' in office.text("sister_cities.yml")
    assert office.folder.rows["evidence"][key].cells["says.start"] == "2013"


def test_a_workbook_of_another_folder_is_refused(office) -> None:
    office.save(office.export())
    (office.root / "ornekkent").rename(office.root / "other")
    assert "is of the records of 'ornekkent', not of 'other'" in office.error()


def test_the_same_workbook_twice_changes_nothing_the_second_time(office, sheet) -> None:
    book = office.export()
    sheet(book, "Protocols").add(
        Key="new-1", Partner="harbour-university", Kind="protocol", Counted="no", Start="unknown",
        Reason_of_counting__tr="Yeni.", Reason_of_counting__en="New.",
    )  # fmt: skip
    common = {"Document": "letter-2024", "Day_of_the_document": "2024-05-20", "Grade": "confirmed"}
    sheet(book, "Evidence").add(Belongs_to="Protocols/new-1", **common)
    sheet(book, "Evidence").add(
        Belongs_to="Awards/clean-coast-award-2023", **common | {"Document": "town-news-2019"}
    )
    sheet(book, "Stage results").add(Stage="climate-start", Text__tr="Bir sergi.", Text__en="A show.")
    sheet(book, "Cities").add(Id="porto-novo", Name__tr="Porto Novo", Name__en="Porto Novo", Country="IT")
    sheet(book, "Cities").cell("belmare", "Wikidata id").value = "Q42"
    office.save(book)
    assert len(office.accept().changes) == 6
    assert office.changes() == []


def test_a_workbook_that_was_imported_can_be_edited_on(office, sheet) -> None:
    book = office.export()
    sheet(book, "Protocols").add(
        Key="new-1", Partner="harbour-university", Kind="protocol", Counted="no", Start="unknown",
        Reason_of_counting__tr="Yeni.", Reason_of_counting__en="New.",
    )  # fmt: skip
    common = {"Document": "letter-2024", "Day_of_the_document": "2024-05-20", "Grade": "confirmed"}
    sheet(book, "Evidence").add(Belongs_to="Protocols/new-1", **common)
    office.save(book)
    office.accept()
    sheet(book, "Evidence").add(Belongs_to="Protocols/new-1", **common | {"Document": "town-news-2019"})
    office.save(book)
    (change,) = office.accept().changes
    assert change.row.key == "protocols.harbour-university.protocol.town-news-2019"
    assert office.text("protocols.yml").count("harbour-university") == 1
