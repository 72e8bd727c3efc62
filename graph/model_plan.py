"""What questions about the plan answer: frozen values, as in ``graph/model.py``.

A plan has stages; a stage has points (objectives, expected results, roles), activities and
indicators. What nobody has recorded yet is ``None`` or empty, and counted as open: nothing here
fills a gap. ``kind`` is the kind in the IRI, so that a page can lead to each thing.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal, get_args

from graph.model import Dates, Document, Evidence, Label, Money, Reference

__all__ = [
    "ACTIVITY_STATES", "COLUMNS", "INDICATOR_STATES", "Activity", "ActivityState", "Column", "DatedValue",
    "Direction", "Indicator", "IndicatorState", "Measurement", "OpenWork", "Place", "Plan", "PlanPoint",
    "PlanStage", "Trend",
]  # fmt: skip

ActivityState = Literal["planned", "running", "done", "dropped"]
IndicatorState = Literal["reached", "not_reached", "no_target", "not_measured"]
Direction = Literal["higher", "lower"]
#: How a value moved between its last two measurements.
Trend = Literal["rising", "falling", "steady"]
#: The columns of the plan's tables.
Column = Literal["contents", "results", "roles"]

ACTIVITY_STATES: tuple[ActivityState, ...] = get_args(ActivityState)
INDICATOR_STATES: tuple[IndicatorState, ...] = get_args(IndicatorState)
COLUMNS: tuple[Column, ...] = get_args(Column)


@dataclass(frozen=True)
class Plan:
    """The plan that the stages belong to; ``legal_basis`` are the laws that it rests on."""

    iri: str
    slug: str
    label: Label
    start: Dates = field(default_factory=Dates)
    end: Dates = field(default_factory=Dates)
    legal_basis: Label | None = None
    kind: ClassVar[str] = "plan"


@dataclass(frozen=True)
class Place:
    """Where a document says a point: column, position in it, and characters of the text (if read)."""

    document: Document | None
    column: Column | None = None
    position: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class PlanPoint:
    """One point of a stage, restated in our words.

    ``bodies`` are those whose role it is. ``activities`` and ``indicators`` name it as what they
    serve or measure. ``proofs`` are the activities that show that it came about: done, and documented.
    ``evidence`` are claims about it beyond the plan's own text. ``is_open``: an objective without an
    activity, a result without a proof or evidence, a role without a body.
    """

    iri: str
    kind: str
    slug: str
    column: Column
    position: int
    label: Label
    stage: str
    place: Place | None = None
    bodies: tuple[Reference, ...] = ()
    activities: tuple[Reference, ...] = ()
    indicators: tuple[Reference, ...] = ()
    proofs: tuple[Reference, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: Label | None = None
    record_ref: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do or to record for it."""
        if self.column == "contents":
            return not self.activities
        return not (self.proofs or self.evidence) if self.column == "results" else not self.bodies


@dataclass(frozen=True)
class Activity:
    """A piece of work that carries out the plan.

    ``state`` is as recorded. ``is_late``: on the day asked its end has passed, and it is neither done
    nor dropped. ``missing`` names what has not been given (``lead``, ``end``, ``budget`` …).
    """

    iri: str
    slug: str
    label: Label
    stage: Reference | None = None
    lead: Reference | None = None
    partners: tuple[Reference, ...] = ()
    themes: tuple[Reference, ...] = ()
    objectives: tuple[Reference, ...] = ()
    start: Dates = field(default_factory=Dates)
    end: Dates = field(default_factory=Dates)
    budget: Money | None = None
    funding: tuple[Reference, ...] = ()
    state: ActivityState | None = None
    is_late: bool = False
    missing: tuple[str, ...] = ()
    note: Label | None = None
    record_ref: str | None = None
    evidence: tuple[Evidence, ...] = ()
    kind: ClassVar[str] = "activity"


@dataclass(frozen=True)
class DatedValue:
    """A value on a day, as the trend is drawn from it."""

    day: datetime.date
    value: Decimal


@dataclass(frozen=True)
class Measurement:
    """The value of an indicator in one period; both days belong to it."""

    iri: str
    slug: str
    value: Decimal
    period_start: datetime.date
    period_end: datetime.date
    unit: Label | None = None
    evidence: tuple[Evidence, ...] = ()
    kind: ClassVar[str] = "measurement"


