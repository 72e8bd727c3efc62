"""Stores that can't be used as asked: one clear sentence and exit 1."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import GraphStore

Run = Callable[..., subprocess.CompletedProcess[str]]

READING = [["revisions"], ["query"], ["validate"], ["export", "--format", "ttl", "--out", "x.ttl"]]


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_an_empty_store_says_how_to_fill_it(run: Run, tmp_path: Path, words: list[str]) -> None:
    done = run(*words, "--store", tmp_path / "none", stdin="ASK { ?s ?p ?o }")
    assert done.returncode == 1
    assert "still empty" in done.stderr
    assert "kopru ingest records" in done.stderr


def test_a_folder_of_something_else_is_no_store(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("not ours")
    done = run("ingest", "records", "--store", tmp_path / "other")
    assert done.returncode == 1
    assert str(tmp_path / "other") in done.stderr
    assert [file.name for file in (tmp_path / "other").iterdir()] == ["letter.txt"]


def test_a_revision_that_is_not_there_is_told(run: Run, bundled_store: GraphStore) -> None:
    done = run("rollback", "7", "--store", bundled_store.path)
    assert (done.returncode, "There is no revision 7." in done.stderr) == (1, True)


def test_an_unknown_source_is_told_with_the_known_ones(run: Run, tmp_path: Path) -> None:
    done = run("ingest", "wikipedia", "--store", tmp_path / "store")
    assert done.returncode == 1
    assert "There is no source 'wikipedia'" in done.stderr
    assert "geonames" in done.stderr
    assert not (tmp_path / "store").exists()


def test_a_store_that_is_being_written_is_told_with_the_process(
    run: Run, bundled_store: GraphStore, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(bundled_store.path, tmp_path / "store"))
    with GraphStore(folder).writer():
        done = run("ingest", "records", "--store", folder)
    assert done.returncode == 1
    assert f"process {os.getpid()}" in done.stderr


def test_a_folder_without_the_right_to_write_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    # Root may write everywhere unless it gives that power up.
    powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*powerless, sys.executable, "-m", "api", "ingest", "records", "--store", str(folder / "store")],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "KOPRU_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The folder ")
    assert "can't be written to" in done.stderr


def test_a_store_whose_only_revision_is_damaged_does_not_count_as_empty(
    run: Run, bundled_store: GraphStore, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(bundled_store.path, tmp_path / "store"))
    (folder / "revisions" / "000001" / "manifest.json").write_text("{")
    for words in (["revisions"], ["sources"], ["ingest", "records"]):
        done = run(*words, "--store", folder)
        assert done.returncode == 1
        assert "is damaged (its files are not as they were published)" in done.stderr


def test_records_that_may_not_be_read_are_told_in_the_readers_language(run: Run, tmp_path: Path) -> None:
    (tmp_path / "records").write_text("no folder")
    done = run(
        "ingest", "records", "--store", tmp_path / "s", "--records", tmp_path / "records", KOPRU_LANG="tr"
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Hata: {tmp_path}/records: Bu bir dosya.")
