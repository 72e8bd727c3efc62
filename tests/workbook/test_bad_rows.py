"""Rows that are none, or break the rules of the records, are refused with their place."""


def test_an_id_twice_is_refused_with_both_rows(edit, sheet) -> None:
    office = edit(
        lambda book: sheet(book, "Cities").add(Id="belmare", Name__tr="B", Name__en="B", Country="IT")
    )
    assert office.error() == (
        "sheet 'Cities', row 5, column A (Id): The key 'belmare' stands twice: here and in row 4. "
        "Change the id, or empty the key of the new row."
    )


def test_a_row_without_an_id_is_refused(edit, sheet) -> None:
    assert (
        "This row has no id"
        in edit(lambda book: sheet(book, "Cities").add(Name__tr="X", Name__en="X")).error()
    )


def test_evidence_of_no_record_is_refused(edit, sheet) -> None:
    def change(book) -> None:
        evidence = sheet(book, "Evidence")
        common = {"Document": "letter-2024", "Day_of_the_document": "2024-05-20", "Grade": "confirmed"}
        evidence.add(Belongs_to="Protocols/nobody", **common)
        evidence.add(Belongs_to="nobody", **common)
        evidence.add(**common)

    office = edit(change)
    assert "'nobody' names no record" in office.error()


def test_evidence_of_an_unknown_record_is_refused(edit, sheet) -> None:
    def change(book) -> None:
        common = {"Document": "letter-2024", "Day_of_the_document": "2024-05-20", "Grade": "confirmed"}
        sheet(book, "Evidence").add(Belongs_to="Protocols/nobody", **common)
        sheet(book, "Evidence").add(**common)

    first, second = edit(change).errors()
    assert "There is no record 'protocols/nobody' in the workbook" in first
    assert "This row belongs to no record" in second


def test_a_relation_without_evidence_is_refused(edit, sheet) -> None:
    office = edit(lambda book: sheet(book, "Cooperations").add(Key="n", Partner="belmare", Start="unknown"))
    assert "This record has no evidence" in office.error()


def test_the_same_relation_twice_is_refused(edit, sheet) -> None:
    def change(book) -> None:
        sheet(book, "Cooperations").add(
            Key="n", Party="harbour-university", Partner="musterstadt", Start="unknown"
        )
        sheet(book, "Evidence").add(
            Belongs_to="Cooperations/n",
            Document="letter-2024",
            Day_of_the_document="2024-05-20",
            Grade="confirmed",
        )

    assert "This relation stands twice: here and in Cooperations:2" in edit(change).error()


def test_a_document_that_is_still_used_cannot_be_deleted(edit, sheet) -> None:
    def change(book) -> None:
        documents = sheet(book, "Documents")
        documents.cells.delete_rows(documents.row("musterstadt-partner-page"))

    sentences = edit(change).errors()
    assert len(sentences) > 2
    assert all("no such id in 'Documents'" in one for one in sentences)


def test_an_item_in_the_middle_cannot_be_deleted(edit, sheet) -> None:
    def change(book) -> None:
        results = sheet(book, "Stage results")
        results.cells.delete_rows(results.row("climate-start-1"))

    assert "The item 'climate-start-1' was deleted" in edit(change).error()


def test_a_new_item_can_have_no_id_of_ones_own(edit, sheet) -> None:
    office = edit(
        lambda book: sheet(book, "Stage results").add(
            Key="climate-start-9", Stage="climate-start", Text__tr="X", Text__en="X"
        )
    )
    assert "the id of the next new item here is climate-start-3" in office.error()
