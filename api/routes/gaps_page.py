"""The pages of gaps: all findings, and one theme."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.dependencies import AsOfDep, RevisionDep, SettingsDep
from api.recommenders import Recommenders
from api.routes.gaps import KindsDep, YearsDep
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.gaps.service import DEFAULT_YEARS, Wanted, find_gaps, find_theme
from graph.questions.places import city_iri
from graph.questions.projects import theme_iri
from viz import gaps as words
from viz.gaps import ask_gaps, ask_theme

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

#: Findings of each kind: beside other kinds, and when one kind alone is asked for.
_FEW, _ALL = 6, 200


@router.get("/gaps")
def read_gaps(  # noqa: PLR0913 (what a page is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    settings: SettingsDep,
    as_of: AsOfDep,
    kind: KindsDep = None,
    years: YearsDep = DEFAULT_YEARS,
) -> Response:
    """Return what the city's relations leave unused."""
    city_iri(revision, settings.city)
    wanted = Wanted(tuple(kind or ()), None, _ALL if kind else _FEW, years)
    kept: Recommenders = request.app.state.recommenders
    recommender = kept.of(revision, as_of)
    found = find_gaps(revision, recommender.projection, settings.city, wanted, recommender)
    page = ask_gaps(revision, found)
    return make_page(pages, "gaps.html", reader, page=page, words=words, years=years, chosen=bool(kind))


@router.get("/gaps/themes/{slug}")
def read_theme(  # noqa: PLR0913 (what a page is made of)
    slug: str,
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    settings: SettingsDep,
    as_of: AsOfDep,
) -> Response:
    """Return what ties the city to one theme, and who would close what lacks."""
    theme = str(theme_iri(revision, slug))
    kept: Recommenders = request.app.state.recommenders
    recommender = kept.of(revision, as_of)
    ties, gap = find_theme(revision, recommender.projection, settings.city, theme, recommender)
    page = ask_theme(revision, ties, gap, as_of)
    return make_page(pages, "gap_theme.html", reader, page=page, words=words)
