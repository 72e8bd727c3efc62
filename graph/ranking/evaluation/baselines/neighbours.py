"""Measures over the partners that two cities share: NetworkX's link prediction for all candidates at once.

Values are those of ``networkx.algorithms.link_prediction`` for every pair that is not tied; for tied
pairs and the city itself they have no meaning here.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.baselines.ties import TieMatrix, inverse

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = [
    "AdamicAdar",
    "CommonNeighbourCentrality",
    "CommonNeighbours",
    "Jaccard",
    "PreferentialAttachment",
    "ResourceAllocation",
    "steps_between",
]

Floats = NDArray[np.float64]
Places = NDArray[np.int32]


class _Shared:
    """The sum of a weight over shared partners: ``A diag(w) A``."""

    name: str
    is_choice = False

    def __init__(self, ties: TieMatrix) -> None:
        self._ties = ties
        self._second: csr_matrix = ties.scaled(self._weights(ties.degree))

    def _weights(self, degree: Floats) -> Floats:
        return np.ones_like(degree)

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        found: Floats = (self._ties.matrix[sources] @ self._second).toarray()
        return found


class CommonNeighbours(_Shared):
    r"""Number of shared partners, :math:`|\Gamma(u) \cap \Gamma(v)|`."""

    name = "common_neighbours"


class AdamicAdar(_Shared):
    r"""The sum of :math:`1/\log k_w` over shared partners.

    Adamic and Adar 2003, doi 10.1016/S0378-8733(03)00009-1.
    """

    name = "adamic_adar"

    def _weights(self, degree: Floats) -> Floats:
        # A shared partner has two ties at least; with one it is shared with the city itself only.
        return np.where(degree > 1, inverse(np.log(np.maximum(degree, 1))), 0.0)


class ResourceAllocation(_Shared):
    r"""The sum of :math:`1/k_w` over shared partners (Zhou et al. 2009, doi 10.1140/epjb/e2009-00335-8)."""

    name = "resource_allocation"

    def _weights(self, degree: Floats) -> Floats:
        return inverse(degree)


class Jaccard(CommonNeighbours):
    """Shared partners among all partners of the two; 0 where neither has one."""

    name = "jaccard"

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        shared = super().score(sources)
        all_ = self._ties.degree[sources][:, None] + self._ties.degree[None, :] - shared
        found: Floats = np.divide(shared, all_, out=np.zeros_like(shared), where=all_ > 0)
        return found


class PreferentialAttachment:
    """Product of the numbers of ties (Barabási and Albert 1999, doi 10.1126/science.286.5439.509)."""

    name = "preferential_attachment"
    is_choice = False

    def __init__(self, ties: TieMatrix) -> None:
        self._degree = ties.degree

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        found: Floats = np.outer(self._degree[sources], self._degree)
        return found


class CommonNeighbourCentrality(CommonNeighbours):
    r""":math:`\alpha |\Gamma(u) \cap \Gamma(v)| + (1 - \alpha) N / d_{uv}` with α = 0.8, as in NetworkX.

    N is the number of cities that have a tie: a graph made from ties has no others.
    (Ahmad et al. 2020, doi 10.1038/s41598-019-57304-y.)
    """

    name = "common_neighbour_centrality"
    alpha = 0.8

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        nearness = inverse(steps_between(self._ties, sources))
        size = np.count_nonzero(self._ties.degree)
        found: Floats = self.alpha * super().score(sources) + (1 - self.alpha) * size * nearness
        return found


def steps_between(ties: TieMatrix, sources: Places) -> Floats:
    """Return the steps of the shortest path to each city, 0 for itself and where there is none."""
    steps = np.zeros((ties.matrix.shape[0], len(sources)))
    reached = np.zeros(steps.shape, dtype=np.bool_)
    reached[sources, np.arange(len(sources))] = True
    front = reached.astype(np.float32)
    matrix = ties.matrix.astype(np.float32)
    step = 0
    while front.any():
        step += 1
        new = ((matrix @ front) > 0) & ~reached
        steps[new] = step
        reached |= new
        front = new.astype(np.float32)
    found: Floats = steps.T
    return found
