"""What two cities have in common besides ties: distance, names, networks, projects."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from graph.ranking.areas import EARTH_RADIUS_KM, unit_vectors
from graph.ranking.feature import Feature, Floats, Query, log_sparse
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
    nation
        Country of each city: an unknown place is taken to be in the middle of its country.
    """

    FEATURES: ClassVar[tuple[Feature, ...]] = (
        Feature("distance", "distance", local=True),
        Feature("nearness", "distance", local=True),
        Feature("remoteness", "distance", local=True),
        Feature("latitude_difference", "distance", local=True),
        Feature("place_unknown", "data", local=True),
        Feature("like_name", "name", 1, local=True),
        Feature("same_name", "name", 1, local=True),
        Feature("shared_networks", "networks", 1, local=True),
        Feature("its_networks", "networks", local=True),
        Feature("shared_projects", "projects", 1, local=True),
        Feature("its_projects", "projects", local=True),
    )

    def __init__(self, tables: WorldTables, nation: NDArray[np.int64]) -> None:
        self._places = _filled_places(tables, nation)
        self._unknown = (~np.isfinite(tables.latitude + tables.longitude)).astype(np.float32)
        self._names = _trigrams(tables.names)
        self._names_back = self._names.T.tocsr()
        self._networks, self._its_networks = _by_rarity(tables.memberships)
        self._networks_back = self._networks.T.tocsr()
        self._projects, self._its_projects = _by_rarity(tables.projects)
        self._projects_back = self._projects.T.tocsr()

    def write(self, query: Query, out: Floats) -> None:
        """Fill the rows."""
        city = query.city
        cosine = self._places @ self._places[city]
        chord = np.sqrt(np.maximum(2 - 2 * cosine, 0)) * np.float32(EARTH_RADIUS_KM)
        out[0] = distance = np.log(chord + 20)
        out[1] = np.maximum(5.5 - distance, 0)
        out[2] = np.maximum(distance - 7.5, 0)
        out[3] = np.abs(self._places[:, 2] - self._places[city, 2])
        out[4] = self._unknown
        alike = self._names[city] @ self._names_back
        out[5:7] = 0
        out[5, alike.indices] = np.where(alike.data > 0.3, alike.data, 0)
        out[6, alike.indices] = np.greater(alike.data, 0.999)
        log_sparse(self._networks[city] @ self._networks_back, 10, out[7])
        out[8] = self._its_networks
        log_sparse(self._projects[city] @ self._projects_back, 3, out[9])
        out[10] = self._its_projects


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
