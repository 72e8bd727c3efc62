"""What ``/sparql`` says about itself to RDF clients (W3C SPARQL 1.1 Service Description)."""

from rdflib import RDF, BNode, Graph, Namespace, URIRef

from graph.formats import FORMATS

__all__ = ["make_service_description"]

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_W3_FORMATS = Namespace("http://www.w3.org/ns/formats/")

_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}


def make_service_description(endpoint: str, format_name: str) -> bytes:
    """Return the description of the service at ``endpoint`` in a format of ``graph.formats``."""
    rdf = Graph()
    rdf.bind("sd", _SD)
    rdf.bind("formats", _W3_FORMATS)
    service, dataset, default = BNode(), BNode(), BNode()
    rdf.add((service, RDF.type, _SD.Service))
    rdf.add((service, _SD.endpoint, URIRef(endpoint)))
    rdf.add((service, _SD.supportedLanguage, _SD.SPARQL11Query))
    for one in FORMATS:
        rdf.add((service, _SD.resultFormat, _W3_FORMATS[_FORMAT_NAMES[one.name]]))
    rdf.add((service, _SD.defaultDataset, dataset))
    rdf.add((dataset, RDF.type, _SD.Dataset))
    rdf.add((dataset, _SD.defaultGraph, default))
    rdf.add((default, RDF.type, _SD.Graph))
    return rdf.serialize(format=_RDFLIB[format_name], encoding="utf-8")


_RDFLIB = {"turtle": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "pretty-xml"}
