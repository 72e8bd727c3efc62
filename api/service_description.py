"""What ``/sparql`` says about itself to RDF clients (W3C SPARQL 1.1 Service Description).

Language, formats and features come from the program, graphs and their sizes from the
revision. Everything has the addresses of the store's own base.
"""

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accept import choose_media
from graph.formats import FORMATS, Format, list_formats
from graph.functions import COLLATE, FOLD
from graph.questions.statistics import read_statistics
from graph.revision import Revision
from graph.void import DATASET
from ontology.errors import BadParameter, StoreError
from ontology.messages import N_
from ontology.terms import DCTERMS, RDFS, VOID, XSD

__all__ = ["describe_service", "make_service_description"]

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_SIMPLE = URIRef("http://www.w3.org/ns/entailment/Simple")
_W3_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_MEDIA_TYPES = Namespace("https://www.iana.org/assignments/media-types/")

#: Names in the W3C's list of formats; what is not in it is named by its media type.
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "nquads": "N-Quads",
    "trig": "TriG",
}
_RDFLIB = {
    "turtle": "turtle",
    "nt": "nt",
    "jsonld": "json-ld",
    "rdfxml": "pretty-xml",
    # Of one graph without a name, these are the same as the forms without quads.
    "nquads": "nt",
    "trig": "turtle",
}
#: Functions of ours: what they do, in both languages.
_FUNCTIONS = {
    FOLD: {
        "tr": 'Arama anahtarı: küçük harfli, işaretsiz. kp:fold("İSTANBUL") = "istanbul".',
        "en": 'Search key: lower case, without marks. kp:fold("İSTANBUL") = "istanbul".',
    },
    COLLATE: {
        "tr": "Sıralama anahtarı: Türk alfabesinin sırası. ORDER BY kp:collate(?ad)",
        "en": "Sort key: the order of the Turkish alphabet. ORDER BY kp:collate(?name)",
    },
}
_NO_QUERY = N_(
    "The request has no query. Send it as the parameter {name}; without one there is a description of the "
    "service, in RDF only."
)


async def describe_service(request: Request) -> Response:
    """Return the description in the form that the reader wants most.

    Raises
    ------
    BadParameter
        The reader wants no RDF: then a query was forgotten.
    """
    chosen = _choose(",".join(request.headers.getlist("accept")))
    if chosen is None:
        raise BadParameter(_NO_QUERY, name="query")
    content = await run_in_threadpool(_describe, request, chosen.name)
    return Response(content, headers={"Content-Type": chosen.content_type, "Vary": "Accept"})


def make_service_description(
    endpoint: str, format_name: str, revision: Revision | None = None, *, federates: bool = False
) -> bytes:
    """Return the description of the service at ``endpoint``.

    Parameters
    ----------
    endpoint
        Its address.
    format_name
        A format of ``graph.formats`` for RDF.
    revision
        What it answers from; ``None`` when nothing is published yet.
    federates
        ``SERVICE`` is allowed for some addresses.
    """
    rdf = Graph()
    for prefix, namespace in (("sd", _SD), ("formats", _W3_FORMATS), ("void", VOID), ("dcterms", DCTERMS)):
        rdf.bind(prefix, namespace)
    service, dataset = BNode(), _add_dataset(rdf, revision)
    rdf.add((service, RDF.type, _SD.Service))
    rdf.add((service, _SD.endpoint, URIRef(endpoint)))
    rdf.add((service, _SD.supportedLanguage, _SD.SPARQL11Query))
    rdf.add((service, _SD.feature, _SD.UnionDefaultGraph))
    if federates:
        rdf.add((service, _SD.feature, _SD.BasicFederatedQuery))
    rdf.add((service, _SD.defaultEntailmentRegime, _SIMPLE))
    rdf.add((service, _SD.defaultDataset, dataset))
    _add_functions(rdf, service)
    for one in FORMATS:
        rdf.add((service, _SD.resultFormat, _format_iri(one)))
    return rdf.serialize(format=_RDFLIB[format_name], encoding="utf-8")


def _add_functions(rdf: Graph, service: Node) -> None:
    for iri, texts in _FUNCTIONS.items():
        function = URIRef(iri)
        rdf.add((service, _SD.extensionFunction, function))
        rdf.add((function, RDF.type, _SD.Function))
        for language, text in texts.items():
            rdf.add((function, RDFS.comment, Literal(text, lang=language)))


def _describe(request: Request, format_name: str) -> bytes:
    state = request.app.state
    endpoint = str(request.url.replace(query=""))
    store, settings = getattr(state, "store", None), getattr(state, "settings", None)
    try:
        revision = store.current() if store is not None else None
    except StoreError:
        revision = None
    federates = bool(settings and settings.service_allow)
    return make_service_description(endpoint, format_name, revision, federates=federates)


def _choose(accept: str) -> Format | None:
    offers = {one.media_type: one for one in list_formats("rdf")}
    offers |= {alias: one for one in offers.values() for alias in one.aliases}
    chosen = choose_media(accept, list(offers))
    return offers[chosen] if chosen else None


def _format_iri(one: Format) -> URIRef:
    name = _FORMAT_NAMES.get(one.name)
    return _W3_FORMATS[name] if name else _MEDIA_TYPES[one.media_type]


def _add_dataset(rdf: Graph, revision: Revision | None) -> Node:
    """Add the dataset and its graphs; return its node."""
    default = BNode()
    dataset: Node = BNode() if revision is None else revision.iris.thing(*DATASET)
    rdf.add((dataset, RDF.type, _SD.Dataset))
    rdf.add((dataset, _SD.defaultGraph, default))
    rdf.add((default, RDF.type, _SD.Graph))
    if revision is None:
        return dataset
    rdf.add((dataset, DCTERMS.hasVersion, revision.iris.revision(revision.number)))
    _add_size(rdf, default, revision.info.statements)
    titles = {entry.graph: entry.title or {} for entry in revision.info.sources.values()}
    sizes = {entry.graph: entry.statements for entry in revision.info.sources.values()}
    for name, size in sorted((sizes | read_statistics(revision).graphs).items()):
        _add_named_graph(rdf, dataset, URIRef(name), size)
        for language, title in titles.get(name, {}).items():
            rdf.add((URIRef(name), DCTERMS.title, Literal(title, lang=language)))
    return dataset


def _add_named_graph(rdf: Graph, dataset: Node, name: URIRef, size: int) -> None:
    entry, graph = BNode(), BNode()
    rdf.add((dataset, _SD.namedGraph, entry))
    rdf.add((entry, RDF.type, _SD.NamedGraph))
    rdf.add((entry, _SD.name, name))
    rdf.add((entry, _SD.graph, graph))
    rdf.add((graph, RDF.type, _SD.Graph))
    _add_size(rdf, graph, size)


def _add_size(rdf: Graph, graph: Node, size: int) -> None:
    rdf.add((graph, VOID.triples, Literal(size, datatype=XSD.integer)))
