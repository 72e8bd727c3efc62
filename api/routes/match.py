"""The page of the pairs of cities that wait for a decision; read-only over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from api.dependencies import RevisionDep
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.identity.queue import read_waiting

__all__ = ["router"]

#: So many pairs stand on a page.
_PAIRS = 50

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PageNumber = Annotated[int, Query(ge=1, le=1_000_000, description="Which page of the pairs.")]


@router.get("/match")
def read_match(reader: ReaderDep, pages: PagesDep, revision: RevisionDep, page: PageNumber = 1) -> Response:
    """Return the pairs side by side, with their distance and the command that decides."""
    found = read_waiting(revision, (page - 1) * _PAIRS, _PAIRS)
    if not found.pairs and found.count:
        # A page behind the last one shows the last one: pairs that were decided since are gone.
        page = -(-found.count // _PAIRS)
        found = read_waiting(revision, (page - 1) * _PAIRS, _PAIRS)
    first = (page - 1) * _PAIRS
    return make_page(
        pages, "match.html", reader, waiting=found.pairs, first=first, count=found.count,
        earlier=page - 1 if page > 1 else None, later=page + 1 if first + _PAIRS < found.count else None,
    )  # fmt: skip
