"""Intervals on draws from distributions whose truth is known."""

import numpy as np
import pytest

from graph.ranking.evaluation.intervals import Comparison, Sampling, holm


def one_query_a_tie(count: int) -> Sampling:
    """Return queries that share nothing: each tie has two cities of its own."""
    return Sampling(np.arange(count, dtype=np.int32), np.arange(2 * count, dtype=np.int32).reshape(-1, 2))


def test_the_interval_of_a_mean_has_the_width_of_theory() -> None:
    values = np.random.default_rng(1).normal(0.3, 1.0, size=(2000, 1))
    [found] = one_query_a_tie(2000).estimate(values)
    wide = 1.96 / np.sqrt(2000)
    assert found.value == values.mean()
    assert found.high - found.value == pytest.approx(wide, rel=0.1)
    assert found.value - found.low == pytest.approx(wide, rel=0.1)
    assert found.queries == 2000


def test_nineteen_of_twenty_intervals_hold_the_truth() -> None:
    chance = np.random.default_rng(2)
    sampling = one_query_a_tie(150)
    held = 0
    for values in chance.exponential(1.0, size=(200, 150, 1)):
        [found] = sampling.estimate(values)
        held += found.low <= 1.0 <= found.high
    assert 180 <= held <= 199


def test_saying_everything_twice_makes_nothing_surer() -> None:
    values = np.random.default_rng(3).normal(size=(400, 1))
    ends = np.arange(800, dtype=np.int32).reshape(-1, 2)
    ties = np.arange(400, dtype=np.int32)
    [once] = Sampling(ties, ends).estimate(values)
    [twice] = Sampling(np.tile(ties, 2), np.tile(ends, (2, 1))).estimate(np.tile(values, (2, 1)))
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high), abs=1e-9)


def test_ties_that_share_a_city_widen_the_interval_as_far_as_the_truth_needs() -> None:
    """Forty cities with a level of their own, ten ties each: ties of one city come out alike."""
    chance = np.random.default_rng(4)
    hub = np.repeat(np.arange(40, dtype=np.int32), 10)
    ends = np.stack([hub, np.arange(40, 440, dtype=np.int32)], axis=1)
    sampling = Sampling(np.arange(400, dtype=np.int32), ends)
    held = naive = 0
    for _ in range(100):
        values = (chance.normal(size=40)[hub] + 0.5 * chance.normal(size=400))[:, None]
        [found] = sampling.estimate(values)
        held += found.low <= 0 <= found.high
        [plain] = one_query_a_tie(400).estimate(values)
        naive += plain.low <= 0 <= plain.high
    assert naive < 70
    assert held >= 88


def test_a_part_of_the_queries_can_be_looked_at_alone() -> None:
    values = np.array([[1.0], [1.0], [0.0], [0.0]])
    [found] = one_query_a_tie(4).estimate(values, np.array([True, True, False, False]))
    assert (found.value, found.low, found.high, found.queries) == (1.0, 1.0, 1.0, 2)


def test_the_same_figures_do_not_differ() -> None:
    values = np.random.default_rng(5).random(50)
    found = one_query_a_tie(50).compare(values, values)
    assert (found.difference, found.low, found.high, found.p) == (0, 0, 0, 1)


def test_a_shift_is_found_whatever_the_spread_of_both() -> None:
    chance = np.random.default_rng(6)
    theirs = chance.random(500) * 10
    found = one_query_a_tie(500).compare(theirs + 0.1 + 0.01 * chance.normal(size=500), theirs)
    assert found.low > 0.09
    assert found.p < 1e-6


def test_holm_multiplies_the_smallest_by_all_and_the_next_by_one_less() -> None:
    given = [Comparison(1, 0, 0, p, 1) for p in (0.04, 0.01, 0.03)]
    assert [one.p for one in holm(given)] == pytest.approx([0.06, 0.03, 0.06])


def test_holm_never_exceeds_one_and_widens_the_interval() -> None:
    plain = one_query_a_tie(60).compare(*np.random.default_rng(7).random((2, 60)))
    first, second = holm([plain, plain])
    assert max(first.p, second.p) <= 1
    assert min(first.low, second.low) < plain.low < plain.high < max(first.high, second.high)
    assert holm([]) == []
