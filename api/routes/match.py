"""The page of the pairs of cities that wait for a decision; read-only over HTTP."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from api.dependencies import RevisionDep
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.identity.queue import list_waiting

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/match")
def read_match(reader: ReaderDep, pages: PagesDep, revision: RevisionDep) -> Response:
    """Return the pairs side by side, with their distance and the command that decides."""
    return make_page(pages, "match.html", reader, waiting=list_waiting(revision))
