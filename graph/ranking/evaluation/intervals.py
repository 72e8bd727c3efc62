"""How far a figure may be off: 95 % intervals and paired comparisons.

The two queries of a tie rest on the same fact, so ties are resampled, not queries. Ties that share
a city are not independent either (its neighbourhood is in both): the interval is widened by what the
dyadic-robust standard error of the mean (Fafchamps and Gubert 2007, doi 10.1016/j.jdeveco.2006.05.005;
Aronow, Samii and Assenova 2015, doi 10.1093/pan/mpv018) has over the one that takes ties as
independent, and is never narrowed. Chance in training is not in it: for that several seeds are run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

__all__ = ["RESAMPLES", "Comparison", "Estimate", "Sampling", "holm"]

Floats = NDArray[np.float64]

RESAMPLES = 2000
_LEVEL = 0.95
#: Resamples that are weighed at once: 200 × 10,000 ties take 16 MB.
_BATCH = 200


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval and the number of queries that it rests on."""

    value: float
    low: float
    high: float
    queries: int


@dataclass(frozen=True)
class Comparison:
    """The mean of paired differences.

    Parameters
    ----------
    difference, low, high
        Mean and interval; after ``holm`` the interval holds for all comparisons together.
    p
        Two-sided; after ``holm`` adjusted.
    """

    difference: float
    low: float
    high: float
    p: float
    error: float


class Sampling:
    """Which queries belong together.

    Parameters
    ----------
    ties
        Length q: a number for each tie; equal numbers are one tie (in several seeds too).
    ends
        (q, 2): the two cities of the tie, in any order.
    seed
        Of the resampling.
    """

    def __init__(self, ties: NDArray[np.int32], ends: NDArray[np.int32], seed: int = 0) -> None:
        self._ties, self._ends, self._seed = ties, ends, seed

    def estimate(self, values: Floats, wanted: NDArray[np.bool_] | None = None) -> list[Estimate]:
        """Return for each column the mean of the wanted queries.

        Parameters
        ----------
        values
            (q, c).
        wanted
            Length q; all by default. At least one query.
        """
        part = np.ones(len(values), dtype=np.bool_) if wanted is None else wanted
        chosen = values[part]
        groups, size, sums = self._sum_up(chosen, part)
        means = chosen.mean(axis=0)
        draws = self._resample(sums, size)
        stretch = self._stretch(chosen, part, groups)
        low, high = np.quantile(draws, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2], axis=0)
        # No mean lies beyond what was seen.
        low = np.maximum(means - (means - low) * stretch, chosen.min(axis=0))
        high = np.minimum(means + (high - means) * stretch, chosen.max(axis=0))
        return [
            Estimate(float(mean), float(a), float(b), len(chosen))
            for mean, a, b in zip(means, low, high, strict=True)
        ]

    def compare(self, ours: Floats, theirs: Floats, wanted: NDArray[np.bool_] | None = None) -> Comparison:
        """Return the mean of ``ours - theirs`` (length q each) over the wanted queries."""
        part = np.ones(len(ours), dtype=np.bool_) if wanted is None else wanted
        chosen = (ours - theirs)[part][:, None]
        groups, _, _ = self._sum_up(chosen, part)
        error = float((self._tie_error(chosen, groups) * self._stretch(chosen, part, groups))[0])
        mean = float(chosen.mean())
        return _compared(
            mean, error, erfc(abs(mean) / error / sqrt(2)) if error else float(mean == 0), 1 - _LEVEL
        )

    def _sum_up(self, chosen: Floats, part: NDArray[np.bool_]) -> tuple[NDArray[np.intp], Floats, Floats]:
        """Return each query's group, the groups' sizes and the sums of their values."""
        _, groups = np.unique(self._ties[part], return_inverse=True)
        size = np.bincount(groups).astype(np.float64)
        sums = _sums(groups, chosen)
        return groups, size, sums

    def _resample(self, sums: Floats, size: Floats) -> Floats:
        """Return the means of resampled ties, (resamples, c)."""
        chance = np.random.default_rng(self._seed)
        count = len(size)
        found = []
        for _ in range(RESAMPLES // _BATCH):
            drawn = chance.integers(0, count, size=(_BATCH, count))
            weights = np.stack([np.bincount(row, minlength=count) for row in drawn]).astype(np.float64)
            found.append((weights @ sums) / (weights @ size)[:, None])
        return np.concatenate(found)

    def _tie_error(self, chosen: Floats, groups: NDArray[np.intp]) -> Floats:
        """Return the standard error of each mean with ties independent."""
        off = chosen - chosen.mean(axis=0)
        sums = _sums(groups, off)
        found: Floats = np.sqrt((sums**2).sum(axis=0)) / len(chosen)
        return found

    def _stretch(self, chosen: Floats, part: NDArray[np.bool_], groups: NDArray[np.intp]) -> Floats:
        """Return by how much ties that share a city widen the error, at least 1.

        Products of residuals are summed over all ties that share a city: for each city the square of
        the sum of its ties; a tie's own square is in it twice, once for each end, and taken off once.
        """
        off = chosen - chosen.mean(axis=0)
        within = _sums(groups, off)
        own = (within**2).sum(axis=0)
        _, cities = np.unique(self._ends[part], return_inverse=True)
        shared = (_sums(cities.ravel(), np.repeat(off, 2, axis=0)) ** 2).sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.sqrt(np.maximum(shared - own, 0.0) / own)
        found: Floats = np.maximum(1.0, np.nan_to_num(ratio, nan=1.0, posinf=1.0))
        return found


def _sums(groups: NDArray[np.intp], values: Floats) -> Floats:
    """Return for each group the sums of its rows, (groups, c)."""
    return np.stack([np.bincount(groups, column).astype(np.float64) for column in values.T], axis=1)


def _compared(mean: float, error: float, p: float, share: float) -> Comparison:
    from statistics import NormalDist

    reach = NormalDist().inv_cdf(1 - share / 2) * error
    return Comparison(mean, mean - reach, mean + reach, p, error)


def holm(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return comparisons corrected for their number (Holm 1979), in the given order.

    The i-th smallest p of m is multiplied by m - i + 1 (and is no smaller than those before it); its
    interval is taken at the level that Holm's procedure tests it at.
    """
    order = sorted(range(len(comparisons)), key=lambda place: comparisons[place].p)
    found = list(comparisons)
    highest = 0.0
    for step, place in enumerate(order):
        one, left = comparisons[place], len(comparisons) - step
        highest = min(1.0, max(highest, one.p * left))
        found[place] = _compared(one.difference, one.error, highest, (1 - _LEVEL) / left)
    return found
