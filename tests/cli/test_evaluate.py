"""``kopru evaluate`` on small tables: the card it prints, the files it writes, what it refuses."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Return a table of 240 ties among 80 cities."""
    draw = random.Random(3)
    pairs = {tuple(sorted(draw.sample(range(80), 2))) for _ in range(240)}
    lines = [f"c{a:02},c{b:02},{draw.randint(0, 1)},{draw.randint(0, 1)},0" for a, b in sorted(pairs)]
    path = tmp_path / "twins.csv"
    path.write_text("\n".join(["city_a_id,city_b_id,in_wp_old,in_wp2023,in_clique8", *lines]) + "\n", "utf-8")
    return path


def test_it_prints_the_card_and_writes_it_in_three_forms(run_here: Run, twins: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "out" / f"card.{ending}" for ending in ("json", "md", "html")]
    options = [word for out in outs for word in ("--out", out)]
    done = run_here("evaluate", "--twins", twins, "--seeds", "1", *options)
    assert done.returncode == 0, done.stderr
    assert "Of 100 true partners" in done.stdout
    assert "Personalised PageRank" in done.stdout
    assert "training …" in done.stderr
    assert "100% asked" in done.stderr
    facts = json.loads(outs[0].read_text("utf-8"))
    assert [one["name"] for one in facts["settings"]] == ["rings", "newer"]
    assert facts["ties"] == len(twins.read_text().splitlines()) - 1
    assert outs[1].read_text("utf-8").startswith("# Report card")
    assert outs[2].read_text("utf-8").startswith("<!doctype html>")

    again = run_here("evaluate", "--card", outs[0], "--lang", "tr")
    assert again.returncode == 0
    assert "100 gerçek ortaktan" in again.stdout


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--twins", "nowhere.csv"], 1, "nowhere.csv"),
        (["--card", "nowhere.json"], 1, "nowhere.json can't be read"),
        (["--out", "card.pdf"], 2, "'card.pdf' is no valid value for --out: .json, .md, .html"),
        (["--seeds", "0"], 2, "--seeds"),
        (["--rings", "some"], 2, "keep, drop, both"),
    ],
)
def test_what_can_not_be_is_told(run_here: Run, words: list[str], code: int, sentence: str) -> None:
    done = run_here("evaluate", *words)
    assert done.returncode == code
    assert sentence in done.stderr


def test_a_star_of_ties_is_too_little(run_here: Run, tmp_path: Path) -> None:
    path = tmp_path / "star.csv"
    path.write_text("city_a_id,city_b_id\n" + "".join(f"hub,c{n}\n" for n in range(70)), "utf-8")
    done = run_here("evaluate", "--twins", path)
    assert done.returncode == 1
    assert "none can be held out so that both its ends keep one" in done.stderr


def test_a_foreign_file_is_no_card(run_here: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"a": 1}', "utf-8")
    done = run_here("evaluate", "--card", path)
    assert done.returncode == 1
    assert "other.json is no report card" in done.stderr
