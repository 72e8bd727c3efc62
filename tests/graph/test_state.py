"""What the store remembers beside the knowledge, and what happens when it can't."""

import sqlite3
from datetime import UTC, datetime
from threading import Thread

import pytest

from graph.state import Run, State

MORNING, EVENING = datetime(2024, 3, 4, 9, tzinfo=UTC), datetime(2024, 3, 4, 21, tzinfo=UTC)


@pytest.fixture
def state(tmp_path):
    return State(tmp_path / "state.sqlite")


def make_run(source="records", started=MORNING, outcome="published"):
    return Run(source, started, EVENING, outcome, {"note": "İyi", "count": 3})


def test_reading_makes_no_file(state):
    assert state.list_runs() == []
    assert state.find_last_run("records") is None
    assert state.find("positions") is None
    assert not state.path.exists()


def test_a_run_comes_back_as_it_was(state):
    state.add_run(make_run())
    assert state.list_runs() == [make_run()]


def test_the_last_run_of_a_source_is_found(state):
    for run in (make_run(started=EVENING, outcome="same"), make_run(), make_run("letter", EVENING)):
        state.add_run(run)
    assert state.find_last_run("records").outcome == "same"
    assert [run.source for run in state.list_runs(limit=2)] == ["letter", "records"]


def test_a_value_is_kept_until_another_is_put(state):
    state.put("positions", {"antalya": [0.5, 1.0]})
    state.put("positions", {"antalya": [0.0, 1.0]})
    assert state.find("positions") == {"antalya": [0.0, 1.0]}


def test_readers_and_a_writer_do_not_wait_for_one_another(state):
    state.put("key", 0)
    with sqlite3.connect(state.path) as writer:
        assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        writer.execute("UPDATE facts SET value = 1")
        assert state.find("key") == 0


def test_threads_share_one_state(state):
    threads = [Thread(target=state.add_run, args=(make_run(f"source-{n}"),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(state.list_runs()) == 8


def test_a_damaged_file_is_put_aside(state, caplog):
    state.path.write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    assert state.find("key") is None
    state.put("key", 1)
    assert state.find("key") == 1
    assert state.path.with_suffix(".damaged").exists()
    assert "put aside" in caplog.text


def test_writing_where_there_is_no_folder_is_only_a_warning(tmp_path, caplog):
    state = State(tmp_path / "missing" / "state.sqlite")
    state.put("key", 1)
    assert state.find("key") is None
    assert "can't be written to" in caplog.text
