"""The ontology answers: as the page that explains it, Turtle, JSON-LD or N-Triples.

Its terms are ``…/ontology#Name``, so a program that follows one gets the whole ontology and a
browser arrives at the explanation of that very term. ``/ontology/Name`` is the same for one
term alone.
"""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from rdflib import Graph, URIRef
from starlette.responses import RedirectResponse, Response

from api.dependencies import RevisionDep
from api.rdf import RDF_ENDINGS, choose_form, rdf_response
from api.routes.pages import PagesDep, ReaderDep, make_page
from api.routes.resources import split_ending
from graph.revision import Revision
from ontology.errors import NotFound
from ontology.messages import N_
from ontology.terms import PREFIXES
from viz.ontology import Documentation, find_terms
from viz.pages import Pages, Reader

__all__ = ["router"]

#: How kinds of terms are called.
_KIND_WORDS = {
    "class": N_("Class"),
    "object": N_("Property that leads to a thing"),
    "data": N_("Property with a value"),
    "annotation": N_("Property with any value"),
    "other": N_("Property"),
}
_FORMS: dict[str, Any] = {media: {} for media in ("text/html", *RDF_ENDINGS.values())}

router = APIRouter(
    tags=["linked data"], responses={200: {"content": _FORMS}}, default_response_class=Response
)

SearchDep = Annotated[
    str,
    Query(
        max_length=200, title="Search", description="Words of a term, for the page.", examples=["sister city"]
    ),
]
TermPath = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z][A-Za-z0-9]{0,80}(\.[a-z]+)?$",
        title="Term",
        description="Last part of the term's IRI, with an ending if one is wanted.",
        examples=["CityNetwork", "party.ttl"],
    ),
]


@router.get("/ontology", summary="The ontology")
def read_ontology(
    request: Request, revision: RevisionDep, reader: ReaderDep, pages: PagesDep, q: SearchDep = ""
) -> Response:
    """Return the terms, the lists of individuals and the themes."""
    media = choose_form(request, None, html=True)
    if media == "text/html":
        return _explain(request, revision, reader, pages, q)
    return rdf_response(request, _ontology(revision), media)


@router.get("/ontology.{form}", include_in_schema=False)
def read_ontology_as(request: Request, form: str, revision: RevisionDep) -> Response:
    """Return the same in the form of the ending."""
    return rdf_response(request, _ontology(revision), choose_form(request, form, html=False))


@router.get("/docs/ontology", include_in_schema=False)
def read_documentation(
    request: Request, revision: RevisionDep, reader: ReaderDep, pages: PagesDep, q: SearchDep = ""
) -> Response:
    """Return the page that explains every term."""
    return _explain(request, revision, reader, pages, q)


@router.get("/ontology/{term}", summary="One term of the ontology")
def read_term(request: Request, term: TermPath, revision: RevisionDep, reader: ReaderDep) -> Response:
    """Return what the ontology says of one term; a browser is led to its explanation."""
    name, form = split_ending(term)
    rdf = _describe_term(revision, name)
    media = choose_form(request, form, html=True)
    if media == "text/html":
        return RedirectResponse(reader.url(f"/docs/ontology#{quote(name)}"), 303, {"Vary": "Accept"})
    return rdf_response(request, rdf, media)


def _describe_term(revision: Revision, name: str) -> Graph:
    iri = URIRef(PREFIXES["kp"] + name)
    rdf = Graph()
    for statement in _ontology(revision).triples((iri, None, None)):
        rdf.add(statement)
    if not rdf:
        raise NotFound(kind="", name=str(iri))
    return rdf


def _ontology(revision: Revision) -> Graph:
    return revision.named_graph(revision.iris.graph("ontology"))


def _explain(request: Request, revision: Revision, reader: Reader, pages: Pages, q: str) -> Response:
    documentation: Documentation = request.app.state.documentation
    page = documentation.of(revision, reader.language)
    return make_page(
        pages, "ontology.html", reader,
        page=page, q=q.strip(), found=find_terms(page, q), kind_words=_KIND_WORDS, base=revision.iris.base,
    )  # fmt: skip
