"""Files of records are replaced together or not at all, whatever stops the run."""

import subprocess
import sys
from pathlib import Path

import pytest

from graph.store import GraphStore
from ingest.pipeline import ingest
from ingest.workbook.swapping import finish_swap, records_lock, recover, settle_swap, swap
from ontology.errors import StoreInUse

DRIVER = Path(__file__).with_name("import_and_die.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files of records."""
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "a.yml").write_text("old a")
    (tmp_path / "city" / "b.yml").write_text("old b")
    return tmp_path


@pytest.fixture
def empty(tmp_path: Path) -> GraphStore:
    """An empty store."""
    return GraphStore(tmp_path / "empty")


def new_files(folder: Path) -> dict[Path, bytes]:
    return {folder / "city" / f"{name}.yml": f"new {name}".encode() for name in "abc"}


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((folder / "city").iterdir())}


OLD = {"a.yml": "old a", "b.yml": "old b"}
NEW = {"a.yml": "new a", "b.yml": "new b", "c.yml": "new c"}


def test_a_swap_that_ends_leaves_new_files_alone(folder) -> None:
    swap(folder, new_files(folder), 0)
    finish_swap(folder)
    assert texts(folder) == NEW
    assert [path.name for path in folder.iterdir() if path.name.startswith(".import")] == []


def test_a_swap_that_was_not_published_is_undone(folder, empty) -> None:
    swap(folder, new_files(folder), 0)
    recover(folder, empty)
    assert texts(folder) == OLD
    assert not (folder / ".import").exists()


def test_what_a_person_edited_in_between_is_kept(folder, empty) -> None:
    swap(folder, new_files(folder), 0)
    (folder / "city" / "a.yml").write_text("mine")
    settle_swap(folder, empty)
    assert texts(folder) == OLD | {"a.yml": "mine"}


def test_a_swap_that_was_still_being_written_never_happened(folder, empty) -> None:
    (folder / ".import-writing").mkdir()
    (folder / ".import-writing" / "0.new").write_text("half")
    recover(folder, empty)
    assert texts(folder) == OLD
    assert not (folder / ".import-writing").exists()


def test_rights_of_a_file_stay(folder) -> None:
    (folder / "city" / "a.yml").chmod(0o640)
    swap(folder, new_files(folder), 0)
    finish_swap(folder)
    assert (folder / "city" / "a.yml").stat().st_mode & 0o777 == 0o640


def test_a_swap_that_is_still_running_is_left_alone(folder, empty) -> None:
    with records_lock(folder):
        swap(folder, new_files(folder), 0)
        with pytest.raises(StoreInUse):
            recover(folder, empty)
        assert texts(folder) == NEW


@pytest.mark.parametrize("step", ["file 1", "publish", "pointer-after"])
def test_death_leaves_records_and_store_that_agree(office, sheet, store, tmp_path: Path, step: str) -> None:
    before = {path.name: path.read_bytes() for path in sorted((office.root / office.city).iterdir())}
    book = office.export()
    sheet(book, "Cities").cell("belmare", "Name (English)").value = "Belmare-on-Sea"
    sheet(book, "Documents").cell("letter-2024", "Publisher").value = "Meclis"
    office.save(book)
    (tmp_path / "w.xlsx").write_bytes(office.content)
    words = [store.path, office.root, office.city, tmp_path / "w.xlsx", step]
    done = subprocess.run([sys.executable, DRIVER, *words], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    assert done.stdout.split("\n")[-2] == step

    recover(office.root, GraphStore(store.path))
    after = {path.name: path.read_bytes() for path in sorted((office.root / office.city).iterdir())}
    published = GraphStore(store.path).current().number
    assert (after == before) == (published == 1)
    report = ingest(GraphStore(store.path), "records", records=office.root, city=office.city)
    assert report.published is None
    assert (office.changes() == []) == (published == 2)
