"""The plan's things in the API, field by field; they mirror ``graph/model_plan.py``."""

from datetime import date as Day  # noqa: N812 (as in api/models.py)
from typing import TypeVar
from urllib.parse import urlencode

from pydantic import Field, computed_field

from api.models import (
    DatesModel,
    DocumentModel,
    EvidenceModel,
    LabelModel,
    Model,
    MoneyModel,
    ReferenceModel,
    about,
)
from graph.model_plan import ActivityState, Column, Direction, IndicatorState, Trend

__all__ = [
    "ActivityDetail", "ActivityModel", "IndicatorDetail", "IndicatorModel", "OpenWorkModel", "PlanPointModel",
    "StageDetail", "StageModel", "make_detail",
]  # fmt: skip

M = TypeVar("M", bound=Model)

_BASE = "https://w3id.org/kopru/id/"


class PlaceModel(Model):
    """Where a document says a point."""

    document: DocumentModel | None = about("Document", "The document.")
    column: Column | None = about("Column", "Column of its table.", "contents", default=None)
    position: int | None = about("Position", "Number in that column; the first is 1.", 1, default=None)
    start: int | None = about("Start", "Characters of the text before it.", 5120, default=None)
    end: int | None = about("End", "Characters of the text up to its last.", 5190, default=None)


class PlanPointModel(Model):
    """One point of a stage: an objective, an expected result or a role."""

    iri: str = about("IRI", "Address of the point.", f"{_BASE}objective/drafting-3")
    kind: str = about("Kind", "Kind in the IRI.", "objective")
    slug: str = about("Slug", "Last part of the IRI.", "drafting-3")
    column: Column = about("Column", "Which column of the plan's tables it is in.", "contents")
    position: int = about("Position", "Number in that column; the first is 1.", 3)
    label: LabelModel = about("Text", "The point, restated in both languages.")
    place: PlaceModel | None = about("Place", "Where the plan's document says it.", default=None)
    bodies: tuple[ReferenceModel, ...] = about("Bodies", "Whose role it is.", default=())
    activities: tuple[ReferenceModel, ...] = about("Activities", "Which serve it.", default=())
    indicators: tuple[ReferenceModel, ...] = about("Indicators", "Which measure it.", default=())
    proofs: tuple[ReferenceModel, ...] = about(
        "Shown by", "Activities done and indicators measured by the day asked.", default=()
    )
    evidence: tuple[EvidenceModel, ...] = about(
        "Evidence", "Claims about it beyond the plan's own text.", default=()
    )
    is_open: bool = about(
        "Open",
        "An objective without an activity, a result without evidence, a role without a body.",
        True,
    )
    note: LabelModel | None = about("Note", "Remark of the record.", default=None)
    record_ref: str | None = about("Record", "File and line.", "antalya/plan.yml:12", default=None)


class ActivityModel(Model):
    """A piece of work that carries out the plan."""

    iri: str = about("IRI", "Address of the activity.", f"{_BASE}activity/partner-survey")
    slug: str = about("Slug", "Last part of the IRI.", "partner-survey")
    label: LabelModel = about("Name", "Name in both languages.")
    stage: ReferenceModel | None = about("Stage", "Stage of the plan.", default=None)
    lead: ReferenceModel | None = about("Lead", "Who carries it out and answers for it.", default=None)
    partners: tuple[ReferenceModel, ...] = about("Partners", "Organisations and cities.", default=())
    themes: tuple[ReferenceModel, ...] = about("Themes", "What it is about.", default=())
    objectives: tuple[ReferenceModel, ...] = about(
        "Serves", "Objectives and expected results of the plan.", default=()
    )
    start: DatesModel = about("Begin", "When it begins.")
    end: DatesModel = about("End", "By when it is to be done.")
    budget: MoneyModel | None = about("Budget", "Money set aside.", default=None)
    funding: tuple[ReferenceModel, ...] = about(
        "Funding", "Grants, loans and programmes that the money comes from.", default=()
    )
    state: ActivityState | None = about("State", "As recorded; null: not recorded.", "planned", default=None)
    is_late: bool = about(
        "Late", "On the day asked its end has passed, and it is neither done nor dropped.", False
    )
    missing: tuple[str, ...] = about("Not given", "What nobody has recorded yet.", ["budget"], default=())
    note: LabelModel | None = about("Note", "Remark of the record.", default=None)
    record_ref: str | None = about("Record", "File and line.", "antalya/activities.yml:3", default=None)


class ActivityDetail(ActivityModel):
    """An activity with its evidence."""

    evidence: tuple[EvidenceModel, ...] = about("Evidence", "All claims, with their sources.", default=())
    revision: int = about("Revision", "The published revision that was read.", 3)
    as_of: Day = about("Day", "The day asked.", "2026-01-31")


class DatedValueModel(Model):
    """A value on a day."""

    day: Day = about("Day", "The day that it speaks for.", "2025-12-31")
    value: float = about("Value", "In the indicator's unit.", 9.0)


class MeasurementModel(Model):
    """The value of an indicator in one period."""

    iri: str = about("IRI", "Address of the measurement.", f"{_BASE}measurement/exchanges-2025")
    slug: str = about("Slug", "Last part of the IRI.", "exchanges-2025")
    value: float = about("Value", "In the indicator's unit.", 9.0)
    period_start: Day = about("First day", "Of the period.", "2025-01-01")
    period_end: Day = about("Last day", "Of the period.", "2025-12-31")
    unit: LabelModel | None = about("Unit", "What is counted.", default=None)
    evidence: tuple[EvidenceModel, ...] = about("Evidence", "With its sources.", default=())


