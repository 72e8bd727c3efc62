"""The recommender of one revision and one day: candidates in their order, and what is said of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from graph.model import Label
from graph.projection import Projection, project_ties
from graph.questions.names import reference_of
from graph.questions.places import city_iri
from graph.questions.reading import Readable
from graph.recommendation.against import find_remarks
from graph.recommendation.background import Background, read_background
from graph.recommendation.cautions import find_caution
from graph.recommendation.coverage import city_coverage, coverage_of, find_gaps
from graph.recommendation.fit import check_fit
from graph.recommendation.model import (
    CheckName,
    NetworkAdvice,
    Purpose,
    Recommendation,
    Recommendations,
)
from graph.recommendation.networks import rank_networks
from graph.recommendation.order import Order, Rankers
from graph.recommendation.reasons import find_levers, find_reasons, to_terms
from graph.recommendation.universe import Candidate
from graph.recommendation.ways import Way, find_ways
from graph.recommendation.wording import say
from ontology.messages import N_

if TYPE_CHECKING:
    from graph.ranking.parameters_file import Parameters

__all__ = ["Asked", "Recommender"]

_NO_NETWORK = N_(
    "No network that the city is not in has a recorded member. Record the networks of partners "
    "(memberships.yml), or bring in a table of memberships."
)
#: Candidates that are looked through, at most, for those that a filter lets pass.
MAX_SCANNED = 5_000
_CHUNK = 200


@dataclass(frozen=True)
class Asked:
    """What a reader wants of the list.

    Parameters
    ----------
    theme
        IRI of a theme that the checklist is to be about.
    countries
        Only candidates in these (ISO codes); empty: all.
    checks
        Only candidates for which these lines of the checklist are answered yes.
    in_graph
        Only candidates of which something is recorded.
    domestic
        Also cities of the city's own country: its foreign relations are what is asked for as a rule.
    cautioned
        Also cities of countries that ``cautions`` names.
    """

    theme: str | None = None
    countries: frozenset[str] = frozenset()
    checks: frozenset[CheckName] = frozenset()
    in_graph: bool = False
    domestic: bool = False
    cautioned: bool = False
    limit: int = 20
    offset: int = 0


class Recommender:
    """Recommends partners from one revision on one day; costly parts are made once.

    Parameters
    ----------
    revision
        What is published.
    as_of
        The day: only ties that are alive on it count.
    parameters
        Of the ranker; without them those that come with the program.
    """

    def __init__(self, revision: Readable, as_of: date, parameters: "Parameters | None" = None) -> None:
        from graph.ranking.parameters_file import shipped_parameters

        self.revision = revision
        self.as_of = as_of
        self.parameters = parameters or shipped_parameters()
        self.projection: Projection = project_ties(revision, as_of)
        self.rankers = Rankers(self.projection, self.parameters)

    def recommend(
        self, city_slug: str, asked: Asked = Asked(), *, purpose: Purpose = "twinning"
    ) -> Recommendations:
        """Return a page of candidates, best affinity first.

        For ``twinning`` these are cities that are no sister city yet, for ``project`` all cities: a sister
        city's affinity is then what it would be without that tie. For ``network`` they are city networks.

        Raises
        ------
        NotFound
            There is no such city in the graph.
        """
        city = str(city_iri(self.revision, city_slug))
        if purpose == "network":
            networks = rank_networks(self.revision, self.projection, city, asked.theme)
            shown = networks[asked.offset : asked.offset + asked.limit]
            return self._answer(city, purpose, shown, len(networks), enough=bool(networks))
        if not city_coverage(self.projection, city).is_enough:
            return self._answer(city, purpose, (), 0, enough=False)
        order = self.rankers.order(city, with_partners=purpose == "project")
        here = order.candidate(order.city)
        found = [place for place in order.places if _is_wanted(order.candidate(place), here, asked)]
        if asked.checks:
            found = list(self._passing(order, found, asked))
        page = found[asked.offset : asked.offset + asked.limit]
        ranks = {place: asked.offset + number for number, place in enumerate(page, start=1)}
        return self._answer(city, purpose, self._tell(order, ranks, asked), len(found))

    def judge(self, city_slug: str, named: str, asked: Asked = Asked()) -> Recommendation | None:
        """Return what is to be said of one candidate that somebody named; ``None``: nobody knows it.

        Its rank is that among all cities, sister cities included.

        Parameters
        ----------
        named
            A slug, a GeoNames number, or a name; of several cities of a name the largest is meant.
        """
        city = str(city_iri(self.revision, city_slug))
        order = self.rankers.order(city, with_partners=True)
        place = order.universe.find(named)
        if place is None or place == order.city:
            return None
        return self._tell(order, {place: order.rank(place)}, asked)[0]

    def _passing(self, order: Order, found: list[int], asked: Asked) -> Iterator[int]:
        """Yield candidates for which the wanted lines of the checklist are answered yes."""
        for start in range(0, min(len(found), MAX_SCANNED), _CHUNK):
            chunk = found[start : start + _CHUNK]
            background = self._background(order, chunk, {})
            for place in chunk:
                candidate = order.candidate(place)
                checks = check_fit(order.iri, candidate, self.projection, background, asked.theme)
                if asked.checks <= {check.check for check in checks if check.ok}:
                    yield place

    def _background(self, order: Order, places: list[int], ways: dict[int, tuple[Way, ...]]) -> Background:
        candidates = (order.candidate(place) for place in places)
        known = [one.iri for one in candidates if one.is_in_graph]
        groups = {g for c in (order.iri, *known) for g in self.projection.groups(c, "membership")}
        through = {thing for found in ways.values() for way in found for thing in way.through}
        return read_background(self.revision, order.iri, self.as_of, known, groups | through)

    def _tell(self, order: Order, ranks: dict[int, int], asked: Asked) -> tuple[Recommendation, ...]:
        ways = {place: find_ways(self.projection, order.iri, order.candidate(place).iri) for place in ranks}
        background = self._background(order, list(ranks), ways)
        return tuple(
            replace(self._tell_one(order, place, ways[place], background, asked), rank=rank)
            for place, rank in ranks.items()
        )

    def _tell_one(
        self, order: Order, place: int, ways: tuple[Way, ...], background: Background, asked: Asked
    ) -> Recommendation:
        here, candidate = order.candidate(order.city), order.candidate(place)
        terms = to_terms(order.explain(place))
        return Recommendation(
            rank=order.rank(place),
            city=candidate,
            affinity=sum(term.value for term in terms),
            terms=terms,
            reasons=find_reasons(self.revision, self.as_of, here, candidate, terms, ways, background),
            fit=check_fit(order.iri, candidate, self.projection, background, asked.theme),
            against=find_remarks(here, candidate, self.projection, background),
            coverage=coverage_of(candidate, self.projection),
            levers=find_levers(terms),
        )

    def _answer(
        self,
        city: str,
        purpose: Purpose,
        items: tuple[Recommendation, ...] | tuple[NetworkAdvice, ...],
        total: int,
        *,
        enough: bool = True,
    ) -> Recommendations:
        coverage = city_coverage(self.projection, city)
        widen: tuple[Label, ...] = find_gaps(coverage)
        if purpose == "network" and not enough:
            widen = (say(_NO_NETWORK), *widen)
        return Recommendations(
            city=reference_of(self.revision, city, self.projection.cities[city].label),
            purpose=purpose,
            as_of=self.as_of,
            model=self.parameters.data,
            coverage=coverage.share,
            enough=enough,
            widen=widen,
            items=items,
            total=total,
            known_ties=sum(tie.is_living and tie.kind == "twinning" for tie in self.projection.ties),
        )


def _is_wanted(candidate: Candidate, here: Candidate, asked: Asked) -> bool:
    if asked.in_graph and not candidate.is_in_graph:
        return False
    if asked.countries:
        return candidate.country in asked.countries
    if not asked.cautioned and find_caution(here, candidate):
        return False
    return asked.domestic or here.country is None or candidate.country != here.country
