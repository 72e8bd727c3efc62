"""Size: whether two cities are of a kind, each against what the other's country and partners are like."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from graph.ranking.feature import Feature, Floats, Query, ratio
from graph.ranking.tables import WorldTables
from graph.ranking.territories import capital_of
from ontology.text import fold

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["SIZE_CLASSES", "Sizes", "log_population"]

#: Upper bounds of the size classes, in people; the last class has none.
SIZE_CLASSES = (5_000, 20_000, 100_000, 500_000)
_FEWEST = 50.0
_CLASSES = len(SIZE_CLASSES) + 1


def log_population(tables: WorldTables, nation: NDArray[np.int64]) -> Floats:
    """Return log population; unknown ones as half of the median of their country (towns lack it mostly)."""
    log = np.log(np.maximum(tables.population, _FEWEST))
    known = np.isfinite(log)
    everywhere = float(np.median(log[known])) if known.any() else np.log(20_000)
    filled = log.copy()
    for one in np.unique(nation[~known]):
        here = nation == one
        both = here & known
        filled[here & ~known] = (np.median(log[both]) if both.sum() > 3 else everywhere) - np.log(2)
    return filled.astype(np.float32)


class Sizes:
    """Features of size.

    Parameters
    ----------
    tables
        The world.
    ties
        n × n.
    nation
        Country of each city, the last number for unknown ones.
    pairs
        Ties between countries, square.
    """

    FEATURES: ClassVar[tuple[Feature, ...]] = (
        Feature("size_difference", "size", -1, local=True),
        Feature("size_difference_squared", "size", -1, local=True),
        Feature("smaller_than_city", "size", local=True),
        Feature("population", "size", local=True),
        Feature("population_unknown", "data", local=True),
        Feature("size_usual_for_countries", "size", -1),
        Feature("size_usual_of_candidates", "size"),
        Feature("size_usual_of_cities", "size"),
        Feature("rank_in_country_difference", "size", -1, local=True),
        Feature("rank_in_country", "size", local=True),
        Feature("both_capitals", "size", 1, local=True),
        Feature("one_capital", "size", local=True),
        Feature("size_of_own_partners", "size", -1),
        Feature("size_of_its_partners", "size", -1),
        Feature("country_and_size_affinity", "size", 1),
        Feature("own_population", "size", local=True),
        Feature("rank_in_unit", "size", local=True),
        Feature("rank_in_unit_difference", "size", -1, local=True),
    )

    def __init__(
        self, tables: WorldTables, ties: "csr_matrix", nation: NDArray[np.int64], pairs: NDArray[np.float64]
    ) -> None:
        self.log = log = log_population(tables, nation)
        self._nation = nation
        self._unknown = (~np.isfinite(tables.population)).astype(np.float32)
        self._rank = _rank_among(log, nation)
        self._unit_rank = _rank_among(log, np.where(tables.admin1 < 0, -1 - nation, tables.admin1))
        self._capital = _capitals(tables, self._rank)
        degree = np.asarray(ties.sum(axis=1)).ravel()
        self._taste = ((ties @ log + 2 * log) / (degree + 2)).astype(np.float32)
        start, end = ties.nonzero()
        nations = int(nation.max(initial=0)) + 1 if len(pairs) == 0 else len(pairs)
        self._shift, self._usual = _usual_sizes(log, nation[start], nation[end], (start, end), nations)
        size = np.searchsorted(np.log(SIZE_CLASSES), log)
        self._cell = nation * _CLASSES + size
        self._affinity = _affinity(self._cell[start], self._cell[end], ratio(pairs, 0.5))

    def write(self, query: Query, out: Floats) -> None:
        """Fill the rows."""
        city = query.city
        log, nation, mine = self.log, self._nation, self.log[city]
        here = nation[city]
        difference = log - mine
        out[0] = np.abs(difference)
        out[1] = np.minimum(difference * difference, 16)
        out[2] = np.maximum(-difference, 0)
        out[3] = log
        out[4] = self._unknown
        out[5] = np.abs(difference - self._shift[here][nation])
        out[6] = np.abs(log - self._usual[here][nation])
        out[7] = np.abs(mine - self._usual[:, here][nation])
        out[8] = np.abs(self._rank - self._rank[city])
        out[9] = self._rank
        out[10] = self._capital * self._capital[city]
        out[11] = np.abs(self._capital - self._capital[city])
        out[12] = np.abs(log - self._taste[city])
        out[13] = np.abs(self._taste - mine)
        out[14] = self._affinity[self._cell[city]][self._cell]
        out[15] = mine
        out[16] = self._unit_rank
        out[17] = np.abs(self._unit_rank - self._unit_rank[city])


def _rank_among(log: Floats, group: NDArray[np.int64]) -> Floats:
    """Return the logarithm of each city's place by size in its group, 0 for the largest; equals share one."""
    order = np.lexsort((-log, group))
    sorted_group, sorted_log = group[order], log[order]
    place = np.arange(len(log))
    first = np.searchsorted(sorted_group, sorted_group)
    new = np.ones(len(log), dtype=bool)
    new[1:] = (np.diff(sorted_group) != 0) | (np.diff(sorted_log) != 0)
    larger = np.maximum.accumulate(np.where(new, place, 0)) - first
    rank = np.empty(len(log))
    rank[order] = larger + 1
    return np.log(rank).astype(np.float32)


def _capitals(tables: WorldTables, rank: Floats) -> Floats:
    """Return ones for capitals: the name of one, and among the forty largest cities of the country."""
    capitals = [capital_of(country) for country in tables.countries] + [""]
    wanted: Sequence[str] = [capitals[country] for country in tables.country]
    large = rank < np.log(40)
    found = [
        bool(name and capital and near and fold(name) == capital)
        for name, capital, near in zip(tables.names, wanted, large, strict=True)
    ]
    return np.array(found, dtype=np.float32)


def _usual_sizes(
    log: Floats,
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    ends: tuple[NDArray[np.int64], NDArray[np.int64]],
    nations: int,
) -> tuple[Floats, Floats]:
    """Return for pairs of countries the usual step in size, and the usual size at the second's end.

    Both drawn to what is usual everywhere by ten ties' worth.
    """
    start, end = ends
    counts, step, size = (np.zeros((nations, nations)) for _ in range(3))
    np.add.at(counts, (a, b), 1)
    np.add.at(step, (a, b), log[end] - log[start])
    np.add.at(size, (a, b), log[end])
    mean = float(log[end].mean()) if len(end) else float(np.log(20_000))
    usual = (size.sum(axis=0) + 10 * mean) / (counts.sum(axis=0) + 10)
    return (step / (counts + 10)).astype(np.float32), ((size + 10 * usual) / (counts + 10)).astype(np.float32)


def _affinity(a: NDArray[np.int64], b: NDArray[np.int64], countries: Floats) -> Floats:
    """Return how much more often than by chance two classes of country and size meet.

    Drawn to the product of what countries and what sizes do, by two expected ties.
    """
    cells = len(countries) * _CLASSES
    counts = np.zeros((cells, cells))
    np.add.at(counts, (a, b), 1)
    sizes = np.zeros((_CLASSES, _CLASSES))
    np.add.at(sizes, (a % _CLASSES, b % _CLASSES), 1)
    prior = np.asarray(np.kron(np.exp(countries), np.exp(ratio(sizes, 1.0))), dtype=np.float64)
    return ratio(counts, 2.0, prior)
