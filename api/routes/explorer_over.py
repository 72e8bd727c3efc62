"""Overlays of the explorer: fragments of a page with what the picture is to mark."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from api.dependencies import RevisionDep, SettingsDep
from api.recommenders import Recommenders
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.gaps.service import Wanted, find_gaps
from graph.neighbours import find_thing
from graph.recommendation.service import Asked, Recommender
from graph.revision import Revision
from ontology.errors import BadParameter
from ontology.messages import N_, Phrase
from viz.over import group_gaps, mark_gaps, mark_partners
from viz.pages import Reader
from viz.start import embed_json

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_PARTNERS, _PER_KIND = 10, 6
StartDep = Annotated[str, Query(max_length=400)]


def _city_of(revision: Revision, start: str, home: str) -> str:
    """Return the slug of the city in the middle: only of cities is anything recommended."""
    found = find_thing(revision, start or f"city/{home}")
    if found.kind != "city":
        raise BadParameter(value=start, name="start", remedy=Phrase(N_("begin with a city")))
    return found.slug


def _recommender(request: Request, revision: Revision, reader: Reader) -> Recommender:
    kept: Recommenders = request.app.state.recommenders
    return kept.of(revision, reader.as_of)


@router.get("/explore/over/partners")
def show_partners(  # noqa: PLR0913 (what a fragment is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    settings: SettingsDep,
    start: StartDep = "",
) -> Response:
    """Return whom the ranking puts first, and whom they are tied to in the picture."""
    slug = _city_of(revision, start, settings.city)
    found = _recommender(request, revision, reader).recommend(slug, Asked(limit=_PARTNERS))
    marks = embed_json(mark_partners(found, reader.language))
    return make_page(pages, "explore_partners.html", reader, found=found, slug=slug, marks=marks)


@router.get("/explore/over/gaps")
def show_gaps(  # noqa: PLR0913 (what a fragment is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    settings: SettingsDep,
    start: StartDep = "",
) -> Response:
    """Return what a city's relations leave unused, and where it stands in the picture."""
    slug = _city_of(revision, start, settings.city)
    recommender = _recommender(request, revision, reader)
    found = find_gaps(revision, recommender.projection, slug, Wanted(limit=_PER_KIND), recommender)
    marks = embed_json(mark_gaps(found))
    return make_page(pages, "explore_gaps.html", reader, found=found, groups=group_gaps(found), marks=marks)
