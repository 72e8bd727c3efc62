r"""Which shared networks chance does not explain: the backbone of the city–network projection.

Two big members of everything share networks whatever they do. The stochastic degree sequence model asks
how many networks two cities would share if every city kept its number of networks and every network its
number of members, on average, and all else were left to chance. The chance that city :math:`i` is in
network :math:`k` is that of the bipartite configuration model, :math:`p_{ik} = x_i y_k / (1 + x_i y_k)`,
whose :math:`x` and :math:`y` reproduce both numbers. The networks shared by :math:`i` and :math:`j` then
follow a Poisson-binomial distribution with chances :math:`p_{ik} p_{jk}`, and a pair is kept when sharing
as many as it does has a chance below ``alpha``.

References
----------
Neal, Domagalski and Sagan 2021, doi 10.1038/s41598-021-03238-3 (the model, and these chances for it);
Hong 2013, doi 10.1016/j.csda.2012.10.006 (tail of the Poisson-binomial: exact and refined normal).
"""

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["ALPHA", "Backbone", "chance_of_sharing", "fit_chances", "normal_tail", "tail"]

#: Pairs whose sharing has at least this chance are hidden.
ALPHA = 0.05
_ROUNDS = 5_000
_CLOSE = 1e-9
#: Products of pairs, networks and steps up to which the tail is exact; above it is the refined normal one.
_EXACT = 2e8

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]


def fit_chances(members: "csr_matrix") -> tuple[Floats, Floats]:
    """Return :math:`x` of the rows and :math:`y` of the columns.

    Rows or columns without a one have 0; full ones have infinity: they say nothing, since their chances
    are 0 or 1 for everybody.

    Parameters
    ----------
    members
        Ones where a city (row) is in a network (column).
    """
    rows = np.asarray(members.sum(axis=1), dtype=np.float64).ravel()
    columns = np.asarray(members.sum(axis=0), dtype=np.float64).ravel()
    x, y = np.zeros(len(rows)), np.zeros(len(columns))
    left, right = np.arange(len(rows)), np.arange(len(columns))
    # Peel what is empty or full until nothing is: the rest has a solution.
    while True:
        full_right, full_left = columns[right] == len(left), rows[left] == len(right)
        y[right[full_right & (columns[right] > 0)]] = inf
        x[left[full_left & (rows[left] > 0)]] = inf
        keep_right = ~full_right & (columns[right] > 0)
        keep_left = ~full_left & (rows[left] > 0)
        if keep_right.all() and keep_left.all():
            break
        rows[left] -= full_right.sum()
        columns[right] -= full_left.sum()
        left, right = left[keep_left], right[keep_right]
        if not (len(left) and len(right)):
            return x, y
    x[left], y[right] = _solve(rows[left], columns[right])
    return x, y


def _solve(rows: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """Return the fixed point, worked out once for each number that occurs."""
    of_row, row_place, row_count = np.unique(rows, return_inverse=True, return_counts=True)
    of_column, column_place, column_count = np.unique(columns, return_inverse=True, return_counts=True)
    root = np.sqrt(rows.sum())
    x, y = of_row / root, of_column / root
    for _ in range(_ROUNDS):
        before = x
        x = of_row / ((column_count * y) / (1 + np.outer(x, y))).sum(axis=1)
        y = of_column / ((row_count * x)[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        if np.abs(x / before - 1).max() < _CLOSE:
            break
    return x[row_place], y[column_place]


def chance_of_sharing(members: "csr_matrix", x: Floats, y: Floats, pairs: Pairs) -> Floats:
    """Return for each pair of rows the chances of sharing each column, shape (pairs, columns)."""
    mine, theirs = (_chances(members, x, y, pairs[:, side]) for side in (0, 1))
    return np.asarray(mine * theirs)


def _chances(members: "csr_matrix", x: Floats, y: Floats, rows: Pairs) -> Floats:
    """Return p = xy / (1 + xy); what was peeled leaves no choice: there p is what is."""
    fixed = ~(np.isfinite(x[rows]) & (x[rows] > 0))[:, None] | ~(np.isfinite(y) & (y > 0))[None, :]
    odds = np.outer(np.where(np.isfinite(x[rows]), x[rows], 0), np.where(np.isfinite(y), y, 0))
    return np.asarray(np.where(fixed, members[rows].toarray(), odds / (1 + odds)))


def tail(chances: Floats, least: NDArray[np.int64]) -> Floats:
    r"""Return :math:`P(S \ge s)` for sums of independent ones, exactly unless there are too many.

    Parameters
    ----------
    chances
        Shape (sums, ones).
    least
        Each sum's :math:`s`.

    Examples
    --------
    >>> tail(np.array([[0.5, 0.5]]), np.array([1])).tolist()
    [0.75]
    """
    most = int(least.max(initial=0))
    if chances.size * most > _EXACT:
        return normal_tail(chances, least)
    # below[:, j] is the chance that j so far are one; sums of s and more are never asked for apart.
    below = np.zeros((len(chances), max(most, 1)))
    below[:, 0] = 1.0
    for one in chances.T:
        p = one[:, None]
        moved = below[:, :-1] * p
        below *= 1 - p
        below[:, 1:] += moved
    fewer = np.array([below[row, :s].sum() for row, s in enumerate(least.tolist())])
    return np.clip(1.0 - fewer, 0.0, 1.0)


def normal_tail(chances: Floats, least: NDArray[np.int64]) -> Floats:
    """Return the same by the refined normal approximation, with the correction for skewness."""
    from scipy.stats import norm

    mean = chances.sum(axis=1)
    spread = chances * (1 - chances)
    deviation = np.sqrt(spread.sum(axis=1))
    safe = np.where(deviation > 0, deviation, 1.0)
    skew = (spread * (1 - 2 * chances)).sum(axis=1) / safe**3
    z = (least - 0.5 - mean) / safe
    below = norm.cdf(z) + skew * (1 - z**2) * norm.pdf(z) / 6
    certain = (least <= mean).astype(np.float64)
    return np.asarray(np.where(deviation > 0, np.clip(1 - below, 0.0, 1.0), certain))


@dataclass(frozen=True)
class Backbone:
    """Pairs of cities with how many networks they share, and the chance of sharing that many or more.

    ``pairs`` are places in the order of the rows, ``shared`` and ``chance`` belong to them.
    """

    pairs: Pairs
    shared: NDArray[np.int64]
    chance: Floats

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Which pairs chance does not explain."""
        return np.asarray(self.chance < ALPHA)

    @classmethod
    def of(cls, members: "csr_matrix", rows: NDArray[np.int64]) -> "Backbone":
        """Return the pairs among some rows that share anything; the model is fitted to all of them."""
        x, y = fit_chances(members)
        small = members[rows]
        together = (small @ small.T).tocoo()
        upper = together.row < together.col
        pairs = np.stack([rows[together.row[upper]], rows[together.col[upper]]], axis=1).astype(np.int64)
        shared = np.rint(together.data[upper]).astype(np.int64)
        return cls(pairs, shared, tail(chance_of_sharing(members, x, y, pairs), shared))
