r"""Paths through the ties: shared partners, paths of three steps, personalised PageRank, popularity.

With :math:`A` the ties, :math:`D` their row sums and :math:`e` the city asked for:

* shared partners: :math:`A D^{-1} A e` (resource allocation; Zhou, Lü & Zhang 2009,
  doi 10.1140/epjb/e2009-00335-8);
* paths of three: :math:`A D^{-1/2} A D^{-1/2} A e` (Kovács et al. 2019, doi 10.1038/s41467-019-09177-y)
  and :math:`A D^{-1} A D^{-1} A e`;
* PageRank that starts over at the city with probability 0.3 (Page et al. 1999), seven steps of it.

Divided by the candidate's number of ties, a walk says how it looks from the other side.
"""

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from graph.ranking.feature import Feature, Floats, Query, spread

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Walks"]

_STEPS, _GO_ON = 7, 0.7


class Walks:
    """Features of paths and of popularity.

    Parameters
    ----------
    ties
        n × n, symmetric, ones.
    """

    FEATURES: ClassVar[tuple[Feature, ...]] = (
        Feature("shared_partners", "paths", 1),
        Feature("shared_partners_back", "paths", 1),
        Feature("three_steps_l3", "paths", 1),
        Feature("three_steps", "paths", 1),
        Feature("three_steps_back", "paths", 1),
        Feature("no_path", "paths"),
        Feature("pagerank", "paths", 1),
        Feature("pagerank_back", "paths", 1),
        Feature("popularity", "popularity"),
        Feature("no_ties", "popularity"),
        Feature("one_tie", "popularity"),
        Feature("own_ties", "popularity"),
    )

    def __init__(self, ties: "csr_matrix") -> None:
        from scipy.sparse import diags

        self._ties = ties
        degree = np.asarray(ties.sum(axis=1)).ravel()
        self.degree: Floats = degree.astype(np.float32)
        self._inverse = (1 / np.maximum(degree, 1)).astype(np.float32)
        self._root = np.sqrt(self._inverse)
        self._step = (ties @ diags(self._inverse)).tocsr().astype(np.float32)
        self._popularity = np.stack([np.log1p(degree), degree == 0, degree == 1]).astype(np.float32)

    def write(self, query: Query, out: Floats) -> None:
        """Fill the rows."""
        inverse, partners = self._inverse, query.partners
        shared = spread(partners, inverse[partners], self._ties)
        three = self._step @ shared
        l3 = self._ties @ (self._root * spread(partners, self._root[partners], self._ties))
        near = max(float(self.degree[query.city]), 1.0)
        out[0] = np.log1p(20 * shared)
        out[1] = np.log1p((20 * near) * shared * inverse)
        out[2] = np.log1p(10 * l3)
        out[3] = np.log1p(50 * three)
        out[4] = np.log1p((50 * near) * three * inverse)
        out[5] = three == 0
        rank = self._pagerank(query, shared, three)
        out[6] = np.log1p(1e4 * rank)
        out[7] = np.log1p(1e4 * rank * inverse)
        out[8:11] = self._popularity
        out[11] = np.log1p(len(query.partners))

    def _pagerank(self, query: Query, shared: Floats, three: Floats) -> Floats:
        """Return the chance to be at each city; the first three steps are known."""
        first = np.float32(_GO_ON / max(len(query.partners), 1))
        go = np.float32(_GO_ON)
        rank = first * query.own + (first * go) * shared
        now = (first * go * go) * three
        for _ in range(_STEPS - 3):
            rank += now
            now = self._step @ now
            now *= go
        rank += now
        rank *= np.float32(1 - _GO_ON)
        return rank
