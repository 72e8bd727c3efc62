"""Measures on scores whose places can be counted by hand."""

import networkx as nx
import numpy as np
import pytest

from graph.ranking.evaluation.baselines.ties import TieMatrix
from graph.ranking.evaluation.baselines.walks import PageRank
from graph.ranking.evaluation.measures import (
    average_precision,
    count_before,
    expected_hits,
    expected_reciprocal,
    hard_auc,
)
from graph.ranking.evaluation.pairs import Pairs
from graph.ranking.evaluation.queries import Queries, make_queries
from graph.ranking.evaluation.run import HITS, MEASURES, Method, Outcome, run_methods
from graph.ranking.evaluation.splits import split_random
from graph.ranking.evaluation.worlds import TiedWorld, make_world
from graph.ranking.tables import WorldTables
from graph.ranking.world import make_tables
from ontology.errors import KopruError

NAN = float("nan")


def test_those_before_and_those_equal_are_counted_without_the_masked() -> None:
    scores = np.array([[3.0, 2.0, 2.0, NAN, 1.0]])
    before, equal = count_before(scores, np.array([2.0]))
    assert (before.tolist(), equal.tolist()) == ([1], [2])


def test_a_score_of_minus_infinity_is_not_equal_to_the_masked() -> None:
    before, equal = count_before(np.array([[1.0, NAN, -np.inf]]), np.array([-np.inf]))
    assert (before.tolist(), equal.tolist()) == ([1], [1])


def test_the_reciprocal_rank_is_the_mean_over_all_orders_of_equals() -> None:
    # One before, two equal: rank 2, 3 or 4.
    found = expected_reciprocal(np.array([1]), np.array([2]))
    assert found[0] == pytest.approx((1 / 2 + 1 / 3 + 1 / 4) / 3)


def test_hits_among_equals_are_a_chance() -> None:
    # Eight before, four equal: ranks 9 to 13, of which 9 and 10 are among the first ten.
    assert expected_hits(np.array([8]), np.array([4]), 10).tolist() == [2 / 5]


def test_equal_wrong_candidates_count_half() -> None:
    assert hard_auc(np.array([2.0]), np.array([[1.0, 2.0, 3.0, 0.0, NAN]])).tolist() == [2.5 / 4]


def test_the_average_precision_of_one_right_answer_is_one_over_its_place() -> None:
    assert average_precision(np.array([2.0]), np.array([[1.0, 3.0, 5.0, 0.0]])).tolist() == pytest.approx(
        [1 / 3]
    )


def some_world(cities: int) -> tuple[WorldTables, TiedWorld, Queries]:
    graph = nx.gnm_random_graph(cities, 4 * cities, seed=2)
    tables = make_tables({}, [(f"c{a:03}", f"c{b:03}") for a, b in graph.edges])
    split = split_random(Pairs(tables.twins, np.zeros(len(tables.twins), dtype=np.bool_)), seed=1, share=0.2)
    world = make_world(tables, split)
    assert len(world) == cities
    return tables, world, make_queries(world, negatives=10)


class Perfect:
    """Scores the held-out partners high."""

    name, is_choice = "perfect", True

    def __init__(self, queries: Queries) -> None:
        self.right = queries.held.toarray().astype(float) * 50

    def score(self, sources: np.ndarray) -> np.ndarray:
        """Return rows of scores."""
        return self.right[sources]


class Constant:
    """Scores all the same."""

    name, is_choice = "constant", False

    def __init__(self, cities: int, value: float = 1.0) -> None:
        self.scores = np.full((cities, cities), value)

    def score(self, sources: np.ndarray) -> np.ndarray:
        """Return rows of scores."""
        return self.scores[sources]


class Chance(Constant):
    """Scores by chance."""

    name, is_choice = "chance", False

    def __init__(self, cities: int) -> None:
        self.scores = np.random.default_rng(5).random((cities, cities))


def run_method(method: Method, queries: Queries) -> Outcome:
    [found] = run_methods([method], queries)
    return found


def test_a_perfect_ranking_has_one_in_every_measure() -> None:
    *_, queries = some_world(30)
    found = run_method(Perfect(queries), queries)
    assert found.values.tolist() == np.ones((len(queries), len(MEASURES))).tolist()
    assert found.answered.all()
    assert found.reliability is not None
    assert found.reliability.first_error == pytest.approx(0, abs=1e-9)


def free_places(queries: Queries) -> np.ndarray:
    """Return for each query the number of candidates, the right one among them."""
    barred = np.asarray((queries.known + queries.held).sum(axis=1)).ravel()
    return queries.known.shape[0] - barred[queries.sources] + 1


def test_one_score_for_all_gives_what_chance_gives_and_no_answer() -> None:
    *_, queries = some_world(30)
    found = run_method(Constant(30), queries)
    places = free_places(queries)
    wanted = [sum(1 / k for k in range(1, n + 1)) / n for n in places]
    assert found.values[:, 0] == pytest.approx(wanted)
    for column, k in enumerate(HITS, 1):
        assert found.values[:, column] == pytest.approx(np.minimum(1, k / places))
    assert found.values[:, 5] == pytest.approx(0.5)
    assert not found.answered.any()
    assert (found.top == -1).all()


def test_random_scores_come_near_what_chance_gives() -> None:
    *_, queries = some_world(80)
    found, even = (run_method(one, queries) for one in (Chance(80), Constant(80)))
    spread = found.values.std(axis=0) / np.sqrt(len(queries))
    assert (np.abs(found.values.mean(axis=0) - even.values.mean(axis=0)) < 5 * spread + 1e-9).all()


def test_the_first_ten_are_found_among_all_but_known_partners() -> None:
    *_, queries = some_world(30)
    found = run_method(Chance(30), queries)
    cities = np.unique(queries.sources)
    scores = Chance(30).scores
    for city, top in zip(cities, found.top, strict=True):
        free = np.flatnonzero(queries.known[[city]].toarray()[0] == 0)
        assert set(top[top >= 0]) <= set(free)
        best = free[np.argsort(-scores[city, free])][:10]
        assert set(top[top >= 0]) == set(best[scores[city, best] > scores[city, free].min()])


def test_a_score_that_is_no_number_is_refused() -> None:
    *_, queries = some_world(30)
    with pytest.raises(KopruError, match="'constant'"):
        run_method(Constant(30, NAN), queries)


def test_a_method_that_still_knows_the_held_out_ties_is_told_by_its_figures() -> None:
    """Walks over all ties go straight to the held-out partner; over those learnt from they don't."""
    tables, world, queries = some_world(60)
    honest, leaking = (
        run_method(PageRank(TieMatrix.of(one)), queries).values.mean(axis=0) for one in (world.tables, tables)
    )
    assert leaking[0] > 0.9 > 0.4 > honest[0]
    assert leaking[3] == 1.0
