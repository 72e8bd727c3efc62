"""From scores to places: who stands before the right city, and the figures that follow from it.

Where candidates share a score, chance decides among them; every figure is the exact expectation
over that chance, so that no method gains or loses by the order in which cities are stored.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["average_precision", "count_before", "expected_hits", "expected_reciprocal", "hard_auc"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def count_before(scores: Floats, targets: Floats) -> tuple[Counts, Counts]:
    """Return how many candidates score higher than the right one, and how many the same.

    Parameters
    ----------
    scores
        (q, n); nan where a city is no candidate, and for the right one itself.
    targets
        Length q: the right one's score.
    """
    wanted = targets[:, None]
    return np.count_nonzero(scores > wanted, axis=1), np.count_nonzero(scores == wanted, axis=1)


def expected_reciprocal(before: Counts, equal: Counts) -> Floats:
    """Return the expectation of 1/rank.

    The rank is equally likely each of ``before + 1 … before + equal + 1``; the mean of their
    reciprocals is a difference of harmonic numbers.

    Examples
    --------
    >>> expected_reciprocal(np.array([0, 1]), np.array([0, 1])).round(4).tolist()
    [1.0, 0.4167]
    """
    harmonic = np.concatenate(
        [[0.0], np.cumsum(1.0 / np.arange(1, int((before + equal).max(initial=0)) + 2))]
    )
    found: Floats = (harmonic[before + equal + 1] - harmonic[before]) / (equal + 1)
    return found


def expected_hits(before: Counts, equal: Counts, k: int) -> Floats:
    """Return the chance that the right one is among the first ``k``.

    Examples
    --------
    >>> expected_hits(np.array([0, 9, 10]), np.array([0, 3, 0]), 10).tolist()
    [1.0, 0.25, 0.0]
    """
    found: Floats = np.clip((k - before) / (equal + 1), 0.0, 1.0)
    return found


def hard_auc(targets: Floats, negatives: Floats) -> Floats:
    """Return for each query the share of wrong candidates that score lower; equal ones count half.

    Parameters
    ----------
    targets, negatives
        Length q and (q, k); nan for no candidate.
    """
    wanted = targets[:, None]
    better = (negatives < wanted).sum(axis=1) + 0.5 * (negatives == wanted).sum(axis=1)
    found: Floats = better / np.maximum(1, (~np.isnan(negatives)).sum(axis=1))
    return found


def average_precision(targets: Floats, negatives: Floats) -> Floats:
    """Return the average precision of each query; with one right answer it is the expectation of 1/rank."""
    return expected_reciprocal(*count_before(negatives, targets))
