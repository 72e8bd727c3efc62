"""What the store says about a folder that is foreign or damaged, and how it is repaired."""

import shutil

import pytest

from graph.folder import Pointer
from graph.store import GraphStore
from ontology.errors import StoreBroken, StoreEmpty

ONE, TWO = ':a dcterms:title "1" .', ':a dcterms:title "2" .'


def test_a_file_is_no_store(tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(StoreBroken, match="is a file, not a folder"):
        GraphStore(file).current()


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_text("x")
    store = GraphStore(tmp_path)
    with pytest.raises(StoreBroken, match=r"thesis\.docx.*Choose an empty folder"):
        store.current()
    with pytest.raises(StoreBroken), store.writer():
        pass
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("name", [".gitkeep", "lost+found", "records", "raw", "state.sqlite"])
def test_a_folder_with_our_own_or_the_systems_files_can_become_a_store(store, publish, name):
    store.path.mkdir()
    (store.path / name).mkdir()
    assert store.is_empty()
    assert publish(ONE).number == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"revision": 1}', '{"revision": "x", "highest": 1}', "ÿ"])
def test_a_damaged_pointer_is_told_and_repaired_by_rolling_back(store, publish, text):
    publish(ONE)
    publish(TWO)
    (store.path / "current").write_text(text, "latin-1")
    with pytest.raises(StoreBroken, match=r"current.*kopru rollback NUMBER"):
        store.current()
    assert [info.number for info in store.list_revisions()] == [1, 2]
    assert store.rollback(2).number == 2
    assert publish(ONE).number == 3


def test_a_missing_pointer_is_damage_and_not_an_empty_store(store, publish):
    publish(ONE)
    (store.path / "current").unlink()
    with pytest.raises(StoreBroken, match="missing or damaged"):
        store.is_empty()
    with pytest.raises(StoreBroken), store.writer():
        pass
    assert store.rollback(1).number == 1


@pytest.mark.parametrize("text", ["", "{}", '{"number": 1}', "null", "[1]"])
def test_a_damaged_manifest_is_told_with_its_revision(store, publish, text):
    publish(ONE)
    publish(TWO)
    (store.path / "revisions" / "000002" / "manifest.json").write_text(text)
    with pytest.raises(StoreBroken, match=r"000002.*kopru rollback"):
        GraphStore(store.path).current()
    assert [info.number for info in store.list_revisions()] == [1]
    assert store.rollback(1).number == 1


def test_a_revision_folder_under_another_number_is_damage(store, publish):
    publish(ONE)
    publish(TWO)
    revisions = store.path / "revisions"
    shutil.rmtree(revisions / "000002")
    (revisions / "000001").rename(revisions / "000002")
    with pytest.raises(StoreBroken, match="not as they were published"):
        GraphStore(store.path).current()


def database_files(store):
    return (store.path / "revisions" / "000001" / "db").iterdir()


@pytest.mark.parametrize("prefix", ["CURRENT", "MANIFEST", "OPTIONS", "0"])
def test_a_cut_or_missing_database_file_is_told(store, publish, prefix):
    publish(ONE)
    file = max(
        (f for f in database_files(store) if f.name.startswith(prefix)), key=lambda f: f.stat().st_size
    )
    for spoil in (lambda: file.write_bytes(file.read_bytes()[:-1]), file.unlink):
        spoil()
        with pytest.raises(StoreBroken, match=f"{file.name}.*restore a backup"):
            GraphStore(store.path).current()


def test_a_database_with_wrong_bytes_is_told(store, publish):
    publish(ONE)
    (file,) = (f for f in database_files(store) if f.name == "CURRENT")
    file.write_bytes(b"x" * file.stat().st_size)
    with pytest.raises(StoreBroken, match=r"Corruption.*restore a backup"):
        GraphStore(store.path).current()


def test_a_pointer_to_a_missing_revision_is_damage(store, publish):
    publish(ONE)
    shutil.rmtree(store.path / "revisions" / "000001")
    with pytest.raises(StoreBroken, match="000001"):
        GraphStore(store.path).current()


def test_the_next_writer_sweeps_what_a_dead_one_left(store, publish):
    publish(ONE)
    revisions = store.path / "revisions"
    shutil.copytree(revisions / "000001", revisions / "000002")
    (revisions / "000003.tmp").mkdir()
    (store.path / "staging-dead").mkdir()
    assert [info.number for info in store.list_revisions()] == [1]
    assert publish(TWO).number == 2
    assert sorted(entry.name for entry in revisions.iterdir()) == ["000001", "000002"]
    assert not list(store.path.glob("staging-*"))


def test_a_first_revision_without_a_pointer_to_it_is_no_revision(store, publish):
    publish(ONE)
    store._backend.write_pointer(Pointer(0, 0))
    with pytest.raises(StoreEmpty):
        store.current()
    assert publish(TWO).number == 1
