"""``kopru gaps`` on the bundled records."""

import json

import pytest

from api.cli.run import run
from graph.store import GraphStore


def run_gaps(capfd: pytest.CaptureFixture[str], store: GraphStore, *words: str) -> tuple[int, str, str]:
    code = run(["--lang", "en", "gaps", *words, "--store", str(store.path)])
    told = capfd.readouterr()
    return code, told.out, told.err


def test_gaps_are_shown_after_what_would_widen_the_view(
    capfd: pytest.CaptureFixture[str], bundled_store: GraphStore
) -> None:
    code, out, _ = run_gaps(
        capfd, bundled_store, "antalya", "--as-of", "2024-03-04", "--kind", "side_by_side"
    )
    assert code == 0
    assert "kopru ingest records" in out.split("Cities in which several of ours act")[0]
    assert "Nuremberg" in out


def test_gaps_come_as_json(capfd: pytest.CaptureFixture[str], bundled_store: GraphStore) -> None:
    code, out, _ = run_gaps(
        capfd, bundled_store, "antalya", "--as-of", "2024-03-04", "--kind", "open_place", "--format", "json"
    )
    assert code == 0
    assert [gap["subject"] for gap in json.loads(out)["items"]] == ["city_network", "cooperation_protocol"]


def test_wrong_words_are_told_with_a_remedy(
    capfd: pytest.CaptureFixture[str], bundled_store: GraphStore
) -> None:
    code, _, err = run_gaps(capfd, bundled_store, "antalia")
    assert code == 1
    assert "antalya" in err
    code, _, err = run_gaps(capfd, bundled_store, "antalya", "--as-of", "yesterday")
    assert code == 2
    code, _, err = run_gaps(capfd, bundled_store, "antalya", "--kind", "sleepy")
    assert code == 2
