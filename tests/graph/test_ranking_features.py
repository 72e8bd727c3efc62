"""Features on worlds small enough to work out by hand, and against networkx where it has the same."""

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_matrix

from graph.ranking.feature import ratio, row_of, spread
from graph.ranking.features import FEATURES, FeatureMaker
from graph.ranking.prior import CountryPrior
from graph.ranking.territories import borders, capital_of, continent_of, shared_languages
from graph.ranking.world import make_tables

Ties = list[tuple[str, str]]
Facts = dict[str, dict[str, str | float]]


def features(facts: Facts, ties: Ties, city: str, candidate: str) -> dict[str, float]:
    """Return the features of a pair by name."""
    world = make_tables(facts, ties)
    made = FeatureMaker(world, CountryPrior()).make(world.index[city])[:, world.index[candidate]]
    return {feature.name: float(value) for feature, value in zip(FEATURES, made, strict=True)}


def test_every_feature_has_its_own_name_and_a_known_group() -> None:
    assert len({feature.name for feature in FEATURES}) == len(FEATURES) > 60
    assert {feature.group for feature in FEATURES} == {
        "paths", "popularity", "size", "country", "mix", "area", "distance", "name", "networks", "projects",
        "data",
    }  # fmt: skip


def test_a_shared_partner_counts_by_how_many_others_it_has() -> None:
    # a – b – c: from a, the step over b goes on to c with one half.
    found = features({}, [("a", "b"), ("b", "c")], "a", "c")
    assert np.expm1(found["shared_partners"]) == pytest.approx(20 / 2)
    assert found["three_steps"] == 0
    assert found["no_path"] == 1


def test_paths_of_three_steps() -> None:
    # a – b – c – d: from a over b (one of two) and c (one of two) to d.
    found = features({}, [("a", "b"), ("b", "c"), ("c", "d")], "a", "d")
    assert np.expm1(found["three_steps"]) == pytest.approx(50 / 4)
    assert np.expm1(found["three_steps_l3"]) == pytest.approx(10 / 2)
    assert found["no_path"] == 0


def test_shared_partners_are_resource_allocation_and_pagerank_is_pagerank() -> None:
    network = nx.gnm_random_graph(30, 80, seed=2)
    ties = [(f"{a:02}", f"{b:02}") for a, b in network.edges]
    world = make_tables({f"{node:02}": {} for node in network}, ties)
    made = FeatureMaker(world, CountryPrior()).make(0)
    names = [feature.name for feature in FEATURES]
    others = [node for node in network if node and not network.has_edge(0, node)]
    shared = {
        v: value for _, v, value in nx.resource_allocation_index(network, [(0, node) for node in others])
    }
    for node in others:
        assert np.expm1(made[names.index("shared_partners"), node]) / 20 == pytest.approx(
            shared[node], abs=1e-6
        )
    rank = nx.pagerank(network, alpha=0.7, personalization={0: 1}, tol=1e-12)
    walked = np.expm1(made[names.index("pagerank")]) / 1e4
    # Seven steps of it: what comes later is at most 0.7 to the power of eight.
    assert all(-1e-6 <= rank[node] - walked[node] < 0.7**8 for node in others)


def test_sizes_are_compared_as_logarithms_and_with_what_partners_are_like() -> None:
    facts: Facts = {"a": {"population": 1000}, "b": {"population": 1000}, "c": {"population": 8000}}
    found = features(facts, [("a", "b")], "a", "c")
    assert found["size_difference"] == pytest.approx(np.log(8))
    assert found["smaller_than_city"] == 0
    assert found["size_of_own_partners"] == pytest.approx(np.log(8), abs=1e-5)
    assert found["rank_in_country"] == 0  # the largest


def test_cities_of_one_size_share_a_rank() -> None:
    facts: Facts = {
        city: {"population": size} for city, size in zip("abcd", (9e5, 5e4, 5e4, 1e4), strict=True)
    }
    ranks = [features(facts, [], "a", city)["rank_in_country"] for city in "bcd"]
    assert ranks == pytest.approx([np.log(2), np.log(2), np.log(4)])


def test_an_unknown_size_is_taken_as_half_of_its_countrys_median() -> None:
    facts: Facts = {city: {"country": "TR", "population": 40_000} for city in "abcd"} | {
        "e": {"country": "TR"}
    }
    found = features(facts, [], "a", "e")
    assert found["population"] == pytest.approx(np.log(20_000))
    assert found["population_unknown"] == 1


def test_capitals_are_known_by_name_and_size() -> None:
    facts: Facts = {
        "a": {"country": "TR", "name": "Ankara", "population": 5e6},
        "b": {"country": "DE", "name": "Berlin", "population": 3e6},
        "c": {"country": "DE", "name": "Hamburg", "population": 2e6},
    }
    assert features(facts, [], "a", "b")["both_capitals"] == 1
    assert features(facts, [], "a", "c")["one_capital"] == 1


