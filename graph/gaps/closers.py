"""Who would close a gap best: looked for only for the gaps that are shown.

Cities come in the order of the ranker, asked as for a project partner, so that partners are among them,
each scored without its own tie; networks by the plain measure of ``score_networks``. What a gap itself
names comes without a score.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from rdflib import URIRef

from graph.gaps.model import Closer, Gap, GapKind
from graph.gaps.places import CONTINENTS
from graph.gaps.view import View
from graph.library import load_query
from graph.model import Label
from graph.questions.relations import read_names
from graph.ranking.territories import continent_of
from graph.recommendation.networks import score_networks
from graph.recommendation.order import Order
from graph.recommendation.service import Recommender
from graph.recommendation.wording import say
from ontology.messages import N_

__all__ = ["Closers"]

#: How many are named for a gap, and how many recorded cities are asked for their themes.
MOST = 3
_ASKED = 150
#: Share of our inhabitants that a city of an uncovered continent has to have, and one of a neighbour.
_NOT_FAR_SMALLER, _SMALLER_NEARBY = 0.25, 0.1


class Closers:
    """Names for each gap who could close it.

    Parameters
    ----------
    recommender
        Without one only what a gap itself names is offered.
    """

    def __init__(self, view: View, recommender: Recommender | None) -> None:
        self.view = view
        self.recommender = recommender

    def fill(self, gaps: Iterable[Gap]) -> tuple[Gap, ...]:
        """Return the gaps with their candidates."""
        return tuple(replace(gap, candidates=self._find(gap)) for gap in gaps)

    def _find(self, gap: Gap) -> tuple[Closer, ...]:
        finders: Mapping[GapKind, Callable[[Gap], tuple[Closer, ...]]] = {
            "theme": self._with_theme,
            "money_without_project": self._with_theme,
            "shared_network": self._network,
            "region": self._in_region,
            "open_place": self._not_counted,
            "network_adds_nobody": lambda _: (),
            "project_without_plan": lambda _: (),
        }
        return finders.get(gap.kind, self._named)(gap)

    def _named(self, gap: Gap) -> tuple[Closer, ...]:
        """Return the cities that the gap is about: whoever is there already is the one to speak to."""
        why = say(_WHY[gap.kind])
        return tuple(Closer(iri, "city", self.view.name(iri), why) for iri in gap.things)

    def _not_counted(self, gap: Gap) -> tuple[Closer, ...]:
        """Return relations of the kind that are recorded and not counted."""
        names = read_names(self.view.revision, gap.things)
        why = say(N_("Recorded, and not counted: look whether the declaration means it."))
        return tuple(
            Closer(iri, "relation", names.get(iri, Label(iri, iri)), why) for iri in gap.things[:MOST]
        )

    def _network(self, gap: Gap) -> tuple[Closer, ...]:
        score = self._networks.get(gap.subject) if self.recommender else None
        why = say(N_("Joining it would close this, if it suits the plan."))
        return (Closer(gap.subject, "network", gap.title, why, score),)

    @cached_property
    def _networks(self) -> Mapping[str, float]:
        projection = self.view.projection
        near = {group for one in self.view.partners for group in projection.groups(one, "membership")}
        found = score_networks(projection, self.view.city, near)
        return {network: round(score, 3) for network, score in found.items()}

    @cached_property
    def _order(self) -> Order | None:
        if self.recommender is None:
            return None
        return self.recommender.rankers.order(self.view.city, with_partners=True)

    @cached_property
    def _scores(self) -> Mapping[int, float]:
        order = self._order
        if order is None:
            return {}
        scores = order.ranker.score_all(order.city)
        found = {place: float(scores[place]) for place in order.places}
        apart = {place: float(one.score_all(order.city)[place]) for place, one in order.apart.items()}
        return found | apart

    @cached_property
    def _recorded(self) -> tuple[int, ...]:
        """The best recorded cities abroad, partners among them."""
        order = self._order
        if order is None:
            return ()
        own = order.candidate(order.city).country
        known = (
            p for p in order.places if order.candidate(p).is_in_graph and order.candidate(p).country != own
        )
        partners = {order.universe.place[one] for one in self.view.partners}
        best = list(known)
        return tuple(dict.fromkeys([*(p for p in best if p in partners), *best[:_ASKED]]))

    @cached_property
    def _themes(self) -> Mapping[str, frozenset[str]]:
        """For each theme the recorded cities with a tie to it that hasn't ended."""
        order = self._order
        cities = (
            [order.candidate(place).iri for place in self._recorded] if order else list(self.view.partners)
        )
        if not cities:
            return {}
        query = load_query("city_themes").bind(city=[URIRef(iri) for iri in cities])
        ended = {tie.relation for tie in self.view.projection.ties if not tie.is_living}
        found: dict[str, set[str]] = {}
        for row in self.view.revision.select(query):
            if str(row["relation"]) not in ended:
                found.setdefault(str(row["theme"]), set()).add(str(row["city"]))
        return {theme: frozenset(cities) for theme, cities in found.items()}

    def _with_theme(self, gap: Gap) -> tuple[Closer, ...]:
        """Return partners with a recorded tie to the theme, then others with one, by affinity.

        An indicator that is missing is the city's own work.
        """
        if gap.missing == ("indicator",):
            return ()
        cities, order = self._themes.get(gap.subject, frozenset()), self._order
        partners = [one for one in self.view.partners if one in cities]
        if order is None:
            return tuple(self._city(one, _PARTNER_WITH_THEME) for one in partners[:MOST])
        ranked = [p for p in self._recorded if order.candidate(p).iri in cities]
        mine = [p for p in ranked if order.candidate(p).iri in self.view.partners]
        others = [p for p in ranked if p not in mine]
        best = sorted(mine, key=order.rank) + sorted(others, key=order.rank)
        return tuple(
            self._place(p, _PARTNER_WITH_THEME if p in mine else _OTHER_WITH_THEME) for p in best[:MOST]
        )

    def _city(self, iri: str, why: str) -> Closer:
        return Closer(iri, "city", self.view.name(iri), say(why))

    def _place(self, place: int, why: str) -> Closer:
        order = self._order
        assert order is not None  # noqa: S101 (only called with one)
        one = order.candidate(place)
        return Closer(one.iri, "city", one.label, say(why), round(self._scores[place], 3))

    def _in_region(self, gap: Gap) -> tuple[Closer, ...]:
        """Return the best cities of the region that are not far smaller, recorded or not."""
        order = self._order
        if order is None:
            return ()
        share = _NOT_FAR_SMALLER if gap.subject in CONTINENTS else _SMALLER_NEARBY
        least = share * (self.view.node.population or 0)
        found = []
        for place in order.places:
            country = order.candidate(place).country or ""
            if (order.candidate(place).population or 0) < least:
                continue
            if country in gap.things or (gap.subject in CONTINENTS and continent_of(country) == gap.subject):
                found.append(self._place(place, _IN_REGION))
                if len(found) == MOST:
                    break
        return tuple(found)


_PARTNER_WITH_THEME = N_("A partner with a recorded tie to this theme.")
_OTHER_WITH_THEME = N_("Not a partner yet; has a recorded tie to this theme.")
_IN_REGION = N_("First of the region in the order of the recommendations.")
_WHY: Mapping[GapKind, str] = {
    "dormant_partner": N_("The partner itself: ask what both want next, or end it in good order."),
    "partners_without_us": N_("One of the two: ask to join what they do."),
    "unused_door": N_("Ask the body that is tied there to open the door."),
    "side_by_side": N_("Agree there on who does what."),
}
