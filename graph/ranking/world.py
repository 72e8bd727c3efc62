"""Making the tables of the world from what is at hand: rows of files, or cities known to the program."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graph.ranking.tables import Note, WorldTables, unique_ties
from ontology.messages import N_

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["make_tables"]

Facts = Mapping[str, str | float]
Pairs = Sequence[tuple[str, str]]


def make_tables(
    cities: Mapping[str, Facts],
    twins: Pairs,
    memberships: Pairs = (),
    projects: Pairs = (),
    notes: Iterable[Note] = (),
) -> WorldTables:
    """Return the tables of a world.

    Parameters
    ----------
    cities
        For each id the facts that are known, of ``country`` (ISO code), ``continent`` (GeoNames code; from
        the country where it is missing), ``admin1`` (code within the country), ``name``, ``lat``, ``lon``
        (degrees), ``population``.
    twins
        Pairs of ids; cities that ``cities`` doesn't have are added without facts.
    memberships, projects
        Pairs of city and network, of city and project.
    notes
        What is already known to be left out.

    Examples
    --------
    >>> world = make_tables({"a": {"country": "TR"}}, [("a", "b"), ("b", "a"), ("b", "b")])
    >>> world.city_ids, world.twins.tolist(), [note.count for note in world.notes]
    (('a', 'b'), [[0, 1]], [1, 1])
    """
    groups = (*memberships, *projects)
    ids = sorted({*cities, *(city for pair in twins for city in pair), *(city for city, _ in groups)})
    index = {city: place for place, city in enumerate(ids)}
    pairs = np.array([(index[a], index[b]) for a, b in twins], dtype=np.int32).reshape(-1, 2)
    ties = unique_ties(pairs)
    return WorldTables(
        city_ids=tuple(ids),
        **_facts_of([cities.get(city, {}) for city in ids]),
        twins=ties,
        memberships=_incidence(index, memberships), projects=_incidence(index, projects),
        notes=(*notes, *_notes_of(pairs, ties)),
        index=index,
    )  # fmt: skip


def _facts_of(facts: Sequence[Facts]) -> dict[str, Any]:
    """Return the columns of cities."""
    countries, country = _codes(str(one.get("country", "")).upper() for one in facts)
    continents, continent = _codes(_continents(facts))
    return {
        "names": tuple(str(one.get("name", "")) for one in facts),
        "countries": countries, "country": country.astype(np.int16),
        "continents": continents, "continent": continent.astype(np.int8),
        "admin1": _codes(_units(facts))[1],
        "latitude": _numbers(facts, "lat"), "longitude": _numbers(facts, "lon"),
        "population": _numbers(facts, "population"),
    }  # fmt: skip


def _notes_of(pairs: NDArray[np.int32], ties: NDArray[np.int32]) -> list[Note]:
    loops = int((pairs[:, 0] == pairs[:, 1]).sum())
    repeated = len(pairs) - loops - len(ties)
    both = (
        (N_("{file}: {count} ties of a city with itself were left out."), loops),
        (N_("{file}: {count} pairs stand there again and count once."), repeated),
    )
    return [Note(template, "twins", count) for template, count in both if count]


def _codes(words: Iterable[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Return the sorted words, and for each its place among them; -1 for the empty word."""
    given = list(words)
    known = tuple(sorted(set(given) - {""}))
    place = {word: number for number, word in enumerate(known)} | {"": -1}
    return known, np.array([place[word] for word in given], dtype=np.int32)


def _continents(facts: Sequence[Facts]) -> list[str]:
    from graph.ranking.territories import continent_of

    return [
        str(one.get("continent", "")).upper() or continent_of(str(one.get("country", "")).upper())
        for one in facts
    ]


def _units(facts: Sequence[Facts]) -> list[str]:
    """Return the first-order units, told apart by country: the code 07 is in use everywhere."""
    return [
        f"{one['country']}.{one['admin1']}" if one.get("country") and one.get("admin1") else ""
        for one in facts
    ]


def _numbers(facts: Sequence[Facts], name: str) -> NDArray[np.float64]:
    return np.array([float(one.get(name, np.nan)) for one in facts], dtype=np.float64)


def _incidence(index: Mapping[str, int], pairs: Pairs) -> "csr_matrix":
    """Return a matrix with a one where a city is in a group, each group a column."""
    from scipy.sparse import csr_matrix

    groups = {group: place for place, group in enumerate(sorted({group for _, group in pairs}))}
    rows = [index[city] for city, _ in pairs]
    columns = [groups[group] for _, group in pairs]
    matrix = csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(index), len(groups)))
    matrix.data[:] = 1.0
    return matrix
