"""Countries: which ones tie with which, what they share, and each city's own mix of them."""

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from graph.ranking.feature import Feature, Floats, Query, ratio
from graph.ranking.tables import WorldTables
from graph.ranking.territories import borders, shared_languages

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Countries", "nations_of", "ties_between"]


def nations_of(tables: WorldTables) -> NDArray[np.int64]:
    """Return the country of each city, with one more number for unknown ones."""
    unknown = len(tables.countries)
    return np.where(tables.country < 0, unknown, tables.country).astype(np.int64)


def ties_between(group: NDArray[np.int64], groups: int, ties: "csr_matrix") -> NDArray[np.float64]:
    """Return the number of ends of ties between groups of cities, square and symmetric."""
    start, end = ties.nonzero()
    flat = np.bincount(group[start] * groups + group[end], minlength=groups * groups)
    return flat.reshape(groups, groups).astype(np.float64)


class Countries:
    """Features of countries, continents, languages, and of partners' countries.

    Parameters
    ----------
    tables
        The world.
    ties
        n × n.
    nation
        Country of each city, the last number for unknown ones.
    pairs
        Ties between countries.
    """

    FEATURES: ClassVar[tuple[Feature, ...]] = (
        Feature("same_country", "country", local=True),
        Feature("country_affinity", "country", 1, local=True),
        Feature("country_affinity_raw", "country", 1, local=True),
        Feature("ties_per_city_of_country", "country", local=True),
        Feature("shared_language", "country", 1, local=True),
        Feature("shared_border", "country", local=True),
        Feature("continent_affinity", "country", 1, local=True),
        Feature("same_continent", "country", local=True),
        Feature("country_unknown", "data", local=True),
        Feature("own_partners_in_country", "mix", local=True),
        Feature("own_share_of_country", "mix", local=True),
        Feature("its_partners_in_country", "mix"),
        Feature("its_share_of_country", "mix"),
        Feature("own_partners_language", "mix", local=True),
        Feature("own_partners_on_continent", "mix", local=True),
        Feature("own_countries_go_with", "mix"),
        Feature("its_countries_go_with", "mix"),
    )

    def __init__(
        self, tables: WorldTables, ties: "csr_matrix", nation: NDArray[np.int64], pairs: NDArray[np.float64]
    ) -> None:
        known, count = len(tables.countries), len(pairs)
        self._nation, self._pairs = nation, pairs
        self._affinity, self._raw = ratio(pairs, 3.0), ratio(pairs, 0.5)
        ends = pairs.sum(axis=1)
        self._share = pairs / np.maximum(ends, 1)[:, None]
        cities = np.maximum(np.bincount(nation, minlength=count), 1)
        rate = (pairs + 0.3) / cities / np.maximum(ends, 1)[:, None]
        self._rate = np.log(rate + 1e-6).astype(np.float32)
        self._languages, self._borders = np.zeros((2, count, count), dtype=np.float32)
        self._languages[:known, :known] = shared_languages(tables.countries)
        self._borders[:known, :known] = borders(tables.countries)
        self._unknown = (nation == known).astype(np.float32)
        self._degree = np.asarray(ties.sum(axis=1)).ravel()
        self._into = _ties_into(nation, count, ties)
        self._together, self._its_together = _together(self._into)
        self._set_continents(tables, ties)

    def _set_continents(self, tables: WorldTables, ties: "csr_matrix") -> None:
        unknown = len(tables.continents)
        self._land = np.where(tables.continent < 0, unknown, tables.continent).astype(np.int64)
        self._lands = unknown + 1
        self._land_affinity = ratio(ties_between(self._land, self._lands, ties), 3.0)

    def write(self, query: Query, out: Floats) -> None:
        """Fill the rows."""
        nation, land = self._nation, self._land
        here, there = nation[query.city], land[query.city]
        out[0] = nation == here
        out[1] = self._affinity[here][nation]
        out[2] = self._raw[here][nation]
        out[3] = self._rate[here][nation]
        out[4] = self._languages[here][nation]
        out[5] = self._borders[here][nation]
        out[6] = self._land_affinity[there][land]
        out[7] = land == there
        out[8] = self._unknown
        self._write_mix(query, int(here), out[9:])

    def _write_mix(self, query: Query, here: int, out: Floats) -> None:
        """Fill the rows on the countries of partners, the city's and the candidate's."""
        nation, land = self._nation, self._land
        mix = np.bincount(nation[query.partners], minlength=len(self._pairs))
        usual = self._share[here]
        partners = len(query.partners)
        out[0] = np.log1p(mix).astype(np.float32)[nation]
        own_share = (mix + 3 * usual + 0.01) / (partners + 3) / (usual + 0.005)
        out[1] = np.log(own_share).astype(np.float32)[nation]
        back = self._into[here]
        out[2] = np.log1p(back)
        out[3] = np.log(
            (back + (3 * self._share[:, here]).astype(np.float32)[nation] + 0.01) / (self._degree + 3)
        )
        out[4] = (self._languages @ (mix / max(partners, 1)).astype(np.float32))[nation]
        lands = np.bincount(land[query.partners], minlength=self._lands)
        out[5] = np.log1p(lands).astype(np.float32)[land]
        kinds = (mix > 0).astype(np.float32)
        out[6] = (kinds @ self._together / max(float(kinds.sum()), 1.0))[nation]
        out[7] = self._its_together[here]


def _ties_into(nation: NDArray[np.int64], count: int, ties: "csr_matrix") -> Floats:
    """Return how many ties each city has into each country: countries × cities."""
    start, end = ties.nonzero()
    into = np.zeros((count, len(nation)), dtype=np.float32)
    np.add.at(into, (nation[end], start), 1)
    return into


def _together(into: Floats) -> tuple[Floats, Floats]:
    """Return how much countries go together among the partners of a city.

    And for each country and city the mean of that over the countries of the city's partners.
    """
    has = (into > 0).astype(np.float32)
    both = (has @ has.T).astype(np.float64)
    together = ratio(both, 3.0)
    np.fill_diagonal(together, 0)
    return together, together @ (has / np.maximum(has.sum(axis=0), 1))
