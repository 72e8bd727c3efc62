"""The part of a world that a split asks about: cities that have a tie to learn from."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.splits import Split
from graph.ranking.tables import WorldTables

__all__ = ["TiedWorld", "make_world"]


@dataclass(frozen=True)
class TiedWorld:
    """Cities with a known tie, numbered anew.

    Parameters
    ----------
    whole
        The tables with all cities, and with the ties to learn from alone.
    tables
        The same without cities that have no tie.
    places
        Length n: where each city of ``tables`` stands in ``whole``.
    split
        The split in the new numbers.
    """

    whole: WorldTables
    tables: WorldTables
    places: NDArray[np.int32]
    split: Split

    def __len__(self) -> int:
        return len(self.places)


def make_world(tables: WorldTables, split: Split) -> TiedWorld:
    """Return the part of a world that a split asks about, without a held-out tie in any table.

    Hidden ties of cities that have no tie to learn from are dropped: such cities are no candidates.
    """
    whole = tables.with_twins(split.train)
    places = np.unique(split.train).astype(np.int32)
    number = np.full(len(tables), -1, dtype=np.int32)
    number[places] = np.arange(len(places), dtype=np.int32)
    hidden = number[split.hidden]
    small = replace(
        split,
        train=number[split.train],
        test=number[split.test],
        hidden=hidden[(hidden >= 0).all(axis=1)],
    )
    return TiedWorld(whole, _restrict(whole, places, small.train), places, small)


def _restrict(tables: WorldTables, places: NDArray[np.int32], twins: NDArray[np.int32]) -> WorldTables:
    return WorldTables(
        city_ids=tuple(tables.city_ids[place] for place in places),
        names=tuple(tables.names[place] for place in places),
        countries=tables.countries, country=tables.country[places],
        continents=tables.continents, continent=tables.continent[places],
        admin1=tables.admin1[places],
        latitude=tables.latitude[places], longitude=tables.longitude[places],
        population=tables.population[places],
        twins=twins,
        memberships=tables.memberships[places], projects=tables.projects[places],
    )  # fmt: skip
