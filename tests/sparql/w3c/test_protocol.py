"""The W3C's cases of the protocol's query operation and of the service description."""

import pytest
import rdflib
from rdflib.namespace import RDF, Namespace
from w3c_protocol import list_exchanges
from w3c_server import Kopru
from w3c_suite import Case

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMS = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/ld+json": "json-ld"}


def test_a_request_is_answered_as_the_protocol_says(kopru: Kopru, protocol_case: Case) -> None:
    kopru.publish(protocol_case)
    exchanges = list_exchanges(protocol_case.name, kopru.path)
    assert exchanges
    for one in exchanges:
        response = kopru.client.request(one.method, one.target, content=one.body, headers=one.headers)
        assert not one.find_fault(response), one


def describe(kopru: Kopru, media: str) -> rdflib.Graph:
    response = kopru.client.get(kopru.path, headers={"accept": media})
    assert response.status_code == 200
    return rdflib.Graph().parse(data=response.content, format=FORMS[media])


@pytest.mark.parametrize("media", FORMS)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_get_on_the_endpoint_returns_rdf(kopru: Kopru, media: str) -> None:
    """Case ``returns-rdf``."""
    assert len(describe(kopru, media)) > 0


def test_the_description_has_a_matching_endpoint(kopru: Kopru) -> None:
    """Case ``has-endpoint-triple``."""
    rdf = describe(kopru, "text/turtle")
    services = set(rdf.subjects(SD.endpoint, rdflib.URIRef(str(kopru.client.base_url.join(kopru.path)))))
    assert services == set(rdf.subjects(RDF.type, SD.Service))
    assert len(services) == 1


def test_the_description_keeps_to_its_vocabulary(kopru: Kopru) -> None:
    """Case ``conforms-to-schema``: domains and ranges of the W3C's vocabulary, restated here."""
    rdf = describe(kopru, "text/turtle")
    domains = {
        SD.endpoint: SD.Service, SD.supportedLanguage: SD.Service, SD.resultFormat: SD.Service,
        SD.feature: SD.Service, SD.defaultEntailmentRegime: SD.Service, SD.defaultDataset: SD.Service,
        SD.languageExtension: SD.Service, SD.extensionFunction: SD.Service, SD.defaultGraph: SD.Dataset,
        SD.namedGraph: SD.Dataset, SD.name: SD.NamedGraph, SD.graph: SD.NamedGraph,
    }  # fmt: skip
    ranges = {
        SD.extensionFunction: SD.Function,
        SD.defaultDataset: SD.Dataset,
        SD.defaultGraph: SD.Graph,
        SD.namedGraph: SD.NamedGraph,
    }
    ours = {term for triple in rdf for term in triple if str(term).startswith(str(SD))}
    assert ours <= {
        *domains, *ranges.values(), SD.Service, SD.SPARQL11Query, SD.UnionDefaultGraph, SD.Function
    }  # fmt: skip
    for subject, predicate, value in rdf:
        if predicate in domains:
            assert (subject, RDF.type, domains[predicate]) in rdf
        if predicate in ranges:
            assert (value, RDF.type, ranges[predicate]) in rdf
