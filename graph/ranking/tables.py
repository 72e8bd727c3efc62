"""The world as arrays: cities, their ties, networks and projects; and how it is read from CSV.

Nothing here knows the store or a model. What is missing in a table is *unknown* (``-1``, ``nan``),
never an error; what can't be meant (a tie of a city with itself) is dropped and counted in ``notes``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.ranking.columns import Row, find_column, iter_rows, read_number
from ontology.messages import N_

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Note", "WorldTables", "read_tables", "unique_ties"]

Ties = NDArray[np.int32]


@dataclass(frozen=True)
class Note:
    """Something that was left out of the tables, or put right, with how often.

    Parameters
    ----------
    template
        An English sentence with ``{file}`` and ``{count}``, in the catalogue.
    file, count
        Where, and how often.
    """

    template: str
    file: str
    count: int


@dataclass(frozen=True)
class WorldTables:
    """All that the ranker knows: ``n`` cities, ``m`` ties.

    Parameters
    ----------
    city_ids, names
        Length n, sorted by id; a name may be empty.
    index
        From id to place.
    countries, country
        ISO codes, and for each city the place of its own, -1 unknown.
    continents, continent
        The same for continents.
    admin1
        First-order unit as a number without meaning of its own, -1 unknown.
    latitude, longitude, population
        Degrees, degrees, people; nan unknown.
    twins
        (m, 2), ``a < b``, sorted, without repetition or self-loops.
    memberships, projects
        n × networks and n × projects, ones.
    notes
        What was left out.
    """

    city_ids: tuple[str, ...]
    names: tuple[str, ...]
    countries: tuple[str, ...]
    country: NDArray[np.int16]
    continents: tuple[str, ...]
    continent: NDArray[np.int8]
    admin1: NDArray[np.int32]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    population: NDArray[np.float64]
    twins: Ties
    memberships: "csr_matrix"
    projects: "csr_matrix"
    notes: tuple[Note, ...] = ()
    index: Mapping[str, int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if len(self.index) != len(self.city_ids):
            object.__setattr__(self, "index", {city: place for place, city in enumerate(self.city_ids)})

    def __len__(self) -> int:
        return len(self.city_ids)

    def with_twins(self, twins: Ties) -> "WorldTables":
        """Return the same world with other ties, cleaned as those of a file."""
        return replace(self, twins=unique_ties(twins))


def unique_ties(pairs: NDArray[np.integer]) -> Ties:
    """Return pairs as ``a < b``, sorted, each once, without self-loops.

    Examples
    --------
    >>> unique_ties(np.array([[2, 1], [1, 2], [3, 3], [0, 2]])).tolist()
    [[0, 2], [1, 2]]
    """
    ordered = np.sort(np.asarray(pairs, dtype=np.int32).reshape(-1, 2), axis=1)
    return np.unique(ordered[ordered[:, 0] < ordered[:, 1]], axis=0)


def read_tables(
    twins: Path,
    memberships: Path | None = None,
    cities: Path | None = None,
    projects: Path | None = None,
) -> WorldTables:
    """Return the world that CSV files (or CSV.gz) describe; every city that one of them names is in it.

    Parameters
    ----------
    twins
        ``city_a_id,city_b_id``.
    memberships
        ``city_id,network``.
    cities
        ``city_id`` and what is known of ``country,lat,lon,population,continent,admin1,name``.
    projects
        ``project_id,city_id``.

    Raises
    ------
    RecordError
        A file can't be opened or is no CSV, a column is missing or a number can't be read:
        file, line and column are named.
    """
    from graph.ranking.world import make_tables

    notes: list[Note] = []
    known = {} if cities is None else _read_cities(cities, notes)
    return make_tables(
        known,
        _read_pairs(twins, ("city_a_id", "city_b_id"), notes),
        [] if memberships is None else _read_pairs(memberships, ("city_id", "network"), notes),
        [] if projects is None else _read_pairs(projects, ("city_id", "project_id"), notes),
        notes,
    )


def _read_pairs(path: Path, names: tuple[str, str], notes: list[Note]) -> list[tuple[str, str]]:
    rows = iter_rows(path)
    header = next(rows)
    first, second = (find_column(path, header, name) for name in names)
    found = [(row.cells[first], row.cells[second]) for row in rows]
    whole = [pair for pair in found if all(pair)]
    if len(whole) < len(found):
        notes.append(
            Note(N_("{file}: {count} lines without an id were left out."), path.name, len(found) - len(whole))
        )
    return whole


_NUMBERS = {"lat": 90.0, "lon": 180.0, "population": 1e9}
_WORDS = ("country", "continent", "admin1", "name")


def _read_cities(path: Path, notes: list[Note]) -> dict[str, dict[str, str | float]]:
    """Return for each id what is known; a city told twice keeps the first, with a note."""
    rows = iter_rows(path)
    header = next(rows)
    place = find_column(path, header, "city_id")
    columns = {name: header.cells.index(name) for name in (*_WORDS, *_NUMBERS) if name in header.cells}
    known: dict[str, dict[str, str | float]] = {}
    repeated = nameless = strange = 0
    for row in rows:
        city = row.cells[place]
        if not city:
            nameless += 1
        elif city in known:
            repeated += 1
        else:
            known[city], odd = _read_city(path, row, columns)
            strange += odd
    for template, count in (
        (N_("{file}: {count} lines without an id were left out."), nameless),
        (N_("{file}: {count} cities stand there again; the first line of each counts."), repeated),
        (N_("{file}: {count} numbers that can't be (latitude 95) were taken as unknown."), strange),
    ):
        if count:
            notes.append(Note(template, path.name, count))
    return known


def _read_city(path: Path, row: Row, columns: Mapping[str, int]) -> tuple[dict[str, str | float], int]:
    """Return the facts of one line, and how many of its numbers can't be."""
    facts: dict[str, str | float] = {}
    strange = 0
    for name, place in columns.items():
        text = row.cells[place]
        if name not in _NUMBERS:
            facts[name] = text
            continue
        value = read_number(path, row, name, text)
        possible = abs(value) <= _NUMBERS[name] and (name != "population" or value >= 0)
        if possible:
            facts[name] = value
        elif not np.isnan(value):
            strange += 1
    return facts, strange
