"""``kopru workbook``: what an officer types and reads."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.store import GraphStore

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def store(bundled_store: GraphStore, tmp_path: Path) -> Path:
    """Return the folder of a copy of the bundled store, with its records."""
    return Path(shutil.copytree(bundled_store.path, tmp_path / "store"))


def edit_publisher(file: Path) -> None:
    """Change one cell: the publisher of the first document."""
    book = load_workbook(file)
    sheet = book["Belgeler"]
    column = next(cell.column for cell in sheet[1] if cell.value.startswith("Yayımlayan"))
    sheet.cell(2, column).value = "Belediye"
    book.save(file)


def test_help_has_an_example_in_both_languages(run_here: Run) -> None:
    assert "Example: kopru workbook export records.xlsx" in run_here("workbook").stdout
    assert (
        "Örnek: kopru workbook import kayitlar.xlsx"
        in run_here("workbook", "import", "--help", "--lang", "tr").stdout
    )
    assert "There is no command 'nix'" in run_here("workbook", "nix").stderr


def test_export_then_import_changes_nothing(run_here: Run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "records.xlsx"
    assert "rows of the records of antalya" in run_here("workbook", "export", file, "--store", store).stdout
    done = run_here("workbook", "import", file, "--store", store)
    assert (done.returncode, done.stdout) == (
        0,
        "The workbook says what the records say: nothing to change.\n",
    )


def test_an_edit_is_shown_asked_for_and_published(run: Run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "kayitlar.xlsx"
    words = ("--store", store, "--lang", "tr")
    assert run("workbook", "export", file, *words).returncode == 0
    edit_publisher(file)
    dry = run("workbook", "import", file, "--dry-run", *words)
    assert "değişti: Belgeler/letter-e-87441082-105-02-376063" in dry.stdout
    assert "  Yayımlayan: Antalya Büyükşehir Belediyesi → Belediye" in dry.stdout
    assert "0 eklendi, 1 değişti, 0 sona erdi, 0 silindi." in dry.stdout
    assert "Bu bir denemeydi" in dry.stdout
    no = run("workbook", "import", file, *words, stdin="h\n")
    assert (no.returncode, "Hiçbir şey değiştirilmedi" in no.stderr) == (1, True)
    assert len(GraphStore(store).list_revisions()) == 1
    yes = run("workbook", "import", file, *words, stdin="Evet\n")
    assert yes.returncode == 0, yes.stderr
    assert "Kayıtlar yeniden yazıldı: antalya/documents.yml." in yes.stdout
    assert "2. sürüm yayımlandı." in yes.stdout
    assert "publisher: Belediye\n" in (store / "records" / "antalya" / "documents.yml").read_text("utf-8")


def test_no_answer_is_a_no(run: Run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "kayitlar.xlsx"
    run("workbook", "export", file, "--store", store, "--lang", "tr")
    edit_publisher(file)
    done = run("workbook", "import", file, "--store", store)
    assert (done.returncode, "write --yes" in done.stderr) == (1, True)
    assert len(GraphStore(store).list_revisions()) == 1


def test_files_that_cannot_be_used_are_told(run_here: Run, store: Path, tmp_path: Path) -> None:
    done = run_here("workbook", "export", tmp_path / "records.xls", "--store", store)
    assert (done.returncode, "is written as .xlsx" in done.stderr) == (2, True)
    done = run_here("workbook", "export", tmp_path / "nowhere" / "records.xlsx", "--store", store)
    assert (done.returncode, "can't be written" in done.stderr) == (1, True)
    done = run_here("workbook", "import", tmp_path / "nothing.xlsx", "--store", store)
    assert (done.returncode, "can't be read" in done.stderr) == (1, True)
    (tmp_path / "letter.xlsx").write_text("Dear Sir")
    done = run_here("workbook", "import", tmp_path / "letter.xlsx", "--store", store)
    assert (done.returncode, "no spreadsheet" in done.stderr) == (1, True)


def test_without_records_the_folder_is_named(run_here: Run, tmp_path: Path) -> None:
    done = run_here("workbook", "export", tmp_path / "records.xlsx", "--store", tmp_path / "empty")
    assert (done.returncode, "There is no such folder" in done.stderr) == (1, True)
