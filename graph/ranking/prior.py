"""What the shipped parameters know of countries: how many ties two of them have.

A cell rests on ten ties or more and is rounded to tens; nothing finer is kept. It fills the
gap where the tables at hand hold few ties, and fades as they hold more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.ranking.countries import nations_of, ties_between
from graph.ranking.tables import WorldTables

__all__ = ["CountryPrior", "make_prior"]

FEWEST = 10


@dataclass(frozen=True)
class CountryPrior:
    """Ties between countries in the data of the training.

    Parameters
    ----------
    total
        How many ties there were in all.
    cells
        For two ISO codes, joined by ``-`` in alphabetical order, the number of ties in tens.
    """

    total: int = 0
    cells: Mapping[str, int] = field(default_factory=dict)

    def weight(self, tables: WorldTables) -> float:
        """Return how much of it counts: all without ties at hand, nothing with three quarters of its own."""
        return max(0.0, 1.0 - len(tables.twins) / max(0.75 * self.total, 1.0))

    def ties(self, tables: WorldTables) -> NDArray[np.float64]:
        """Return the ends of ties to add between the countries of the tables, unknown ones last."""
        place = {country: number for number, country in enumerate(tables.countries)}
        counts = np.zeros((len(place) + 1, len(place) + 1))
        weight = self.weight(tables)
        for pair, count in self.cells.items() if weight else ():
            a, b = pair.split("-")
            if a in place and b in place:
                counts[place[a], place[b]] += weight * count
                counts[place[b], place[a]] += weight * count
        return counts


def make_prior(tables: WorldTables) -> CountryPrior:
    """Return what is to be shipped of the tables."""
    from graph.ranking.features import make_ties

    counts = ties_between(nations_of(tables), len(tables.countries) + 1, make_ties(tables))
    counts[np.diag_indices_from(counts)] /= 2
    cells = {
        "-".join((first, second)): round(float(counts[a, b]) / 10) * 10
        for a, first in enumerate(tables.countries)
        for b, second in enumerate(tables.countries)
        if a <= b and counts[a, b] >= FEWEST
    }
    return CountryPrior(len(tables.twins), cells)
