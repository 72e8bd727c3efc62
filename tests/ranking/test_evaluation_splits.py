"""What is held out of small tables of ties, and that nothing of it leaks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.ranking.evaluation.pairs import Pairs, read_pairs
from graph.ranking.evaluation.queries import make_queries
from graph.ranking.evaluation.splits import check_split, split_newer, split_random
from graph.ranking.evaluation.worlds import make_world
from graph.ranking.tables import read_tables
from graph.ranking.world import make_tables
from ontology.errors import KopruError, RecordError


def pairs_of(*ends: tuple[int, int], **lists: str) -> Pairs:
    marks = {name: np.array([mark == "1" for mark in text]) for name, text in lists.items()}
    ring = marks.pop("ring", np.zeros(len(ends), dtype=np.bool_))
    return Pairs(np.array(ends, dtype=np.int32), ring, marks)


def everyone_with_everyone(cities: int) -> Pairs:
    return pairs_of(*[(a, b) for a in range(cities) for b in range(a + 1, cities)])


def as_set(ends: np.ndarray) -> set[tuple[int, int]]:
    return {(a, b) for a, b in ends.tolist()}


def test_a_tenth_of_the_ties_is_held_out() -> None:
    split = split_random(everyone_with_everyone(21), seed=1)  # 210 ties
    assert (len(split.train), len(split.test)) == (189, 21)


def test_no_held_out_tie_is_learnt_from() -> None:
    pairs = everyone_with_everyone(12)
    split = split_random(pairs, seed=3, share=0.5)
    assert not as_set(split.train) & as_set(split.test)
    assert as_set(split.train) | as_set(split.test) == as_set(pairs.ends)


@pytest.mark.parametrize("seed", range(5))
def test_both_ends_keep_a_tie(seed: int) -> None:
    split = split_random(everyone_with_everyone(6), seed=seed, share=0.9)
    assert set(split.test.ravel()) <= set(split.train.ravel())


def test_a_star_can_spare_nothing() -> None:
    with pytest.raises(KopruError, match="Too few ties"):
        split_random(pairs_of((0, 1), (0, 2), (0, 3)), seed=1, share=0.5)


def test_the_same_seed_gives_the_same_split_and_another_one_another() -> None:
    pairs = everyone_with_everyone(20)
    first, again, other = (split_random(pairs, seed=seed) for seed in (7, 7, 8))
    assert as_set(first.test) == as_set(again.test) != as_set(other.test)


def test_rings_are_removed_from_both_parts() -> None:
    pairs = everyone_with_everyone(8)
    ringed = replace(pairs, ring=(pairs.ends < 4).all(axis=1))
    split = split_random(ringed, seed=1, rings=False)
    assert len(split.train) + len(split.test) == 28 - 6
    assert not as_set(ringed.ends[ringed.ring]) & (as_set(split.train) | as_set(split.test))


def test_ties_of_the_newer_list_whose_ends_have_two_older_ties_are_held_out() -> None:
    # A square of older ties; its diagonals are new; 4 has one older tie only; 5 is new altogether.
    ends = [(0, 1), (0, 2), (0, 4), (0, 5), (1, 2), (1, 3), (2, 3), (0, 3), (3, 4)]
    pairs = pairs_of(*ends, in_wp_old="111011100", in_wp2023="100000011", in_wp2026="000100000")
    split = split_newer(pairs)
    assert as_set(split.test) == {(0, 3)}
    assert as_set(split.hidden) == {(0, 5), (3, 4)}
    assert len(split.train) == 6


def test_a_table_without_lists_can_not_be_split_by_date() -> None:
    with pytest.raises(KopruError, match="in_wp2023"):
        split_newer(everyone_with_everyone(5))


def test_a_leaking_split_is_refused() -> None:
    split = split_random(everyone_with_everyone(10), seed=1)
    with pytest.raises(KopruError, match="1 ties to be found are also learnt from"):
        check_split(replace(split, train=np.concatenate([split.train, split.test[:1]])))


def test_a_split_that_leaves_a_city_without_a_tie_is_refused() -> None:
    split = split_random(pairs_of((0, 1), (0, 2), (1, 2), (1, 3), (2, 3)), seed=1, share=0.2)
    with pytest.raises(KopruError, match="no tie to learn from"):
        check_split(replace(split, train=split.train[:0]))


def write(folder: Path, *lines: str) -> Path:
    path = folder / "twins.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_a_pair_that_stands_there_twice_is_in_the_lists_of_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "city_a_id,city_b_id,in_wp2023,in_wd2016,in_clique8",
                 "b,a,1,0,0", "a,b,0,1,1", "a,a,1,1,1", "a,c,0,0,0")  # fmt: skip
    pairs = read_pairs(path, read_tables(path).index)
    assert pairs.ends.tolist() == [[0, 1], [0, 2]]
    assert {name: marks.tolist() for name, marks in pairs.lists.items()} == {
        "in_wp2023": [True, False],
        "in_wd2016": [True, False],
    }
    assert pairs.ring.tolist() == [True, False]


def test_a_city_that_the_tables_do_not_have_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "city_a_id,city_b_id", "a,b", "a,z")
    with pytest.raises(RecordError, match="'z'") as caught:
        read_pairs(path, {"a": 0, "b": 1})
    assert caught.value.facts["line"] == 3


def test_each_held_out_tie_is_asked_from_both_ends() -> None:
    tables = make_tables({}, [(f"c{a:02}", f"c{b:02}") for a in range(12) for b in range(a)])
    split = split_random(Pairs(tables.twins, np.zeros(66, dtype=np.bool_)), seed=1)
    queries = make_queries(make_world(tables, split))
    asked = set(zip(queries.sources.tolist(), queries.targets.tolist(), strict=True))
    assert asked == as_set(split.test) | as_set(split.test[:, ::-1])


def test_the_world_that_is_asked_has_no_held_out_tie_and_no_city_without_ties() -> None:
    ties = [(f"c{a:02}", f"c{b:02}") for a in range(12) for b in range(a)]
    tables = make_tables({"alone": {"country": "TR"}}, ties)
    pairs = Pairs(tables.twins, np.zeros(66, dtype=np.bool_))
    world = make_world(tables, split_random(pairs, seed=1))
    assert "alone" not in world.tables.city_ids
    for known in (world.tables.twins, world.whole.twins):
        assert len(known) == 59
    assert not as_set(world.tables.twins) & as_set(world.split.test)
    assert not as_set(world.whole.twins) & as_set(world.places[world.split.test])


def test_half_of_the_wrong_candidates_are_of_the_same_country() -> None:
    facts = {f"c{n:03}": {"country": "TR" if n < 30 else "DE"} for n in range(90)}
    names = list(facts)
    ties = [(names[n], names[(n + step) % 90]) for n in range(90) for step in (1, 2, 3)]
    tables = make_tables(facts, ties)
    split = split_random(Pairs(tables.twins, np.zeros(len(tables.twins), dtype=np.bool_)), seed=1)
    world = make_world(tables, split)
    queries = make_queries(world, negatives=20)
    country = world.tables.country
    same = country[queries.negatives[:, :10]] == country[queries.targets][:, None]
    assert same.all()


def test_no_wrong_candidate_is_right_or_known() -> None:
    tables = make_tables({}, [(f"c{a:02}", f"c{b:02}") for a in range(14) for b in range(a) if (a + b) % 2])
    split = split_random(Pairs(tables.twins, np.zeros(len(tables.twins), dtype=np.bool_)), seed=1)
    queries = make_queries(make_world(tables, split))
    for source, row in zip(queries.sources, queries.negatives, strict=True):
        drawn = row[row >= 0]
        assert len(set(drawn.tolist())) == len(drawn) > 0
        assert not (queries.known + queries.held)[[source]].toarray()[0][drawn].any()
