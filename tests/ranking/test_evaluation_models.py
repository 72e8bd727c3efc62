"""Our models as methods: the same scores as the ranker's, for the cities that are candidates."""

import networkx as nx
import numpy as np
import pytest

from graph.ranking.evaluation.card import OURS
from graph.ranking.evaluation.models import LAMBDAMART, LINEAR, ModelFamily, ModelMethod, restage
from graph.ranking.evaluation.pairs import Pairs
from graph.ranking.evaluation.splits import split_random
from graph.ranking.evaluation.worlds import TiedWorld, make_world
from graph.ranking.parameters_file import shipped_parameters
from graph.ranking.ranker import Ranker
from graph.ranking.world import make_tables


@pytest.fixture(scope="module")
def world() -> TiedWorld:
    """Return forty tied cities, and one without a tie before them in the tables."""
    graph = nx.gnm_random_graph(40, 160, seed=6)
    ties = [(f"c{a:02}", f"c{b:02}") for a, b in graph.edges]
    tables = make_tables({"alone": {"country": "TR"}}, ties)
    pairs = Pairs(tables.twins, np.zeros(len(tables.twins), dtype=np.bool_))
    return make_world(tables, split_random(pairs, seed=1))


class Reversed:
    """Scores the first candidates anew, all the other way round than they come."""

    def score(self, features: np.ndarray) -> np.ndarray:
        """Return a score a column."""
        return np.arange(features.shape[1], dtype=np.float64)[::-1]


def test_a_method_gives_the_scores_of_the_ranker_for_the_candidates(world: TiedWorld) -> None:
    ranker = Ranker(world.whole, shipped_parameters())
    method = ModelMethod(ModelFamily(ranker, world.places, None), OURS)
    found = method.score(np.array([3, 5], dtype=np.int32))
    assert found.shape == (2, len(world)) == (2, 40)
    for row, city in zip(found, (3, 5), strict=True):
        assert row.tolist() == ranker.score_all(int(world.places[city]))[world.places].tolist()


def test_only_what_is_trained_is_a_method(world: TiedWorld) -> None:
    ranker = Ranker(world.whole, shipped_parameters())
    assert ModelFamily(ranker, world.places, None).names == (OURS, LINEAR)
    assert ModelFamily(ranker, world.places, Reversed()).names == (OURS, LINEAR, LAMBDAMART)


def test_the_linear_part_is_that_of_a_ranker_without_trees(world: TiedWorld) -> None:
    parameters = shipped_parameters()
    family = ModelFamily(Ranker(world.whole, parameters), world.places, None)
    plain = Ranker(world.whole, parameters, plain=True)
    city = np.array([7], dtype=np.int32)
    wanted = plain.score_all(int(world.places[7]))[world.places]
    found = ModelMethod(family, LINEAR).score(city)[0]
    open_places = np.isfinite(wanted)
    assert found[open_places] == pytest.approx(wanted[open_places])


def test_the_ranker_that_is_measured_knows_no_held_out_tie(world: TiedWorld) -> None:
    ranker = Ranker(world.whole, shipped_parameters())
    for a, b in world.places[world.split.test].tolist():
        assert np.isfinite(ranker.score_all(a)[b])


def test_a_second_stage_keeps_its_candidates_before_all_others() -> None:
    linear = np.array([0.0, 3.0, 2.0, 5.0, 1.0])
    found = restage(linear, np.array([3, 1]), np.array([-4.0, -2.0]))
    assert np.argsort(-found).tolist() == [1, 3, 2, 4, 0]
    assert restage(linear, np.array([], dtype=np.int64), np.array([])).tolist() == linear.tolist()
