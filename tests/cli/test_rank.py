"""``kopru rank`` and ``kopru train`` on plain tables, good and bad."""

import csv
import gzip
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

CITIES = """city_id,country,lat,lon,population,continent,name
a,TR,36.9,30.7,1300000,AS,Antalya
b,DE,50.9,6.9,1080000,EU,Köln
c,TR,38.4,27.1,2900000,AS,İzmir
d,DE,53.1,8.8,560000,EU,Bremen
e,FR,43.3,5.4,870000,EU,Marseille
"""
TIES = "city_a_id,city_b_id\na,b\nc,d\nc,e\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a folder with small tables."""
    for name, text in {
        "twins.csv": TIES, "cities.csv": CITIES, "queries.csv": "city_id\na\nc\n",
        "members.csv": "city_id,network\na,N\nd,N\n", "projects.csv": "project_id,city_id\np,a\np,e\n",
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def rank(run: Run, *words: str | Path, out: str = "out.csv") -> subprocess.CompletedProcess[str]:
    return run("rank", "--twins", "twins.csv", "--queries", "queries.csv", "--top", 3, "--out", out, *words)


def rows(folder: Path, name: str = "out.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


FULL = ("--cities", "cities.csv", "--memberships", "members.csv", "--projects", "projects.csv", "--seed", "7")


def test_the_answer_has_ranks_from_one_best_first_and_no_known_partner(run_here: Run, tables: Path) -> None:
    done = rank(run_here, *FULL)
    found = rows(tables)
    assert done.returncode == 0, done.stderr
    assert list(found[0]) == ["query_id", "rank", "city_id", "score"]
    for query, others in (("a", {"c", "d", "e"}), ("c", {"a", "b"})):
        mine = [row for row in found if row["query_id"] == query]
        assert [row["rank"] for row in mine] == [str(place + 1) for place in range(len(others))]
        assert {row["city_id"] for row in mine} == others
        scores = [float(row["score"]) for row in mine]
        assert scores == sorted(scores, reverse=True)


def test_the_same_input_gives_the_same_file_in_another_process(run: Run, tables: Path) -> None:
    assert rank(run, *FULL, out="first.csv").returncode == 0
    assert rank(run, *FULL, out="second.csv").returncode == 0
    assert (tables / "first.csv").read_bytes() == (tables / "second.csv").read_bytes()


def test_ties_alone_are_enough(run_here: Run, tables: Path) -> None:
    assert rank(run_here).returncode == 0
    assert len(rows(tables)) == 5


def test_packed_tables_are_read(run_here: Run, tables: Path) -> None:
    (tables / "cities.csv.gz").write_bytes(gzip.compress(CITIES.encode()))
    assert rank(run_here, "--cities", "cities.csv.gz").returncode == 0


def test_the_linear_model_alone_gives_other_scores(run_here: Run, tables: Path) -> None:
    assert rank(run_here, *FULL).returncode == 0
    assert rank(run_here, *FULL, "--plain", out="plain.csv").returncode == 0
    assert rows(tables) != rows(tables, "plain.csv")
    assert len(rows(tables)) == len(rows(tables, "plain.csv"))


def test_an_unknown_city_is_named_with_ids_like_it_and_the_others_are_ranked(
    run_here: Run, tables: Path
) -> None:
    (tables / "twins.csv").write_text("city_a_id,city_b_id\ngn:323777,gn:2886242\n")
    (tables / "queries.csv").write_text("city_id\ngn:32377\ngn:323777\nzzz\n")
    done = rank(run_here, *FULL)
    assert done.returncode == 0
    assert "No table has the city 'gn:32377'. Ids like it: gn:323777" in done.stderr
    assert "No table has the city 'zzz'." in done.stderr
    assert {row["query_id"] for row in rows(tables)} == {"gn:323777"}


def test_when_no_city_asked_for_is_known_nothing_is_written(run_here: Run, tables: Path) -> None:
    (tables / "queries.csv").write_text("city_id\nx\ny\n")
    done = rank(run_here)
    assert done.returncode == 1
    assert "None of the 2 cities in queries.csv is in the tables." in done.stderr
    assert not (tables / "out.csv").exists()


def test_no_city_asked_for_gives_a_table_of_headings_and_a_word(run_here: Run, tables: Path) -> None:
    (tables / "queries.csv").write_text("city_id\n")
    done = rank(run_here)
    assert done.returncode == 0
    assert "queries.csv asks for no city." in done.stderr
    assert (tables / "out.csv").read_text() == "query_id,rank,city_id,score\n"


def test_a_city_asked_for_twice_is_answered_once(run_here: Run, tables: Path) -> None:
    (tables / "queries.csv").write_text("city_id\na\na\n")
    assert rank(run_here).returncode == 0
    assert len(rows(tables)) == 3


def test_what_was_left_out_is_said(run_here: Run, tables: Path) -> None:
    (tables / "twins.csv").write_text(TIES + "a,a\nb,a\n")
    done = rank(run_here, *FULL)
    assert "twins: 1 ties of a city with itself were left out." in done.stderr
    assert "twins: 1 pairs stand there again and count once." in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("twins.csv", "from,to\na,b\n", "twins.csv, line 1: needs one column 'city_a_id'"),
        ("cities.csv", "id,country\na,TR\n", "cities.csv, line 1: needs one column 'city_id'"),
        ("cities.csv", "city_id,lat\na,north\n", "cities.csv, line 2: column 'lat': 'north' is no number"),
        ("members.csv", "city_id,club\na,N\n", "needs one column 'network'"),
        ("projects.csv", "city_id\na\n", "needs one column 'project_id'"),
        ("queries.csv", "city\na\n", "queries.csv, line 1: needs one column 'city_id'"),
        ("queries.csv", "", "queries.csv: is empty"),
    ],
)
def test_a_table_that_can_not_be_used_exits_1_and_names_the_place(
    run_here: Run, tables: Path, name: str, text: str, part: str
) -> None:
    (tables / name).write_text(text)
    done = rank(run_here, *FULL)
    assert done.returncode == 1
    assert part in done.stderr
    assert not (tables / "out.csv").exists()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--parameters", "cities.csv"], "holds no parameters that this version reads"),
        (["--parameters", "absent.json"], "absent.json: can't be opened"),
        (["--out", "twins.csv/out.csv"], "can't be written"),
    ],
)
def test_a_file_that_can_not_be_read_or_written_is_named(
    run_here: Run, tables: Path, words: list[str], part: str
) -> None:
    done = rank(run_here, *words)
    assert done.returncode == 1
    assert part in done.stderr
    assert sorted(path.name for path in tables.iterdir() if "part" in path.name) == []


def test_wrong_usage_of_rank_exits_2(run_here: Run, tables: Path) -> None:
    assert rank(run_here, "--top", "0").returncode == 2
    assert rank(run_here, "--out", str(tables)).returncode == 2
    assert run_here("rank", "--twins", "twins.csv").returncode == 2


def test_it_speaks_turkish_too(run_here: Run, tables: Path) -> None:
    (tables / "twins.csv").write_text("from,to\na,b\n")
    done = rank(run_here, "--lang", "tr")
    assert "satır 1" in done.stderr
    assert "needs" not in done.stderr


def test_training_on_too_few_ties_says_how_many_are_needed(run_here: Run, tables: Path) -> None:
    done = run_here("train", "--twins", "twins.csv", "--out", "p.json")
    assert done.returncode == 1
    assert "There are 3 ties to learn from; at least 50 are needed." in done.stderr
    assert not (tables / "p.json").exists()
