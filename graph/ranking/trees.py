"""Shallow regression trees over binned features: how they are stored and evaluated.

Each tree has at most 16 leaves, numbered from left to right. A candidate's leaf is found without
walking: every test that it fails rules out the leaves on the test's left; of those left over the
first is its leaf (QuickScorer: Lucchese et al. 2015, doi 10.1145/2766462.2767733).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.ranking.feature import Floats

__all__ = ["MOST_LEAVES", "Forest", "Tree", "bin_features"]

MOST_LEAVES = 15
#: For each set of leaves that are ruled out, as bits, the first that is not.
_FIRST_OPEN = np.zeros(1 << 16, dtype=np.int64)
for _leaf in range(16):
    _FIRST_OPEN[(1 << _leaf) - 1 :: 1 << (_leaf + 1)] = _leaf
#: Trees evaluated in one go: their tests fit the processor's cache.
_BATCH = 50


@dataclass(frozen=True)
class Tree:
    """One tree.

    Parameters
    ----------
    feature, bound
        For each inner node the feature, and the bin up to which it goes left.
    left, right
        Children: an inner node's number, or -1 minus a leaf's.
    value, cover
        For each leaf what it adds, and the share of the training's candidates in it.
    """

    feature: tuple[int, ...]
    bound: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]
    cover: tuple[float, ...]

    def leaves_below(self, node: int) -> list[int]:
        """Return the leaves below a node, from left to right."""
        if node < 0:
            return [-1 - node]
        return self.leaves_below(self.left[node]) + self.leaves_below(self.right[node])

    def cover_below(self, node: int) -> float:
        """Return the share of candidates that come to a node."""
        return sum(self.cover[leaf] for leaf in self.leaves_below(node))


def bin_features(features: Floats, edges: Sequence[NDArray[np.float32]]) -> NDArray[np.uint8]:
    """Return for each value how many edges of its feature lie below it: features × candidates."""
    bins = np.empty(features.shape, dtype=np.uint8)
    for row, (values, bounds) in enumerate(zip(features, edges, strict=True)):
        bins[row] = np.searchsorted(bounds, values)
    return bins


class Forest:
    """Many trees, their values added up.

    Parameters
    ----------
    trees
        In the order in which they were grown.
    edges
        For each feature the bounds between its bins, ascending.
    """

    def __init__(self, trees: Sequence[Tree], edges: Sequence[NDArray[np.float32]]) -> None:
        self.trees = tuple(trees)
        self.edges = tuple(edges)
        count, inner = len(trees), MOST_LEAVES - 1
        self._feature = np.zeros((inner, count), dtype=np.int64)
        self._bound = np.full((inner, count), 255, dtype=np.uint8)
        self._ruled_out = np.zeros((inner, count), dtype=np.uint16)
        self._value = np.zeros((count, MOST_LEAVES))
        for place, tree in enumerate(trees):
            used = len(tree.feature)
            self._feature[:used, place] = tree.feature
            self._bound[:used, place] = tree.bound
            self._ruled_out[:used, place] = [
                sum(1 << leaf for leaf in tree.leaves_below(child)) for child in tree.left
            ]
            self._value[place, : len(tree.value)] = tree.value
        #: What the trees add up to on average over the training's candidates.
        self.mean = float(sum(np.dot(tree.value, tree.cover) / sum(tree.cover) for tree in trees))

    def score(self, features: Floats) -> NDArray[np.float64]:
        """Return the sum of the trees for each candidate: ``features`` is features × candidates."""
        bins = bin_features(features, self.edges)
        total = np.zeros(bins.shape[1])
        for start in range(0, len(self.trees), _BATCH):
            part = slice(start, start + _BATCH)
            leaf = _FIRST_OPEN[self._rule_out(bins, part)]
            total += np.take_along_axis(self._value[part], leaf, axis=1).sum(axis=0)
        return total

    def _rule_out(self, bins: NDArray[np.uint8], part: slice) -> NDArray[np.uint16]:
        """Return the leaves that the candidates' failed tests rule out, trees × candidates.

        A product with 0 or 1 stands for a choice: it is several times faster.
        """
        ruled_out = np.zeros((self._feature[0, part].size, bins.shape[1]), dtype=np.uint16)
        for feature, bound, leaves in zip(self._feature, self._bound, self._ruled_out, strict=True):
            failed = (bins[feature[part]] > bound[part, None]).view(np.uint8).astype(np.uint16)
            failed *= leaves[part, None]
            ruled_out |= failed
        return ruled_out

    def to_plain(self) -> dict[str, Any]:
        """Return what JSON can carry."""
        return {
            "edges": [[float(f"{edge:.6g}") for edge in bounds] for bounds in self.edges],
            "trees": [vars(tree) for tree in self.trees],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Forest":
        """Return the forest of a file."""
        trees = [Tree(**{name: tuple(values) for name, values in tree.items()}) for tree in plain["trees"]]
        return cls(trees, [np.array(bounds, dtype=np.float32) for bounds in plain["edges"]])
