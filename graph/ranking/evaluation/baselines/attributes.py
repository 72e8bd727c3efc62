"""What facts alone would tell: country and size, distance, networks, projects."""

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.baselines.ties import inverse
from graph.ranking.tables import WorldTables

__all__ = ["CommonProjects", "CountryPrior", "Nearest", "SharedNetworks", "kilometres"]

Floats = NDArray[np.float64]
Places = NDArray[np.int32]

_EARTH_KM = 6371.0088


class CountryPrior:
    r"""How often the two countries are tied × size of the candidate × likeness in size.

    .. math:: P(c_y \mid c_x) \cdot p_y^{\gamma} / \sum_{z \in c_y} p_z^{\gamma}
              \cdot \exp(-(\log_{10} p_x - \log_{10} p_y)^2 / 2\sigma^2)

    P is the share of the ties of country x that go to country y, smoothed by ``prior`` ties spread as
    all ties are. A population that is not known is taken as the median. The constants were the best of 27
    on a draw that stands in no report.
    """

    name = "country_size"
    is_choice = False
    prior, gamma, sigma = 10.0, 1.0, 0.3

    def __init__(self, tables: WorldTables) -> None:
        self._country = tables.country.astype(np.int64)  # -1, unknown, is the last place
        known = tables.population[tables.population > 0]
        middle = float(np.median(known)) if len(known) else 1.0
        self._size = np.log10(np.where(tables.population > 0, tables.population, middle))
        weight = 10.0 ** (self.gamma * self._size)
        weight *= np.bincount(tables.twins.ravel(), minlength=len(tables)) > 0
        total = np.zeros(len(tables.countries) + 1)
        np.add.at(total, self._country, weight)
        self._weight = weight * inverse(total)[self._country]
        self._share = self._shares(tables)

    def _shares(self, tables: WorldTables) -> Floats:
        count = len(tables.countries) + 1
        ties = np.zeros((count, count))
        for first, second in ((0, 1), (1, 0)):
            np.add.at(
                ties, (self._country[tables.twins[:, first]], self._country[tables.twins[:, second]]), 1
            )
        overall = ties.sum(axis=0) / max(1.0, ties.sum())
        found: Floats = (ties + self.prior * overall) / (ties.sum(axis=1, keepdims=True) + self.prior)
        return found

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        gap = self._size[sources][:, None] - self._size[None, :]
        share = self._share[self._country[sources]][:, self._country]
        found: Floats = share * self._weight * np.exp(-(gap**2) / (2 * self.sigma**2))
        return found


def kilometres(tables: WorldTables, sources: Places) -> Floats:
    """Return the distance on the great circle, (s, n), nan where a place is not known."""
    latitude, longitude = np.radians(tables.latitude), np.radians(tables.longitude)
    point = np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=1
    )
    found: Floats = _EARTH_KM * np.arccos(np.clip(point[sources] @ point.T, -1.0, 1.0))
    return found


class Nearest:
    """The nearer the better; cities whose place is not known come last."""

    name = "nearest"
    is_choice = False

    def __init__(self, tables: WorldTables) -> None:
        self._tables = tables

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        return np.nan_to_num(-kilometres(self._tables, sources), nan=-2 * np.pi * _EARTH_KM)


class SharedNetworks:
    """City networks that both are in, each weighted by 1 / log of its number of members."""

    name = "shared_networks"
    is_choice = False

    def __init__(self, tables: WorldTables) -> None:
        from scipy.sparse import diags

        members = np.asarray(tables.memberships.sum(axis=0)).ravel()
        weight = np.where(members > 1, inverse(np.log(np.maximum(members, 1))), 0.0)
        self._matrix = tables.memberships
        self._weighted = (diags(weight) @ tables.memberships.T).tocsr()

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        found: Floats = (self._matrix[sources] @ self._weighted).toarray()
        return found


class CommonProjects:
    """Number of projects that both take part in."""

    name = "common_projects"
    is_choice = False

    def __init__(self, tables: WorldTables) -> None:
        self._matrix = tables.projects
        self._turned = tables.projects.T.tocsr()

    def score(self, sources: Places) -> Floats:
        """Return (s, n)."""
        found: Floats = (self._matrix[sources] @ self._turned).toarray()
        return found
