"""The PROV-O record of a source: stands in the source's own graph, about that graph."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from rdflib import Graph, Literal, URIRef

from ingest.batch import Fetched
from ingest.declaration import Declaration
from ontology.iris import Iris
from ontology.terms import DCAT, DCTERMS, KP, PROV, RDF, SCHEMA, XSD

__all__ = ["Execution", "digest_of", "make_provenance"]


@dataclass(frozen=True)
class Execution:
    """When a source was read in a run."""

    started_at: datetime
    ended_at: datetime


def digest_of(rdf: Graph) -> str:
    """Return the SHA-256 of the sorted statements; there are no blank nodes in our data."""
    lines = sorted(" ".join(term.n3() for term in statement) for statement in rdf)
    return sha256("\n".join(lines).encode()).hexdigest()


def make_provenance(  # noqa: PLR0913 (what a provenance record is made of)
    declaration: Declaration, name: str, fetched: Fetched, rdf: Graph, execution: Execution, iris: Iris
) -> Graph:
    """Return who published the source, from which bytes and when its graph was made.

    ``name`` is the graph's: the source's, and that of its part where it comes in parts.
    The times, and what is said of the run, don't count when two runs are compared.
    """
    made = Graph()
    graph_iri = iris.graph(name)
    # What is too large for memory is known by what it was made from.
    inputs = "\n".join(file.digest for file in fetched.files)
    digest = digest_of(rdf) if rdf else sha256(inputs.encode()).hexdigest()
    run = iris.thing("run", f"{name}-{digest[:12]}")
    _describe_dataset(made, graph_iri, declaration)
    made.add((graph_iri, KP.contentDigest, Literal(digest)))
    made.add((graph_iri, PROV.wasGeneratedBy, run))
    made.add((graph_iri, PROV.generatedAtTime, _moment(fetched.retrieved_at)))
    made.add((run, RDF.type, PROV.Activity))
    made.add((run, PROV.startedAtTime, _moment(execution.started_at)))
    made.add((run, PROV.endedAtTime, _moment(execution.ended_at)))
    for file in fetched.files:
        raw = iris.thing("raw-file", file.digest)
        made.add((run, PROV.used, raw))
        made.add((raw, RDF.type, PROV.Entity))
        made.add((raw, DCTERMS.identifier, Literal(file.name)))
        made.add((raw, DCTERMS.source, Literal(fetched.address)))
        made.add((raw, KP.contentDigest, Literal(file.digest)))
        made.add((raw, PROV.generatedAtTime, _moment(fetched.retrieved_at)))
    return made


def _describe_dataset(made: Graph, graph_iri: URIRef, declaration: Declaration) -> None:
    made.add((graph_iri, RDF.type, PROV.Entity))
    made.add((graph_iri, RDF.type, DCAT.Dataset))
    for predicate, text in (
        (DCTERMS.title, declaration.title),
        (DCTERMS.description, declaration.description),
    ):
        made.add((graph_iri, predicate, Literal(text.tr, lang="tr")))
        made.add((graph_iri, predicate, Literal(text.en, lang="en")))
    made.add((graph_iri, DCTERMS.publisher, Literal(declaration.publisher)))
    made.add((graph_iri, DCTERMS.license, Literal(declaration.licence)))
    if declaration.licence_url:
        made.add((graph_iri, DCTERMS.license, URIRef(declaration.licence_url)))
    if declaration.address:
        made.add((graph_iri, SCHEMA.url, Literal(declaration.address, datatype=XSD.anyURI)))


def _moment(moment: datetime) -> Literal:
    return Literal(moment)
