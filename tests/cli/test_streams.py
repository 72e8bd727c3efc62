"""Where the words go: screens without Turkish letters, full disks, narrow windows, a closed input."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import GraphStore

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]


def start(words: str, *, sink: str = "", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a shell, so that its output can be sent anywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KOPRU_")}
    return subprocess.run(
        f"{sys.executable} -m api {words} {sink}",
        shell=True, capture_output=True, check=False, timeout=60, cwd=ROOT, env=kept | settings,
    )  # fmt: skip


@pytest.mark.parametrize(
    "settings",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1254"},
    ],
    ids=["C", "C-for-real", "ascii", "cp1254"],
)
def test_a_screen_without_turkish_letters_is_no_reason_to_stop(
    bundled_store: GraphStore, settings: dict[str, str]
) -> None:
    listed = start(f"sources --store {bundled_store.path}", **settings)
    assert (listed.returncode, b"CC BY 4.0" in listed.stdout, listed.stderr) == (0, True, b"")
    refused = start(f"rollback 7 --store {bundled_store.path}", **settings)
    assert (refused.returncode, b"Traceback" in refused.stderr) == (1, False)


@pytest.mark.parametrize("words", ["sources --store {store}", "query --format csv --store {store} {query}"])
def test_an_output_that_is_full_is_told(bundled_store: GraphStore, tmp_path: Path, words: str) -> None:
    query = tmp_path / "all.rq"
    query.write_text("SELECT ?s { ?s ?p ?o } LIMIT 10", "utf-8")
    told = start(words.format(store=bundled_store.path, query=query), sink="> /dev/full", KOPRU_LANG="en")
    assert told.returncode == 1
    reason = "The answer can't be written where it is sent (No space left on device)."
    assert told.stderr.decode() == f"Error: {reason} Send it to another place.\n"


def test_a_reader_that_has_seen_enough_ends_it_quietly(bundled_store: GraphStore) -> None:
    assert start(f"sources --store {bundled_store.path}", sink="| true").stderr == b""


def test_a_closed_input_is_told(bundled_store: GraphStore) -> None:
    told = start(f"query --store {bundled_store.path}", sink="<&-", KOPRU_LANG="en")
    assert (told.returncode, b"There is no standard input" in told.stderr) == (1, True)


def test_reasons_of_the_system_are_translated(
    run_here: Run, bundled_store: GraphStore, tmp_path: Path
) -> None:
    told = run_here("query", tmp_path, "--store", bundled_store.path, "--lang", "tr")
    assert told.stderr == f"Hata: {tmp_path} içindeki sorgu okunamıyor: bu bir klasör.\n"
