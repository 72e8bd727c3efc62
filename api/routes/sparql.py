"""``/sparql``: the query operation of the SPARQL 1.1 Protocol over the current revision.

Nothing of a query is read in this process: the pool's children check, read and run it.
Without a query a browser gets the page that ``app.state.sparql_page`` makes, if there is
one, and a program a description of the service.
"""

import re
from hashlib import sha256

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.language import find_language
from api.problems import problem_response
from api.routes.sparql_answer import StreamedAnswer, run_watched
from api.routes.sparql_explain import explain_response, explanation_link
from api.routes.sparql_request import find_header, is_browser, read_request
from api.service_description import describe_service
from api.tags import is_known_tag
from graph.workers import QueryAnswer, QueryRequest
from ontology.errors import KopruError, QueryQueueFull
from ontology.messages import Language

__all__ = ["router", "sparql", "wants_page"]

router = APIRouter()

# Functions whose value differs although neither query nor revision do.
_CHANGING = re.compile(r"\b(now|rand|uuid|struuid|bnode|service)\b", re.IGNORECASE)
_CLIENT_GONE = 499
_VARY = "Accept, Accept-Encoding"


def wants_page(request: Request) -> bool:
    """Tell whether a request to ``/sparql`` is a browser's that brings no query, or wants to see it first.

    ``format=html`` shows a query on the page instead of answering it: for links from other pages.
    """
    if request.method == "POST" or not is_browser(request):
        return False
    asked = request.query_params
    return request.method in ("GET", "HEAD") and ("query" not in asked or asked.get("format") == "html")


async def sparql(request: Request) -> Response:
    """Answer one request of the protocol."""
    try:
        query = None if wants_page(request) else await read_request(request)
        if query is None:
            return await _without_query(request)
        if query.is_explained:
            return await explain_response(request.app.state.pool, query, _language(request))
        return await _answer(request, query)
    except KopruError as error:
        language = _language(request)
        is_busy = isinstance(error, QueryQueueFull)
        headers = {"Retry-After": str(error.facts["seconds"])} if is_busy else {}
        return problem_response(error, language, headers=headers)


def _language(request: Request) -> Language:
    settings = getattr(request.app.state, "settings", None)
    return find_language(request, settings.lang if settings else "tr")


router.add_route("/sparql", sparql, methods=["GET", "HEAD", "POST"], include_in_schema=False)


async def _answer(request: Request, query: QueryRequest) -> Response:
    pool = request.app.state.pool
    has_tag = request.method != "POST"
    if has_tag and (known := find_header(request, b"if-none-match")):
        tag = _tag(query, pool.revision_number)
        if tag and is_known_tag(known, tag):
            return Response(status_code=304, headers={"ETag": tag, "Vary": _VARY})
    answer = await run_watched(request, pool, query)
    if answer is None:
        return Response(status_code=_CLIENT_GONE)
    tag = _tag(query, answer.revision) if has_tag else ""
    headers = _headers(answer)
    if answer.rows == 0 and tag:
        headers["Link"] = explanation_link(request.url.query)
    if tag:
        headers |= {"ETag": tag, "Cache-Control": "no-cache"}
    if not answer.is_whole:
        return StreamedAnswer(answer.body, headers)
    return Response(answer.data, headers=headers)


def _headers(answer: QueryAnswer) -> dict[str, str]:
    """Return the headers of an answer; a cut one is announced here, before its first byte."""
    headers = {
        "Content-Type": answer.format.content_type,
        "Vary": _VARY,
        "X-Kopru-Revision": str(answer.revision),
    }
    if answer.rows is not None:
        headers["X-Kopru-Rows"] = str(answer.rows)
    if answer.is_whole:
        headers["X-Kopru-Cut"] = "true" if answer.is_cut else "false"
    if answer.format.is_packed:
        headers["Content-Disposition"] = f'attachment; filename="kopru.{answer.format.ending}"'
    if answer.added_prefixes:
        headers["X-Kopru-Added-Prefixes"] = " ".join(answer.added_prefixes)
    return headers


def _tag(query: QueryRequest, revision: int) -> str:
    """Return a weak tag of the answer: revision and question; empty when it may change by itself."""
    if _CHANGING.search(query.text) or "\\" in query.text:
        return ""
    asked = (query.text, query.table, query.rdf, query.default_graphs, query.named_graphs, query.is_uncut)
    return f'W/"{revision}-{sha256(repr(asked).encode()).hexdigest()[:16]}"'


async def _without_query(request: Request) -> Response:
    page = getattr(request.app.state, "sparql_page", None)
    if page is not None and wants_page(request):
        made: Response = page(request)
        return made
    return await describe_service(request)
