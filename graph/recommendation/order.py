"""The order of candidates for one city, from rankers that are made as seldom as possible."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from graph.projection import Projection
from graph.recommendation.universe import Candidate, Universe, is_acknowledged, make_universe

if TYPE_CHECKING:
    from graph.ranking.parameters_file import Parameters
    from graph.ranking.ranker import Ranker, Term

__all__ = ["Order", "Rankers"]

#: Rankers that are kept: one for everybody, and those of a city that asks for project partners.
_KEPT = 6
#: Parts into which sister cities are dealt to be scored without their own ties.
_FOLDS = 4


@dataclass(frozen=True)
class Order:
    """Candidates of a city, best first, and which ranker scored each.

    Parameters
    ----------
    iri, city
        The city asked for, and its place in the universe.
    places
        Candidates in their order.
    universe
        Who they are.
    ranker
        Scored those that are no sister cities.
    apart
        For each sister city the ranker that has never heard of its tie.
    """

    iri: str
    city: int
    places: tuple[int, ...]
    universe: Universe
    ranker: "Ranker"
    apart: "dict[int, Ranker]"

    @cached_property
    def _ranks(self) -> dict[int, int]:
        return {place: rank for rank, place in enumerate(self.places, start=1)}

    def candidate(self, place: int) -> Candidate:
        """Return who stands at a place of the universe."""
        return self.universe.candidates[place]

    def rank(self, place: int) -> int:
        """Return a candidate's rank from 1; 0 for one that is not in the order."""
        return self._ranks.get(place, 0)

    def explain(self, place: int) -> "Sequence[Term]":
        """Return the terms of a candidate's score."""
        return self.apart.get(place, self.ranker).explain(self.city, place)


class Rankers:
    """Makes rankers over one projection; the last ones are kept."""

    def __init__(self, projection: Projection, parameters: "Parameters") -> None:
        self.projection = projection
        self.parameters = parameters
        self._kept: OrderedDict[frozenset[str], tuple[Universe, Ranker]] = OrderedDict()
        self._lock = Lock()

    def without(self, relations: Iterable[str]) -> "tuple[Universe, Ranker]":
        """Return universe and ranker of a graph that has never heard of some relations."""
        from graph.ranking.ranker import Ranker

        hidden = frozenset(relations)
        with self._lock:  # requests come in threads, and two at once would not be quicker
            if hidden not in self._kept:
                universe = make_universe(self.projection, left_out=hidden)
                self._kept[hidden] = (universe, Ranker(universe.tables, self.parameters))
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(hidden)
            return self._kept[hidden]

    def hidden_ties(self, city: str) -> frozenset[str]:
        """Return the ties of a city that must not speak for themselves: known from lists alone.

        A city of which nothing but lists is known keeps them: then they are all there is.
        """
        ties = [tie for tie in self.projection.ties_of(city) if tie.is_living and tie.kind == "twinning"]
        if not any(is_acknowledged(tie) for tie in ties):
            return frozenset()
        return frozenset(tie.relation for tie in ties if not is_acknowledged(tie))

    def order(self, city: str, *, with_partners: bool = False) -> Order:
        """Return the candidates of a city, best first; equal scores by id.

        Parameters
        ----------
        with_partners
            Whether its sister cities are candidates, too, each scored without its own tie.
        """
        hidden = self.hidden_ties(city)
        universe, ranker = self.without(hidden)
        place = universe.place[city]
        scores = np.asarray(ranker.score_all(place), dtype=np.float64).copy()
        apart = self._apart(city, hidden, universe) if with_partners else {}
        for partner, other in apart.items():
            scores[partner] = other.score_all(place)[partner]
        best = np.argsort(-scores, kind="stable")
        places = tuple(int(one) for one in best[np.isfinite(scores[best])])
        return Order(city, place, places, universe, ranker, apart)

    def _apart(self, city: str, hidden: frozenset[str], universe: Universe) -> "dict[int, Ranker]":
        """Return for each sister city a ranker without its tie: as in training, fold by fold."""
        partners = sorted(
            (other, tie.relation)
            for other, ties in self.projection.neighbours(city, "twinning").items()
            for tie in ties
            if tie.relation not in hidden
        )
        found: dict[int, Ranker] = {}
        for fold in range(min(_FOLDS, len(partners))):
            mine = partners[fold::_FOLDS]
            _, ranker = self.without(hidden | {relation for _, relation in mine})
            found |= {universe.place[other]: ranker for other, _ in mine}
        return found
