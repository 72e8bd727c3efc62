"""A backup is one file from which the same answers come; anything else is refused with a sentence."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import rdflib

from graph.state import Run
from graph.store import GraphStore
from ingest.backup import archive, restoring
from ingest.backup.archive import check_archive
from ingest.backup.backing_up import make_backup
from ingest.backup.restoring import finish_restore, restore_backup
from ontology.errors import BackupError, StoreFull, StoreInUse

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
QUERY = "SELECT * { ?s <http://purl.org/dc/terms/title> ?title } ORDER BY ?s"
DRIVER = Path(__file__).with_name("restore_and_die.py")
DECISIONS = "judgements.yml"


def publish(store: GraphStore, *titles: str) -> None:
    rdf = rdflib.Graph()
    for place, title in enumerate(titles):
        rdf.add((rdflib.URIRef(f"urn:{place}"), rdflib.DCTERMS.title, rdflib.Literal(title)))
    with store.writer() as draft:
        draft.replace_source("records", rdf, retrieved_at=NOON)
        draft.derive()
        draft.publish()


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    """A store of three revisions, somebody went back to the second; with all that lies beside them."""
    store = GraphStore(tmp_path / "store")
    for titles in (["one"], ["one", "two"], ["three"]):
        publish(store, *titles)
    store.rollback(2, why="too early")
    store.state.add_run(Run("records", NOON, NOON, "published", {}))
    (store.path / "raw").mkdir()
    (store.path / "raw" / "abc").write_bytes(b"as it came")
    (store.path / "records" / "town").mkdir(parents=True)
    (store.path / "records" / "town" / "city.yml").write_text("city: town\n")
    (store.path / "records" / DECISIONS).write_text("judgements: []\n")
    return store


@pytest.fixture
def backup(store: GraphStore, tmp_path: Path) -> Path:
    """Its backup."""
    back_up(store, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def back_up(store: GraphStore, target: Path) -> archive.Manifest:
    return make_backup(store, store.path / "records", target, version="1.2", settings={"city": "town"})


def test_a_restored_store_gives_the_same_answers_and_digests(store, backup, tmp_path) -> None:
    manifest = restore_backup(backup, tmp_path / "new", tmp_path / "new" / "records")
    restored = GraphStore(tmp_path / "new")
    assert restored.current().number == 2 == manifest.revision
    for number in (1, 2, 3):
        ours, theirs = restored.revision(number), store.revision(number)
        assert ours.select(QUERY) == theirs.select(QUERY)
        assert ours.compute_digest() == ours.info.digest == theirs.info.digest
    assert [going.why for going in restored.list_goings_back()] == ["too early"]
    assert restored.state.find_last_run("records") == store.state.find_last_run("records")
    assert (restored.path / "raw" / "abc").read_bytes() == b"as it came"
    assert (restored.path / "records" / DECISIONS).read_text() == "judgements: []\n"
    assert manifest.settings == {"city": "town"}
    publish(restored, "four")
    assert restored.current().number == 4


def test_records_elsewhere_are_restored_elsewhere(backup, tmp_path) -> None:
    restore_backup(backup, tmp_path / "new", tmp_path / "mine")
    assert (tmp_path / "mine" / "town" / "city.yml").read_text() == "city: town\n"
    assert not (tmp_path / "new" / "records").exists()
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [DECISIONS, "town"]


def test_each_content_is_kept_once(backup) -> None:
    names = ZipFile(backup).namelist()
    manifest = check_archive(backup)
    assert len(names) == len(set(names)) == 1 + len({entry.digest for entry in manifest.entries})
    assert len(manifest.entries) > len(names)


def test_a_backup_while_somebody_publishes_is_of_one_moment(store, tmp_path) -> None:
    with store.writer() as draft:
        draft.replace_source("other", rdflib.Graph(), retrieved_at=NOON)
        worker = subprocess.Popen([sys.executable, "-c", _BACK_UP, str(store.path), str(tmp_path / "b.zip")])
        draft.derive()
        draft.publish()
    assert worker.wait() == 0
    assert check_archive(tmp_path / "b.zip").revision == 4


_BACK_UP = """
import sys
from pathlib import Path
from graph.store import GraphStore
from ingest.backup.backing_up import make_backup
store = GraphStore(Path(sys.argv[1]))
make_backup(store, store.path / "records", Path(sys.argv[2]), version="1", settings={})
"""


def test_a_folder_that_is_not_empty_is_left_alone_unless_told(backup, tmp_path) -> None:
    other = GraphStore(tmp_path / "other")
    publish(other, "mine")
    (other.path / "records").mkdir()
    (other.path / "records" / "mine.yml").write_text("mine")
    with pytest.raises(BackupError, match="not empty") as caught:
        restore_backup(backup, other.path, other.path / "records")
    assert "--replace" in caught.value.sentence("tr")
    assert other.current().number == 1
    restore_backup(backup, other.path, other.path / "records", replace=True)
    assert GraphStore(other.path).current().number == 2
    (aside,) = other.path.glob(".before-restore-*")
    assert GraphStore(aside).current().number == 1
    (kept,) = (other.path / "records").glob(".before-restore-*/mine.yml")
    assert kept.read_text() == "mine"
    assert not (other.path / "records" / "mine.yml").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no backup of K"),
        (b"PK\x03\x04 something else", "is no backup of K"),
        (b"city: town", "is no backup of K"),
    ],
)
def test_a_foreign_file_is_refused(content: bytes, sentence: str, tmp_path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BackupError, match=sentence):
        restore_backup(tmp_path / "file", tmp_path / "new", tmp_path / "new" / "records")
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(BackupError, match="Check the name"):
        restore_backup(tmp_path / "none.zip", tmp_path / "new", tmp_path / "new" / "records")


def test_a_cut_file_is_told_from_a_foreign_one(backup, tmp_path) -> None:
    whole = backup.read_bytes()
    for share in (0.3, 0.9, 0.999):
        backup.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(BackupError, match="is cut off"):
            restore_backup(backup, tmp_path / "new", tmp_path / "new" / "records")
    assert not (tmp_path / "new").exists()


def rewrite(backup: Path, change) -> None:
    """Write a backup again with another manifest, or other contents."""
    with ZipFile(backup) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    change(contents)
    with ZipFile(backup, "w") as new:
        for name, content in contents.items():
            new.writestr(name, content)


def test_a_changed_content_is_found_by_its_digest(backup, tmp_path) -> None:
    def change(contents: dict[str, bytes]) -> None:
        name = max(contents, key=lambda one: len(contents[one]))
        contents[name] = contents[name][:-1] + b"x"

    rewrite(backup, change)
    with pytest.raises(BackupError, match="is damaged"):
        restore_backup(backup, tmp_path / "new", tmp_path / "new" / "records")
    assert GraphStore(tmp_path / "new").is_empty()
    assert not (tmp_path / "new" / ".restoring").exists()


def change_manifest(**fields: object):
    def change(contents: dict[str, bytes]) -> None:
        manifest = json.loads(contents["kopru-backup.json"]) | fields
        contents["kopru-backup.json"] = json.dumps(manifest).encode()

    return change


def test_a_backup_of_a_newer_version_is_refused(backup, tmp_path) -> None:
    rewrite(backup, change_manifest(format=2, version="9.0"))
    with pytest.raises(BackupError, match=r"newer version of K.pr. \(9\.0\)"):
        restore_backup(backup, tmp_path / "new", tmp_path / "new" / "records")


def test_a_revision_that_says_something_else_is_refused(backup, tmp_path) -> None:
    rewrite(backup, change_manifest(digest="0" * 64))
    with pytest.raises(BackupError, match="does not say what it said"):
        restore_backup(backup, tmp_path / "new", tmp_path / "new" / "records")
    assert GraphStore(tmp_path / "new").is_empty()


@pytest.mark.parametrize("path", ["../evil", "store/../../evil", "/etc/evil", "other/evil", "store"])
def test_a_path_that_leads_out_of_the_folder_is_refused(backup, tmp_path, path: str) -> None:
    entry = {"path": path, "digest": "0" * 64, "size": 1}
    rewrite(backup, change_manifest(entries=[entry]))
    with pytest.raises(BackupError, match="no backup"):
        restore_backup(backup, tmp_path / "new", tmp_path / "new" / "records")


def test_a_full_disk_is_told_and_leaves_nothing(backup, tmp_path, monkeypatch) -> None:
    def write(_target: Path, _chunks: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "write_content", write)
    with pytest.raises(StoreFull):
        restore_backup(backup, tmp_path / "new", tmp_path / "new" / "records")
    assert GraphStore(tmp_path / "new").is_empty()
    assert not (tmp_path / "new" / ".restoring").exists()


def test_a_backup_that_finds_no_room_leaves_the_old_one(store, backup, monkeypatch) -> None:
    before = backup.read_bytes()

    def fill(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "sync_path", fill)
    with pytest.raises(BackupError, match="No space left"):
        back_up(store, backup)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir() if path.name.startswith(".")] == []


def test_while_somebody_writes_nothing_is_restored_over_it(store, backup) -> None:
    with store.writer(), pytest.raises(StoreInUse):
        restore_backup(backup, store.path, store.path / "records", replace=True)


@pytest.mark.parametrize("step", ["unpack", "check", "move", "moved 1", "moved 3", "moved 6"])
@pytest.mark.parametrize("replace", [False, True])
def test_a_killed_restoring_leaves_the_old_or_becomes_the_new(
    backup, tmp_path, step: str, replace: bool
) -> None:
    target = GraphStore(tmp_path / "new")
    if replace:
        publish(target, "mine")
    words = [sys.executable, str(DRIVER), str(backup), str(target.path), step, "replace" if replace else ""]
    assert subprocess.run(words, check=False).returncode == -9
    finish_restore(target.path)
    opened = GraphStore(target.path)
    if step in ("unpack", "check"):
        assert opened.is_empty() != replace
        assert replace is False or opened.current().number == 1
        restore_backup(backup, target.path, target.path / "records", replace=replace)
    assert GraphStore(target.path).current().number == 2
    assert (target.path / "records" / "town" / "city.yml").is_file()
    assert [path.name for path in target.path.iterdir() if path.name.startswith(".restoring")] == []


def test_a_snapshot_of_a_dead_run_is_removed(store, backup) -> None:
    dead = store.path / ".backup-999999999-x"
    shutil.copytree(store.path / "revisions", dead)
    back_up(store, backup)
    assert not dead.exists()
