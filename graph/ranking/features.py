"""All features of one city against all others, in one matrix.

Features of a tie that is to be learnt, or tested, must be made from tables without that tie:
``FeatureMaker(tables.with_twins(others), prior)``.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.ranking.areas import Areas
from graph.ranking.countries import Countries, nations_of, ties_between
from graph.ranking.feature import Block, Feature, Floats, Query
from graph.ranking.likeness import Likeness
from graph.ranking.prior import CountryPrior
from graph.ranking.sizes import Sizes
from graph.ranking.tables import WorldTables
from graph.ranking.units import Units
from graph.ranking.walks import Walks

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["FEATURES", "FeatureMaker", "make_ties"]

FEATURES: tuple[Feature, ...] = (
    *Walks.FEATURES, *Sizes.FEATURES, *Countries.FEATURES, *Areas.FEATURES, *Units.FEATURES,
    *Likeness.FEATURES,
)  # fmt: skip


def make_ties(tables: WorldTables) -> "csr_matrix":
    """Return the ties as a symmetric matrix of ones, n × n."""
    from scipy.sparse import csr_matrix

    a, b = tables.twins.T
    ones = np.ones(2 * len(a), dtype=np.float32)
    return csr_matrix((ones, (np.r_[a, b], np.r_[b, a])), shape=(len(tables), len(tables)))


class FeatureMaker:
    """Makes the features of any city against all.

    Parameters
    ----------
    tables
        The world, without the ties that are to be found.
    prior
        What is known of countries from elsewhere; it counts as far as the tables are thin.
    """

    def __init__(self, tables: WorldTables, prior: CountryPrior) -> None:
        self.ties = ties = make_ties(tables)
        nation = nations_of(tables)
        pairs = ties_between(nation, len(tables.countries) + 1, ties) + prior.ties(tables)
        sizes = Sizes(tables, ties, nation, pairs)
        self.walks = Walks(ties)
        self._blocks: tuple[Block, ...] = (
            self.walks, sizes, Countries(tables, ties, nation, pairs),
            Areas(tables, ties, nation, sizes.log), Units(tables, ties, nation, pairs),
            Likeness(tables, ties, nation),
        )  # fmt: skip

    def partners(self, city: int) -> NDArray[np.int32]:
        """Return the places of a city's partners."""
        found: NDArray[np.int32] = self.ties.indices[self.ties.indptr[city] : self.ties.indptr[city + 1]]
        return found

    def make(self, city: int) -> Floats:
        """Return the features of a city against all: ``len(FEATURES)`` × n."""
        n = self.ties.shape[0]
        out = np.empty((len(FEATURES), n), dtype=np.float32)
        own = np.zeros(n, dtype=np.float32)
        partners = self.partners(city)
        own[partners] = 1
        query = Query(city, partners, own)
        row = 0
        for block in self._blocks:
            block.write(query, out[row : row + len(block.FEATURES)])
            row += len(block.FEATURES)
        return out
