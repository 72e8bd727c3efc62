"""The addresses of things, the ontology, the sources and the revisions answer in every form."""

import httpx
import pytest
import rdflib
from rdflib.namespace import RDFS

FORMS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "json": ("application/json", "json-ld"),
}
ANTALYA = rdflib.URIRef("https://w3id.org/kopru/id/city/antalya")
ADDRESSES = ["/id/city/antalya", "/ontology", "/graph/records", "/revision/1"]


def parse(answer: httpx.Response, form: str) -> rdflib.Graph:
    """Return the statements of an answer in one of ``FORMS``."""
    media, reader = FORMS[form]
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media
    return rdflib.Graph().parse(data=answer.content, format=reader)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", FORMS)
def test_ending_and_accept_give_the_same_statements(client: httpx.Client, address: str, form: str) -> None:
    by_ending = parse(client.get(f"{address}.{form}"), form)
    by_accept = parse(client.get(address, headers={"Accept": FORMS[form][0]}), form)
    assert len(by_ending) > 3
    assert set(by_ending) == set(by_accept)


def test_the_statements_are_the_same_in_every_form(client: httpx.Client) -> None:
    graphs = [set(parse(client.get(f"/id/city/antalya.{form}"), form)) for form in FORMS]
    assert all(graph == graphs[0] for graph in graphs)


def test_a_thing_says_its_names_in_both_languages(client: httpx.Client) -> None:
    rdf = parse(client.get("/id/city/izmir.ttl"), "ttl")
    labels = rdf.objects(rdflib.URIRef("https://w3id.org/kopru/id/city/izmir"), RDFS.label)
    assert {(str(label), label.language) for label in labels} == {("İzmir", "tr"), ("İzmir", "en")}


def test_a_relation_comes_with_its_evidence(client: httpx.Client) -> None:
    rdf = parse(client.get("/id/agreement/twinning-antalya-nuremberg-1.ttl"), "ttl")
    evidence = rdflib.URIRef("https://w3id.org/kopru/ontology#Evidence")
    assert len(set(rdf.subjects(rdflib.RDF.type, evidence))) == 2


def test_the_answer_names_its_own_address_and_the_other_forms(client: httpx.Client) -> None:
    answer = client.get("/id/city/antalya", headers={"Accept": "text/turtle"})
    assert answer.headers["content-location"] == "/id/city/antalya.ttl"
    assert '</id/city/antalya.jsonld>; rel="alternate"; type="application/ld+json"' in answer.headers["link"]
    assert "Accept" in answer.headers["vary"]


def test_a_browser_gets_a_page(client: httpx.Client) -> None:
    for address in ADDRESSES:
        answer = client.get(address, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_a_form_that_is_not_offered_is_refused(client: httpx.Client) -> None:
    assert client.get("/id/city/antalya", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "address",
    [
        "/id/city/atlantis",
        "/id/dragon/antalya",
        "/graph/nothing",
        "/revision/2",
        "/revision/one",
        "/ontology.pdf",
    ],
)
def test_what_is_not_there_is_not_found_in_any_form(client: httpx.Client, address: str) -> None:
    for accept in ("text/turtle", "text/html"):
        assert client.get(address, headers={"Accept": accept}).status_code == 404


def test_an_address_that_is_no_iri_is_a_wrong_request(client: httpx.Client) -> None:
    for address in ("/id/city/%3E%20%7D", "/id/Ci%3Cty/antalya", "/graph/a%22b"):
        assert client.get(address, headers={"Accept": "text/turtle"}).status_code == 400


def test_the_revision_tells_its_size_and_sources(client: httpx.Client) -> None:
    rdf = parse(client.get("/revision/1.ttl"), "ttl")
    [size] = rdf.objects(None, rdflib.URIRef("http://rdfs.org/ns/void#triples"))
    assert int(size) == client.get("/health").json()["triples"]
    [source] = rdf.objects(None, rdflib.DCTERMS.hasPart)
    assert str(source) == "https://w3id.org/kopru/graph/records"
