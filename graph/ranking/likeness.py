"""What two cities have in common besides ties: distance, names, networks, projects."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from graph.ranking.areas import EARTH_RADIUS_KM, unit_vectors
from graph.ranking.feature import Feature, Floats, Query, row_of, spread
from graph.ranking.tables import WorldTables
from ontology.text import fold

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Likeness"]


class Likeness:
    """Features of distance, names, networks and projects.

    Parameters
    ----------
    tables
        The world.
    ties
        n × n.
    nation
        Country of each city: an unknown place is taken to be in the middle of its country.
    """

    FEATURES: ClassVar[tuple[Feature, ...]] = (
        Feature("distance", "distance", local=True),
        Feature("nearness", "distance", local=True),
        Feature("remoteness", "distance", local=True),
        Feature("latitude_difference", "distance", local=True),
        Feature("distance_usual_for_city", "distance", -1),
        Feature("distance_usual_for_candidate", "distance", -1),
        Feature("place_unknown", "data", local=True),
        Feature("like_name", "name", 1, local=True),
        Feature("same_name", "name", 1, local=True),
        Feature("shared_networks", "networks", 1, local=True),
        Feature("its_networks", "networks", local=True),
        Feature("shared_projects", "projects", 1, local=True),
        Feature("its_projects", "projects", local=True),
    )

    def __init__(self, tables: WorldTables, ties: "csr_matrix", nation: NDArray[np.int64]) -> None:
        places = _filled_places(tables, nation)
        self._axes = np.ascontiguousarray(places.T)
        self._unknown = (~np.isfinite(tables.latitude + tables.longitude)).astype(np.float32)
        self._usual = _usual_distances(places, ties)
        self._names = _trigrams(tables.names)
        self._names_back = self._names.T.tocsr()
        self._networks, self._its_networks = _by_rarity(tables.memberships)
        self._networks_back = self._networks.T.tocsr()
        self._projects, self._its_projects = _by_rarity(tables.projects)
        self._projects_back = self._projects.T.tocsr()

    def write(self, query: Query, out: Floats) -> None:
        """Fill the rows."""
        city = query.city
        x, y, z = self._axes
        cosine = x * x[city] + y * y[city] + z * z[city]
        distance = _log_distance(cosine)
        out[0] = distance
        out[1] = np.maximum(5.5 - distance, 0)
        out[2] = np.maximum(distance - 7.5, 0)
        out[3] = np.abs(z - z[city])
        out[4] = np.abs(distance - self._usual[city])
        out[5] = np.abs(distance - self._usual)
        out[6] = self._unknown
        alike = spread(*row_of(self._names, city), self._names_back)
        out[7] = np.where(alike > 0.3, alike, 0)
        out[8] = alike > 0.999
        out[9] = np.log1p(10 * spread(*row_of(self._networks, city), self._networks_back))
        out[10] = self._its_networks
        out[11] = np.log1p(3 * spread(*row_of(self._projects, city), self._projects_back))
        out[12] = self._its_projects


def _log_distance(cosine: Floats) -> Floats:
    """Return the logarithm of the distance in km and 20, through the earth."""
    chord = np.sqrt(np.maximum(2 - 2 * cosine, 0)) * np.float32(EARTH_RADIUS_KM)
    distance: Floats = np.log(chord + 20)
    return distance


def _usual_distances(places: Floats, ties: "csr_matrix") -> Floats:
    """Return the mean log distance of each city's partners, drawn to that of all ties by two ties' worth."""
    start, end = ties.nonzero()
    distance = _log_distance(np.einsum("ij,ij->i", places[start], places[end]))
    everywhere = float(distance.mean()) if len(distance) else 7.0
    total = np.bincount(start, distance, minlength=len(places)) + 2 * everywhere
    return (total / (np.bincount(start, minlength=len(places)) + 2)).astype(np.float32)


def _filled_places(tables: WorldTables, nation: NDArray[np.int64]) -> Floats:
    """Return places on the unit sphere; where unknown, the middle of the country, else of the earth."""
    places = unit_vectors(tables)
    known: NDArray[np.bool_] = np.isfinite(places.sum(axis=1))
    filled = np.where(known[:, None], places, 0.0)
    for one in np.unique(nation[~known]):
        here = nation == one
        if (here & known).any():
            filled[here & ~known] = places[here & known].mean(axis=0)
    return filled.astype(np.float32)


def _trigrams(names: Sequence[str]) -> "csr_matrix":
    """Return names as unit vectors over runs of three letters, rare ones weighing more."""
    from scipy.sparse import csr_matrix, diags

    rows: list[int] = []
    columns: list[int] = []
    known: dict[str, int] = {}
    for row, name in enumerate(names):
        text = f"^{fold(name)}$" if name else ""
        for start in range(len(text) - 2):
            rows.append(row)
            columns.append(known.setdefault(text[start : start + 3], len(known)))
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(names), max(len(known), 1)))
    counts.data[:] = 1
    rarity = np.log((len(names) + 1) / (1 + np.asarray(counts.sum(axis=0)).ravel()))
    weighted = counts @ diags(rarity)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(length, 1e-9)) @ weighted).tocsr().astype(np.float32)


def _by_rarity(groups: "csr_matrix") -> tuple["csr_matrix", Floats]:
    """Return memberships weighted by one over the root of the group's size, and each city's log count."""
    from scipy.sparse import diags

    size = np.asarray(groups.sum(axis=0)).ravel()
    weighted = (groups @ diags(1 / np.sqrt(np.maximum(size, 2)))).tocsr().astype(np.float32)
    return weighted, np.log1p(np.asarray(groups.sum(axis=1)).ravel()).astype(np.float32)
