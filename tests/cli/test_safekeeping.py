"""``kopru diff``, ``rollback``, ``backup``, ``restore`` and ``records upgrade``, as they are typed."""

import json
import shutil
from pathlib import Path

import pytest

from graph.store import GraphStore
from ingest.pipeline import ingest


@pytest.fixture
def store(bundled_store: GraphStore, tmp_path: Path) -> Path:
    """A copy of the bundled store with a second revision, in which a city has another name."""
    folder = Path(shutil.copytree(bundled_store.path, tmp_path / "store"))
    cities = folder / "records" / "antalya" / "cities.yml"
    cities.write_text(cities.read_text("utf-8").replace('en: "Zagreb"', 'en: "Zagreb-on-Save"'), "utf-8")
    assert ingest(GraphStore(folder), "records", records=folder / "records").published is not None
    return folder


def test_what_changed_is_told_and_going_back_is_written_down(run_here, store, tmp_path) -> None:
    told = run_here("diff", "--store", store)
    assert "Changed: Zagreb-on-Save" in told.stdout
    assert "name: Zagreb → Zagreb-on-Save" in told.stdout
    found = json.loads(run_here("diff", "1", "2", "--format", "json", "--store", store).stdout)
    assert found["counts"]["changed"] == found["total"] > 0
    for name in ("review.xlsx", "review.html"):
        assert run_here("diff", "1", "2", "--out", tmp_path / name, "--store", store).returncode == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert run_here("diff", "7", "--store", store).returncode == 1
    assert run_here("diff", "soon", "--store", store).returncode == 2
    back = run_here("rollback", "1", "--why", "A slip.", "--office", "EU office", "--store", store)
    assert "kopru ingest records" in back.stderr
    listed = run_here("revisions", "--store", store)
    assert "back from revision 2 to 1. EU office: A slip." in listed.stdout
    assert "the newest 10 beside it" in listed.stderr
    rule = run_here("revisions", "--store", store, KOPRU_KEEP_REVISIONS="3", KOPRU_KEEP_MONTHS="6")
    assert "the newest 3 beside it, the last one of each of the last 6 months" in rule.stderr


def test_a_backup_is_restored_and_says_what_differs_here(run_here, store, tmp_path) -> None:
    done = run_here("backup", tmp_path / "b.zip", "--store", store)
    assert "is written and verified: revision 2" in done.stdout
    assert run_here("backup", tmp_path, "--store", store).returncode == 0
    assert len(list(tmp_path.glob("kopru-*.zip"))) == 1
    new = run_here("restore", tmp_path / "b.zip", "--store", tmp_path / "new", KOPRU_CITY="izmir")
    assert "Revision 2 is restored" in new.stdout
    assert "It was made with KOPRU_CITY=antalya; here it is 'izmir'" in new.stderr
    again = run_here("restore", tmp_path / "b.zip", "--store", tmp_path / "new")
    assert (again.returncode, "is not empty" in again.stderr) == (1, True)


def test_an_upgrade_that_brings_nothing_says_so(run_here, store) -> None:
    told = run_here("records", "upgrade", "--dry-run", "--store", store)
    assert "Your records have all that comes with this version" in told.stdout
    assert "nothing was changed" in told.stdout
