"""The ranker: scores of all cities for one, the best of them, and the exact terms of a score."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.ranking.parameters_file import Parameters
from graph.ranking.tables import WorldTables

__all__ = ["Parameters", "Ranker", "Ranking", "Term"]


@dataclass(frozen=True)
class Term:
    """One addend of a score.

    Parameters
    ----------
    name
        The feature, as in ``features.FEATURES``.
    value
        What it adds to the score.
    group
        What it is about: ``size``, ``popularity``, ``country``, ``area`` …
    feature_value
        The feature itself.
    """

    name: str
    value: float
    group: str
    feature_value: float


@dataclass(frozen=True)
class Ranking:
    """Candidates, best first: their places in the tables and their scores."""

    cities: NDArray[np.int32]
    scores: NDArray[np.float64]


class Ranker:
    """Ranks all cities of a world for one of them.

    Parameters
    ----------
    tables
        The world.
    parameters
        As shipped, or trained on other ties.
    """

    def __init__(self, tables: WorldTables, parameters: Parameters) -> None:
        from scipy.sparse import coo_matrix

        self.tables = tables
        self.parameters = parameters
        a, b = tables.twins.T
        n = len(tables)
        ones = np.ones(2 * len(a))
        self._ties = coo_matrix((ones, (np.r_[a, b], np.r_[b, a])), shape=(n, n)).tocsr()
        self._degree = np.asarray(self._ties.sum(axis=1)).ravel()
        self._by_id = np.argsort(np.argsort(np.array(tables.city_ids)))

    def rank(self, city: int, top: int) -> Ranking:
        """Return the best candidates, without the city itself and its partners; equal scores by id."""
        scores = self.score_all(city)
        order = np.lexsort((self._by_id, -scores))
        order = order[np.isfinite(scores[order])][:top]
        return Ranking(order.astype(np.int32), scores[order])

    def score_all(self, city: int) -> NDArray[np.float64]:
        """Return the scores of all cities, ``-inf`` for the city itself and its partners."""
        scores = sum(term for _, _, term in self._terms(city))
        scores = np.asarray(scores)
        scores[city] = -np.inf
        scores[self._ties[city].indices] = -np.inf
        return scores

    def explain(self, city: int, candidate: int) -> tuple[Term, ...]:
        """Return the terms of one score; they add up to it."""
        return tuple(
            Term(name, float(term[candidate]), group, float(term[candidate]))
            for name, group, term in self._terms(city)
        )

    def _terms(self, city: int) -> list[tuple[str, str, NDArray[np.float64]]]:
        weight = 1 / np.maximum(self._degree, 1)
        own = np.asarray(self._ties[city].todense()).ravel()
        two = self._ties @ (own * weight)
        three = self._ties @ (two * weight)
        tables = self.tables
        same = (tables.country == tables.country[city]) * -1.0
        size = np.abs(np.log1p(tables.population) - np.log1p(tables.population[city]))
        return [
            ("paths_2", "paths", np.log1p(10 * two)),
            ("paths_3", "paths", np.log1p(10 * three)),
            ("popularity", "popularity", 0.3 * np.log1p(self._degree)),
            ("same_country", "country", same),
            ("size_match", "size", -0.2 * np.nan_to_num(size, nan=2.0)),
        ]
