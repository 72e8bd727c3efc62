"""The plan's lists as CSV: one row a stage, an activity, an indicator."""

from collections.abc import Sequence

from api.tables import Columns, dates_columns, label_columns, money_columns
from graph.model import Reference
from graph.model_plan import Column, PlanStage

__all__ = ["ACTIVITIES", "INDICATORS", "STAGES"]


def _slugs(things: Sequence[Reference]) -> str:
    return " | ".join(thing.slug for thing in things)


def _open(stage: PlanStage, column: Column) -> int:
    return next((work.open for work in stage.open if work.column == column), 0)


STAGES: Columns = (
    ("slug", lambda stage: stage.slug),
    ("position", lambda stage: stage.position),
    *label_columns(lambda stage: stage.label),
    ("after", lambda stage: stage.after and stage.after.slug),
    ("loops_back_to", lambda stage: stage.loops_back_to and stage.loops_back_to.slug),
    ("objectives", lambda stage: len(stage.objectives)),
    ("objectives_open", lambda stage: _open(stage, "contents")),
    ("results", lambda stage: len(stage.results)),
    ("results_open", lambda stage: _open(stage, "results")),
    ("roles", lambda stage: len(stage.roles)),
    ("roles_open", lambda stage: _open(stage, "roles")),
    ("activities", lambda stage: _slugs(stage.activities)),
    ("indicators", lambda stage: _slugs(stage.indicators)),
    ("record_ref", lambda stage: stage.record_ref),
    ("iri", lambda stage: stage.iri),
)

ACTIVITIES: Columns = (
    ("slug", lambda activity: activity.slug),
    *label_columns(lambda activity: activity.label),
    ("stage", lambda activity: activity.stage and activity.stage.slug),
    ("state", lambda activity: activity.state),
    ("late", lambda activity: activity.is_late),
    ("lead", lambda activity: activity.lead and activity.lead.slug),
    *label_columns(lambda activity: activity.lead and activity.lead.label, "lead"),
    ("partners", lambda activity: _slugs(activity.partners)),
    ("themes", lambda activity: _slugs(activity.themes)),
    ("objectives", lambda activity: _slugs(activity.objectives)),
    *dates_columns("start"),
    *dates_columns("end"),
    *money_columns("budget", lambda activity: activity.budget),
    ("funding", lambda activity: _slugs(activity.funding)),
    ("not_given", lambda activity: " | ".join(activity.missing)),
    ("record_ref", lambda activity: activity.record_ref),
    ("iri", lambda activity: activity.iri),
)

INDICATORS: Columns = (
    ("slug", lambda indicator: indicator.slug),
    *label_columns(lambda indicator: indicator.label),
    *label_columns(lambda indicator: indicator.unit, "unit"),
    ("direction", lambda indicator: indicator.direction),
    ("value", lambda indicator: indicator.value),
    ("value_on", lambda indicator: indicator.value_on),
    ("baseline", lambda indicator: indicator.baseline),
    ("baseline_year", lambda indicator: indicator.baseline_year),
    ("target", lambda indicator: indicator.target),
    ("target_year", lambda indicator: indicator.target_year),
    ("deviation", lambda indicator: indicator.deviation),
    ("deviation_percent", lambda indicator: indicator.deviation_percent),
    ("state", lambda indicator: indicator.state),
    ("change", lambda indicator: indicator.change),
    ("trend", lambda indicator: indicator.trend),
    ("stage", lambda indicator: indicator.stage and indicator.stage.slug),
    ("themes", lambda indicator: _slugs(indicator.themes)),
    ("computed_by", lambda indicator: indicator.computed_by),
    ("record_ref", lambda indicator: indicator.record_ref),
    ("iri", lambda indicator: indicator.iri),
)
