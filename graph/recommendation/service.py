"""The recommender of one revision and one day: candidates in their order, and what is said of them."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.model import Label, Reference
from graph.projection import Projection, project_ties
from graph.questions.names import reference_of
from graph.questions.places import city_iri
from graph.questions.reading import Readable
from graph.recommendation.against import find_remarks
from graph.recommendation.background import Background, read_background
from graph.recommendation.coverage import city_coverage, coverage_of, find_gaps
from graph.recommendation.fit import check_fit
from graph.recommendation.model import CheckName, Recommendation, Recommendations
from graph.recommendation.reasons import find_levers, find_reasons, to_terms
from graph.recommendation.universe import Candidate, Universe, is_acknowledged, make_universe
from graph.recommendation.ways import Way, find_ways

if TYPE_CHECKING:
    from graph.ranking.parameters_file import Parameters
    from graph.ranking.ranker import Ranker

__all__ = ["Asked", "Recommender"]

#: Candidates that are looked through, at most, for those that a filter lets pass.
MAX_SCANNED = 5_000
_CHUNK = 200
_KEPT_RANKERS = 3


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
    """

    theme: str | None = None
    countries: frozenset[str] = frozenset()
    checks: frozenset[CheckName] = frozenset()
    in_graph: bool = False
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class _Ranked:
    """One city's ranking before anything is said about it."""

    universe: Universe
    ranker: "Ranker"
    place: int
    order: list[int]


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
        self._rankers: OrderedDict[frozenset[str], tuple[Universe, Ranker]] = OrderedDict()

    def recommend(self, city_slug: str, asked: Asked = Asked()) -> Recommendations:
        """Return a page of cities to become a sister city of, best affinity first.

        Raises
        ------
        NotFound
            There is no such city in the graph.
        """
        city = str(city_iri(self.revision, city_slug))
        coverage = city_coverage(self.projection, city)
        if not coverage.is_enough:
            return self._answer(city, coverage.share, (), 0, find_gaps(coverage))
        ranked = self._rank(city)
        found = [place for place in ranked.order if self._is_wanted(ranked.universe.candidates[place], asked)]
        if asked.checks:
            found = list(self._passing(city, ranked, found, asked))
        page = found[asked.offset : asked.offset + asked.limit]
        items = self._tell(city, ranked, page, asked)
        return self._answer(city, coverage.share, items, len(found), find_gaps(coverage))

    def judge(self, city_slug: str, candidate_iri: str, asked: Asked = Asked()) -> Recommendation | None:
        """Return what is to be said of one candidate that somebody named; ``None``: nobody knows it.

        Its rank is that among all candidates; 0 for one that is a partner already.
        """
        city = str(city_iri(self.revision, city_slug))
        ranked = self._rank(city)
        place = ranked.universe.place.get(candidate_iri)
        return None if place is None else self._tell(city, ranked, [place], asked)[0]

    def hidden_ties(self, city: str) -> frozenset[str]:
        """Return the ties of a city that must not speak for themselves: known from lists alone.

        A city of which nothing but lists is known keeps them: then they are all there is.
        """
        ties = [tie for tie in self.projection.ties_of(city) if tie.is_living and tie.kind == "twinning"]
        if not any(is_acknowledged(tie) for tie in ties):
            return frozenset()
        return frozenset(tie.relation for tie in ties if not is_acknowledged(tie))

    def ranker_without(self, relations: frozenset[str]) -> "tuple[Universe, Ranker]":
        """Return the universe and the ranker of a graph that has never heard of some relations."""
        from graph.ranking.ranker import Ranker

        if relations not in self._rankers:
            universe = make_universe(self.projection, left_out=relations)
            self._rankers[relations] = (universe, Ranker(universe.tables, self.parameters))
            while len(self._rankers) > _KEPT_RANKERS:
                self._rankers.popitem(last=False)
        self._rankers.move_to_end(relations)
        return self._rankers[relations]

    def _rank(self, city: str) -> _Ranked:
        universe, ranker = self.ranker_without(self.hidden_ties(city))
        place = universe.place[city]
        ranking = ranker.rank(place, len(universe.candidates))
        return _Ranked(universe, ranker, place, [int(one) for one in ranking.cities])

    def _is_wanted(self, candidate: Candidate, asked: Asked) -> bool:
        if asked.in_graph and not candidate.is_in_graph:
            return False
        return not asked.countries or candidate.country in asked.countries

    def _passing(self, city: str, ranked: _Ranked, found: list[int], asked: Asked) -> Iterator[int]:
        """Yield candidates for which the wanted lines of the checklist are answered yes."""
        for start in range(0, min(len(found), MAX_SCANNED), _CHUNK):
            chunk = found[start : start + _CHUNK]
            background = self._background(city, ranked, chunk, {})
            for place in chunk:
                candidate = ranked.universe.candidates[place]
                checks = check_fit(city, candidate, self.projection, background, asked.theme)
                if asked.checks <= {check.check for check in checks if check.ok}:
                    yield place

    def _background(
        self, city: str, ranked: _Ranked, places: list[int], ways: dict[int, tuple[Way, ...]]
    ) -> Background:
        candidates = (ranked.universe.candidates[place] for place in places)
        known = [one.iri for one in candidates if one.is_in_graph]
        groups = {g for c in (city, *known) for g in self.projection.groups(c, "membership")}
        through = {thing for found in ways.values() for way in found for thing in way.through}
        return read_background(self.revision, city, self.as_of, known, groups | through)

    def _tell(
        self, city: str, ranked: _Ranked, places: list[int], asked: Asked
    ) -> tuple[Recommendation, ...]:
        candidates = ranked.universe.candidates
        ways = {place: find_ways(self.projection, city, candidates[place].iri) for place in places}
        background = self._background(city, ranked, places, ways)
        ranks = {place: rank for rank, place in enumerate(ranked.order, start=1)}
        told = []
        for place in places:
            candidate = candidates[place]
            terms = to_terms(ranked.ranker.explain(ranked.place, place))
            told.append(
                Recommendation(
                    rank=ranks.get(place, 0),
                    city=candidate,
                    affinity=sum(term.value for term in terms),
                    terms=terms,
                    reasons=find_reasons(
                        self.revision, self.as_of, candidates[ranked.place], candidate, terms,
                        ways[place], background,
                    ),
                    fit=check_fit(city, candidate, self.projection, background, asked.theme),
                    against=find_remarks(candidates[ranked.place], candidate, self.projection, background),
                    coverage=coverage_of(candidate, self.projection),
                    levers=find_levers(terms),
                )
            )  # fmt: skip
        return tuple(told)

    def _answer(
        self, city: str, share: float, items: tuple[Recommendation, ...], total: int, widen: tuple[Label, ...]
    ) -> Recommendations:
        here: Reference = reference_of(self.revision, city, self.projection.cities[city].label)
        known = sum(tie.is_living and tie.kind == "twinning" for tie in self.projection.ties)
        return Recommendations(
            city=here, purpose="twinning", as_of=self.as_of, model=self.parameters.data, coverage=share,
            enough=bool(items) or total > 0, widen=widen, items=items, total=total, known_ties=known,
        )  # fmt: skip
