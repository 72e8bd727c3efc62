"""Are the told chances true? What a model says of each candidate against what came.

A model of choice tells for a city that has one more partner than we see who it is: its scores are
logarithms of chances, and over all candidates of a query they add up to one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bin", "Reliability", "largest_chance", "reliability_of"]

Floats = NDArray[np.float64]

#: Chances told: each step of the scale is a factor of the square root of ten, below 1e-6 all in one.
_EDGES = 10.0 ** np.arange(-6.0, 0.01, 0.5)


@dataclass(frozen=True)
class Bin:
    """Candidates of whom a similar chance was told.

    Parameters
    ----------
    count
        Candidates, over all queries.
    told, seen
        Mean chance told, share that came true.
    """

    count: int
    told: float
    seen: float


@dataclass(frozen=True)
class Reliability:
    """Sums over queries that can be added up.

    Parameters
    ----------
    counts, told, came
        Length 13, for each bin of chances: candidates, sum of the chances told, right ones.
    first_counts, first_told, first_came
        The same for the first of each list alone.
    """

    counts: Floats
    told: Floats
    came: Floats
    first_counts: Floats
    first_told: Floats
    first_came: Floats

    def __add__(self, other: "Reliability") -> "Reliability":
        return Reliability(
            *(mine + its for mine, its in zip(vars(self).values(), vars(other).values(), strict=True))
        )

    def bins(self) -> tuple[Bin, ...]:
        """Return the bins of all candidates that are not empty, smallest chance first."""
        return tuple(_iter_bins(self.counts, self.told, self.came))

    def first_bins(self) -> tuple[Bin, ...]:
        """Return those of the first of each list."""
        return tuple(_iter_bins(self.first_counts, self.first_told, self.first_came))

    @property
    def queries(self) -> int:
        """Number of queries."""
        return int(self.first_counts.sum())

    @property
    def error(self) -> float:
        """Expected calibration error over all candidates: chance put into the wrong bins, of one.

        A query's chances add up to one; this is how much of it would have to be moved from bin to bin,
        counted once. It has no ceiling other than one and weighs bins by what was told or came, since
        nearly all candidates have next to no chance and would drown the rest.
        """
        return float(np.abs(self.told - self.came).sum() / 2 / max(1, self.queries))

    @property
    def first_error(self) -> float:
        """Expected calibration error of the first of each list (Guo et al. 2017, arXiv 1706.04599)."""
        return float(np.abs(self.first_told - self.first_came).sum() / max(1, self.queries))


def _iter_bins(counts: Floats, told: Floats, came: Floats) -> Iterator[Bin]:
    for count, mean, right in zip(counts, told, came, strict=True):
        if count:
            yield Bin(int(count), float(mean / count), float(right / count))


def largest_chance(scores: Floats) -> Floats:
    """Return the largest chance told in each row; nan is no candidate."""
    known = np.where(np.isnan(scores), -np.inf, scores)
    best = np.maximum(known.max(axis=1), -1e300)
    found: Floats = 1.0 / np.maximum(1.0, np.exp(known - best[:, None]).sum(axis=1))
    return found


def reliability_of(scores: Floats, rows: NDArray[np.intp], right: Floats) -> Reliability:
    """Return what was told of all candidates of some queries, and what came.

    Parameters
    ----------
    scores
        (s, n), logarithms of chances up to a constant; nan for no candidate and for right ones.
    rows, right
        Length q: row of the query, score of its right one.
    """
    known = np.where(np.isnan(scores), -np.inf, scores)
    # A row whose cities are all barred has only the right one left.
    best = np.maximum(known.max(axis=1), -1e300)
    with np.errstate(divide="ignore"):
        weight = np.log(np.exp(known - best[:, None]).sum(axis=1)) + best
    total = np.logaddexp(weight[rows], right)
    sums = np.zeros((3, len(_EDGES)))
    for row, right_score, whole in zip(rows, right, total, strict=True):
        chances = np.exp(known[row][known[row] > -np.inf] - whole)
        sums[:2] += _binned(chances, chances)
        sums[:, _bin(np.exp(right_score - whole))] += 1, np.exp(right_score - whole), 1
    won = right >= best[rows]
    first = np.exp(np.maximum(best[rows], right) - total)
    counts, told = _binned(first, first)
    came = _binned(first, won.astype(np.float64))[1]
    return Reliability(sums[0], sums[1], sums[2], counts, told, came)


def _bin(chance: float | np.float64) -> int:
    return int(np.searchsorted(_EDGES, chance, side="right").clip(1, len(_EDGES)) - 1)


def _binned(chances: Floats, weights: Floats) -> Floats:
    """Return count and sum of the weights in each bin of chances."""
    places = np.searchsorted(_EDGES, chances, side="right").clip(1, len(_EDGES)) - 1
    return np.stack(
        [
            np.bincount(places, minlength=len(_EDGES)).astype(np.float64),
            np.bincount(places, weights, minlength=len(_EDGES)),
        ]
    )
