"""The page of the pairs of cities that wait for a decision; read-only over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from api.dependencies import RevisionDep
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.identity.queue import list_waiting

__all__ = ["router"]

#: So many pairs stand on a page.
_PAIRS = 50

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PageNumber = Annotated[int, Query(ge=1, le=1_000_000, description="Which page of the pairs.")]


@router.get("/match")
def read_match(reader: ReaderDep, pages: PagesDep, revision: RevisionDep, page: PageNumber = 1) -> Response:
    """Return the pairs side by side, with their distance and the command that decides."""
    waiting = list_waiting(revision)
    # A page behind the last one shows the last one: pairs that were decided since are gone.
    page = min(page, max(1, -(-len(waiting) // _PAIRS)))
    first = (page - 1) * _PAIRS
    return make_page(
        pages, "match.html", reader, waiting=waiting[first : first + _PAIRS], first=first, count=len(waiting),
        earlier=page - 1 if page > 1 else None, later=page + 1 if first + _PAIRS < len(waiting) else None,
    )  # fmt: skip
