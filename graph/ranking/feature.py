"""What a feature is, and what the blocks that make features share."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Block", "Feature", "Floats", "Query", "ratio", "row_of", "spread"]

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Feature:
    """One number about a city and a candidate.

    Parameters
    ----------
    name
        Stable: parameters and terms are told by it.
    group
        What it is about: ``paths``, ``popularity``, ``size``, ``country``, ``mix``, ``distance``,
        ``area``, ``name``, ``networks``, ``projects``, ``data``.
    direction
        1 or -1 where more of it may only raise, or only lower, the score; else 0.
    local
        Whether it can be computed without other cities' ties: what is left in a thin world.
    """

    name: str
    group: str
    direction: int = 0
    local: bool = False


@dataclass(frozen=True)
class Query:
    """A city and its partners, as places in the tables; ``own`` has a one at each partner."""

    city: int
    partners: NDArray[np.int32]
    own: Floats


class Block(Protocol):
    """A few features that share their preparation."""

    FEATURES: ClassVar[tuple[Feature, ...]]

    def write(self, query: Query, out: Floats) -> None:
        """Fill ``out`` (features × cities), which holds nothing of use before."""
        ...


def spread(places: NDArray[np.integer], weights: NDArray[np.floating], matrix: "csr_matrix") -> Floats:
    """Return a sparse row times a matrix, as a dense row: a few hundred entries don't need the whole matrix.

    Parameters
    ----------
    places, weights
        The entries of the row.
    matrix
        CSR; only the rows at ``places`` are touched.
    """
    start = matrix.indptr[places]
    counts = matrix.indptr[places + 1] - start
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    flat = np.arange(total) + np.repeat(start - ends + counts, counts)
    sums = np.bincount(
        matrix.indices[flat], np.repeat(weights, counts) * matrix.data[flat], minlength=matrix.shape[1]
    )
    return sums.astype(np.float32)


def ratio(counts: NDArray[np.float64], strength: float, prior: NDArray[np.float64] | float = 1.0) -> Floats:
    r"""Return how much more often than by chance two groups meet, drawn to a prior where little is known.

    .. math:: \log \frac{N_{ij} + \kappa r_{ij}}{E_{ij} + \kappa}, \quad E_{ij} = N_{i\cdot} N_{\cdot j} / N

    Parameters
    ----------
    counts
        Symmetric, groups × groups: ends of ties.
    strength
        κ: how many expected ties the prior is worth.
    prior
        r: the ratio to which it is drawn.

    Returns
    -------
    Floats
        Groups × groups; 0 means as often as by chance.
    """
    margin = counts.sum(axis=1)
    expected = np.outer(margin, margin) / max(float(counts.sum()), 1.0)
    lifted: Floats = np.log((counts + strength * prior) / (expected + strength)).astype(np.float32)
    return lifted


def row_of(matrix: "csr_matrix", place: int) -> tuple[NDArray[np.int32], Floats]:
    """Return the places and values of one row."""
    part = slice(matrix.indptr[place], matrix.indptr[place + 1])
    return matrix.indices[part], matrix.data[part]
