"""Pages for people: overview, network, questions, and the page of any thing.

What stands on a page is asked and drawn in ``viz``; here addresses, language and day are
read. ``add_pages`` hands the other routes what they need to answer browsers:
``app.state.thing_page``, ``app.state.sparql_page`` and ``app.state.problem_page``.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.background import BackgroundTask
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.bodies import read_body
from api.dependencies import AsOfDep, QuestionsDep, RevisionDep, SettingsDep
from api.language import LANGUAGE_COOKIE
from api.recommenders import Recommenders
from graph.model import Label, Relation, Thing
from graph.questions import Questions
from ontology.errors import KopruError, NotFound, StoreError
from ontology.messages import LANGUAGES, Language
from viz.ontology import Documentation
from viz.pages import Pages, Reader
from viz.start import ask_start, embed_json
from viz.suggestions import suggest
from viz.thing import ask_thing

__all__ = ["PagesDep", "ReaderDep", "add_pages", "find_reader", "make_page", "router"]

_YEAR = 365 * 24 * 3600
#: Addresses that are for programs.
_NOT_PAGES = ("/api/v1", "/static", "/labels", "/health", "/graph/", "/revision/")


router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def add_pages(app: FastAPI, addresses: Iterable[str]) -> None:
    """Put what other routes show to browsers on ``app.state``; ``addresses`` are those of all routes."""
    app.state.pages = Pages(addresses=[path for path in addresses if not path.startswith(_NOT_PAGES)])
    app.state.documentation = Documentation()
    app.state.thing_page = partial(show_thing, app.state.pages)
    app.state.sparql_page = partial(show_workbench, app.state.pages)
    app.state.problem_page = partial(show_problem, app.state.pages)


def _find_language(request: Request) -> Language:
    """Return the page's language: asked for, else remembered, else the setting.

    The browser's own wish is left out: an official page in Turkey opens in Turkish.
    """
    wishes = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    default: Language = request.app.state.settings.lang
    return next((language for wish in wishes for language in LANGUAGES if wish == language), default)


def _reader(request: Request, as_of: AsOfDep) -> Reader:
    return Reader(
        path=request.url.path,
        language=_find_language(request),
        as_of=as_of,
        default_language=request.app.state.settings.lang,
        query={name: value for name, value in request.query_params.items() if value},
        pairs=tuple((name, value) for name, value in request.query_params.multi_items() if value),
    )


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


ReaderDep = Annotated[Reader, Depends(_reader)]
PagesDep = Annotated[Pages, Depends(_pages)]


def make_page(pages: Pages, template: str, reader: Reader, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page; a language that was asked for is remembered in a cookie."""
    body = pages.render(template, reader, **context)
    response = HTMLResponse(body, status, {"Content-Language": reader.language, "Vary": "Accept, Cookie"})
    if reader.query.get("lang") == reader.language:
        response.set_cookie(LANGUAGE_COOKIE, reader.language, max_age=_YEAR, samesite="lax", httponly=True)
    return response


@router.get("/")
def read_start(  # noqa: PLR0913 (what a page is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    questions: QuestionsDep,
    revision: RevisionDep,
    settings: SettingsDep,
) -> Response:
    """Return the overview."""
    page = ask_start(questions, revision.info, settings.city, reader.as_of)
    data = embed_json(page.map_data(reader))
    kept: Recommenders = request.app.state.recommenders
    kept.make_ready(revision, reader.as_of, settings.city)
    return make_page(pages, "start.html", reader, page=page, map_json=data, declared_on=page.declared_on)


class LabelsWanted(BaseModel):
    """Addresses whose names a page wants to show."""

    iris: list[Annotated[str, Field(max_length=2000)]] = Field(max_length=1000)
    lang: Language = "tr"


#: Bytes that so many addresses of that length take, with room to spare.
_MAX_LABELS_WANTED = 3_000_000