def test_countries_that_tie_more_than_by_chance_have_an_affinity() -> None:
    facts: Facts = {
        f"{country}{number}": {"country": country}
        for country in ("TR", "DE", "FR", "IT")
        for number in range(5)
    }
    ties = [(f"TR{n}", f"DE{n}") for n in range(1, 5)] + [(f"FR{n}", f"IT{n}") for n in range(5)]
    assert features(facts, ties, "TR0", "DE0")["country_affinity"] > 0.3
    assert features(facts, ties, "TR0", "FR0")["country_affinity"] < -0.3


def test_the_ratio_of_counts_to_chance_by_hand() -> None:
    counts = np.array([[0.0, 4.0], [4.0, 0.0]])
    assert ratio(counts, 1.0) == pytest.approx(np.log([[1 / 3, 5 / 3], [5 / 3, 1 / 3]]), abs=1e-6)


def test_a_candidate_tied_to_the_area_is_told_from_one_that_is_not() -> None:
    facts: Facts = {
        "a": {"lat": 36.9, "lon": 30.7}, "near a": {"lat": 37.0, "lon": 30.8},
        "far": {"lat": 60.0, "lon": 10.0}, "x": {"lat": 50.0, "lon": 8.0}, "y": {"lat": -30.0, "lon": 20.0},
    }  # fmt: skip
    ties = [("near a", "x"), ("far", "y")]
    assert (
        features(facts, ties, "a", "x")["tied_to_area_20"]
        > features(facts, ties, "a", "y")["tied_to_area_20"]
    )


def test_units_that_are_tied_and_their_share() -> None:
    facts: Facts = {city: {"country": "TR", "admin1": "07"} for city in "ab"}
    facts |= {city: {"country": "DE", "admin1": "05"} for city in "cd"} | {
        "e": {"country": "DE", "admin1": "09"}
    }
    found = features(facts, [("a", "c")], "b", "d")
    assert found["units_tied_count"] == pytest.approx(np.log(2))
    assert found["units_tied"] > features(facts, [("a", "c")], "b", "e")["units_tied"]
    assert features(facts, [("a", "c")], "b", "c")["tied_to_unit"] == pytest.approx(np.log(2))


def test_distance_is_the_logarithm_of_kilometres() -> None:
    facts: Facts = {"a": {"lat": 0, "lon": 0}, "b": {"lat": 1, "lon": 0}}
    assert np.exp(features(facts, [], "a", "b")["distance"]) - 20 == pytest.approx(111.2, abs=0.1)


def test_names_are_compared_without_marks() -> None:
    facts: Facts = {"a": {"name": "Plönn"}, "b": {"name": "Plonn"}, "c": {"name": "Xyz"}}
    assert features(facts, [], "a", "b")["same_name"] == 1
    assert features(facts, [], "a", "c")["like_name"] == 0


def test_a_rare_shared_network_says_more_than_one_that_all_are_in() -> None:
    groups = [(city, "all") for city in "abcd"] + [("a", "rare"), ("b", "rare")]
    world = make_tables({}, [], groups)
    made = FeatureMaker(world, CountryPrior()).make(0)
    row = made[[feature.name for feature in FEATURES].index("shared_networks")]
    assert np.expm1(row[[1, 2]]) / 10 == pytest.approx([1 / 2 + 1 / 4, 1 / 4], abs=1e-6)


def test_a_sparse_row_is_spread_as_the_matrix_product_says() -> None:
    rng = np.random.default_rng(0)
    dense = rng.random((30, 20)) * (rng.random((30, 20)) < 0.2)
    matrix = csr_matrix(dense)
    places, weights = np.array([3, 4, 17]), np.array([0.5, 2.0, 1.0])
    assert spread(places, weights, matrix) == pytest.approx(weights @ dense[places], abs=1e-6)
    assert spread(places[:0], weights[:0], matrix).tolist() == [0] * 20
    assert row_of(matrix, 5)[1].tolist() == dense[5][dense[5] > 0].tolist()


def test_what_is_known_of_countries() -> None:
    assert (continent_of("TR"), continent_of("ZZ")) == ("AS", "")
    assert (capital_of("TR"), capital_of("")) == ("ankara", "")
    assert borders(["TR", "GR", "DE"]).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    languages = shared_languages(["DE", "AT", "TR", "ZZ"])
    assert languages[0, 1] > 0.8 > 0.2 > languages[0, 2]
    assert languages[3].tolist() == [0, 0, 0, 0]
