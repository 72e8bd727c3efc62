"""Parts of the queries that are looked at alone: by place, size, ties, distance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.baselines.attributes import kilometres
from graph.ranking.evaluation.baselines.neighbours import steps_between
from graph.ranking.evaluation.baselines.ties import TieMatrix
from graph.ranking.evaluation.queries import Queries
from graph.ranking.evaluation.worlds import TiedWorld

__all__ = ["GROUP_KINDS", "Facts", "Stratum", "facts_of", "iter_strata"]

#: What parts are made by, in the order in which they are shown.
GROUP_KINDS = (
    "continent", "country", "ties_of_city", "ties_of_partner", "reach", "distance", "border", "population",
    "ring",
)  # fmt: skip
#: Lower ends of classes: number of ties, kilometres, people.
_TIES = (1, 2, 5, 10)
_DISTANCES = (0, 500, 2000, 5000)
_PEOPLE = (0, 20_000, 100_000, 1_000_000)
_UNKNOWN = "unknown"
#: Cities whose distances and steps are worked out at once.
_CHUNK = 256

Words = NDArray[np.str_]


@dataclass(frozen=True)
class Stratum:
    """Some of the queries: what they are chosen by (of ``GROUP_KINDS``), the class, and which they are."""

    kind: str
    name: str
    wanted: NDArray[np.bool_]


#: For each kind, the class of each query.
Facts = dict[str, Words]


def facts_of(world: TiedWorld, queries: Queries, ring: NDArray[np.bool_]) -> Facts:
    """Return the class of each query by each kind.

    Parameters
    ----------
    ring
        Length t: whether each held-out tie lies in a ring.
    """
    tables, sources, targets = world.tables, queries.sources, queries.targets
    degree = np.bincount(tables.twins.ravel(), minlength=len(world))
    far, steps = _between(world, queries)
    country = _names(tables.countries, tables.country)
    return {
        "continent": _names(tables.continents, tables.continent)[sources],
        "country": country[sources],
        "ties_of_city": _classes(degree[sources].astype(np.float64), _TIES),
        "ties_of_partner": _classes(degree[targets].astype(np.float64), _TIES),
        "reach": np.where((steps > 0) & (steps <= 3), "path", "no_path"),
        "distance": _classes(far, _DISTANCES),
        "border": np.where(country[sources] == country[targets], "inside", "across"),
        "population": _classes(np.where(tables.population > 0, tables.population, np.nan)[sources], _PEOPLE),
        "ring": np.where(ring[queries.tie], "in_ring", "no_ring"),
    }


def _names(words: tuple[str, ...], codes: NDArray[np.int16] | NDArray[np.int8]) -> Words:
    return np.array([*words, _UNKNOWN])[codes]  # -1, unknown, is the last


def _classes(values: NDArray[np.float64], lower: tuple[int, ...]) -> Words:
    """Return ``low-high`` for each value, ``low-`` for the last class.

    Examples
    --------
    >>> _classes(np.array([1.0, 3.0, 12.0, np.nan]), (1, 2, 5, 10)).tolist()
    ['1-2', '2-5', '10-', 'unknown']
    """
    upper = [str(bound) for bound in lower[1:]] + [""]
    names = np.array([f"{low}-{high}" for low, high in zip(lower, upper, strict=True)] + [_UNKNOWN])
    places = np.searchsorted(np.array(lower, dtype=np.float64), values, side="right") - 1
    return names[np.where(np.isnan(values), -1, places)]


def _between(world: TiedWorld, queries: Queries) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return kilometres and steps between the two cities of each query."""
    ties = TieMatrix.of(world.tables)
    far, steps = np.zeros(len(queries)), np.zeros(len(queries))
    cities = np.unique(queries.sources)
    for start in range(0, len(cities), _CHUNK):
        part = cities[start : start + _CHUNK]
        asked = np.flatnonzero(np.isin(queries.sources, part))
        cells = np.searchsorted(part, queries.sources[asked]), queries.targets[asked]
        far[asked] = kilometres(world.tables, part)[cells]
        steps[asked] = steps_between(ties, part)[cells]
    return far, steps


def iter_strata(facts: Facts, least: int) -> Iterator[Stratum]:
    """Yield the classes that have at least so many queries, kind by kind."""
    for kind in GROUP_KINDS:
        for name in sorted(map(str, np.unique(facts[kind])), key=_order):
            wanted = facts[kind] == name
            if wanted.sum() >= least and name != _UNKNOWN:
                yield Stratum(kind, name, wanted)


def _order(name: str) -> tuple[int, str]:
    """Return where a class stands: those of numbers by their lower end, words by the alphabet."""
    low = name.partition("-")[0]
    return int(low) if low.isdigit() else 0, name
