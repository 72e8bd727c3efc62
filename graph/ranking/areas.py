r"""Areas: how densely the surroundings of two cities are tied, told apart from the cities' own ties.

The area of a city is its nearest cities that have ties (the kernel's width follows how dense they
are), those of another country counted less; a second kernel lets cities of like size count more.
With :math:`K` the kernel and :math:`A` the ties, the features are logarithms of :math:`(K A)_{ac}`
(the candidate is tied to the city's area), :math:`(A K^\top)_{ac}` (it lies near the city's partners),
:math:`(K A K^\top)_{ac}` (the areas are tied), and the last against what chance would give.
"""

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from graph.ranking.feature import Feature, Floats, Query, row_of, spread
from graph.ranking.tables import WorldTables

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Areas", "unit_vectors"]

EARTH_RADIUS_KM = 6371.0
#: Nearest cities that make an area, and whether those of like size count more.
_KERNELS = ((20, False), (80, True))
_NARROWEST_KM, _ABROAD, _LIKE_SIZE = 20.0, 0.3, 0.8
_MIDDLE = 0
_NAMES = ("tied_to_area", "near_own_partners", "areas_tied", "ties_of_its_area", "areas_tied_lift")
_SUFFIXES = ("20", "80_sized")


def unit_vectors(tables: WorldTables) -> NDArray[np.float64]:
    """Return the places on the unit sphere, n × 3; nan where they aren't known."""
    latitude, longitude = np.radians(tables.latitude), np.radians(tables.longitude)
    flat = np.cos(latitude)
    return np.stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)], axis=1)


class Areas:
    """Features of the surroundings.

    Parameters
    ----------
    tables
        The world.
    ties
        n × n.
    nation
        Country of each city.
    log_size
        Log population of each city.
    """

    FEATURES: ClassVar[tuple[Feature, ...]] = (
        *(
            Feature(f"{name}_{suffix}", "area", int(name in ("tied_to_area", "areas_tied")))
            for suffix in _SUFFIXES
            for name in _NAMES
        ),
        Feature("partners_in_same_area", "area", 1),
        Feature("near_partners_of_partners", "area", 1),
    )

    def __init__(
        self, tables: WorldTables, ties: "csr_matrix", nation: NDArray[np.int64], log_size: Floats
    ) -> None:
        from scipy.sparse import diags

        self._ties = ties
        degree = np.asarray(ties.sum(axis=1)).ravel()
        self._step = (diags(1 / np.maximum(degree, 1)) @ ties).tocsr().astype(np.float32)
        self._tied_ends = max(float(degree.sum()), 1.0)
        self._kernels = _make_kernels(tables, degree > 0, nation, log_size)
        self._backward = [kernel.T.tocsr() for kernel in self._kernels]
        self._mass = [(kernel @ degree).astype(np.float32) for kernel in self._kernels]
        self._log_mass = [np.log(mass + 0.05) for mass in self._mass]

    def write(self, query: Query, out: Floats) -> None:
        """Fill the rows."""
        partners, ones = query.partners, query.own[query.partners]
        for place, (kernel, backward) in enumerate(zip(self._kernels, self._backward, strict=True)):
            rows = out[5 * place : 5 * place + 5]
            area = spread(*row_of(kernel, query.city), self._ties)
            tied = np.flatnonzero(area)
            mass = self._mass[place]
            rows[0] = np.log1p(20 * area)
            rows[1] = np.log1p(20 * spread(partners, ones, backward))
            rows[2] = np.log1p(100 * spread(tied, area[tied], backward))
            rows[3] = self._log_mass[place]
            rows[4] = rows[2] - np.log1p(mass * np.float32(2000 * mass[query.city] / self._tied_ends))
        self._write_chains(query, self._backward[_MIDDLE], out[-2:])

    def _write_chains(self, query: Query, backward: "csr_matrix", out: Floats) -> None:
        """Fill the rows on partners that lie in one area, and on the areas of partners' partners."""
        partners = query.partners
        beside = spread(partners, query.own[partners], backward)
        near = np.flatnonzero(beside)
        out[0] = np.log1p(20 * spread(near, beside[near], self._step))
        second = spread(partners, query.own[partners], self._step)
        reached = np.flatnonzero(second)
        out[1] = np.log1p(20 * spread(reached, second[reached], backward))


def _make_kernels(
    tables: WorldTables, tied: NDArray[np.bool_], nation: NDArray[np.int64], log_size: Floats
) -> list["csr_matrix"]:
    """Return the kernels, n × n: rows are all cities with a place, columns those that have ties too."""
    from scipy.sparse import csr_matrix
    from scipy.spatial import cKDTree

    places = unit_vectors(tables)
    here = np.flatnonzero(np.isfinite(places).all(axis=1))
    pool = here[tied[here]]
    n = len(tables)
    if not len(pool):
        return [csr_matrix((n, n), dtype=np.float32) for _ in _KERNELS]
    most = min(max(count for count, _ in _KERNELS) + 1, len(pool))
    distance, nearest = cKDTree(places[pool]).query(places[here], k=np.arange(1, most + 1))
    near = pool[nearest]
    abroad = np.where(nation[near] == nation[here][:, None], 1.0, _ABROAD)
    abroad[near == here[:, None]] = 0
    alike = np.exp(-((log_size[near] - log_size[here][:, None]) ** 2) / (2 * _LIKE_SIZE**2))
    kernels = []
    for count, sized in _KERNELS:
        end = min(count + 1, most)
        width = np.maximum(distance[:, end - 1 : end], _NARROWEST_KM / EARTH_RADIUS_KM)
        weight = np.exp(-2 * (distance[:, :end] / width) ** 2) * abroad[:, :end]
        if sized:
            weight *= alike[:, :end]
        weight /= np.maximum(weight.sum(axis=1, keepdims=True), 0.3 if sized else 1e-3)
        rows = np.repeat(here, end)
        kernel = csr_matrix((weight.ravel(), (rows, near[:, :end].ravel())), shape=(n, n), dtype=np.float32)
        kernel.eliminate_zeros()
        kernels.append(kernel)
    return kernels
