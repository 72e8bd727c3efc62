"""What is told of a published revision: as RDF and as a page's content."""

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef

from graph.model import Label, Reference, Statement, Thing, Value
from graph.revision import RevisionInfo, SourceEntry
from graph.void import DATASET
from ontology.iris import Iris
from ontology.messages import LANGUAGES, N_, translate
from ontology.terms import DCAT, DCTERMS, KP, OWL, PROV, RDF, RDFS, VOID, XSD

__all__ = ["describe_dataset", "describe_graph", "describe_revision", "to_thing"]


def _label(message: str, **facts: object) -> Label:
    tr, en = (translate(message, language, **facts) for language in LANGUAGES)
    return Label(tr, en)


def _name(number: int) -> Label:
    return _label(N_("Revision {number}"), number=number)


def describe_revision(info: RevisionInfo, iris: Iris) -> Graph:
    """Return when it was published, its size, its digest, its sources and its predecessor."""
    rdf = Graph()
    iri = iris.revision(info.number)
    for kind in (PROV.Entity, DCAT.Dataset):
        rdf.add((iri, RDF.type, kind))
    for language in LANGUAGES:
        rdf.add((iri, RDFS.label, Literal(_name(info.number).get(language), lang=language)))
    rdf.add((iri, PROV.generatedAtTime, Literal(info.created_at)))
    rdf.add((iri, VOID.triples, Literal(info.statements, datatype=XSD.integer)))
    rdf.add((iri, KP.contentDigest, Literal(info.digest)))
    for source in info.sources.values():
        rdf.add((iri, DCTERMS.hasPart, URIRef(source.graph)))
    if info.parent is not None:
        rdf.add((iri, PROV.wasRevisionOf, iris.revision(info.parent)))
    return rdf


def describe_dataset(info: RevisionInfo, numbers: Graph, iris: Iris, endpoint: str) -> Graph:
    """Return the description of the whole graph: its numbers, which revision it is, and where to ask.

    ``numbers`` is the graph ``statistics``, which is the same for the same data whenever it was issued.
    """
    rdf = Graph()
    for statement in numbers:
        rdf.add(statement)
    whole = iris.thing(*DATASET)
    rdf.add((whole, DCTERMS.issued, Literal(info.created_at)))
    rdf.add((whole, OWL.versionInfo, Literal(str(info.number))))
    rdf.add((whole, DCTERMS.hasVersion, iris.revision(info.number)))
    rdf.add((whole, VOID.sparqlEndpoint, URIRef(endpoint)))
    for source in info.sources.values():
        rdf.add((URIRef(source.graph), RDF.type, VOID.Dataset))
    return rdf


def to_thing(info: RevisionInfo, iris: Iris) -> Thing:
    """Return the same for the page of the revision."""
    own = _reference(info.number, iris)
    statements = [
        _statement(N_("Published at"), Value(info.created_at.isoformat())),
        _statement(N_("Statements"), Value(str(info.statements))),
        _statement(N_("Digest of the content"), Value(info.digest)),
        _statement(N_("Sources"), *_sources(info)),
    ]
    if info.parent is not None:
        before = _reference(info.parent, iris)
        statements.append(_statement(N_("Made from"), Value(before.iri, before)))
    return Thing(own.iri, "", own.slug, own.label, types=(), statements=tuple(statements))


def describe_graph(iri: URIRef, name: str, size: int, source: SourceEntry | None) -> Thing:
    """Return what is known of a named graph of which the graph itself says nothing."""
    title = source.title if source and source.title else {}
    statements = [_statement(N_("Statements"), Value(str(size)))]
    if source:
        statements.append(_statement(N_("Read at"), Value(source.retrieved_at.isoformat())))
    label = Label(title.get("tr", name), title.get("en", name))
    return Thing(str(iri), "", name, label, types=(), statements=tuple(statements))


def _statement(message: str, *values: Value) -> Statement:
    return Statement(Reference("", "", "", _label(message)), values)


def _reference(number: int, iris: Iris) -> Reference:
    return Reference(str(iris.revision(number)), "", str(number), _name(number))


def _sources(info: RevisionInfo) -> Iterator[Value]:
    for source in info.sources.values():
        title = source.title or {}
        label = Label(title.get("tr", source.name), title.get("en", source.name))
        yield Value(source.graph, Reference(source.graph, "", source.name, label))
