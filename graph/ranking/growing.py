r"""Growing trees on the logit's score, under the same loss.

Gradient boosting (Friedman 2001) with second-order steps: for chances :math:`p` of the candidates of
a choice, the gradient is :math:`p - y` and the curvature :math:`p (1 - p)`. A tree is grown leaf by
leaf, the best split first, from a random half of the features and a random part of the choices.
Where a feature has a direction, only splits that keep to it are made, and bounds on the values are
handed down, so that the whole tree keeps to it.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.ranking.choice import Choices, softmax
from graph.ranking.feature import Feature
from graph.ranking.run import Run
from graph.ranking.trees import MOST_LEAVES, Forest, Tree, bin_features

__all__ = ["Growth", "grow_forest", "make_edges"]

Doubles = NDArray[np.float64]
Bins = NDArray[np.uint8]
_BINS = 64


@dataclass(frozen=True)
class Growth:
    """How trees are grown.

    Parameters
    ----------
    trees, rate
        How many, and how much of each step is taken.
    features, choices
        Shares drawn for each tree.
    curvature, ridge
        Least curvature in a leaf, weight of squared leaf values.
    """

    trees: int = 400
    rate: float = 0.06
    features: float = 0.5
    choices: float = 0.4
    curvature: float = 8.0
    ridge: float = 5.0


def make_edges(choices: Choices) -> list[NDArray[np.float32]]:
    """Return for each feature at most 63 bounds between bins that hold about as many candidates each."""
    sample = choices.features[:6000].reshape(-1, choices.features.shape[2]).astype(np.float32)
    edges = []
    for values in sample.T:
        parts = np.unique(np.quantile(values, np.linspace(0, 1, _BINS + 1)[1:-1], method="lower"))
        edges.append(parts[parts < values.max()].astype(np.float32))
    return edges


@dataclass
class _Leaf:
    """A leaf that may be split: its rows, sums, bounds of its value, and its best split."""

    rows: NDArray[np.int64]
    table: Doubles  # features × bins × (gradient, curvature)
    low: float
    high: float
    value: float
    gain: float = 0.0
    feature: int = -1
    bound: int = -1
    sides: tuple[float, float] = (0.0, 0.0)


@dataclass
class _Grower:
    """Grows one tree."""

    bins: Bins
    slope: Doubles
    curve: Doubles
    drawn: NDArray[np.int64]
    directions: NDArray[np.int64]
    growth: Growth
    nodes: list[list[int]] = field(default_factory=list)

    def grow(self, rows: NDArray[np.int64]) -> Tree:
        """Return a tree over rows."""
        root = self._make_leaf(rows, self._count(rows), -np.inf, np.inf)
        leaves = [root]
        parents: list[tuple[int, int]] = [(-1, 0)]
        heap = [(-root.gain, 0)]
        while heap and len(leaves) < MOST_LEAVES:
            gain, place = heapq.heappop(heap)
            if gain >= 0:
                break
            leaf = leaves[place]
            node = len(self.nodes)
            self.nodes.append([int(self.drawn[leaf.feature]), leaf.bound, -1 - place, -1 - len(leaves)])
            parent, side = parents[place]
            if parent >= 0:
                self.nodes[parent][2 + side] = node
            left, right = self._split(leaf)
            leaves[place], parents[place] = left, (node, 0)
            leaves.append(right)
            parents.append((node, 1))
            for number in (place, len(leaves) - 1):
                heapq.heappush(heap, (-leaves[number].gain, number))
        return self._finish(leaves, len(rows))

    def _count(self, rows: NDArray[np.int64]) -> Doubles:
        """Return sums over rows by feature and bin."""
        slope, curve = self.slope[rows], self.curve[rows]
        table = np.empty((len(self.drawn), _BINS, 2))
        for place, feature in enumerate(self.drawn):
            codes = self.bins[feature][rows]
            table[place, :, 0] = np.bincount(codes, slope, _BINS)
            table[place, :, 1] = np.bincount(codes, curve, _BINS)
        return table

    def _make_leaf(self, rows: NDArray[np.int64], table: Doubles, low: float, high: float) -> _Leaf:
        growth = self.growth
        below = np.cumsum(table, axis=1)[:, :-1]
        whole = table[0].sum(axis=0)
        above = whole - below
        left = np.clip(-below[..., 0] / (below[..., 1] + growth.ridge), low, high)
        right = np.clip(-above[..., 0] / (above[..., 1] + growth.ridge), low, high)
        value = float(np.clip(-whole[0] / (whole[1] + growth.ridge), low, high))
        gain = self._worth(below, left) + self._worth(above, right) - self._worth(whole, value)
        wrong = (right - left) * self.directions[self.drawn][:, None] < 0
        flat = np.minimum(below[..., 1], above[..., 1]) < growth.curvature
        gain[wrong | flat] = 0
        best = int(gain.argmax())
        feature, bound = divmod(best, gain.shape[1])
        sides = float(left[feature, bound]), float(right[feature, bound])
        return _Leaf(rows, table, low, high, value, float(gain.flat[best]), feature, bound, sides)

    def _worth(self, sums: Doubles, value: Doubles | float) -> Doubles:
        """Return by how much a value lowers the loss, doubled."""
        worth: Doubles = -2 * sums[..., 0] * value - (sums[..., 1] + self.growth.ridge) * value * value
        return worth

    def _split(self, leaf: _Leaf) -> tuple[_Leaf, _Leaf]:
        goes_left = self.bins[self.drawn[leaf.feature]][leaf.rows] <= leaf.bound
        rows = leaf.rows[goes_left], leaf.rows[~goes_left]
        fewer = 0 if len(rows[0]) <= len(rows[1]) else 1
        counted = self._count(rows[fewer])
        tables = (counted, leaf.table - counted) if fewer == 0 else (leaf.table - counted, counted)
        direction = int(self.directions[self.drawn[leaf.feature]])
        middle = sum(leaf.sides) / 2
        bounds = {
            0: ((leaf.low, leaf.high), (leaf.low, leaf.high)),
            1: ((leaf.low, middle), (middle, leaf.high)),
            -1: ((middle, leaf.high), (leaf.low, middle)),
        }[direction]
        left = self._make_leaf(rows[0], tables[0], *bounds[0])
        return left, self._make_leaf(rows[1], tables[1], *bounds[1])

    def _finish(self, leaves: Sequence[_Leaf], count: int) -> Tree:
        """Return the tree with its leaves numbered from left to right."""
        feature, bound, left, right = zip(*self.nodes, strict=True) if self.nodes else ((), (), (), ())
        rough = Tree(feature, bound, left, right, (), ())
        order = rough.leaves_below(0) if self.nodes else [0]
        number = {old: new for new, old in enumerate(order)}
        left, right = (
            tuple(child if child >= 0 else -1 - number[-1 - child] for child in side)
            for side in (left, right)
        )
        value = tuple(float(f"{self.growth.rate * leaves[old].value:.5g}") for old in order)
        cover = tuple(round(len(leaves[old].rows) / count, 6) for old in order)
        return Tree(feature, bound, left, right, value, cover)


def grow_forest(
    choices: Choices,
    scores: Doubles,
    features: Sequence[Feature],
    growth: Growth,
    run: Run,
) -> Forest:
    """Return trees that mend the scores of choices.

    Parameters
    ----------
    choices
        What was chosen, among what.
    scores
        choices × candidates: what the logit says.
    features
        Those of the choices' last axis.
    growth, run
        How, by what chance, and who is told of progress.
    """
    width = choices.features.shape[2]
    edges = make_edges(choices)
    flat = choices.features.reshape(-1, width)
    bins = np.concatenate(
        [bin_features(part.T.astype(np.float32), edges) for part in np.array_split(flat, 20)], 1
    )
    now = scores + choices.offsets
    directions = np.array([one.direction for one in features])
    rows = np.arange(now.size).reshape(now.shape)
    trees = []
    for number in range(growth.trees):
        some = np.sort(run.rng.permutation(len(now))[: max(1, int(growth.choices * len(now)))])
        drawn = np.sort(run.rng.permutation(width)[: max(1, int(growth.features * width))])
        slope, curve = np.zeros(now.size), np.zeros(now.size)
        chances = softmax(now[some])
        curve[rows[some].ravel()] = (chances * (1 - chances)).ravel()
        chances[:, 0] -= 1
        slope[rows[some].ravel()] = chances.ravel()
        tree = _Grower(bins, slope, curve, drawn, directions, growth).grow(rows[some].ravel())
        trees.append(tree)
        now += _add(tree, bins).reshape(now.shape)
        if number % 25 == 24:
            run.on_step(f"grow {number + 1} {growth.trees}")
    return Forest(trees, edges)


def _add(tree: Tree, bins: Bins) -> Doubles:
    """Return what a tree adds to each row."""
    added = np.empty(bins.shape[1])
    open_nodes: list[tuple[int, NDArray[np.int64]]] = [(0 if tree.feature else -1, np.arange(bins.shape[1]))]
    while open_nodes:
        node, rows = open_nodes.pop()
        if node < 0:
            added[rows] = tree.value[-1 - node]
            continue
        goes_left = bins[tree.feature[node]][rows] <= tree.bound[node]
        open_nodes += [(tree.left[node], rows[goes_left]), (tree.right[node], rows[~goes_left])]
    return added
