"""The pages of gaps: all findings, and one theme."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from api.routes.gaps import KindsDep, YearsDep
from api.routes.site import SiteDep
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
def read_gaps(site: SiteDep, kind: KindsDep = None, years: YearsDep = DEFAULT_YEARS) -> Response:
    """Return what the city's relations leave unused."""
    city_iri(site.revision, site.city)
    wanted = Wanted(tuple(kind or ()), None, _ALL if kind else _FEW, years)
    found = find_gaps(site.revision, site.recommender.projection, site.city, wanted, site.recommender)
    page = ask_gaps(site.revision, found)
    return site.show("gaps.html", page=page, words=words, years=years, chosen=bool(kind))


@router.get("/gaps/themes/{slug}")
def read_theme(slug: str, site: SiteDep) -> Response:
    """Return what ties the city to one theme, and who would close what lacks."""
    theme = str(theme_iri(site.revision, slug))
    recommender = site.recommender
    ties, gap = find_theme(site.revision, recommender.projection, site.city, theme, recommender)
    return site.show("gap_theme.html", page=ask_theme(site.revision, ties, gap, site.as_of), words=words)
