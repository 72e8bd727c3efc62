"""A run of a source that is killed, alone or not, at whatever time of whatever day: never half a revision."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent

import pytest

from graph.publishing import STEPS
from graph.store import GraphStore
from ingest.pipeline import ingest
from ontology.errors import SourceError
from ontology.terms import KP, RDF

DRIVER = Path(__file__).with_name("ingest_and_die.py")
TWINS = """\
    city_a_id,city_b_id,name_a,name_b,country_a,country_b,in_wp2026
    gn:323777,x:FR:neuf,Antalya,Neuf,TR,FR,1
    """
#: The points of a run of a source, besides those of publishing.
READING = ("fetch world", "read world", "derive", "check", "publish")


@pytest.fixture
def world(store: GraphStore, records, tmp_path: Path):
    """Return a function that starts a run of the world's tables in a process of its own."""
    ingest(store, "records", records=records.root)
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "twins.csv").write_text(dedent(TWINS), encoding="utf-8")

    def start(*more: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(DRIVER), str(store.path), str(records.root), str(tables), *more]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


def assert_whole(store: GraphStore) -> int:
    """Check the current revision; return its number."""
    revision = GraphStore(store.path).current()
    assert revision.compute_digest() == revision.info.digest
    return revision.number


def assert_nothing_left(store: GraphStore) -> None:
    """Check that no dead run left anything."""
    left = [*store.path.glob("staging-*"), *store.path.glob(".fetching/*"), *store.path.glob("raw/.*")]
    assert [path.name for path in left] == []


@pytest.mark.parametrize("step", [*READING, "batch-after", "check-after", "pointer-before", "pointer-after"])
def test_a_run_that_dies_leaves_a_whole_revision_and_the_next_one_sweeps_up(store, world, step) -> None:
    process = world(step)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    published = step == "pointer-after"
    assert assert_whole(store) == 1 + published
    again = world()
    said = again.communicate()
    assert again.returncode == 0, said
    assert assert_whole(store) == 2
    assert (None, RDF.type, KP.TwinningAgreement) in store.current().default_graph()
    assert_nothing_left(store)


def test_the_steps_of_a_run_are_those_at_which_it_is_killed(world) -> None:
    steps = world().communicate()[0].split("\n")
    assert {*READING, *STEPS} <= set(steps)


def test_a_second_run_says_that_it_cannot_while_the_first_one_writes(store, world) -> None:
    with store.writer():
        second = world()
        _, said = second.communicate()
    assert second.returncode == 1
    assert "Another run is writing to" in said
    assert assert_whole(store) == 1


def test_a_source_that_vanishes_half_way_leaves_what_was(store, records, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    ingest(store, "records", records=records.root)
    (tables / "twins.csv").write_text(dedent(TWINS), encoding="utf-8")

    def on_step(step: str) -> None:
        if step == "read world":
            (tables / "twins.csv").unlink()

    with pytest.raises(SourceError, match="is no longer there"):
        ingest(store, "world", records=records.root, location=str(tables), on_step=on_step)
    assert assert_whole(store) == 1
    assert_nothing_left(store)


def test_a_clock_that_was_set_back_loses_nothing(store, world) -> None:
    process = world("", "48")
    process.communicate()
    assert process.returncode == 0
    assert assert_whole(store) == 2
    first, second = store.list_revisions()
    assert second.created_at < first.created_at < datetime.now(UTC) + timedelta(minutes=1)
    assert second.parent == first.number
    again = world()
    again.communicate()
    assert again.returncode == 0
    assert assert_whole(store) == 2
