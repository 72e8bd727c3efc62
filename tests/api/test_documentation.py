"""What the ontology and the data are, told to people and to programs."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
WHOLE = rdflib.URIRef("https://w3id.org/kopru/id/dataset/kopru")
KP = "https://w3id.org/kopru/ontology#"


def page(client: httpx.Client, path: str, language: str = "en") -> str:
    """Return a page in a language."""
    answer = client.get(path, params={"lang": language} if "?" not in path else None, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    client.cookies.clear()
    return answer.text


def test_the_address_of_the_ontology_and_its_documentation_are_one_page(client: httpx.Client) -> None:
    for path in ("/ontology", "/docs/ontology"):
        text = page(client, path)
        assert 'id="TwinningAgreement"' in text
        assert 'id="org-member"' in text
        assert 'id="role-member"' in text
        assert 'id="theme-climate-change"' in text


@pytest.mark.parametrize(
    ("language", "word"), [("tr", "Kardeş şehir anlaşması"), ("en", "Sister-city agreement")]
)
def test_the_documentation_has_one_language(client: httpx.Client, language: str, word: str) -> None:
    words = {"Kardeş şehir anlaşması", "Sister-city agreement"}
    text = page(client, "/docs/ontology", language)
    assert {known for known in words if known in text} == {word}


def test_no_place_on_the_page_is_there_twice_and_every_link_arrives(client: httpx.Client) -> None:
    text = page(client, "/docs/ontology")
    places = re.findall(r'\bid="([^"]+)"', text)
    assert len(places) == len(set(places)) > 300
    wanted = {unescape(place) for place in re.findall(r'href="#([^"]+)"', text)}
    assert wanted - {unescape(place) for place in places} == set()


def test_a_term_is_found_without_scripts(client: httpx.Client) -> None:
    text = page(client, "/docs/ontology?lang=tr&q=KARDES")
    assert 'id="found-title"' in text
    assert '<a href="#TwinningAgreement">Kardeş şehir anlaşması</a>' in text


def test_words_of_no_term_are_told_and_stay_texts(client: httpx.Client) -> None:
    text = page(client, "/docs/ontology?lang=en&q=%3Cimg+src%3Dx%3E")
    assert "No term has these words" in text
    assert "<img" not in text


@pytest.mark.parametrize("form", ["ttl", "jsonld", "nt"])
def test_one_term_answers_by_itself(client: httpx.Client, form: str) -> None:
    answer = client.get(f"/ontology/CityNetwork.{form}")
    rdf = rdflib.Graph().parse(data=answer.content, format={"jsonld": "json-ld"}.get(form, form))
    assert set(rdf.subjects()) == {rdflib.URIRef(KP + "CityNetwork")}
    assert len(rdf) > 5


def test_a_browser_that_asks_for_a_term_is_led_to_its_explanation(client: httpx.Client) -> None:
    answer = client.get("/ontology/CityNetwork", headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/docs/ontology#CityNetwork")


@pytest.mark.parametrize(
    "path", ["/ontology/Dragon", "/ontology/Dragon.ttl", "/ontology/CityNetwork.pdf", "/data.pdf"]
)
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 404
    assert client.get(path, headers=BROWSER).status_code == 404


def described(client: httpx.Client) -> rdflib.Graph:
    """Return the description of the data."""
    return rdflib.Graph().parse(data=client.get("/data.ttl").content, format="turtle")


def test_the_data_describe_themselves(client: httpx.Client) -> None:
    rdf = described(client)
    assert {VOID.Dataset, DCAT.Dataset} <= set(rdf.objects(WHOLE, RDF.type))
    assert {title.language for title in rdf.objects(WHOLE, DCTERMS.title)} == {"tr", "en"}
    assert set(rdf.objects(WHOLE, DCTERMS.hasVersion)) == {rdflib.URIRef("https://w3id.org/kopru/revision/1")}
    assert len(set(rdf.objects(WHOLE, DCTERMS.issued))) == 1
    assert {str(address) for address in rdf.objects(WHOLE, VOID.sparqlEndpoint)} == {
        f"{client.base_url}/sparql"
    }


def test_the_numbers_are_those_of_the_graph_without_them(client: httpx.Client) -> None:
    own = rdflib.Graph().parse(data=client.get("/graph/statistics.ttl").content, format="turtle")
    [triples] = described(client).objects(WHOLE, VOID.triples)
    assert int(str(triples)) == client.get("/health").json()["triples"] - len(own)


def test_programs_find_the_description_where_they_look_for_it(client: httpx.Client) -> None:
    answer = client.get("/.well-known/void")
    assert (answer.status_code, answer.headers["location"]) == (303, "/data.ttl")
    by_accept = client.get("/data", headers={"Accept": "text/turtle"})
    assert by_accept.headers["content-location"] == "/data.ttl"
    assert WHOLE in set(rdflib.Graph().parse(data=by_accept.content, format="turtle").subjects())


def ready_questions(text: str) -> list[str]:
    """Return the questions to which a page links."""
    links = [urlsplit(unescape(link)) for link in re.findall(r'href="(/sparql\?[^"]+)"', text)]
    return [query for link in links for query in parse_qs(link.query).get("query", [])]


def test_every_ready_question_of_the_data_page_runs(client: httpx.Client) -> None:
    questions = ready_questions(page(client, "/data"))
    assert len(questions) > 100
    for query in questions[::7]:
        answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
        assert answer.status_code == 200, query
        assert len(answer.text.splitlines()) > 1, query


def test_a_ready_question_opens_in_the_workbench_and_is_not_yet_answered(client: httpx.Client) -> None:
    query = ready_questions(page(client, "/data"))[0]
    answer = client.get("/sparql", params={"query": query, "format": "html"}, headers=BROWSER)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    [shown] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    assert unescape(shown) == query


def test_the_data_page_tells_declared_and_open(client: httpx.Client) -> None:
    text = page(client, "/data")
    assert 'id="open-title"' in text
    assert 'id="contents-title"' in text
    assert "https://w3id.org/kopru/ontology#" not in text.split("<textarea")[0].split("/sparql?")[0]
