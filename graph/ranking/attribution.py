r"""What each feature adds to a forest's score: exact Shapley values along the paths of the trees.

The path-dependent values of Lundberg et al. 2020 (TreeSHAP, doi 10.1038/s42256-019-0138-9). For a leaf
of value :math:`v` whose path asks about features :math:`1 … k`, let :math:`o_j` be 1 if the candidate
passes what is asked of feature j, and :math:`z_j` the share of the training's candidates that does. Then

.. math:: \phi_i = v\,(o_i - z_i) \int_0^1 \prod_{j \ne i} \bigl(t\,o_j + (1 - t)\,z_j\bigr)\,dt,

and Gauss–Legendre quadrature gives the integral of a polynomial exactly. The values of all features
and the forest's mean add up to its score.
"""

import numpy as np
from numpy.typing import NDArray

from graph.ranking.feature import Floats
from graph.ranking.trees import Forest, Tree, bin_features

__all__ = ["Attribution"]

Path = dict[int, tuple[int, int, float]]


class Attribution:
    """Divides a forest's score among the features.

    Parameters
    ----------
    forest
        Whose trees are laid out leaf by leaf once.
    """

    def __init__(self, forest: Forest) -> None:
        self._edges = forest.edges
        leaves = [(tree.value[leaf], path) for tree in forest.trees for leaf, path in _paths(tree)]
        longest = max((len(path) for _, path in leaves), default=0)
        shape = (len(leaves), max(longest, 1))
        self._value = np.array([value for value, _ in leaves])
        self._feature = np.zeros(shape, dtype=np.int64)
        self._low, self._high = np.full(shape, -1), np.full(shape, 255)
        self._share = np.ones(shape)  # places left over ask nothing: they pass, and so does everybody
        for row, (_, path) in enumerate(leaves):
            for column, (feature, (low, high, share)) in enumerate(path.items()):
                self._feature[row, column] = feature
                self._low[row, column], self._high[row, column] = low, high
                self._share[row, column] = share
        points, weights = np.polynomial.legendre.leggauss(shape[1] // 2 + 1)
        self._points, self._weights = (points + 1) / 2, weights / 2

    def values(self, features: Floats) -> NDArray[np.float64]:
        """Return what each feature of one candidate adds: as long as ``features``."""
        bins = bin_features(features[:, None], self._edges)[:, 0].astype(np.int64)
        asked = bins[self._feature]
        passed = ((self._low < asked) & (asked <= self._high)).astype(np.float64)
        weight = np.zeros_like(passed)
        for point, part in zip(self._points, self._weights, strict=True):
            mixed = point * passed + (1 - point) * self._share
            weight += part * mixed.prod(axis=1, keepdims=True) / mixed
        added = self._value[:, None] * (passed - self._share) * weight
        sums = np.bincount(self._feature.ravel(), added.ravel(), minlength=len(features))
        return sums.astype(np.float64)


def _paths(tree: Tree) -> list[tuple[int, Path]]:
    """Return each leaf with what its path asks: feature → bins above low up to high, share that passes."""
    if not tree.feature:
        return []
    found: list[tuple[int, Path]] = []
    open_nodes: list[tuple[int, Path]] = [(0, {})]
    while open_nodes:
        node, path = open_nodes.pop()
        if node < 0:
            found.append((-1 - node, path))
            continue
        feature, bound = tree.feature[node], tree.bound[node]
        low, high, share = path.get(feature, (-1, 255, 1.0))
        left, right = (tree.cover_below(child) for child in (tree.left[node], tree.right[node]))
        whole = left + right
        open_nodes += [
            (tree.left[node], path | {feature: (low, min(high, bound), share * left / whole)}),
            (tree.right[node], path | {feature: (max(low, bound), high, share * right / whole)}),
        ]
    return found
