"""Tables of the world: what is read, what is left out, and what is said of files that can't be used."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from graph.ranking.tables import read_tables, unique_ties
from graph.ranking.world import make_tables
from ontology.errors import RecordError

TIES = "city_a_id,city_b_id\na,b\nb,c\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_city_that_a_table_names_is_in_the_world(tmp_path: Path) -> None:
    world = read_tables(
        write(tmp_path, "twins.csv", TIES),
        write(tmp_path, "members.csv", "city_id,network\nd,N\n"),
        write(tmp_path, "cities.csv", "city_id,country\ne,TR\n"),
        write(tmp_path, "projects.csv", "project_id,city_id\np,f\n"),
    )
    assert world.city_ids == ("a", "b", "c", "d", "e", "f")
    assert world.twins.tolist() == [[0, 1], [1, 2]]
    assert world.memberships.toarray()[3].tolist() == [1]
    assert world.projects.toarray()[5].tolist() == [1]


def test_what_a_table_does_not_say_is_unknown(tmp_path: Path) -> None:
    cities = write(tmp_path, "cities.csv", "city_id,country,lat,admin1\na,TR,,07\nb,,36.9,\n")
    world = read_tables(write(tmp_path, "twins.csv", TIES), cities=cities)
    assert world.country.tolist() == [0, -1, -1]
    assert world.admin1.tolist() == [0, -1, -1]
    assert np.isnan(world.latitude).tolist() == [True, False, True]
    assert np.isnan(world.population).all()


def test_the_continent_follows_from_the_country_where_it_is_missing() -> None:
    world = make_tables({"a": {"country": "TR"}, "b": {"country": "BR", "continent": "XX"}}, [])
    assert [world.continents[place] for place in world.continent] == ["AS", "XX"]


def test_units_of_two_countries_with_one_code_are_told_apart() -> None:
    facts = {"a": {"country": "TR", "admin1": "07"}, "b": {"country": "DE", "admin1": "07"}}
    assert len(set(make_tables(facts, []).admin1.tolist())) == 2


def test_self_loops_and_repetitions_are_left_out_and_counted(tmp_path: Path) -> None:
    world = read_tables(write(tmp_path, "twins.csv", TIES + "c,c\nb,a\na,b\n"))
    assert world.twins.tolist() == [[0, 1], [1, 2]]
    assert [note.count for note in world.notes] == [1, 2]


def test_lines_without_an_id_and_impossible_numbers_are_counted(tmp_path: Path) -> None:
    cities = write(tmp_path, "cities.csv", "city_id,lat,population\na,95,10\na,1,1\n,2,2\nb,nan,-5\n")
    world = read_tables(write(tmp_path, "twins.csv", TIES + ",c\n"), cities=cities)
    assert np.isnan(world.latitude).all()
    assert world.population[0] == 10
    assert sorted(note.count for note in world.notes) == [1, 1, 1, 2]


def test_other_ties_are_cleaned_as_those_of_a_file() -> None:
    world = make_tables({}, [("a", "b"), ("b", "c")])
    assert world.with_twins(np.array([[2, 0], [0, 2], [1, 1]])).twins.tolist() == [[0, 2]]
    assert unique_ties(np.empty((0, 2), dtype=np.int32)).shape == (0, 2)


def test_a_packed_table_is_read_whatever_its_name(tmp_path: Path) -> None:
    packed = tmp_path / "twins.csv"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + TIES.encode()))
    assert len(read_tables(packed).twins) == 2


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        (b"", None, "is empty"),
        (b"city_a_id;city_b_id\na;b\n", 1, "needs one column 'city_a_id'"),
        (b"city_a_id,city_a_id,city_b_id\na,b,c\n", 1, "needs one column 'city_a_id'"),
        (b"city_a_id,city_b_id\na,b\na\n", 3, "has 1 cells, the header has 2"),
        (b'city_a_id,city_b_id\na,"b\n', 2, "is no CSV that can be read"),
        ("city_a_id,city_b_id\nŞ,ü\n".encode("iso-8859-9"), None, "is not in UTF-8"),
        (b"\x00\x01\x02binary", 1, ""),
        (gzip.compress(TIES.encode() * 99)[:-12], None, "is damaged"),
        (b"\x1f\x8bnonsense", None, "is damaged"),
    ],
)
def test_a_table_that_can_not_be_used_names_the_place(
    tmp_path: Path, text: bytes, line: int | None, part: str
) -> None:
    path = tmp_path / "twins.csv"
    path.write_bytes(text)
    with pytest.raises(RecordError) as raised:
        read_tables(path)
    assert part in str(raised.value)
    assert raised.value.facts["file"] == "twins.csv"
    assert line is None or raised.value.facts["line"] == line


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"absent\.csv: can't be opened: No such file"):
        read_tables(tmp_path / "absent.csv")


def test_a_number_that_can_not_be_read_is_named_with_its_column(tmp_path: Path) -> None:
    cities = write(tmp_path, "cities.csv", "city_id,population\na,1000\nb,1.000.000\n")
    with pytest.raises(RecordError, match=r"cities\.csv, line 3: column 'population': '1\.000\.000'"):
        read_tables(write(tmp_path, "twins.csv", TIES), cities=cities)