class IndicatorModel(Model):
    """A quantity that shows whether the plan makes headway: value, target, deviation and trend."""

    iri: str | None = Field(
        title="IRI",
        description="Address of the indicator; null where only a query stands behind it.",
        examples=[f"{_BASE}indicator/exchanges"],
    )
    slug: str = about("Slug", "Name in addresses.", "active-networks")
    label: LabelModel = about("Name", "Name in both languages.")
    definition: LabelModel | None = about("Definition", "What is measured.", default=None)
    unit: LabelModel | None = about("Unit", "What is counted.", default=None)
    direction: Direction | None = about(
        "Direction", "Whether more or less is better.", "higher", default=None
    )
    value: float | None = about(
        "Value", "The last one measured by the day asked, or computed for it.", 9.0, default=None
    )
    value_on: Day | None = about(
        "Speaks for", "The day of the value; null: it tells what is recorded.", "2025-12-31", default=None
    )
    baseline: float | None = about("Baseline", "Where it began.", 2.0, default=None)
    baseline_year: int | None = about("Baseline's year", "The year of the baseline.", 2023, default=None)
    target: float | None = about("Target", "What it should reach; null: not set.", 12.0, default=None)
    target_year: int | None = about("Target's year", "By when.", 2029, default=None)
    deviation: float | None = about("Deviation", "Value less target, in the unit.", -3.0)
    deviation_percent: float | None = about("Deviation in %", "Of the target.", -25.0)
    state: IndicatorState = about("State", "How value and target stand to each other.", "not_reached")
    change: float | None = about("Change", "The value less the one before it.", 5.0)
    trend: Trend | None = about("Trend", "Where it went between its last two measurements.", "rising")
    trend_is_good: bool | None = about("Good trend", "Whether that is the right way.", True)
    history: tuple[DatedValueModel, ...] = about(
        "History", "Values up to the day asked, oldest first; a computed one by years.", default=()
    )
    period: str | None = about("Period", "`year`, `quarter` or `month`.", "year", default=None)
    stage: ReferenceModel | None = about("Stage", "Stage of the plan.", default=None)
    themes: tuple[ReferenceModel, ...] = about("Themes", "What it is about.", default=())
    objectives: tuple[ReferenceModel, ...] = about("Measures", "Objectives and expected results.", default=())
    computed_by: str | None = about(
        "Computed by", "Name of the query that gives the value.", "indicator_active_networks", default=None
    )
    query: str = about("Query", "SPARQL that gives the value.")
    record_ref: str | None = about("Record", "File and line.", "antalya/indicators.yml:3", default=None)

    @computed_field(  # type: ignore[prop-decorator]
        title="Query's page", description="Where the query can be run.", examples=["/sparql?query=SELECT+…"]
    )
    @property
    def query_url(self) -> str:
        """Where the query can be run."""
        return f"/sparql?{urlencode({'query': self.query})}"


class IndicatorDetail(IndicatorModel):
    """An indicator with its measurements."""

    measurements: tuple[MeasurementModel, ...] = about("Measurements", "Oldest first.", default=())
    revision: int = about("Revision", "The published revision that was read.", 3)
    as_of: Day = about("Day", "The day asked.", "2026-01-31")


class OpenWorkModel(Model):
    """How much of one column is open."""

    column: Column = about("Column", "Of the plan's tables.", "results")
    open: int = about("Open", "Points that are open on the day asked.", 2)
    total: int = about("Points", "All points of the column.", 2)


class StageModel(Model):
    """A stage of the plan with its points."""

    iri: str = about("IRI", "Address of the stage.", f"{_BASE}stage/drafting")
    slug: str = about("Slug", "Last part of the IRI.", "drafting")
    label: LabelModel = about("Name", "Name in both languages.")
    position: int = about("Position", "Number in the plan; the first is 1.", 3)
    plan: ReferenceModel | None = about("Plan", "The plan it belongs to.", default=None)
    after: ReferenceModel | None = about("After", "The stage before it.", default=None)
    loops_back_to: ReferenceModel | None = about(
        "Loops back to", "The stage that is taken up again; set for a recurring review.", default=None
    )
    objectives: tuple[PlanPointModel, ...] = about("Objectives", "What is to be done.")
    results: tuple[PlanPointModel, ...] = about("Expected results", "What should come of it.")
    roles: tuple[PlanPointModel, ...] = about("Roles", "Who has which part.")
    open: tuple[OpenWorkModel, ...] = about("Open", "How much is open, by column.")
    activities: tuple[ActivityModel, ...] = about("Activities", "Of this stage.")
    indicators: tuple[ReferenceModel, ...] = about("Indicators", "Of this stage.")
    note: LabelModel | None = about("Note", "Remark of the record.", default=None)
    record_ref: str | None = about("Record", "File and line.", "antalya/plan.yml:4", default=None)


class StageDetail(StageModel):
    """One stage."""

    revision: int = about("Revision", "The published revision that was read.", 3)
    as_of: Day = about("Day", "The day asked.", "2026-01-31")


def make_detail(model: type[M], value: object, revision: int, as_of: Day) -> M:
    """Return one thing with what it tells only when asked (its properties), the revision and the day."""
    facts = {name: getattr(value, name) for name in model.model_fields if hasattr(value, name)}
    return model.model_validate({**facts, "revision": revision, "as_of": as_of})
