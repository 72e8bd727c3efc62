"""Death by SIGKILL at any moment leaves a whole revision: the old one or the new one."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.publishing import STEPS
from graph.store import GraphStore

DRIVER = Path(__file__).with_name("publish_and_die.py")
COUNT = 200
#: Large enough for a kill to fall between the first write and the pointer.
LARGE = 2_000


def run(store: GraphStore, count: int, salt: str, *step: str) -> subprocess.Popen:
    command = [sys.executable, str(DRIVER), str(store.path), str(count), salt, *step]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def publish(store: GraphStore, count: int, salt: str, *step: str) -> tuple[int, list[str]]:
    """Run the driver to its end; return its exit code and the steps it reached."""
    with run(store, count, salt, *step) as process:
        steps = process.communicate()[0].split()
    return process.returncode, steps


def assert_whole(store: GraphStore) -> int:
    """Check everything about the current revision; return its number."""
    revision = GraphStore(store.path).current()
    assert revision.compute_digest() == revision.info.digest
    rdf = revision.default_graph()
    assert len(rdf) == revision.info.statements
    return revision.number


def assert_nothing_left(store: GraphStore) -> None:
    revisions = [entry.name for entry in (store.path / "revisions").iterdir()]
    assert sorted(revisions) == [f"{info.number:06d}" for info in store.list_revisions()]
    assert not list(store.path.glob("staging-*"))


def test_the_named_points_are_nine():
    assert len(STEPS) == len(set(STEPS)) == 9


@pytest.mark.parametrize("step", STEPS)
def test_death_at_a_named_point_leaves_a_whole_revision(store, step):
    assert publish(store, COUNT, "one")[0] == 0
    code, steps = publish(store, COUNT, "two", step)
    assert code == -signal.SIGKILL
    assert tuple(steps) == STEPS[: STEPS.index(step) + 1]
    assert assert_whole(store) == (2 if step == "pointer-after" else 1)


@pytest.mark.parametrize("step", STEPS)
def test_after_death_in_the_first_run_the_next_one_fills_the_store(store, step):
    publish(store, COUNT, "one", step)
    assert store.is_empty() == (step != "pointer-after")
    code, _ = publish(store, COUNT, "two")
    assert code == 0
    assert assert_whole(store) == (2 if step == "pointer-after" else 1)
    assert_nothing_left(store)


def test_death_at_random_moments_leaves_a_whole_revision(store):
    begun = time.monotonic()
    assert publish(store, LARGE, "start")[0] == 0
    duration = time.monotonic() - begun
    moments, before = random.Random(20240304), 1
    for round_ in range(8):
        with run(store, LARGE, f"round {round_}") as process:
            time.sleep(moments.uniform(0.3, 1.0) * duration)
            process.kill()
        after = assert_whole(store)
        assert after in {before, before + 1}
        before = after
    assert publish(store, LARGE, "end")[0] == 0
    assert_whole(store)
    assert_nothing_left(store)
