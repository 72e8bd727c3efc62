"""Measures over longer ways between two cities, in batches of cities."""

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.baselines.ties import TieMatrix, inverse

__all__ = ["Katz", "PageRank", "PathsOfThree"]

Floats = NDArray[np.float64]
Places = NDArray[np.int32]


def _starts(ties: TieMatrix, sources: Places) -> Floats:
    """Return (n, s) with a one where each source is."""
    found = np.zeros((ties.matrix.shape[0], len(sources)))
    found[sources, np.arange(len(sources))] = 1.0
    return found


class PathsOfThree:
    r"""Paths of three steps, :math:`\sum_{u,v} a_{xu} a_{uv} a_{vy} / \sqrt{k_u k_v}` (Kovács et al. 2019).

    doi 10.1038/s41467-019-09177-y. Between cities that are not tied every walk of three steps is a path.
    """

    name = "l3"
    is_choice = False

    def __init__(self, ties: TieMatrix) -> None:
        self._ties = ties
        self._scaled = ties.scaled(np.sqrt(inverse(ties.degree)))

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        first = self._ties.matrix[sources].multiply(np.sqrt(inverse(self._ties.degree))[None, :]).tocsr()
        found: Floats = (first @ (self._ties.matrix @ self._scaled)).toarray()
        return found


class Katz:
    r"""Walks of up to five steps, :math:`\sum_l \beta^l A^l` with β = .005.

    Katz 1953, doi 10.1007/BF02289026.
    """

    name = "katz"
    is_choice = False
    beta = 0.005
    steps = 5

    def __init__(self, ties: TieMatrix) -> None:
        self._ties = ties

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        walk = _starts(self._ties, sources)
        total = np.zeros_like(walk)
        for _ in range(self.steps):
            walk = self.beta * (self._ties.matrix @ walk)
            total += walk
        found: Floats = total.T
        return found


class PageRank:
    """Where a walk stays that returns to its city with chance 1 - α at each step, α = .7.

    The values of ``networkx.pagerank(graph, alpha=0.7, personalization={city: 1})``; a city without
    ties keeps its walk. (Haveliwala 2002, doi 10.1145/511446.511513.)
    """

    name = "pagerank"
    is_choice = False
    alpha = 0.7
    #: What is left of the first step after so many is below 1e-6, the tolerance of NetworkX.
    steps = 40

    def __init__(self, ties: TieMatrix) -> None:
        self._spread = (self.alpha * ties.scaled(inverse(ties.degree)).T).tocsr()
        self._lost = np.flatnonzero(ties.degree == 0)

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        walks = np.arange(len(sources))
        rank = np.zeros((self._spread.shape[0], len(sources)))
        rank[sources, walks] = 1.0
        for _ in range(self.steps):
            returned = 1 - self.alpha + self.alpha * rank[self._lost].sum(axis=0)
            rank = self._spread @ rank
            rank[sources, walks] += returned
        found: Floats = rank.T
        return found
