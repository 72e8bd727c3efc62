"""First-order administrative units (provinces, states): which ones tie with which, and with which countries.

The counts are made from the tables at hand; none of them is ever stored.
"""

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from graph.ranking.feature import Feature, Floats, Query, row_of
from graph.ranking.tables import WorldTables

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Units"]


class Units:
    """Features of administrative units.

    Parameters
    ----------
    tables
        The world.
    ties
        n × n.
    nation
        Country of each city.
    pairs
        Ties between countries.
    """

    FEATURES: ClassVar[tuple[Feature, ...]] = (
        Feature("tied_to_unit", "area", 1),
        Feature("units_tied", "area", 1),
        Feature("units_tied_count", "area", 1),
        Feature("unit_share_of_country", "area"),
        Feature("same_unit", "area"),
        Feature("own_partners_in_unit", "area"),
        Feature("ties_of_its_unit", "area"),
        Feature("unit_unknown", "data"),
        Feature("country_tied_to_its_unit", "area", 1),
    )

    def __init__(
        self, tables: WorldTables, ties: "csr_matrix", nation: NDArray[np.int64], pairs: NDArray[np.float64]
    ) -> None:
        from scipy.sparse import csr_matrix

        n = len(tables)
        self._known = tables.admin1 >= 0
        self._units = int(tables.admin1.max(initial=-1)) + 2
        self._unit = np.where(self._known, tables.admin1, self._units - 1).astype(np.int64)
        here = np.flatnonzero(self._known)
        members = csr_matrix(
            (np.ones(len(here), dtype=np.float32), (self._unit[here], here)), shape=(self._units, n)
        )
        self._into = (members @ ties).tocsr()
        self._between = (self._into @ members.T).tocsr()
        self._ends = np.asarray(self._into.sum(axis=1)).ravel()
        self._nation, self._pairs = nation, pairs
        self._all = max(float(ties.nnz), 1.0)
        nations = csr_matrix((np.ones(n, dtype=np.float32), (nation, np.arange(n))), shape=(len(pairs), n))
        self._from_country = (nations @ self._into.T).toarray()
        self._to_country = np.ascontiguousarray(self._from_country.T)
        self._log_ends = np.log1p(self._ends).astype(np.float32)
        self._mask = self._known.astype(np.float32)

    def write(self, query: Query, out: Floats) -> None:
        """Fill the rows; what needs a unit that isn't known is 0."""
        unit, mask = self._unit, self._mask
        home = unit[query.city]
        if self._known[query.city]:
            self._write_home(int(home), int(self._nation[query.city]), out)
        else:
            out[:5] = 0
        partners = np.bincount(unit[query.partners], minlength=self._units)
        out[5] = np.log1p(partners).astype(np.float32)[unit] * mask
        out[6] = self._log_ends[unit] * mask
        out[7] = 1 - mask
        here = self._nation[query.city]
        chance = self._pairs[here].sum() * self._ends / self._all
        lift = np.log((self._from_country[here] + 0.5) / (chance + 0.5))
        out[8] = lift.astype(np.float32)[unit] * mask

    def _write_home(self, home: int, here: int, out: Floats) -> None:
        unit, mask = self._unit, self._mask
        places, ends = row_of(self._into, home)
        out[0] = 0
        out[0, places] = np.log1p(ends)
        units, both = row_of(self._between, home)
        counts = np.zeros(self._units, dtype=np.float32)
        counts[units] = both
        chance = self._ends[home] * self._ends / self._all
        out[1] = np.log((counts + 0.5) / (chance + 0.5)).astype(np.float32)[unit] * mask
        out[2] = np.log1p(counts)[unit] * mask
        pairs = self._pairs[here]
        usual = pairs / max(float(pairs.sum()), 1.0)
        share = (self._to_country[home] + 3 * usual) / (self._ends[home] + 3) / (usual + 0.003)
        out[3] = np.log(share + 0.01).astype(np.float32)[self._nation]
        out[4] = (unit == home) * mask
