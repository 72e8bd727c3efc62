"""An import ends in a new revision, or leaves records and store as they were."""

import pytest

from ingest.workbook.importing import apply_import, preview_import
from ontology.errors import SheetErrors, StoreNotWritable, WorkbookError


def preview(office, store):
    return preview_import(office.content, records=office.root, store=store, city=office.city)


def test_an_import_is_published_and_repeats_without_a_change(office, sheet, store) -> None:
    book = office.export()
    sheet(book, "Cities").cell("belmare", "Name (English)").value = "Belmare-on-Sea"
    office.save(book)
    shown = preview(office, store)
    assert store.current().number == 1
    report = apply_import(shown, store=store, city=office.city)
    assert report.published is not None
    assert report.published.number == 2
    assert preview(office, store).changes == ()


@pytest.mark.parametrize(
    ("title", "key", "heading", "value", "sentence"),
    [
        (
            "Cities", "musterstadt", "GeoNames number", 323777,
            "sheet 'Cities', row 3: GeoNames has the place 323777 in the country TR, the record says DE. ",
        ),
        (
            "Stages", "climate-review", "Comes after", "climate-review",
            "sheet 'Stages', row 3: The stage comes before itself, directly or through others. ",
        ),
    ],
)  # fmt: skip
def test_a_rule_of_the_model_is_told_with_its_row(
    office, sheet, store, title: str, key: str, heading: str, value: object, sentence: str
) -> None:
    book = office.export()
    sheet(book, title).cell(key, heading).value = value
    office.save(book)
    before = {path: path.read_bytes() for path in office.root.rglob("*.yml")}
    with pytest.raises(SheetErrors) as caught:
        preview(office, store)
    assert caught.value.sentence("en").startswith(sentence)
    assert caught.value.sentence("tr").startswith(f"'{title}' sayfası, satır 3: ")
    assert {path: path.read_bytes() for path in office.root.rglob("*.yml")} == before
    assert store.current().number == 1


def test_records_that_changed_after_the_preview_are_not_overwritten(office, sheet, store) -> None:
    book = office.export()
    sheet(book, "Cities").cell("belmare", "Name (English)").value = "Belmare-on-Sea"
    office.save(book)
    shown = preview(office, store)
    office.rewrite("cities.yml", "Musterstatt", "Muster")
    with pytest.raises(WorkbookError, match=r"cities\.yml changed meanwhile"):
        apply_import(shown, store=store, city=office.city)
    assert "Belmare-on-Sea" not in office.text("cities.yml")


def test_files_are_as_they_were_when_publishing_fails(office, sheet, store) -> None:
    book = office.export()
    sheet(book, "Cities").cell("belmare", "Name (English)").value = "Belmare-on-Sea"
    office.save(book)
    shown = preview(office, store)
    before = office.text("cities.yml")

    def fail(step: str) -> None:
        if step == "publish":
            assert "Belmare-on-Sea" in office.text("cities.yml")
            raise StoreNotWritable(path=store.path, reason="full")

    with pytest.raises(StoreNotWritable):
        apply_import(shown, store=store, city=office.city, on_step=fail)
    assert office.text("cities.yml") == before
    assert store.current().number == 1
    assert not (office.root / ".import").exists()
