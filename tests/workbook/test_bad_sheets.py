"""Sheets, headings and columns that are not as they were exported are refused with their place."""

from ingest.workbook.reading import MOST_ROWS


def test_a_hundred_thousand_rows_are_refused(edit) -> None:
    def change(book) -> None:
        cells = book["Documents"]
        for number in range(100_000):
            cells.append([f"document-{number}"])

    assert edit(change).error() == (
        f"sheet 'Documents': This sheet has 100004 rows; at most {MOST_ROWS} are read. Is it the right file?"
    )


def test_empty_rows_that_are_only_formatted_are_passed_over(edit) -> None:
    def change(book) -> None:
        for number in range(100, 3000):
            book["Documents"].cell(number, 3).number_format = "0.00"

    assert edit(change).changes() == []


def test_a_missing_sheet_is_no_deletion(edit) -> None:
    assert edit(lambda book: book.remove(book["Protocols"])).error() == (
        "sheet 'Protocols': This sheet is missing. Take it from a new export, or give it its name again."
    )


def test_a_renamed_sheet_is_guessed(edit) -> None:
    sentence = edit(lambda book: setattr(book["Protocols"], "title", "Our protocols")).error()
    assert "Is it one of these: Our protocols?" in sentence


def test_a_sheet_of_ones_own_is_passed_over_with_a_word(edit) -> None:
    preview = edit(lambda book: book.create_sheet("My sums").append(["=1+1"])).plan()
    assert preview.changes == ()
    ((_, facts),) = preview.notices
    assert facts == {"sheet": "My sums"}


def test_a_sheet_twice_is_refused(edit) -> None:
    def change(book) -> None:
        book.copy_worksheet(book["Protocols"]).title = "Protokoller"

    assert any("two sheets for the same records" in one for one in edit(change).errors())


def test_a_missing_column_is_no_deletion(edit, sheet) -> None:
    def change(book) -> None:
        book["Documents"].delete_cols(sheet(book, "Documents").headings()["Publisher"])

    assert edit(change).error() == (
        "sheet 'Documents', row 1: The column 'Publisher' is missing. "
        "Take it from a new export: without it its content would be lost."
    )


def test_a_renamed_heading_is_guessed(edit, sheet) -> None:
    def change(book) -> None:
        cells = book["Documents"]
        cells.cell(1, sheet(book, "Documents").headings()["Publisher"]).value = "Publishers"

    first, second = edit(change).errors()
    assert first.startswith("sheet 'Documents', row 1, column D (Publishers): ")
    assert "Is it 'Publisher'?" in first
    assert "'Publisher' is missing" in second


def test_a_column_of_ones_own_is_refused(edit) -> None:
    def change(book) -> None:
        book["Documents"].cell(1, 11).value = "My remarks"

    assert "The heading 'My remarks' is not known" in edit(change).error()


def test_a_heading_twice_is_refused(edit) -> None:
    assert (
        "stands twice"
        in edit(lambda book: setattr(book["Documents"].cell(1, 11), "value", "Publisher")).error()
    )


def test_a_value_outside_the_columns_is_refused(edit) -> None:
    assert edit(lambda book: setattr(book["Documents"]["N3"], "value", "see mail")).error() == (
        "sheet 'Documents', row 3, column N (–): 'see mail' stands outside the columns. "
        "Delete it, or move it into its column."
    )


def test_merged_cells_are_refused(edit) -> None:
    sentence = edit(lambda book: book["Documents"].merge_cells("B2:C3")).error()
    assert sentence == ("sheet 'Documents': The cells B2:C3 are merged. Split them: each row is one record.")


def test_a_theme_of_ones_own_is_refused(edit) -> None:
    sentence = edit(lambda book: book["Themes"].append(["chess"])).error()
    assert "'chess' is no theme of the program" in sentence
