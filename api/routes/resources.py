"""The addresses of things answer: as a page, Turtle, JSON-LD or N-Triples.

The form follows ``Accept`` or the ending of the address. The answer is given at once, with
``Content-Location`` naming the form and ``Link`` naming the others. Pages come from
``app.state.thing_page``, a function of the request and a ``graph.model.Thing``; without it
there is no HTML.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from rdflib import Graph, URIRef
from starlette.responses import Response

from api.dependencies import IrisDep, QuestionsDep, RevisionDep, StoreDep
from api.rdf import RDF_ENDINGS, choose_form, rdf_response
from api.revisions import describe_graph, describe_revision, to_thing
from graph.model import Thing
from ontology.errors import NotFound
from ontology.messages import N_

__all__ = ["router", "split_ending"]

#: Makes the page of a thing.
ThingPage = Callable[[Request, Thing], Response]

_FORMS: dict[str, Any] = {media: {} for media in ("text/html", *RDF_ENDINGS.values())}

router = APIRouter(
    tags=["linked data"], responses={200: {"content": _FORMS}}, default_response_class=Response
)

# No other sign is in the name of a graph, and not every sign can be in an IRI.
_GRAPH_NAME = re.compile(r"[A-Za-z0-9._-]+")

KindPath = Annotated[
    str, Path(pattern=r"^[a-z][a-z-]{0,60}$", title="Kind", description="Kind of thing.", examples=["city"])
]
SlugPath = Annotated[
    str,
    Path(
        pattern=r"^[^/<>\"{}|^`\\\s]{1,300}$",
        title="Slug",
        description="Last part of the IRI, with an ending if one is wanted.",
        examples=["antalya", "antalya.ttl"],
    ),
]


def _answer(
    request: Request,
    iri: URIRef,
    form: str | None,
    describe: Callable[[], Graph],
    find_thing: Callable[[], Thing | None],
) -> Response:
    """Return one thing in the form that was asked for; both functions are called only when needed."""
    thing_page: ThingPage | None = getattr(request.app.state, "thing_page", None)
    media = choose_form(request, form, html=thing_page is not None)
    if thing_page and media == "text/html":
        thing = find_thing()
        if thing is None:
            raise NotFound(kind="", name=str(iri))
        return thing_page(request, thing)
    rdf = describe()
    if not rdf:
        raise NotFound(kind="", name=str(iri))
    return rdf_response(request, rdf, media)


def split_ending(slug: str) -> tuple[str, str | None]:
    """Return the bare slug and the ending, if it is one of ours."""
    stem, _, ending = slug.rpartition(".")
    return (stem, ending) if stem and ending in RDF_ENDINGS else (slug, None)


@router.get("/id/{kind}/{slug}", summary="One thing")
def read_thing(request: Request, kind: KindPath, slug: SlugPath, questions: QuestionsDep) -> Response:
    """Return what the graph says of a thing: page, Turtle, JSON-LD or N-Triples."""
    stem, form = split_ending(slug)
    iri = questions.thing_iri(kind, stem)
    return _answer(request, iri, form, lambda: questions.describe(iri), lambda: questions.thing(str(iri)))


@router.get("/graph/{source}", summary="What one source says")
def read_source(
    request: Request, source: SlugPath, questions: QuestionsDep, revision: RevisionDep, iris: IrisDep
) -> Response:
    """Return the named graph of a source, as the source said it."""
    stem, form = split_ending(source)
    if not _GRAPH_NAME.fullmatch(stem):
        raise NotFound(kind="", name=stem)
    iri = iris.graph(stem)

    def find_thing() -> Thing | None:
        size = len(revision.named_graph(iri))
        known = questions.thing(str(iri))
        return known or (describe_graph(iri, stem, size, revision.info.sources.get(stem)) if size else None)

    return _answer(request, iri, form, lambda: revision.named_graph(iri), find_thing)


@router.get("/revision/{number}", summary="One published revision")
def read_revision(request: Request, number: SlugPath, store: StoreDep, iris: IrisDep) -> Response:
    """Return when a revision was published, from which sources, and what it came from."""
    stem, form = split_ending(number)
    info = next((info for info in store.list_revisions() if str(info.number) == stem), None)
    if info is None:
        raise NotFound(kind=N_("revision"), name=stem)
    return _answer(
        request,
        iris.revision(info.number),
        form,
        lambda: describe_revision(info, iris),
        lambda: to_thing(info, iris),
    )
