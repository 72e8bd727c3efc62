"""Synergy gaps for programs: what a city's relations leave unused, with evidence."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.dependencies import AsOfDep, RevisionDep, ThemeFilterDep
from api.models_gaps import GapsModel, to_gaps
from api.recommenders import Recommenders
from graph.gaps.model import GapKind
from graph.gaps.service import DEFAULT_YEARS, Wanted, find_gaps
from graph.questions.places import city_iri
from graph.questions.projects import theme_iri

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["gaps"])

KindsDep = Annotated[
    list[GapKind] | None,
    Query(
        alias="kind",
        title="Kinds",
        description="Only these kinds; may be repeated.",
        examples=[["dormant_partner"]],
    ),
]
PerKindDep = Annotated[
    int,
    Query(alias="limit", ge=1, le=200, title="Number", description="Findings of each kind.", examples=[10]),
]
YearsDep = Annotated[
    int,
    Query(
        ge=1,
        le=50,
        title="Years",
        description="After so many without anything a partner is dormant.",
        examples=[DEFAULT_YEARS],
    ),
]


@router.get("/cities/{slug}/gaps", summary="What a city's relations leave unused, with evidence")
def list_gaps(  # noqa: PLR0913 (the parameters of an address)
    slug: str,
    request: Request,
    revision: RevisionDep,
    as_of: AsOfDep,
    kind: KindsDep = None,
    theme: ThemeFilterDep = None,
    limit: PerKindDep = 10,
    years: YearsDep = DEFAULT_YEARS,
) -> GapsModel:
    """Return findings by kind, the biggest first.

    What is not recorded may still be there: `widen` says what would widen the view, and is to be read
    first. Each finding names the relations that it rests on, a query that lists what it was made from, and
    who would close it.
    """
    city_iri(revision, slug)
    wanted = Wanted(tuple(kind or ()), str(theme_iri(revision, theme)) if theme else None, limit, years)
    kept: Recommenders = request.app.state.recommenders
    recommender = kept.of(revision, as_of)
    found = find_gaps(revision, recommender.projection, slug, wanted, recommender)
    return to_gaps(found, revision=revision.info.number)
