"""The plan as lists: its stages, activities and indicators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.answers import ListModel
from api.dependencies import AsOfDep, QDep, QuestionsDep, RevisionDep, SettingsDep, ThemeFilterDep
from api.lists import ListingDep
from api.models_plan import (
    ActivityDetail,
    ActivityModel,
    IndicatorDetail,
    IndicatorModel,
    StageDetail,
    StageModel,
    make_detail,
)
from api.tables_plan import ACTIVITIES, INDICATORS, STAGES
from graph.model import Page
from graph.model_plan import Activity, ActivityState, Indicator, IndicatorState, PlanStage
from graph.questions.plan import PlanQuestions

__all__ = ["PlanDep", "router"]

router = APIRouter(prefix="/api/v1/plan", tags=["plan"])


def _plan(questions: QuestionsDep, settings: SettingsDep) -> PlanQuestions:
    return questions.plan(settings.city)


#: The questions about the plan; computed indicators are those of the city of the settings.
PlanDep = Annotated[PlanQuestions, Depends(_plan)]
StageFilterDep = Annotated[
    str | None,
    Query(
        max_length=200, title="Stage", description="Slug of a stage of the plan.", examples=["implementation"]
    ),
]
ActivityStateDep = Annotated[
    ActivityState | None, Query(title="State", description="Only in this state.", examples=["running"])
]
IndicatorStateDep = Annotated[
    IndicatorState | None,
    Query(
        title="State", description="Only those whose value stands so to its target.", examples=["not_reached"]
    ),
]
StageTextDep = Annotated[
    str | None,
    Query(
        max_length=200,
        title="Search",
        description="Words in the name of a stage or in one of its points, in any language and writing.",
        examples=["committee"],
    ),
]


@router.get("/stages", summary="List the plan's stages", response_model=ListModel[StageModel])
@router.get("/stages.csv", include_in_schema=False)
def list_stages(listing: ListingDep, plan: PlanDep, as_of: AsOfDep, q: StageTextDep = None) -> Response:
    """List stages in their order with objectives, expected results, roles, activities, and what is open."""

    def find(limit: int, cursor: str | None) -> Page[PlanStage]:
        return plan.stages(q=q, as_of=as_of, limit=limit, cursor=cursor)

    return listing.answer("plan-stages", find, StageModel, STAGES)


@router.get("/stages/{slug}", summary="One stage of the plan")
def read_stage(slug: str, plan: PlanDep, revision: RevisionDep, as_of: AsOfDep) -> StageDetail:
    """Return a stage with its points, where the plan says them, its activities, and what is open."""
    return make_detail(StageDetail, plan.stage(slug, as_of=as_of), revision.info.number, as_of)


@router.get("/activities", summary="List the plan's activities", response_model=ListModel[ActivityModel])
@router.get("/activities.csv", include_in_schema=False)
def list_activities(  # noqa: PLR0913 (the parameters of an address)
    listing: ListingDep,
    plan: PlanDep,
    as_of: AsOfDep,
    q: QDep = None,
    stage: StageFilterDep = None,
    theme: ThemeFilterDep = None,
    state: ActivityStateDep = None,
) -> Response:
    """List activities in the order of the Turkish alphabet."""

    def find(limit: int, cursor: str | None) -> Page[Activity]:
        return plan.activities(
            q=q, stage=stage, theme=theme, state=state, as_of=as_of, limit=limit, cursor=cursor
        )

    return listing.answer("plan-activities", find, ActivityModel, ACTIVITIES)


@router.get("/activities/{slug}", summary="One activity with its evidence")
def read_activity(slug: str, plan: PlanDep, revision: RevisionDep, as_of: AsOfDep) -> ActivityDetail:
    """Return an activity with what each document claims of it."""
    return make_detail(ActivityDetail, plan.activity(slug, as_of=as_of), revision.info.number, as_of)


@router.get("/indicators", summary="List the plan's indicators", response_model=ListModel[IndicatorModel])
@router.get("/indicators.csv", include_in_schema=False)
def list_indicators(  # noqa: PLR0913 (the parameters of an address)
    listing: ListingDep,
    plan: PlanDep,
    as_of: AsOfDep,
    q: QDep = None,
    stage: StageFilterDep = None,
    theme: ThemeFilterDep = None,
    state: IndicatorStateDep = None,
) -> Response:
    """List indicators with value, target, deviation and trend; each names the query behind its value."""

    def find(limit: int, cursor: str | None) -> Page[Indicator]:
        return plan.indicators(
            q=q, stage=stage, theme=theme, state=state, as_of=as_of, limit=limit, cursor=cursor
        )

    return listing.answer("plan-indicators", find, IndicatorModel, INDICATORS)


@router.get("/indicators/{slug}", summary="One indicator with its measurements")
def read_indicator(slug: str, plan: PlanDep, revision: RevisionDep, as_of: AsOfDep) -> IndicatorDetail:
    """Return an indicator, its measurements with their sources, and the query behind its value."""
    return make_detail(IndicatorDetail, plan.indicator(slug, as_of=as_of), revision.info.number, as_of)
