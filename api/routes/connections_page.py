"""The page of connections: how two things are connected, circles and brokers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from api.dependencies import AsOfDep, RevisionDep, SettingsDep
from api.recommenders import Recommenders
from api.routes.connections import MostDep
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.lookup import slug_path
from viz.connections import STEP_LABELS, ask_connections, hops_of

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/connections")
def read_connections(  # noqa: PLR0913 (what a page is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    settings: SettingsDep,
    as_of: AsOfDep,
    source: Annotated[str, Query(alias="from", max_length=300)] = "",
    target: Annotated[str, Query(alias="to", max_length=300)] = "",
    most: MostDep = 5,
) -> Response:
    """Return ways between two things, and the circles and brokers of the partner network."""
    kept: Recommenders = request.app.state.recommenders
    projection = kept.of(revision, as_of).projection
    page = ask_connections(revision, projection, settings.city, source, target, most)
    return make_page(
        pages, "connections.html", reader,
        page=page, step_labels=STEP_LABELS, hops_of=hops_of, slug_path=slug_path,
    )  # fmt: skip
