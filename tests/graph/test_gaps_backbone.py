"""The backbone of shared networks: chances worked out by hand, and against every outcome."""

from itertools import product

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from graph.gaps.backbone import Backbone, chance_of_sharing, fit_chances, normal_tail, tail


def by_every_outcome(chances: list[float], least: int) -> float:
    total = 0.0
    for outcome in product([0, 1], repeat=len(chances)):
        if sum(outcome) >= least:
            total += float(np.prod([p if one else 1 - p for p, one in zip(chances, outcome, strict=True)]))
    return total


def test_the_tail_is_the_sum_over_every_outcome() -> None:
    chance = np.random.default_rng(1)
    chances = chance.uniform(size=(20, 8))
    least = chance.integers(0, 9, size=20)
    expected = [by_every_outcome(row.tolist(), int(s)) for row, s in zip(chances, least, strict=True)]
    assert tail(chances, least) == pytest.approx(expected)


def test_the_normal_tail_is_near_the_exact_one_when_there_are_many() -> None:
    chance = np.random.default_rng(2)
    chances = chance.uniform(0.01, 0.3, size=(50, 200))
    least = np.rint(chances.sum(axis=1) + chance.uniform(-8, 12, size=50)).astype(np.int64)
    assert np.abs(normal_tail(chances, least) - tail(chances, least)).max() < 0.003


def test_chances_reproduce_both_numbers() -> None:
    members = (np.random.default_rng(3).uniform(size=(30, 12)) < 0.3).astype(float)
    x, y = fit_chances(csr_matrix(members))
    odds = np.outer(x, y)
    chances = odds / (1 + odds)
    assert chances.sum(axis=1) == pytest.approx(members.sum(axis=1), abs=1e-6)
    assert chances.sum(axis=0) == pytest.approx(members.sum(axis=0), abs=1e-6)


def test_equal_cities_in_equal_networks_have_equal_chances() -> None:
    # Four cities, four networks, each city in two and each network of two: every chance is 1/2, so two
    # cities share each network with 1/4; that they share both or more: 1 - (3/4)^4 - 4 (1/4) (3/4)^3.
    members = csr_matrix(np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]], dtype=float))
    found = Backbone.of(members, np.arange(4))
    assert found.pairs.tolist() == [[0, 1], [2, 3]]
    assert found.shared.tolist() == [2, 2]
    assert found.chance == pytest.approx([1 - 0.75**4 - 4 * 0.25 * 0.75**3] * 2)
    assert not found.kept.any()


def test_a_network_of_everybody_says_nothing() -> None:
    # All are in the first network: that they share it is certain.
    members = csr_matrix(np.array([[1, 1, 0], [1, 0, 1], [1, 0, 1]], dtype=float))
    x, y = fit_chances(members)
    assert np.isinf(y[0])
    chances = chance_of_sharing(members, x, y, np.array([[0, 1]]))
    assert chances[0, 0] == 1.0
    # Who is in nothing else is in it for certain all the same.
    members = csr_matrix(np.array([[1, 1], [1, 0], [1, 0]], dtype=float))
    assert Backbone.of(members, np.arange(3)).chance.tolist() == [1.0, 1.0, 1.0]
    found = Backbone.of(csr_matrix(np.ones((5, 1))), np.arange(5))
    assert found.chance.tolist() == [1.0] * 10


def test_one_city_and_no_network_have_no_pairs() -> None:
    assert len(Backbone.of(csr_matrix(np.ones((1, 3))), np.arange(1)).pairs) == 0
    assert len(Backbone.of(csr_matrix((4, 0)), np.arange(4)).pairs) == 0


def test_two_that_meet_against_all_odds_are_kept() -> None:
    # Forty cities in one network each of forty pairs' networks; two of them share all of their eight.
    members = np.zeros((42, 48))
    for city in range(40):
        members[city, 8 + city] = members[(city + 1) % 40, 8 + city] = 1
    members[40, :8] = members[41, :8] = 1
    found = Backbone.of(csr_matrix(members), np.array([0, 20, 40, 41]))
    assert found.pairs[found.kept].tolist() == [[40, 41]]
