"""What the plan's page shows: the way through the stages, the board, open work, indicators."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph.model import Label
from graph.model_plan import (
    COLUMNS,
    Activity,
    ActivityState,
    Column,
    DatedValue,
    Indicator,
    IndicatorState,
    OpenWork,
    Plan,
    PlanPoint,
    PlanStage,
    Trend,
)
from graph.questions.plan import PlanQuestions
from ontology.messages import N_, Language, translate
from ontology.text import sort_key
from viz.formats import format_date_text, format_day, format_number
from viz.sparks import Spark, draw_spark

__all__ = ["PlanPage", "ask_plan"]

STATE_LABELS: dict[ActivityState, str] = {
    "planned": N_("Planned"),
    "running": N_("Running"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}
INDICATOR_LABELS: dict[IndicatorState, str] = {
    "reached": N_("Target reached"),
    "not_reached": N_("Target not reached yet"),
    "no_target": N_("No target set yet"),
    "not_measured": N_("Not measured yet"),
}
COLUMN_TITLES: dict[Column, str] = {
    "contents": N_("What is to be done"),
    "roles": N_("By whom"),
    "results": N_("What should come of it"),
}
OPEN_LABELS: dict[Column, str] = {
    "contents": N_("objectives without an activity"),
    "results": N_("expected results without evidence"),
    "roles": N_("roles without a body"),
}
OPEN_ONE: dict[Column, str] = {
    "contents": N_("objective without an activity"),
    "results": N_("expected result without evidence"),
    "roles": N_("role without a body"),
}
#: Where a record closes such a gap.
OPEN_FILES: dict[Column, str] = {
    "contents": "activities.yml",
    "results": "activities.yml",
    "roles": "plan.yml",
}
MISSING_LABELS: dict[str, str] = {
    "state": N_("state"),
    "lead": N_("lead"),
    "end": N_("deadline"),
    "budget": N_("budget"),
    "funding": N_("funding"),
    "objectives": N_("objective"),
}
TREND_LABELS: dict[Trend, str] = {
    "rising": N_("rising"),
    "falling": N_("falling"),
    "steady": N_("unchanged"),
}
#: The order in which the board tells a stage.
BOARD: tuple[Column, ...] = ("contents", "roles", "results")


@dataclass(frozen=True)
class Total:
    """The open points of one column in all stages, and the query that lists them."""

    work: OpenWork
    query: str


@dataclass(frozen=True)
class Row:
    """An indicator with its drawing and the queries behind its numbers."""

    indicator: Indicator
    spark: Spark | None
    target_query: str | None

    def course(self, language: Language) -> str:
        """Return the drawing's values in words."""
        return "; ".join(
            f"{self.when(point, language)}: {self.figure(point.value, language)}"
            for point in self.indicator.history
        )

    def when(self, point: DatedValue, language: Language) -> str:
        """Return what a value speaks for: a period, or a day where the value is computed for it."""
        day, period = point.day, self.indicator.period
        if (day.month, day.day) == (12, 31) and period in (None, "year"):
            return str(day.year)
        if period == "quarter":
            return translate(N_("Q{quarter} {year}"), language, quarter=(day.month + 2) // 3, year=day.year)
        if period == "month":
            return format_date_text(f"{day:%Y-%m}", language)
        return format_day(day, language, "medium")

    def now(self, language: Language) -> str:
        """Return what the value speaks for."""
        history = self.indicator.history
        return self.when(history[-1], language) if history else translate(N_("as recorded"), language)

    @property
    def unit(self) -> Label | None:
        """The unit to be written beside a figure; a percentage has its sign in the figure."""
        return None if self._is_share else self.indicator.unit

    @property
    def _is_share(self) -> bool:
        return self.indicator.unit is not None and self.indicator.unit.en == "%"

    def figure(self, number: Decimal, language: Language) -> str:
        """Return a value of the indicator."""
        written = format_number(number, language)
        return _percent(written, language) if self._is_share else written

    def signed(self, number: Decimal, language: Language, *, percent: bool = False) -> str:
        """Return a difference with its sign; a true minus, as print has it."""
        sign = "+" if number > 0 else "−" if number < 0 else "±"
        written = format_number(abs(number), language)
        return sign + (_percent(written, language) if percent else written)


def _percent(number: str, language: Language) -> str:
    """Return a percentage; Turkish writes its sign before the number."""
    return f"%{number}" if language == "tr" else f"{number}%"


@dataclass(frozen=True)
class PlanPage:
    """Everything on the plan's page; templates only write it."""

    plan: Plan | None
    stages: tuple[PlanStage, ...]
    reviews: tuple[PlanStage, ...]
    totals: tuple[Total, ...]
    activities: tuple[Activity, ...]
    rows: tuple[Row, ...]
    open_queries: dict[tuple[str, Column], str]

    @property
    def points(self) -> tuple[PlanPoint, ...]:
        """All points of all stages."""
        return tuple(point for stage in (*self.stages, *self.reviews) for point in stage.points)

    @property
    def sheets(self) -> tuple[PlanStage, ...]:
        """What the board shows: all stages, and a review that has something of its own."""
        return (*self.stages, *(review for review in self.reviews if review.points or review.activities))

    @property
    def late(self) -> tuple[Activity, ...]:
        """Activities whose end has passed."""
        return tuple(activity for activity in self.activities if activity.is_late)

    @property
    def without_target(self) -> tuple[Row, ...]:
        """Indicators that nobody has set a target for."""
        return tuple(row for row in self.rows if row.indicator.target is None)

    @property
    def with_query_only(self) -> tuple[Row, ...]:
        """Indicators that are computed and have no record."""
        return tuple(row for row in self.rows if row.indicator.iri is None)

    def rows_in(self, language: Language) -> list[Row]:
        """Return the indicators in the order of their names in a language, those with a target first."""
        return sorted(
            self.rows,
            key=lambda row: (row.indicator.target is None, sort_key(row.indicator.label.get(language))),
        )

    def open_in(self, stage: PlanStage) -> int:
        """Return how many points of a stage are open."""
        return sum(work.open for work in stage.open)

    def query_of(self, stage: PlanStage, column: Column) -> str:
        """Return the query that lists the open points of a stage's column."""
        return self.open_queries[stage.slug, column]

    def station_of(self, review: PlanStage) -> int | None:
        """Return the number of the stage that a review leads back to."""
        target = review.loops_back_to
        return next((s.position for s in self.stages if target and s.iri == target.iri), None)


def ask_plan(questions: PlanQuestions, as_of: date) -> PlanPage:
    """Ask the graph for all that the plan's page shows."""
    stages = questions.stages(as_of=as_of, limit=1000).items
    indicators = questions.indicators(as_of=as_of, limit=1000).items
    return PlanPage(
        plan=questions.plan(),
        stages=tuple(stage for stage in stages if stage.loops_back_to is None),
        reviews=tuple(stage for stage in stages if stage.loops_back_to is not None),
        totals=tuple(
            Total(work, questions.open_query(work.column)) for work in _sum_up(stages) if work.total
        ),
        activities=questions.activities(as_of=as_of, limit=1000).items,
        rows=tuple(
            Row(one, draw_spark(one.history, one.target), questions.target_query(one)) for one in indicators
        ),
        open_queries={
            (stage.slug, work.column): questions.open_query(work.column, stage=stage.iri)
            for stage in stages
            for work in stage.open
        },
    )


def _sum_up(stages: tuple[PlanStage, ...]) -> list[OpenWork]:
    parts = [work for stage in stages for work in stage.open]
    return [
        OpenWork(
            column,
            sum(work.open for work in parts if work.column == column),
            sum(work.total for work in parts if work.column == column),
        )
        for column in COLUMNS
    ]
