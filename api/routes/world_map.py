"""The map: its page, and what the page asks for while somebody looks around."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.dependencies import RevisionDep, SettingsDep
from api.overviews import Overviews
from api.recommenders import Recommenders
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.overview import Overview
from graph.recommendation.service import Asked
from viz.start import embed_json
from viz.world import ask_map, candidate_data, overview_data, read_members

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_CANDIDATES, _MOST_CITIES = 25, 400
Degrees = Annotated[float, Query(ge=-180, le=180)]


def _overview(request: Request, revision: RevisionDep, reader: ReaderDep) -> Overview:
    kept: Overviews = request.app.state.overviews
    return kept.of(revision, reader.as_of)


#: The whole world on the day that is asked for.
OverviewDep = Annotated[Overview, Depends(_overview)]


@router.get("/map")
def read_map(
    request: Request, reader: ReaderDep, pages: PagesDep, revision: RevisionDep, settings: SettingsDep
) -> Response:
    """Return the map of the partners, or with ``view=world`` of all sister cities."""
    asked = reader.query
    if asked.get("view") == "world":
        world = _overview(request, revision, reader)
        return make_page(pages, "map_world.html", reader, world=world, home_city=settings.city)
    group = asked.get("network") or asked.get("project") or ""
    page = ask_map(revision, settings.city, reader.as_of, theme=asked.get("theme", ""), group=group)
    return make_page(pages, "map.html", reader, page=page, map_json=embed_json(page.data(reader)))


@router.get("/map/members")
def list_members(
    reader: ReaderDep, revision: RevisionDep, settings: SettingsDep, group: str = ""
) -> Response:
    """Return the cities of a network or a project."""
    found = read_members(revision, group, settings.city)
    return JSONResponse(
        [
            {
                "slug": city.slug,
                "name": city.label.get(reader.language),
                "country": city.country.label.get(reader.language) if city.country else "",
                "lat": city.latitude,
                "lon": city.longitude,
                "note": "",
                "also": "",
            }
            for city in found.values()
        ]
    )


@router.get("/map/candidates")
def list_candidates(
    request: Request, reader: ReaderDep, revision: RevisionDep, settings: SettingsDep
) -> Response:
    """Return the cities that the ranking puts first."""
    kept: Recommenders = request.app.state.recommenders
    found = kept.of(revision, reader.as_of).recommend(settings.city, Asked(limit=_CANDIDATES))
    return JSONResponse(candidate_data(found, reader.language))


@router.get("/map/world")
def read_world(reader: ReaderDep, overview: OverviewDep) -> Response:
    """Return all sister-city agreements, added up by country and by region."""
    return JSONResponse(overview_data(overview, reader.language))


@router.get("/map/world/cities")
def list_cities(  # noqa: PLR0913 (the sides of a box)
    reader: ReaderDep,
    overview: OverviewDep,
    west: Degrees = -180,
    south: Degrees = -90,
    east: Degrees = 180,
    north: Degrees = 90,
) -> Response:
    """Return the cities in a box, those with most agreements first."""
    found = overview.within(west, south, east, north, _MOST_CITIES)
    rows: list[list[Any]] = [
        [area.code, area.label.get(reader.language), area.latitude, area.longitude, area.cities, area.ties]
        for area in found
    ]
    return JSONResponse(rows)


@router.get("/map/world/ties")
def list_ties(
    reader: ReaderDep, overview: OverviewDep, city: Annotated[str, Query(max_length=300)]
) -> Response:
    """Return the cities that one is twinned with, where they are."""
    codes = dict(overview.tied_to(city))
    places = [place for place in overview.places.values() if place.code in codes]
    return JSONResponse(
        [
            [one.code, one.label.get(reader.language), one.latitude, one.longitude, 1, codes[one.code]]
            for one in places
        ]
    )
