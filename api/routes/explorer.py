"""The explorer: its page, and what the page asks for while somebody looks around."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.dependencies import RevisionDep, SettingsDep, StoreDep
from api.recommenders import Recommenders
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.connections import Paths, find_node, tell_paths
from graph.finding import find_named
from graph.projection import Projection
from graph.revision import Revision
from ontology.errors import BadParameter, NotFound
from viz.address import Asked, read_address
from viz.explore import ask_explorer
from viz.pages import Reader
from viz.panel import ask_panel
from viz.picture import build_picture
from viz.start import embed_json

__all__ = ["projection_of", "router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

#: Relations with evidence in the table below the picture; past it the table links to them instead.
_TOLD = 400


def projection_of(request: Request, revision: Revision, reader: Reader) -> Projection:
    """Return the ties of the day, as they are kept for recommendations."""
    kept: Recommenders = request.app.state.recommenders
    return kept.of(revision, reader.as_of).projection


def _projection_for(request: Request, revision: Revision, reader: Reader, asked: Asked) -> Projection | None:
    return projection_of(request, revision, reader) if asked.way else None


@router.get("/explore")
def read_explorer(  # noqa: PLR0913 (what a page is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    store: StoreDep,
    settings: SettingsDep,
) -> Response:
    """Return the page of a view."""
    asked = replace(read_address(reader.query, settings.city), with_evidence=True)
    projection = _projection_for(request, revision, reader, asked)
    page = ask_explorer(revision, asked, reader.as_of, store.state, projection)
    ways, problem = _tell_ways(revision, projection, asked, reader)
    text, picture = reader.query.get("q", ""), build_picture(page, reader.language)
    return make_page(
        pages, "explore.html", reader, page=page, network_json=embed_json(picture),
        declared_on=page.declared_on, home_city=settings.city, ways=ways, problem=problem,
        hits=find_named(revision, text) if text else (),
    )  # fmt: skip


@router.get("/explore/picture")
def read_picture(
    request: Request, reader: ReaderDep, revision: RevisionDep, store: StoreDep, settings: SettingsDep
) -> Response:
    """Return the picture of a view as data."""
    asked = read_address(reader.query, settings.city)
    projection = _projection_for(request, revision, reader, asked)
    page = ask_explorer(revision, asked, reader.as_of, store.state, projection)
    return JSONResponse(build_picture(page, reader.language))


@router.get("/explore/panel")
def read_panel(
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    thing: Annotated[str, Query(max_length=400)],
    relations: Annotated[str, Query(max_length=8000)] = "",
) -> Response:
    """Return what stands beside the picture about what was picked."""
    shown = [one for one in relations.split(",") if one]
    panel = ask_panel(revision, thing, shown, reader.as_of)
    return make_page(pages, "explore_panel.html", reader, panel=panel)


@router.get("/explore/ways")
def read_ways(
    request: Request, reader: ReaderDep, pages: PagesDep, revision: RevisionDep, settings: SettingsDep
) -> Response:
    """Return how two things are connected, in words."""
    asked = read_address(reader.query, settings.city)
    projection = _projection_for(request, revision, reader, asked)
    ways, problem = _tell_ways(revision, projection, asked, reader)
    return make_page(pages, "explore_ways.html", reader, ways=ways, problem=problem)


def _tell_ways(
    revision: Revision, projection: Projection | None, asked: Asked, reader: Reader
) -> tuple[Paths | None, str]:
    """Return the ways, or what to say instead."""
    if not asked.way or projection is None:
        return None, ""
    try:
        source, target = (find_node(revision, projection, end) for end in asked.way)
    except (NotFound, BadParameter) as error:
        return None, error.sentence(reader.language)
    return tell_paths(revision, projection, source, target, asked.ways), ""


@router.get("/explore/find")
def find_things(
    reader: ReaderDep, revision: RevisionDep, q: Annotated[str, Query(max_length=200)] = ""
) -> JSONResponse:
    """Return things by name, for the search field."""
    hits: list[dict[str, Any]] = [
        {
            "path": f"{hit.thing.kind}/{hit.thing.slug}",
            "id": hit.thing.iri,
            "name": hit.thing.label.get(reader.language),
            "kind": hit.thing.kind,
            "country": hit.country.get(reader.language) if hit.country else "",
        }
        for hit in find_named(revision, q)
    ]
    return JSONResponse(hits)