@dataclass(frozen=True)
class Indicator:
    """A quantity that shows whether the plan makes headway.

    ``value`` is the last measured one on the day asked, or what the query ``computed_by`` answers for
    that day; ``value_on`` is the day that it speaks for (``None``: for no day, but for what is recorded).
    ``history`` are the values before and with it,
    oldest first. ``query`` is the SPARQL that gives the value, ``iri`` is ``None`` where only a query
    and no record stands behind the indicator.
    """

    iri: str | None
    slug: str
    label: Label
    query: str
    definition: Label | None = None
    unit: Label | None = None
    direction: Direction | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    period: str | None = None
    stage: Reference | None = None
    themes: tuple[Reference, ...] = ()
    objectives: tuple[Reference, ...] = ()
    computed_by: str | None = None
    value: Decimal | None = None
    value_on: datetime.date | None = None
    history: tuple[DatedValue, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    record_ref: str | None = None
    kind: ClassVar[str] = "indicator"

    @property
    def deviation(self) -> Decimal | None:
        """Value less target, in the indicator's unit."""
        return None if self.value is None or self.target is None else self.value - self.target

    @property
    def deviation_percent(self) -> Decimal | None:
        """The deviation in percent of the target, to one decimal; ``None`` for a target of zero.

        Examples
        --------
        >>> name = Label("Ortak", "Partners")
        >>> Indicator(None, "a", name, "", value=Decimal(9), target=Decimal(12)).deviation_percent
        Decimal('-25.0')
        """
        if self.deviation is None or not self.target:
            return None
        return (100 * self.deviation / abs(self.target)).quantize(Decimal("0.1"))

    @property
    def state(self) -> IndicatorState:
        """How value and target stand to each other; a target without a direction is reached from below."""
        if self.value is None:
            return "not_measured"
        if self.deviation is None:
            return "no_target"
        ahead = -self.deviation if self.direction == "lower" else self.deviation
        return "reached" if ahead >= 0 else "not_reached"

    @property
    def change(self) -> Decimal | None:
        """The last value less the one before it."""
        return self.history[-1].value - self.history[-2].value if len(self.history) > 1 else None

    @property
    def trend(self) -> Trend | None:
        """Where the value went between its last two measurements."""
        if self.change is None:
            return None
        return "rising" if self.change > 0 else "falling" if self.change < 0 else "steady"

    @property
    def trend_is_good(self) -> bool | None:
        """Whether it went the right way; ``None`` when it stood still or no direction is set."""
        if self.trend in (None, "steady") or self.direction is None:
            return None
        return (self.trend == "rising") == (self.direction == "higher")


@dataclass(frozen=True)
class OpenWork:
    """How many points of one column are open, and how many there are."""

    column: Column
    open: int
    total: int


@dataclass(frozen=True)
class PlanStage:
    """A stage of the plan with its points, in their order, and what is done for it.

    ``after`` is the stage before it; ``loops_back_to`` is set for the recurring review only.
    """

    iri: str
    slug: str
    label: Label
    position: int
    plan: Reference | None = None
    after: Reference | None = None
    loops_back_to: Reference | None = None
    points: tuple[PlanPoint, ...] = ()
    activities: tuple[Activity, ...] = ()
    indicators: tuple[Reference, ...] = ()
    note: Label | None = None
    record_ref: str | None = None
    kind: ClassVar[str] = "stage"

    def points_in(self, column: Column) -> tuple[PlanPoint, ...]:
        """Return the points of one column."""
        return tuple(point for point in self.points if point.column == column)

    @property
    def objectives(self) -> tuple[PlanPoint, ...]:
        """What is to be done."""
        return self.points_in("contents")

    @property
    def results(self) -> tuple[PlanPoint, ...]:
        """What should come of it."""
        return self.points_in("results")

    @property
    def roles(self) -> tuple[PlanPoint, ...]:
        """Who has which part."""
        return self.points_in("roles")

    @property
    def open(self) -> tuple[OpenWork, ...]:
        """What is open, by column; a column without points is left out."""
        columns = ((column, self.points_in(column)) for column in COLUMNS)
        return tuple(
            OpenWork(column, sum(point.is_open for point in points), len(points))
            for column, points in columns
            if points
        )
