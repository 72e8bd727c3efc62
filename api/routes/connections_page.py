"""The page of connections: how two things are connected, circles and brokers."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from api.routes.connections import MostDep
from api.routes.site import SiteDep
from graph.lookup import slug_path
from viz.connections import STEP_LABELS, ask_connections, hops_of

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/connections")
def read_connections(
    site: SiteDep,
    source: Annotated[str, Query(alias="from", max_length=300)] = "",
    target: Annotated[str, Query(alias="to", max_length=300)] = "",
    most: MostDep = 5,
) -> Response:
    """Return ways between two things, and the circles and brokers of the partner network."""
    page = ask_connections(site.revision, site.recommender.projection, site.city, source, target, most)
    return site.show(
        "connections.html", page=page, step_labels=STEP_LABELS, hops_of=hops_of, slug_path=slug_path
    )
