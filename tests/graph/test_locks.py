"""One writer at a time, across processes; death lets go."""

import os
import subprocess
import sys

import pytest

from graph.locks import writers_lock
from ontology.errors import StoreInUse

HOLD = """
import sys
from pathlib import Path
from graph.locks import writers_lock
with writers_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Return a process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_file_names_the_process_that_holds_it(tmp_path):
    with writers_lock(tmp_path / "lock"):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_another_process_that_holds_it_is_named(tmp_path, holder):
    with pytest.raises(StoreInUse) as caught, writers_lock(tmp_path / "lock"):
        pass
    assert caught.value.facts["pid"] == str(holder.pid)


def test_death_lets_go_of_the_lock(tmp_path, holder):
    holder.kill()
    holder.wait()
    with writers_lock(tmp_path / "lock"):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_an_error_lets_go_of_the_lock(tmp_path):
    with pytest.raises(ZeroDivisionError), writers_lock(tmp_path / "lock"):
        raise ZeroDivisionError
    with writers_lock(tmp_path / "lock"):
        pass
