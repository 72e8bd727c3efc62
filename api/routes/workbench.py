"""What the page at ``/sparql`` asks for besides answers: examples with fields, cost, short links.

``/s/{code}`` is the page with the question and the view that were kept; a program gets the answer itself.
"""

from collections import deque
from threading import Lock
from time import monotonic
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.bodies import read_body
from api.dependencies import LanguageDep, QuestionsDep, RevisionDep, SettingsDep, StoreDep
from api.routes.sparql import sparql
from api.routes.sparql_request import is_browser
from graph.costs import estimate_costs
from graph.links import MAX_LINK_BYTES, ShortLinks
from graph.store import GraphStore
from ontology.errors import MediaNotRead, TooManyRequests
from viz.questions import ask_question, find_question
from viz.workbench import to_form

__all__ = ["LinkAllowance", "router"]

router = APIRouter(include_in_schema=False)

_JSON = "application/json"
#: Bytes of a body: letters may be escaped, and the rest of a link takes some too.
_MAX_BODY = 3 * MAX_LINK_BYTES
_MAX_HINT = 100_000


class LinkAllowance:
    """How many new links are taken in a minute, from all readers together."""

    def __init__(self, most: int = 60, seconds: float = 60.0) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque()
        self._lock = Lock()

    def take(self) -> None:
        """Count one.

        Raises
        ------
        TooManyRequests
            There were too many lately.
        """
        with self._lock:
            now = monotonic()
            while self._times and self._times[0] <= now - self._seconds:
                self._times.popleft()
            if len(self._times) >= self._most:
                raise TooManyRequests(seconds=round(self._times[0] + self._seconds - now) + 1)
            self._times.append(now)


class LinkWanted(BaseModel):
    """What a short link keeps."""

    query: Annotated[str, Field(min_length=1, max_length=MAX_LINK_BYTES)]
    view: Literal["table", "graph", "map", "chart", "raw"] = "table"
    title: Annotated[str, Field(max_length=200)] = ""
    options: Annotated[dict[str, Annotated[str, Field(max_length=200)]], Field(max_length=20)] = {}


async def _link_wanted(request: Request) -> LinkWanted:
    # Pages of others can send a form without being asked first, but not this.
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != _JSON:
        raise MediaNotRead(media=media, offered=_JSON)
    try:
        return LinkWanted.model_validate_json(await read_body(request, _MAX_BODY))
    except ValidationError as error:
        # What was sent may be long; it is not sent back.
        found = [{**item, "loc": ("body", *item["loc"]), "input": None} for item in error.errors()]
        raise RequestValidationError(found) from error


def _links(store: GraphStore) -> ShortLinks:
    return ShortLinks(store.state.path)


@router.post("/s", status_code=201)
def keep_link(
    request: Request, wanted: Annotated[LinkWanted, Depends(_link_wanted)], store: StoreDep
) -> JSONResponse:
    """Keep a question and its view, and return where they are found again."""
    links, value = _links(store), wanted.model_dump()
    if not links.has(value):
        allowance: LinkAllowance = request.app.state.link_allowance
        allowance.take()
    path = f"/s/{links.add(value)}"
    return JSONResponse({"path": path}, 201, {"Location": path})


@router.get("/s/{code}")
async def read_link(request: Request, code: str, store: StoreDep) -> Response:
    """Return the page with what was kept; for a program, the answer in the form that it wants."""
    link = await run_in_threadpool(_links(store).get, code)
    page = getattr(request.app.state, "sparql_page", None)
    if page is not None and is_browser(request) and "format" not in request.query_params:
        made: Response = await run_in_threadpool(page, request, link)
        return made
    asked = {
        name: value for name, value in request.query_params.items() if name in ("format", "rows", "lang")
    }
    query_string = urlencode({**asked, "query": link["query"]}).encode()
    return await sparql(Request({**request.scope, "query_string": query_string}, request.receive))


@router.get("/workbench/examples/{slug}")
def read_example(slug: str, questions: QuestionsDep, language: LanguageDep) -> JSONResponse:
    """Return a question with the fields that it takes."""
    asked = ask_question(questions, find_question(slug), {})
    return JSONResponse(to_form(asked, questions.revision.iris, language))


@router.post("/workbench/cost")
async def tell_cost(
    request: Request, revision: RevisionDep, language: LanguageDep, settings: SettingsDep
) -> JSONResponse:
    """Return what can be said of a query's cost before it is run."""
    text = (await read_body(request, _MAX_HINT)).decode(errors="replace")
    suggestions = await run_in_threadpool(request.app.state.suggesters.of, revision)
    costs = await run_in_threadpool(estimate_costs, text, suggestions.members, suggestions.used)
    found: dict[str, Any] = {
        "narrowest": costs.narrowest,
        "warnings": [one.sentence(language) for one in costs.warnings],
        "seconds": settings.query_timeout,
    }
    return JSONResponse(found)
