"""The activities that carry out the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rdflib import URIRef

from graph.library import load_query
from graph.model import Label, Page, Reference
from graph.model_plan import ACTIVITY_STATES, Activity, ActivityState
from graph.questions.evidence import read_evidence
from graph.questions.names import existing_iri, reference_of, thing_of
from graph.questions.paging import cut_page, in_order
from graph.questions.places import text_key
from graph.questions.projects import theme_iri
from graph.questions.reading import Fact, Readable, read_facts
from graph.questions.relations import money_of, read_names, read_themes_of
from ontology.messages import N_
from ontology.terms import KP, SKOS

__all__ = ["ActivityFilter", "activity_iri", "list_activities", "read_activities", "stage_iri"]

_ACTIVITY = N_("activity")
_STAGE = N_("stage")
_POINTS_TO = (KP.lead, KP.partner, KP.objective, KP.funding, KP.stage)


@dataclass(frozen=True)
class ActivityFilter:
    """Which activities are wanted; slugs, all open."""

    q: str | None = None
    stage: str | None = None
    theme: str | None = None
    state: ActivityState | None = None


def activity_iri(revision: Readable, slug: str) -> URIRef:
    """Return the IRI of an activity that is in the graph.

    Raises
    ------
    NotFound
        There is no such activity.
    """
    return existing_iri(revision, "activity", slug, lambda fact: fact.is_a(KP.Activity), called=_ACTIVITY)


def stage_iri(revision: Readable, slug: str) -> URIRef:
    """Return the IRI of a stage that is in the graph.

    Raises
    ------
    NotFound
        There is no such stage.
    """
    return existing_iri(revision, "stage", slug, lambda fact: fact.is_a(KP.PlanStage), called=_STAGE)


def list_activities(
    revision: Readable, wanted: ActivityFilter, as_of: date, limit: int, cursor: str | None
) -> Page[Activity]:
    """Return a page of the activities."""
    query = load_query("plan_activities").bind(
        wantedText=text_key(wanted.q),
        wantedStage=stage_iri(revision, wanted.stage) if wanted.stage else None,
        wantedTheme=theme_iri(revision, wanted.theme) if wanted.theme else None,
        wantedState=revision.iris.thing("activity-state", wanted.state) if wanted.state else None,
    )
    rows = revision.select(query)
    iris, following = cut_page("activities", in_order(rows), limit, cursor)
    return Page(tuple(read_activities(revision, iris, as_of)), len(rows), following)


def read_activities(
    revision: Readable, iris: Sequence[str], as_of: date, *, with_evidence: bool = False
) -> list[Activity]:
    """Return activities in the order of ``iris``.

    Parameters
    ----------
    as_of
        The day on which one whose end has passed is late.
    with_evidence
        Whether to read what the documents claim, too.
    """
    if not iris:
        return []
    facts = read_facts(revision, iris)
    labels = read_names(
        revision, {iri for fact in facts for prop in _POINTS_TO for iri in fact.iris_of(prop)}
    )
    themes = read_themes_of(revision, iris)
    evidence = read_evidence(revision, facts) if with_evidence else {}
    found = (_make_activity(revision, facts.of(iri), labels, as_of) for iri in iris)
    return [
        replace(a, themes=themes.get(a.iri, ()), evidence=evidence.get(a.iri, ()))
        for a in map(_complete, found)
    ]


def _make_activity(revision: Readable, fact: Fact, labels: dict[str, Label], as_of: date) -> Activity:
    def references(prop: str) -> tuple[Reference, ...]:
        return tuple(reference_of(revision, iri, labels.get(iri)) for iri in fact.iris_of(prop))

    here = reference_of(revision, fact.iri, fact.name())
    state = _state_of(revision, fact)
    end = fact.dates(KP.endText, KP.endEarliest, KP.endLatest)
    return Activity(
        iri=fact.iri,
        slug=here.slug,
        label=here.label,
        stage=next(iter(references(KP.stage)), None),
        lead=next(iter(references(KP.lead)), None),
        partners=references(KP.partner),
        objectives=references(KP.objective),
        start=fact.dates(KP.startText, KP.startEarliest, KP.startLatest),
        end=end,
        budget=money_of(fact, KP.budget),
        funding=references(KP.funding),
        state=state,
        is_late=state in ("planned", "running") and end.latest is not None and end.latest < as_of,
        note=fact.label(SKOS.note),
        record_ref=fact.text(KP.recordRef),
    )


def _state_of(revision: Readable, fact: Fact) -> ActivityState | None:
    slugs = {thing_of(revision, iri).slug for iri in fact.iris_of(KP.activityState)}
    return next((state for state in ACTIVITY_STATES if state in slugs), None)


def _complete(activity: Activity) -> Activity:
    """Return the activity with the names of what was not given; a dropped one needs nothing."""
    if activity.state == "dropped":
        return activity
    given: dict[str, object] = {
        "state": activity.state,
        "lead": activity.lead,
        "end": activity.end.is_given,
        "budget": activity.budget,
        "funding": activity.funding,
        "objectives": activity.objectives,
    }
    return replace(activity, missing=tuple(name for name, value in given.items() if not value))
