"""RDF as an answer: which form, and how it is written.

Small graphs only (a thing, a source, the vocabulary): rdflib writes them, sorted, with the
prefixes of ``ontology/terms.py``.
"""

from rdflib import Graph
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.accept import choose_media
from ontology.terms import PREFIXES

__all__ = ["RDF_ENDINGS", "choose_form", "rdf_response", "serialize"]

#: Ending of an address to media type; ``.json`` is JSON-LD for programs that know JSON only.
RDF_ENDINGS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "json": "application/json",
}
_FORMATS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/json": "json-ld",
}


def choose_form(request: Request, ending: str | None, *, html: bool) -> str:
    """Return the media type that is wanted: by ending, else by ``Accept``.

    Raises
    ------
    HTTPException
        404 for an unknown ending, 406 when nothing acceptable is offered.
    """
    if ending is not None:
        if ending not in RDF_ENDINGS:
            raise HTTPException(404)
        return RDF_ENDINGS[ending]
    offers = (["text/html"] if html else []) + list(_FORMATS)
    media = choose_media(request.headers.get("accept", ""), offers)
    if media is None:
        raise HTTPException(406, ", ".join(offers))
    return media


def rdf_response(request: Request, rdf: Graph, media: str) -> Response:
    """Return a graph in one form, naming this form's address and those of the others."""
    content = serialize(rdf, _FORMATS[media])
    return Response(content, headers=_links(request.url.path, media), media_type=_with_charset(media))


def serialize(rdf: Graph, form: str) -> bytes:
    """Return a graph in one of rdflib's forms, with the usual prefixes; N-Triples are sorted."""
    for prefix, namespace in PREFIXES.items():
        rdf.bind(prefix, namespace, replace=True)
    content = rdf.serialize(format=form, encoding="utf-8")
    return b"".join(sorted(content.splitlines(keepends=True))) if form == "nt" else content


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media == "text/turtle" else media


def _links(path: str, media: str) -> dict[str, str]:
    stem, _, ending = path.rpartition(".")
    base = stem if ending in RDF_ENDINGS else path
    alternates = [f'<{base}.{end}>; rel="alternate"; type="{kind}"' for end, kind in RDF_ENDINGS.items()]
    own = next(end for end, kind in RDF_ENDINGS.items() if kind == media)
    return {
        "Content-Location": f"{base}.{own}",
        "Link": ", ".join([*alternates, f'<{base}>; rel="canonical"']),
        "Vary": "Accept",
    }
