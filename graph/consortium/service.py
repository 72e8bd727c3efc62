"""Consortia proposed from the graph: candidates by affinity, conditions from a call, reasons for each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from graph.consortium.model import Consortia, Consortium, Failure, Member, Terms
from graph.consortium.problem import Condition, Option, Problem, Solution, find_failing, solve_several
from graph.gaps.model import Widening
from graph.gaps.view import join_all
from graph.library import load_query
from graph.model import Label, Reference
from graph.projection import Projection, TieKind
from graph.questions.names import existing_iri, reference_of
from graph.questions.places import city_iri
from graph.questions.reading import Readable, read_facts, read_labels
from graph.recommendation import coverage
from graph.recommendation.against import find_remarks
from graph.recommendation.background import read_background
from graph.recommendation.model import Remark
from graph.recommendation.order import Order
from graph.recommendation.service import Recommender
from graph.recommendation.universe import is_acknowledged
from graph.recommendation.wording import say
from ontology.messages import N_
from ontology.terms import KP, SCHEMA

__all__ = ["MAX_CONSIDERED", "propose", "terms_of_call"]

#: The best recorded cities that are considered at most.
MAX_CONSIDERED = 3_000
_SHOWN = 3
_GROUPED: tuple[TieKind, ...] = ("membership", "participation")


def terms_of_call(revision: Readable, slug: str) -> Terms:
    """Return the conditions that are recorded of a call; what is not recorded is no condition.

    Raises
    ------
    NotFound
        There is no such call.
    """
    iri = existing_iri(revision, "call", slug, lambda fact: fact.is_a(KP.Call), called=N_("call"))
    call = read_facts(revision, [iri]).of(iri)
    countries = read_facts(revision, call.iris_of(SCHEMA.eligibleRegion))
    codes = {code for country in countries if (code := country.text(KP.isoCode))}
    partners, least = call.number(KP.minimumPartners), call.number(KP.minimumCountries)
    return Terms(
        call=reference_of(revision, str(iri), call.name()),
        minimum_partners=int(partners or 1),
        minimum_countries=int(least or 1),
        eligible=frozenset(codes),
        themes=tuple(call.iris_of(KP.theme)),
    )


def propose(recommender: Recommender, city_slug: str, terms: Terms, most: int = 3) -> Consortia:
    """Return up to ``most`` consortia, the best first, each with half of its members new.

    Parameters
    ----------
    recommender
        Of the revision and the day.
    terms
        What the call asks for, and what the city wants.

    Raises
    ------
    NotFound
        There is no such city in the graph.
    """
    city = str(city_iri(recommender.revision, city_slug))
    field = _make_field(recommender, city, terms)
    failing = _contradictions(field, terms)
    solutions = [] if failing else list(solve_several(field.problem, most))
    if not solutions and not failing:
        failing = _explain(field)
    known = coverage.city_coverage(recommender.projection, city)
    return Consortia(
        city=reference_of(recommender.revision, city, recommender.projection.cities[city].label),
        as_of=recommender.as_of,
        terms=terms,
        considered=len(field.places),
        widen=_widen(field, known, terms),
        proposals=tuple(_tell(field, terms, one) for one in solutions),
        failing=failing,
    )


@dataclass(frozen=True)
class _Field:
    """The candidates of one question: their places in the order, and the problem made of them."""

    recommender: Recommender
    order: Order
    places: tuple[int, ...]
    scores: Mapping[int, float]
    themes: Mapping[str, frozenset[str]]
    labels: Mapping[str, Label]
    problem: Problem

    @property
    def projection(self) -> Projection:
        return self.recommender.projection


def _make_field(recommender: Recommender, city: str, terms: Terms) -> _Field:
    order = recommender.rankers.order(city, with_partners=True)
    own = order.candidate(order.city).country or ""
    places = tuple(place for place in order.places if _is_candidate(order, place, own))[:MAX_CONSIDERED]
    scores = _score(order, places)
    iris = [order.candidate(place).iri for place in places]
    themes = _read_themes(recommender.revision, [city, *iris]) if terms.themes else {}
    labels = read_labels(recommender.revision, terms.themes)
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    span = (high - low) or 1.0
    options = tuple(
        Option((scores[p] - low) / span, order.candidate(p).country or "", themes.get(iri, frozenset()))
        for p, iri in zip(places, iris, strict=True)
    )
    problem = Problem(
        options=options,
        members=terms.members - 1,
        own_country=own,
        minimum_countries=terms.minimum_countries,
        eligible=terms.eligible,
        themes=frozenset(terms.themes),
        own_themes=themes.get(city, frozenset()) & frozenset(terms.themes),
        all_themes=terms.all_themes,
        most_per_country=terms.most_per_country,
    )
    return _Field(recommender, order, places, scores, themes, labels, problem)


def _is_candidate(order: Order, place: int, own: str) -> bool:
    """Tell whether a city may be a member: recorded, abroad, and its country is known."""
    one = order.candidate(place)
    return one.is_in_graph and bool(one.country) and one.country != own


def _score(order: Order, places: Sequence[int]) -> dict[int, float]:
    scores = order.ranker.score_all(order.city)
    apart = {place: float(one.score_all(order.city)[place]) for place, one in order.apart.items()}
    return {place: apart.get(place, float(scores[place])) for place in places}


def _read_themes(revision: Readable, cities: Sequence[str]) -> dict[str, frozenset[str]]:
    query = load_query("city_themes").bind(city=[URIRef(iri) for iri in cities])
    found: dict[str, set[str]] = {}
    for row in revision.select(query):
        found.setdefault(str(row["city"]), set()).add(str(row["theme"]))
    return {city: frozenset(themes) for city, themes in found.items()}


def _contradictions(field: _Field, terms: Terms) -> tuple[Failure, ...]:
    """Return what is wrong with the conditions themselves, whoever the candidates are."""
    found = []
    if terms.eligible and field.problem.own_country and field.problem.own_country not in terms.eligible:
        text = N_("The call is not open to the city's own country.")
        found.append(Failure("own_country", say(text)))
    if terms.minimum_partners > terms.members:
        text = N_("At least {least} partners are asked for, and the consortium is to have {size} members.")
        found.append(Failure("minimum_partners", say(text, least=terms.minimum_partners, size=terms.members)))
    if terms.minimum_countries > terms.members:
        text = N_("At least {least} countries are asked for, and the consortium is to have {size} members.")
        found.append(
            Failure("minimum_countries", say(text, least=terms.minimum_countries, size=terms.members))
        )
    if terms.eligible and terms.minimum_countries > len(terms.eligible):
        text = N_("At least {least} countries are asked for, and the call is open to {open} only.")
        facts = {"least": terms.minimum_countries, "open": len(terms.eligible)}
        found.append(Failure("eligible_countries", say(text, **facts)))
    return tuple(found)


_RELAXED: Mapping[Condition, str] = {
    "eligible_countries": N_("Among the recorded cities too few lie in countries that may apply."),
    "minimum_countries": N_("The recorded cities that may apply lie in too few countries."),
    "size": N_("Fewer cities that may apply are recorded than the consortium is to have members."),
    "most_per_country": N_("With so few members of one country the consortium can't be filled."),
    "all_themes": N_("No recorded city, or none that fits, has a tie to each of the themes."),
}


def _explain(field: _Field) -> tuple[Failure, ...]:
    """Return the conditions each of which stands in the way alone; else that several do together."""
    if not field.places:
        return (Failure("candidates", say(N_("No city abroad is recorded that could be a member."))),)
    found = tuple(Failure(one, say(_RELAXED[one])) for one in find_failing(field.problem))
    together = N_("No single condition stands in the way; several do together. Ask for fewer members first.")
    return found or (Failure("several", say(together)),)


def _widen(field: _Field, known: coverage.Coverage, terms: Terms) -> tuple[Widening, ...]:
    found = []
    if terms.call and not terms.eligible:
        text = N_("Which countries may apply is not recorded for this call (calls.yml): all are taken.")
        found.append(Widening(say(text), "kopru ingest records"))
    if terms.themes and (blank := sum(not option.themes for option in field.problem.options)):
        text = N_("Of {blank} of {all} candidates no theme is recorded; they may still have the themes.")
        facts = {"blank": blank, "all": len(field.places)}
        found.append(Widening(say(text, **facts), "kopru ingest records"))
    return (*found, *(Widening(text, "kopru sources") for text in coverage.find_gaps(known)))


def _tell(field: _Field, terms: Terms, solution: Solution) -> Consortium:
    places = [field.places[one] for one in solution.chosen]
    chosen = sorted(places, key=field.order.rank)
    own = field.problem.own_country
    countries = Counter(field.order.candidate(place).country or "" for place in chosen)
    leader = _leader(field, chosen) if terms.role == "partner" else None
    covered = field.problem.own_themes.union(*(_themes_of(field, place) for place in chosen))
    return Consortium(
        members=tuple(_member(field, place, countries, leads=place == leader) for place in chosen),
        countries=tuple(sorted({*countries, *([own] if own else [])})),
        covered=_refer(field, covered),
        not_covered=_refer(field, field.problem.themes - covered),
        value=round(solution.value, 4),
        gap=solution.gap,
    )


def _themes_of(field: _Field, place: int) -> frozenset[str]:
    return field.themes.get(field.order.candidate(place).iri, frozenset()) & field.problem.themes


def _refer(field: _Field, themes: frozenset[str]) -> tuple[Reference, ...]:
    return tuple(
        reference_of(field.recommender.revision, iri, field.labels.get(iri)) for iri in sorted(themes)
    )


def _projects(field: _Field, place: int) -> int:
    ties = field.projection.ties_of(field.order.candidate(place).iri)
    return sum(tie.kind == "participation" for tie in ties)


def _leader(field: _Field, places: Sequence[int]) -> int | None:
    """Return who has most recorded projects, the best rank first."""
    return max(places, key=lambda place: (_projects(field, place), -field.order.rank(place)), default=None)


def _member(field: _Field, place: int, countries: Mapping[str, int], *, leads: bool) -> Member:
    one = field.order.candidate(place)
    themes = _themes_of(field, place)
    reasons = _reasons(field, place, alone=countries[one.country or ""] == 1)
    if leads:
        text = N_("Has most recorded projects of the members ({count}): the one to ask to coordinate.")
        reasons = (say(text, count=_projects(field, place)), *reasons)
    return Member(
        city=one.iri,
        label=one.label,
        country=one.country or "",
        affinity=round(field.scores[place], 3),
        rank=field.order.rank(place),
        themes=_refer(field, themes),
        coordinates=leads,
        reasons=reasons,
        against=_against(field, place),
    )


def _reasons(field: _Field, place: int, *, alone: bool) -> tuple[Label, ...]:
    one, city = field.order.candidate(place), field.order.iri
    found = []
    ties = field.projection.neighbours(city, "twinning", "protocol", "cooperation").get(one.iri, ())
    if any(is_acknowledged(tie) for tie in ties):
        found.append(say(N_("A partner of the city already.")))
    if themes := _themes_of(field, place):
        names = [theme.label for theme in _refer(field, themes)]
        found.append(say(N_("Brings recorded ties to: {themes}."), themes=_row(names)))
    if shared := _shared(field, one.iri):
        found.append(say(N_("Meets the city in: {names}."), names=_row(shared)))
    if alone and one.country_label:
        found.append(say(N_("The only member from this country: {country}."), country=one.country_label))
    found.append(say(N_("Place {rank} in the recommendations."), rank=field.order.rank(place)))
    return tuple(found)


def _against(field: _Field, place: int) -> tuple[Remark, ...]:
    """Return what the recommendations remark on; being a partner already is nothing against a member."""
    order, recommender = field.order, field.recommender
    one = order.candidate(place)
    background = read_background(recommender.revision, order.iri, recommender.as_of, [one.iri], [])
    return find_remarks(order.candidate(order.city), one, field.projection, background)


def _shared(field: _Field, city: str) -> list[Label]:
    groups = {
        group
        for kind in _GROUPED
        for group in field.projection.groups(field.order.iri, kind).keys()
        & field.projection.groups(city, kind).keys()
    }
    labels = read_labels(field.recommender.revision, groups)
    return [labels[group] for group in sorted(groups) if group in labels]


def _row(names: Sequence[Label]) -> Label:
    return join_all(names, _SHOWN)
