"""A workbook that LibreOffice has opened and saved says the same as before."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def save_again(tmp_path: Path):
    """Return a function that opens a workbook in LibreOffice and saves it as .xlsx."""
    if not PROGRAM:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing (on Debian: apt-get install libreoffice-calc-nogui)")
        pytest.skip("LibreOffice is missing (on Debian: apt-get install libreoffice-calc-nogui)")

    def run(content: bytes) -> bytes:
        (tmp_path / "before.xlsx").write_bytes(content)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        words = [profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
        done = subprocess.run(
            [PROGRAM, *words, tmp_path / "after", tmp_path / "before.xlsx"],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert (tmp_path / "after" / "before.xlsx").exists(), done.stderr
        return (tmp_path / "after" / "before.xlsx").read_bytes()

    return run


def test_opened_and_saved_in_libreoffice_nothing_changes(antalya, save_again) -> None:
    antalya.language = "tr"
    antalya.export()
    again = save_again(antalya.content)
    assert again != antalya.content
    antalya.content = again
    preview = antalya.plan()
    assert (preview.changes, preview.notices) == ((), ())


def test_what_libreoffice_might_take_for_something_else_stays_text(office, sheet, save_again) -> None:
    office.rewrite(
        "cities.yml", "also: [Musterstatt]", 'also: ["=1+1", "1E5", "_x0041_", "  b  c", "3/4", "TRUE"]'
    )
    office.rewrite("documents.yml", "publisher: Örnekkent Postası", 'publisher: "00123"')
    office.rewrite("documents.yml", "publisher: Örnekkent Belediyesi", 'publisher: "=SUM(A1)"')
    office.export()
    office.content = save_again(office.content)
    assert office.changes() == []
    book = office.open()
    assert book["_kopru"].sheet_state != "visible"
    assert sheet(book, "Protocols").cells.data_validations.count > 3
    assert sheet(book, "Protocols").cells["A1"].comment is not None


def test_an_edit_of_a_book_that_libreoffice_saved_arrives(office, sheet, save_again) -> None:
    office.export()
    office.content = save_again(office.content)
    book = office.open()
    sheet(book, "Documents").cell("letter-2024", "Published").value = "2024-05"
    office.save(book)
    (change,) = office.changes()
    assert [(field.column, field.after) for field in change.fields] == [("published", "2024-05")]
