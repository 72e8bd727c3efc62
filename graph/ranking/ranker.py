"""The ranker: scores of all cities for one, the best of them, and the exact terms of a score.

Two stages: a conditional logit over all cities, then shallow trees on its score for the thousand
best. In a world with hardly any ties (a fresh machine) a smaller logit stands in, which asks only
what can be known without them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.ranking.attribution import Attribution
from graph.ranking.feature import Floats
from graph.ranking.features import FEATURES, FeatureMaker
from graph.ranking.parameters_file import Parameters
from graph.ranking.tables import WorldTables

__all__ = ["Parameters", "Ranker", "Ranking", "Term", "is_thin"]

Doubles = NDArray[np.float64]
#: Candidates that come to the second stage.
FIRST = 1_000
#: Ties per city below which the paths through them say nothing.
_THIN = 0.2


@dataclass(frozen=True)
class Term:
    """One addend of a score.

    Parameters
    ----------
    name
        The feature, as in ``FEATURES``; ``base`` and ``beyond_first`` stand for no feature.
    value
        What it adds to the score, against an average candidate.
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
    scores: Doubles


@dataclass(frozen=True)
class _Answer:
    """All that was computed for one city."""

    city: int
    features: Floats
    linear: Doubles
    first: NDArray[np.int64]
    scores: Doubles
    beyond: float


def is_thin(tables: WorldTables) -> bool:
    """Return whether there are too few ties for paths through them to say anything."""
    return 2 * len(tables.twins) < _THIN * len(tables)


class Ranker:
    """Ranks all cities of a world for one of them.

    Parameters
    ----------
    tables
        The world.
    parameters
        As shipped, or trained on other ties.
    plain
        Without the trees.
    """

    def __init__(self, tables: WorldTables, parameters: Parameters, *, plain: bool = False) -> None:
        self.tables = tables
        self.parameters = parameters
        self.thin = is_thin(tables)
        self.plain = plain or self.thin
        self._model = parameters.local if self.thin else parameters.linear
        self._maker = FeatureMaker(tables, parameters.prior)
        self._used = np.flatnonzero(self._model.coefficients)
        self._order = np.argsort(np.argsort(np.array(tables.city_ids)))
        self._last: _Answer | None = None
        self._attribution: Attribution | None = None

    def rank(self, city: int, top: int) -> Ranking:
        """Return the best candidates, without the city itself and its partners; equal scores by id."""
        scores = self.score_all(city)
        open_places = np.flatnonzero(np.isfinite(scores))
        if 0 < top < len(open_places):
            least = np.partition(scores[open_places], -top)[-top]
            open_places = open_places[scores[open_places] >= least]
        order = np.lexsort((self._order[open_places], -scores[open_places]))[:top]
        best = open_places[order]
        return Ranking(best.astype(np.int32), scores[best])

    def score_all(self, city: int) -> Doubles:
        """Return the scores of all cities, ``-inf`` for the city itself and its partners."""
        scores = self._answer(city).scores.copy()
        scores[city] = -np.inf
        scores[self._maker.partners(city)] = -np.inf
        return scores

    def look_into(self, city: int) -> tuple[Floats, Doubles, NDArray[np.int64]]:
        """Return what scores are made of: features, the logit's scores, who came to the second stage."""
        answer = self._answer(city)
        return answer.features, answer.linear, answer.first

    def explain(self, city: int, candidate: int) -> tuple[Term, ...]:
        """Return the terms of one score, those that add something; together they are the score.

        For the city itself and its partners: what they would score if they were none.
        """
        answer = self._answer(city)
        values = answer.features[:, candidate]
        added = self._model.coefficients * (values - self._model.means)
        rest = []
        if not self.plain and candidate in answer.first:
            self._attribution = self._attribution or Attribution(self.parameters.forest)
            added = added + self._attribution.values(values)
            rest.append(Term("base", self.parameters.forest.mean, "base", 1.0))
        elif answer.beyond:
            rest.append(Term("beyond_first", answer.beyond, "base", 1.0))
        terms = [
            Term(feature.name, float(value), feature.group, float(raw))
            for feature, value, raw in zip(FEATURES, added, values, strict=True)
            if value
        ]
        return (*terms, *rest)

    def _answer(self, city: int) -> _Answer:
        """Return what is computed for a city; the last one is kept."""
        last = self._last
        if last is None or last.city != city:
            last = self._last = self._compute(city)
        return last

    def _compute(self, city: int) -> _Answer:
        features = self._maker.make(city)
        linear = self._linear(features)
        if self.plain:
            return _Answer(city, features, linear, np.empty(0, dtype=np.int64), linear, 0.0)
        open_scores = linear.copy()
        open_scores[city] = -np.inf
        open_scores[self._maker.partners(city)] = -np.inf
        count = min(FIRST, int(np.isfinite(open_scores).sum()))
        first = np.argpartition(-open_scores, count - 1)[:count] if count else np.empty(0, dtype=np.int64)
        scores = linear.copy()
        scores[first] += self.parameters.forest.score(features[:, first])
        open_scores[first] = -np.inf
        # Who did not come to the second stage stays behind all who did.
        beyond = min(0.0, float(scores[first].min() - open_scores.max())) if count else 0.0
        beyond = beyond if np.isfinite(beyond) else 0.0
        scores += beyond
        scores[first] -= beyond
        return _Answer(city, features, linear, first, scores, beyond)

    def _linear(self, features: Floats) -> Doubles:
        """Return the logit's score, added up in double precision as the terms are."""
        model = self._model
        total = np.full(features.shape[1], -float(model.coefficients @ model.means))
        added = np.empty_like(total)
        # Not a matrix product: equal columns must give equal sums, wherever they stand.
        for place in self._used:
            np.multiply(features[place], model.coefficients[place], out=added, dtype=np.float64)
            total += added
        return total