async def _labels_wanted(request: Request) -> LabelsWanted:
    try:
        return LabelsWanted.model_validate_json(await read_body(request, _MAX_LABELS_WANTED))
    except ValidationError as error:
        # What was sent may be long; it is not sent back.
        found = [{**item, "loc": ("body", *item["loc"]), "input": None} for item in error.errors()]
        raise RequestValidationError(found) from error


@router.post("/labels")
def name_things(
    wanted: Annotated[LabelsWanted, Depends(_labels_wanted)], questions: QuestionsDep
) -> JSONResponse:
    """Return the names of things in one language; one without a name is left out."""
    known = questions.label_of(iri for iri in wanted.iris if _is_plain(iri))
    return JSONResponse({iri: label.get(wanted.lang) for iri, label in known.items()})


def _is_plain(iri: str) -> bool:
    return not set(iri) & set(' <>"{}|\\^`\n\r\t')


# --- for other routes -------------------------------------------------------------------


def show_thing(pages: Pages, request: Request, thing: Thing) -> Response:
    """Return the page of a thing; a relation is shown with its dates and status."""
    reader = find_reader(request)
    relation = _find_relation(request, thing, reader)
    downloads = request.url.path.startswith("/id/")
    home = request.app.state.settings.city
    page = ask_thing(request.app.state.store.current(), thing, relation, reader.as_of, home)
    return make_page(pages, "thing.html", reader, page=page, downloads=downloads)


def _find_relation(request: Request, thing: Thing, reader: Reader) -> Relation | None:
    if not thing.kind:
        return None
    try:
        return Questions(request.app.state.store.current()).relation(thing.iri, as_of=reader.as_of)
    except NotFound:
        return None


def show_workbench(pages: Pages, request: Request, link: Mapping[str, Any] | None = None) -> Response:
    """Return the page on which questions are written.

    ``example=`` names one to begin with, ``link`` is what a short link kept.
    """
    from graph.library import list_examples
    from viz.workbench import bench_data

    reader, iris = find_reader(request), request.app.state.store.iris
    examples = list_examples()
    chosen = next(
        (e for e in examples if e.name == reader.query.get("example")), examples[0] if examples else None
    )
    kept = link["query"] if link else reader.query.get("query")
    query = kept or (chosen.rebased(iris) if chosen else "")
    data = bench_data(iris, query, None if kept else chosen, link)
    response = make_page(
        pages, "sparql.html", reader, examples=examples, chosen=None if kept else chosen, query=query,
        bench_json=embed_json(data), title=link["title"] if link else "", base_iri=iris.base,
    )  # fmt: skip
    response.background = BackgroundTask(_warm_suggestions, request)
    return response


def _warm_suggestions(request: Request) -> None:
    """Read what completing needs while the reader looks at the page."""
    with suppress(KopruError):
        request.app.state.suggesters.of(request.app.state.store.current())


def show_problem(pages: Pages, request: Request, problem: Response) -> Response | None:
    """Return the page of an error; its sentences are those of the problem document."""
    try:
        # The document has chosen its language already; the page around it follows.
        spoken = problem.headers.get("Content-Language")
        language = next((known for known in LANGUAGES if known == spoken), _find_language(request))
        reader = replace(find_reader(request), language=language)
        facts = json.loads(bytes(problem.body))
        near = _suggest(pages, request) if problem.status_code == HTTPStatus.NOT_FOUND else []
        response = make_page(pages, "problem.html", reader, problem.status_code, problem=facts, near=near)
    except FileNotFoundError:  # the web files were not built: the document alone has to do
        return None
    for name in ("Retry-After", "Refresh", "Allow"):
        if name in problem.headers:
            response.headers[name] = problem.headers[name]
    return response


def _suggest(pages: Pages, request: Request) -> list[tuple[str, Label]]:
    try:
        revision = request.app.state.store.current()
    except StoreError:
        revision = None
    return suggest(revision, request.url.path, pages.addresses)


def find_reader(request: Request) -> Reader:
    """Return the reader of a request whose day may be no day: then it is today."""
    try:
        as_of = date.fromisoformat(request.query_params.get("as_of", ""))
    except ValueError:
        as_of = date.today()
    return _reader(request, as_of)
