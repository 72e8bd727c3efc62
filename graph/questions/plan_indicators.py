"""The plan's indicators: recorded ones with their measurements, and those that a query computes.

Every ``graph/queries/indicator_*.rq`` is an indicator by itself; its one row has the ``?value``. A
recorded ``kp:Indicator`` of the same id, or whose ``kp:computedBy`` names such a file, gives it a
target, a direction and a stage, and takes the value from it. Both kinds stand in one list, by name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rdflib import Literal, URIRef

from graph.library import Query, list_queries, load_query
from graph.model import Evidence, Label, Page, Reference
from graph.model_plan import DatedValue, Direction, Indicator, IndicatorState, Measurement
from graph.questions.evidence import read_evidence
from graph.questions.names import reference_of, thing_iri
from graph.questions.paging import cut_page, in_order
from graph.questions.places import city_iri, text_key
from graph.questions.plan_activities import stage_iri
from graph.questions.projects import theme_iri
from graph.questions.reading import Fact, Facts, Readable, Row, read_facts
from graph.questions.relations import read_names, read_themes_of, to_day
from graph.questions.values import ask_value
from ontology.errors import NotFound
from ontology.messages import N_
from ontology.terms import KP, SKOS
from ontology.text import fold, sort_key

__all__ = ["IndicatorFilter", "Where", "computed_slug", "get_indicator", "list_computed", "list_indicators"]

_INDICATOR = N_("indicator")
_PREFIX = "indicator_"
_DIRECTIONS: dict[str, Direction] = {str(KP.higherIsBetter): "higher", str(KP.lowerIsBetter): "lower"}
#: How many yearly values of a computed indicator its trend is drawn from.
_YEARS = 5


@dataclass(frozen=True)
class IndicatorFilter:
    """Which indicators are wanted; slugs, all open."""

    q: str | None = None
    stage: str | None = None
    theme: str | None = None
    state: IndicatorState | None = None


@dataclass(frozen=True)
class Where:
    """For which city and day indicators are asked, and the queries that compute some of them."""

    city: str
    as_of: date
    computed: tuple[Query, ...]


def list_computed() -> tuple[Query, ...]:
    """Return the queries that are indicators, by file name."""
    return tuple(query for query in list_queries() if query.name.startswith(_PREFIX))


def computed_slug(name: str) -> str:
    """Return the slug of a query's indicator.

    Examples
    --------
    >>> computed_slug("indicator_active_networks")
    'active-networks'
    """
    return name.removesuffix(".rq").removeprefix(_PREFIX).replace("_", "-")


def list_indicators(
    revision: Readable, wanted: IndicatorFilter, where: Where, limit: int, cursor: str | None
) -> Page[Indicator]:
    """Return a page of the indicators, recorded and computed, by name."""
    query = load_query("plan_indicators").bind(
        wantedText=text_key(wanted.q),
        wantedStage=stage_iri(revision, wanted.stage) if wanted.stage else None,
        wantedTheme=theme_iri(revision, wanted.theme) if wanted.theme else None,
    )
    rows = [*revision.select(query), *_rows_of_computed(revision, wanted, where)]
    reader = _Reader(revision, where)
    if wanted.state is None:
        iris, following = cut_page("indicators", in_order(rows), limit, cursor)
        return Page(tuple(reader.read(iris)), len(rows), following)
    # Whether a target is reached is known only when the value is.
    found = {i.iri or _iri(revision, i.slug): i for i in reader.read([str(row["item"]) for row in rows])}
    fitting = [row for row in rows if found[str(row["item"])].state == wanted.state]
    iris, following = cut_page("indicators", in_order(fitting), limit, cursor)
    return Page(tuple(found[iri] for iri in iris), len(fitting), following)


def get_indicator(revision: Readable, slug: str, where: Where) -> Indicator:
    """Return one indicator with its measurements and their evidence.

    Raises
    ------
    NotFound
        There is neither a record nor a query of that name.
    """
    found = _Reader(revision, where, with_evidence=True).read([_iri(revision, slug)])
    if not found:
        raise NotFound(kind=_INDICATOR, name=slug)
    return found[0]


def _iri(revision: Readable, slug: str) -> str:
    return str(thing_iri(revision, "indicator", slug, called=_INDICATOR))


def _rows_of_computed(revision: Readable, wanted: IndicatorFilter, where: Where) -> list[Row]:
    """Return the queries without a record as rows of the list; they have neither stage nor theme."""
    if wanted.stage or wanted.theme:
        return []
    taken = _recorded_queries(revision)
    text = fold(wanted.q or "")
    return [
        {
            "item": URIRef(_iri(revision, computed_slug(query.name))),
            "order": Literal(sort_key(_title(query).tr)),
        }
        for query in where.computed
        if computed_slug(query.name) not in taken
        and (not text or any(text in fold(title) for title in (_title(query).tr, _title(query).en)))
    ]


def _recorded_queries(revision: Readable) -> set[str]:
    """Return the slugs of the queries that a record takes its value from, or has the name of."""
    none = dict.fromkeys(("wantedText", "wantedStage", "wantedTheme"))
    rows = revision.select(load_query("plan_indicators").bind(**none))
    facts = read_facts(revision, [str(row["item"]) for row in rows])
    named = {computed_slug(name) for fact in facts if (name := fact.text(KP.computedBy))}
    return named | {fact.iri.rsplit("/", 1)[-1] for fact in facts}


def _title(query: Query) -> Label:
    return query.title or Label(query.name, query.name)


class _Reader:
    """Reads indicators for one city and one day."""

    def __init__(self, revision: Readable, where: Where, *, with_evidence: bool = False) -> None:
        self.revision = revision
        self.as_of = where.as_of
        self.city = city_iri(revision, where.city)
        self.with_evidence = with_evidence
        self.queries = {computed_slug(query.name): query for query in where.computed}

    def read(self, iris: Sequence[str]) -> list[Indicator]:
        """Return indicators in the order of ``iris``; what is none is left out."""
        facts = read_facts(self.revision, iris)
        recorded = [iri for iri in iris if facts.of(iri).is_a(KP.Indicator)]
        made = {i.iri: i for i in self._read_recorded(recorded, facts)}
        for iri in iris:
            slug = iri.rsplit("/", 1)[-1]
            if iri not in made and slug in self.queries:
                made[iri] = self._computed(slug)
        return [made[iri] for iri in iris if iri in made]

    def _read_recorded(self, iris: Sequence[str], facts: Facts) -> list[Indicator]:
        if not iris:
            return []
        measurements = self._read_measurements(iris)
        themes = read_themes_of(self.revision, iris)
        pointed = {
            t for iri in iris for prop in (KP.stage, KP.objective) for t in facts.of(iri).iris_of(prop)
        }
        labels = read_names(self.revision, pointed)
        found = []
        for fact in map(facts.of, iris):
            made = replace(_make_indicator(self.revision, fact, labels), themes=themes.get(fact.iri, ()))
            query = self.queries.get(computed_slug(made.computed_by or made.slug))
            measured = measurements.get(fact.iri, ())
            if query and not measured:
                found.append(self._with_computed(made, query))
            else:
                found.append(self._with_measured(made, measured))
        return found

    def _read_measurements(self, iris: Sequence[str]) -> dict[str, tuple[Measurement, ...]]:
        """Return measurements by indicator, oldest first."""
        rows = self.revision.select(self._measurements_query(*iris))
        facts = read_facts(self.revision, [str(row["measurement"]) for row in rows])
        evidence = read_evidence(self.revision, facts) if self.with_evidence and rows else {}
        found: dict[str, list[Measurement]] = defaultdict(list)
        for row in reversed(rows):
            fact = facts.of(str(row["measurement"]))
            if made := _make_measurement(self.revision, fact, evidence.get(fact.iri, ())):
                found[str(row["indicator"])].append(made)
        return {iri: tuple(measurements) for iri, measurements in found.items()}

    def _measurements_query(self, *iris: str) -> str:
        wanted = [URIRef(iri) for iri in sorted(iris)]
        return load_query("plan_measurements").bind(asOf=to_day(self.as_of), indicator=wanted)

    def _with_measured(self, indicator: Indicator, measurements: tuple[Measurement, ...]) -> Indicator:
        query = self._measurements_query(indicator.iri or "")
        history = tuple(DatedValue(m.period_end, m.value) for m in measurements)
        return _with_history(replace(indicator, query=query, measurements=measurements), history)

    def _computed(self, slug: str) -> Indicator:
        query = self.queries[slug]
        bare = Indicator(
            iri=None,
            slug=slug,
            label=_title(query),
            query="",
            definition=query.description,
        )
        return self._with_computed(bare, query)

    def _with_computed(self, indicator: Indicator, query: Query) -> Indicator:
        made = replace(indicator, unit=indicator.unit or query.unit, computed_by=query.name)
        days = _days_of(query, self.as_of)
        if not days:
            text = self._text(query, self.as_of)
            return replace(made, query=text, value=ask_value(self.revision, text))
        values = ((day, ask_value(self.revision, self._text(query, day))) for day in days)
        history = tuple(DatedValue(day, value) for day, value in values if value is not None)
        # Where a year has no value yet, that of an earlier one stands; for a day it doesn't.
        if "year" not in query.parameters and days[-1] not in {point.day for point in history}:
            history = ()
        last = history[-1].day if history else days[-1]
        return _with_history(replace(made, query=self._text(query, last)), history)

    def _text(self, query: Query, day: date) -> str:
        here = replace(query, text=query.rebased(self.revision.iris))
        return here.bind_known(asOf=to_day(day), year=Literal(day.year), city=self.city)


def _with_history(indicator: Indicator, history: tuple[DatedValue, ...]) -> Indicator:
    if not history:
        return indicator
    last = history[-1]
    return replace(indicator, value=last.value, value_on=last.day, history=history)


def _days_of(query: Query, day: date) -> list[date]:
    """Return the days for which a query is asked, the oldest first.

    One that asks for a day: that day in this year and the four before; one that asks for a year: the
    ends of the last five that are over. Any other tells of no day, only of what is recorded: none.
    """
    if "year" in query.parameters:
        last = day.year if (day.month, day.day) == (12, 31) else day.year - 1
        return [date(year, 12, 31) for year in range(max(1, last - _YEARS + 1), last + 1)]
    if "asOf" not in query.parameters:
        return []
    # A 29 February becomes a 28th.
    earlier = 28 if (day.month, day.day) == (2, 29) else day.day
    return [*(date(day.year - ago, day.month, earlier) for ago in range(_YEARS - 1, 0, -1)), day]


def _make_measurement(revision: Readable, fact: Fact, evidence: Iterable[Evidence]) -> Measurement | None:
    value, start, end = fact.number(KP.value), fact.day(KP.periodStart), fact.day(KP.periodEnd)
    if value is None or start is None or end is None:
        return None
    return Measurement(
        iri=fact.iri,
        slug=reference_of(revision, fact.iri, None).slug,
        value=value,
        period_start=start,
        period_end=end,
        unit=fact.label(KP.unit),
        evidence=tuple(evidence),
    )


def _make_indicator(revision: Readable, fact: Fact, labels: dict[str, Label]) -> Indicator:
    def references(prop: str) -> tuple[Reference, ...]:
        return tuple(reference_of(revision, iri, labels.get(iri)) for iri in fact.iris_of(prop))

    def year(prop: str) -> int | None:
        number = fact.number(prop)
        return None if number is None else int(number)

    here = reference_of(revision, fact.iri, fact.name())
    return Indicator(
        iri=fact.iri,
        slug=here.slug,
        label=here.label,
        query="",
        definition=fact.label(SKOS.definition),
        unit=fact.label(KP.unit),
        direction=_DIRECTIONS.get(fact.text(KP.direction) or ""),
        baseline=fact.number(KP.baseline),
        baseline_year=year(KP.baselineYear),
        target=fact.number(KP.target),
        target_year=year(KP.targetYear),
        period=fact.text(KP.period),
        stage=next(iter(references(KP.stage)), None),
        objectives=references(KP.objective),
        computed_by=fact.text(KP.computedBy),
        record_ref=fact.text(KP.recordRef),
    )
