"""``kopru paths`` and ``kopru consortia`` on the bundled records."""

import json

import pytest

from api.cli.run import run
from graph.store import GraphStore

DAY = ("--as-of", "2024-03-04")


def ask(capfd: pytest.CaptureFixture[str], store: GraphStore, *words: str) -> tuple[int, str, str]:
    code = run(["--lang", "en", *words, "--store", str(store.path)])
    told = capfd.readouterr()
    return code, told.out, told.err


def test_ways_are_shown_with_their_dates(
    capfd: pytest.CaptureFixture[str], bundled_store: GraphStore
) -> None:
    code, out, _ = ask(capfd, bundled_store, "paths", "antalya", "Nürnberg", "--max", "1", *DAY)
    assert code == 0
    assert "1997" in out
    assert "Confirmed" in out


def test_ways_come_as_json(capfd: pytest.CaptureFixture[str], bundled_store: GraphStore) -> None:
    code, out, _ = ask(capfd, bundled_store, "paths", "antalya", "izmir", "--format", "json", *DAY)
    assert code == 0
    assert json.loads(out)["through"]


def test_what_is_not_there_is_told_with_the_nearest_names(
    capfd: pytest.CaptureFixture[str], bundled_store: GraphStore
) -> None:
    code, _, err = ask(capfd, bundled_store, "paths", "antalya", "nurenberg")
    assert code == 1
    assert "nuremberg" in err
    code, _, err = ask(capfd, bundled_store, "paths", "antalya", "qqqqqq")
    assert code == 1
    assert "qqqqqq" in err


def test_consortia_are_shown_with_reasons(
    capfd: pytest.CaptureFixture[str], bundled_store: GraphStore
) -> None:
    words = ("consortia", "antalya", "--size", "4", "--countries", "3", "--proposals", "1", *DAY)
    code, out, _ = ask(capfd, bundled_store, *words)
    assert code == 0
    assert "kopru ingest records" in out or "kopru sources" in out
    assert "Proposal 1" in out
    assert "in the recommendations" in out
    code, out, _ = ask(capfd, bundled_store, *words, "--format", "json")
    assert len(json.loads(out)["proposals"][0]["members"]) == 3


def test_an_impossible_call_says_why(capfd: pytest.CaptureFixture[str], bundled_store: GraphStore) -> None:
    code, out, _ = ask(capfd, bundled_store, "consortia", "antalya", "--eligible", "DE", *DAY)
    assert code == 0
    assert "In the way: The call is not open to the city's own country." in out
    code, _, err = ask(capfd, bundled_store, "consortia", "antalya", "--theme", "turism")
    assert code == 1
    assert "turism" in err
