"""Trees: evaluated without walking, divided exactly among features, grown along directions."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest

from graph.ranking.attribution import Attribution
from graph.ranking.choice import Choices
from graph.ranking.feature import Feature
from graph.ranking.growing import Growth, grow_forest
from graph.ranking.run import Run
from graph.ranking.trees import Forest, Tree, bin_features

#     x0 <= 0 ?  ─ yes: x1 <= 1 ? 1 : 2    ─ no: x0 <= 1 ? 4 : 8
TREE = Tree(
    feature=(0, 1, 0), bound=(0, 1, 1), left=(1, -1, -3), right=(2, -2, -4), value=(1.0, 2.0, 4.0, 8.0),
    cover=(0.4, 0.2, 0.1, 0.3),
)  # fmt: skip
EDGES = [np.array([0.0, 1.0], dtype=np.float32), np.array([0.0, 1.0, 2.0], dtype=np.float32)]
#: One column for each of the leaves.
INSIDE = np.array([[-1, 0, 0.5, 9], [1, 1.5, 9, 9]], dtype=np.float32)

QUIET = Run(np.random.default_rng(0), lambda _: None)


def walk(tree: Tree, bins: np.ndarray) -> float:
    node = 0
    while node >= 0:
        side = tree.left if bins[tree.feature[node]] <= tree.bound[node] else tree.right
        node = side[node]
    return tree.value[-1 - node]


def test_a_value_on_an_edge_belongs_to_the_bin_below() -> None:
    assert bin_features(np.array([[0.0, 0.1, 1.0, 5.0]], dtype=np.float32), EDGES[:1]).tolist() == [
        [0, 1, 1, 2]
    ]


def test_each_candidate_comes_to_its_leaf() -> None:
    assert Forest([TREE], EDGES).score(INSIDE).tolist() == [1, 2, 4, 8]


def test_trees_add_up_and_an_empty_forest_adds_nothing() -> None:
    assert Forest([TREE] * 60, EDGES).score(INSIDE).tolist() == [60, 120, 240, 480]
    assert Forest([], EDGES).score(INSIDE).tolist() == [0, 0, 0, 0]


def make_choices(count: int = 300, candidates: int = 12) -> Choices:
    """Return choices of the candidate with the largest x0 · x1, roughly; x2 is noise."""
    rng = np.random.default_rng(3)
    table = rng.normal(size=(count, candidates, 3))
    worth = table[..., 0] * (table[..., 1] > 0) * 3 + rng.gumbel(size=(count, candidates))
    best = worth.argmax(axis=1)
    rows = np.arange(count)
    table[rows, 0], table[rows, best] = table[rows, best].copy(), table[rows, 0].copy()
    return Choices(table.astype(np.float16), np.zeros((count, candidates), dtype=np.float32))


def grow(*directions: int) -> tuple[Forest, Choices]:
    choices = make_choices()
    features = [Feature(f"x{place}", "size", direction) for place, direction in enumerate(directions)]
    growth = Growth(trees=20, features=1.0, choices=1.0, curvature=3.0)
    return grow_forest(choices, np.zeros(choices.offsets.shape), features, growth, QUIET), choices


def test_a_grown_forest_scores_as_walking_its_trees_does() -> None:
    forest, choices = grow(0, 0, 0)
    some = choices.features[:20].reshape(-1, 3).T.astype(np.float32)
    bins = bin_features(some, forest.edges)
    walked = [sum(walk(tree, column) for tree in forest.trees) for column in bins.T]
    assert len(forest.trees) == 20
    assert forest.score(some) == pytest.approx(walked, abs=1e-12)


def test_growing_finds_what_was_chosen_by() -> None:
    forest, choices = grow(0, 0, 0)
    count, candidates, width = choices.features.shape
    scores = forest.score(choices.features.reshape(-1, width).T.astype(np.float32)).reshape(count, candidates)
    assert (scores.argmax(axis=1) == 0).mean() > 0.4 > 4 / candidates


@pytest.mark.parametrize("direction", [1, -1])
def test_a_direction_is_kept_by_the_whole_forest(direction: int) -> None:
    forest, _ = grow(direction, 0, 0)
    line = np.linspace(-3, 3, 200)
    for others in np.random.default_rng(1).normal(size=(20, 2)):
        table = np.stack([line, np.full(200, others[0]), np.full(200, others[1])]).astype(np.float32)
        assert (np.diff(forest.score(table)) * direction >= -1e-12).all()


def shapley(tree: Tree, bins: np.ndarray, feature: int, features: list[int]) -> float:
    """Return a Shapley value as it is defined: over all subsets of the other features."""

    def expect(known: frozenset[int], node: int = 0) -> float:
        if node < 0:
            return tree.value[-1 - node]
        if tree.feature[node] in known:
            side = tree.left if bins[tree.feature[node]] <= tree.bound[node] else tree.right
            return expect(known, side[node])
        shares = [tree.cover_below(child) for child in (tree.left[node], tree.right[node])]
        parts = [expect(known, child) for child in (tree.left[node], tree.right[node])]
        return float(np.dot(shares, parts) / sum(shares))

    others = [one for one in features if one != feature]
    total = 0.0
    for size in range(len(others) + 1):
        weight = factorial(size) * factorial(len(others) - size) / factorial(len(features))
        for known in map(frozenset, combinations(others, size)):
            total += weight * (expect(known | {feature}) - expect(known))
    return total


def test_attribution_is_the_shapley_value_by_its_definition() -> None:
    forest, choices = grow(0, 0, 0)
    attribution = Attribution(forest)
    for candidate in choices.features[:10, 0].astype(np.float32):
        bins = bin_features(candidate[:, None], forest.edges)[:, 0]
        defined = [
            sum(shapley(tree, bins, feature, [0, 1, 2]) for tree in forest.trees) for feature in range(3)
        ]
        assert attribution.values(candidate) == pytest.approx(defined, abs=1e-10)


def test_mean_and_attribution_add_up_to_the_score() -> None:
    forest, choices = grow(1, 0, 0)
    attribution = Attribution(forest)
    for candidate in choices.features[:50, 0].astype(np.float32):
        total = forest.mean + attribution.values(candidate).sum()
        assert total == pytest.approx(forest.score(candidate[:, None])[0], abs=1e-11)


def test_a_forest_is_the_same_after_writing_and_reading() -> None:
    forest, choices = grow(0, 0, 0)
    again = Forest.from_plain(forest.to_plain())
    assert again.trees == forest.trees
    assert Forest([], []).mean == 0
    some = choices.features[:5].reshape(-1, 3).T.astype(np.float32)
    assert again.score(some) == pytest.approx(forest.score(some))
