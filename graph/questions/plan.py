"""The questions about the plan under one roof: its stages, activities and indicators."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rdflib import URIRef

from graph.library import Query, load_query
from graph.model import Label, Page, Reference
from graph.model_plan import (
    Activity,
    ActivityState,
    Column,
    Indicator,
    IndicatorState,
    Plan,
    PlanPoint,
    PlanStage,
)
from graph.questions.names import reference_of
from graph.questions.paging import cut_page, in_order
from graph.questions.places import text_key
from graph.questions.plan_activities import (
    ActivityFilter,
    activity_iri,
    list_activities,
    read_activities,
    stage_iri,
)
from graph.questions.plan_indicators import (
    IndicatorFilter,
    Where,
    get_indicator,
    list_computed,
    list_indicators,
)
from graph.questions.plan_points import read_points
from graph.questions.reading import Fact, Readable, read_facts
from graph.questions.relations import read_names
from ontology.terms import KP, PPLAN, SKOS

__all__ = ["PlanQuestions"]

_OPEN_QUERIES: dict[Column, str] = {
    "contents": "plan_open_objectives",
    "results": "plan_open_results",
    "roles": "plan_open_roles",
}


class PlanQuestions:
    """Questions about the plan to one revision.

    ``as_of`` is the day for which indicators have a value and on which an activity may be late.

    Parameters
    ----------
    city
        Slug of the city for which computed indicators are asked.
    computed
        The queries that are indicators; without them those of ``graph/queries``.

    Raises
    ------
    NotFound
        A slug that is not in the graph.
    BadParameter
        A cursor that was not given out by the same list.
    """

    def __init__(self, revision: Readable, city: str, computed: tuple[Query, ...] | None = None) -> None:
        self.revision = revision
        self.city = city
        self.computed = list_computed() if computed is None else computed

    def plan(self) -> Plan | None:
        """Return the plan that the stages belong to, or ``None`` when there are no stages."""
        none = load_query("plan_stages").bind(wantedText=None)
        facts = read_facts(self.revision, [str(row["item"]) for row in self.revision.select(none)])
        plans = sorted({iri for fact in facts for iri in fact.iris_of(PPLAN.isStepOfPlan)})
        if not plans:
            return None
        fact = read_facts(self.revision, plans[:1]).of(plans[0])
        here = reference_of(self.revision, fact.iri, fact.name())
        return Plan(
            iri=fact.iri,
            slug=here.slug,
            label=here.label,
            start=fact.dates(KP.startText, KP.startEarliest, KP.startLatest),
            end=fact.dates(KP.endText, KP.endEarliest, KP.endLatest),
            legal_basis=fact.label(KP.legalBasis),
        )

    def stages(
        self, *, as_of: date, q: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> Page[PlanStage]:
        """List stages in their order; ``q`` is found in their names and in those of their points."""
        rows = self.revision.select(load_query("plan_stages").bind(wantedText=text_key(q)))
        iris, following = cut_page("stages", in_order(rows), limit, cursor)
        return Page(tuple(self._read_stages(iris, as_of)), len(rows), following)

    def stage(self, slug: str, *, as_of: date) -> PlanStage:
        """Return one stage."""
        return self._read_stages([str(stage_iri(self.revision, slug))], as_of)[0]

    def activities(  # noqa: PLR0913 (the filters of a list, by keyword only)
        self,
        *,
        as_of: date,
        q: str | None = None,
        stage: str | None = None,
        theme: str | None = None,
        state: ActivityState | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Activity]:
        """List activities; ``theme`` includes narrower themes."""
        wanted = ActivityFilter(q, stage, theme, state)
        return list_activities(self.revision, wanted, as_of, limit, cursor)

    def activity(self, slug: str, *, as_of: date) -> Activity:
        """Return one activity with its evidence."""
        iri = str(activity_iri(self.revision, slug))
        return read_activities(self.revision, [iri], as_of, with_evidence=True)[0]

    def indicators(  # noqa: PLR0913 (the filters of a list, by keyword only)
        self,
        *,
        as_of: date,
        q: str | None = None,
        stage: str | None = None,
        theme: str | None = None,
        state: IndicatorState | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Indicator]:
        """List indicators, recorded and computed; only recorded ones have a stage or a theme."""
        wanted = IndicatorFilter(q, stage, theme, state)
        return list_indicators(self.revision, wanted, self._where(as_of), limit, cursor)

    def indicator(self, slug: str, *, as_of: date) -> Indicator:
        """Return one indicator with its measurements and their evidence."""
        return get_indicator(self.revision, slug, self._where(as_of))

    def open_query(self, column: Column, *, stage: str | None = None) -> str:
        """Return the SPARQL that lists the open points of a column, of one stage (its IRI) or of all."""
        query = load_query(_OPEN_QUERIES[column])
        here = replace(query, text=query.rebased(self.revision.iris))
        return here.bind(stage=URIRef(stage) if stage else None)

    def target_query(self, indicator: Indicator) -> str | None:
        """Return the SPARQL that gives baseline and target of a recorded indicator."""
        return load_query("plan_targets").bind(indicator=URIRef(indicator.iri)) if indicator.iri else None

    def _where(self, as_of: date) -> Where:
        return Where(self.city, as_of, self.computed)

    def _read_stages(self, iris: Sequence[str], as_of: date) -> list[PlanStage]:
        if not iris:
            return []
        facts = read_facts(self.revision, iris)
        props = (PPLAN.isStepOfPlan, PPLAN.isPrecededBy, KP.loopsBackTo)
        labels = read_names(
            self.revision, {i for fact in facts for prop in props for i in fact.iris_of(prop)}
        )
        points = read_points(self.revision, iris)
        activities = self._activities_by_stage(as_of)
        indicators = self._indicators_by_stage()
        return [
            _make_stage(
                self.revision, facts.of(iri), labels, points.get(iri, ()), activities[iri], indicators[iri]
            )
            for iri in iris
        ]

    def _activities_by_stage(self, as_of: date) -> dict[str, list[Activity]]:
        found: dict[str, list[Activity]] = defaultdict(list)
        everything = dict.fromkeys(("wantedText", "wantedStage", "wantedTheme", "wantedState"))
        rows = self.revision.select(load_query("plan_activities").bind(**everything))
        for activity in read_activities(self.revision, [str(row["item"]) for row in rows], as_of):
            if activity.stage:
                found[activity.stage.iri].append(activity)
        return found

    def _indicators_by_stage(self) -> dict[str, list[Reference]]:
        found: dict[str, list[Reference]] = defaultdict(list)
        everything = dict.fromkeys(("wantedText", "wantedStage", "wantedTheme"))
        rows = self.revision.select(load_query("plan_indicators").bind(**everything))
        for fact in read_facts(self.revision, [str(row["item"]) for row in rows]):
            for stage in fact.iris_of(KP.stage):
                found[stage].append(reference_of(self.revision, fact.iri, fact.name()))
        return found


def _make_stage(  # noqa: PLR0913 (the parts of a stage)
    revision: Readable,
    fact: Fact,
    labels: dict[str, Label],
    points: tuple[PlanPoint, ...],
    activities: Sequence[Activity],
    indicators: Sequence[Reference],
) -> PlanStage:
    def reference(prop: str) -> Reference | None:
        iri = next(iter(fact.iris_of(prop)), None)
        return reference_of(revision, iri, labels.get(iri)) if iri else None

    here = reference_of(revision, fact.iri, fact.name())
    return PlanStage(
        iri=fact.iri,
        slug=here.slug,
        label=here.label,
        position=int(fact.number(KP.position) or 0),
        plan=reference(PPLAN.isStepOfPlan),
        after=reference(PPLAN.isPrecededBy),
        loops_back_to=reference(KP.loopsBackTo),
        points=points,
        activities=tuple(activities),
        indicators=tuple(indicators),
        note=fact.label(SKOS.note),
        record_ref=fact.text(KP.recordRef),
    )
