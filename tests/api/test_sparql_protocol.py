"""``/sparql`` of the whole program: negotiation, headers of HTTP, the service's own description."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import httpx
import openpyxl
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from api.accept import choose_media, wants_gzip
from api.tags import is_known_tag
from graph.store import GraphStore
from ontology.iris import Iris

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
SELECT = "SELECT ?label { ?thing rdfs:label ?label } ORDER BY ?label"
CONSTRUCT = "CONSTRUCT WHERE { ?city a schema:City }"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/sparql-results+json"
OTHER = "https://pages.example"


def ask(client: httpx.Client, query: str = SELECT, headers: object = None, **params: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **params}, headers=headers)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("a/b;q=1, a/c;q=0.9", "a/b"),
        ("a/c, a/*;q=0.5", "a/c"),
        ("a/*;q=0.5, d/e;q=0.4", "a/b"),
        ("*/*, a/b;q=0", "a/c"),
        ("a/*;q=0, */*;q=0.1", "d/e"),
        ("*/*;q=0", None),
        ("d/e;charset=utf-8;q=0.8, a/b;q=0.3", "d/e"),
        ("A/C ; Q=0.7", "a/c"),
        ("a/b;q=high, d/e;q=0.001", "d/e"),
        ("a/b;q=7", None),
        ("a/b;q=nan, a/c;q=1e9", None),
        (",,", None),
        ("", "a/b"),
    ],
)
def test_the_form_that_is_wanted_most_is_chosen(accept: str, expected: str | None) -> None:
    assert choose_media(accept, ["a/b", "a/c", "d/e"]) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("gzip, br", True), ("x-gzip", True), ("*", True), ("gzip;q=0.5, identity;q=0.4", True),
        ("", False), ("br", False), ("gzip;q=0", False), ("*;q=0", False), ("gzip;q=0.5, identity", False),
    ],
)  # fmt: skip
def test_gzip_is_taken_as_its_quality_says(header: str, expected: bool) -> None:
    assert wants_gzip(header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('W/"a"', True),
        ('"a"', True),
        ('"x", W/"a"', True),
        ("*", True),
        ('"aa"', False),
        ("a", False),
        ("", False),
    ],
)
def test_tags_are_compared_weakly(header: str, expected: bool) -> None:
    assert is_known_tag(header, 'W/"a"') == expected


def test_several_accept_headers_are_one(client: httpx.Client) -> None:
    answer = ask(client, headers=[("accept", "image/png"), ("accept", "text/csv;q=0.5")])
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("form", "table", "rdf"),
    [
        ("json", JSON, "application/ld+json"),
        ("xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("xlsx", SHEET, None),
        ("text/csv", "text/csv; charset=utf-8", None),
        ("application/json", JSON, "application/ld+json"),
        ("n-quads", None, "application/n-quads"),
        ("application/trig", None, "application/trig"),
    ],
)
def test_format_takes_names_and_media_types(
    client: httpx.Client, form: str, table: str | None, rdf: str | None
) -> None:
    for query, media in ((SELECT, table), (CONSTRUCT, rdf)):
        answer = ask(client, query, {"accept": "image/png"}, format=form)
        assert answer.headers["content-type"] == (media or "application/problem+json")
        assert answer.status_code == (200 if media else 406)


def test_a_format_that_is_not_offered_names_those_that_are(client: httpx.Client) -> None:
    for headers, params in (({"accept": "image/png, text/csv;q=0"}, {}), ({}, {"format": "ttl"})):
        for language, words in (("en", "Choose one of"), ("tr", "Şunlardan birini")):
            answer = ask(client, headers=headers, lang=language, **params)
            assert answer.status_code == 406
            assert words in answer.json()["detail"]
            for offered in (JSON, "text/csv", "xlsx", SHEET):
                assert offered in answer.json()["detail"]


def test_mistakes_are_told_in_the_readers_language(client: httpx.Client) -> None:
    client.cookies.clear()  # one of them keeps a language that was once chosen
    wrong = {"query": "SELECT * { ?s ?p }"}
    for language, line in (("en", "Line 1"), ("tr", "1. satır")):
        for headers, params in (({"accept-language": language}, {}), ({}, {"lang": language})):
            answer = client.get("/sparql", params={**wrong, **params}, headers=headers)
            assert (answer.status_code, answer.headers["content-language"]) == (400, language)
            assert line in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/sparql-query; charset=iso-8859-9"},
        {"content-type": "application/sparql-query", "content-encoding": "gzip"},
        {"content-type": "text/plain"},
        {"content-type": "multipart/form-data; boundary=x"},
    ],
)
def test_a_body_in_another_coding_is_not_read(client: httpx.Client, headers: dict[str, str]) -> None:
    answer = client.post("/sparql", content=SELECT, headers=headers)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (415, "media-not-read")


def test_a_charset_of_the_body_may_be_said(client: httpx.Client) -> None:
    headers = {"content-type": 'application/sparql-query; charset="UTF-8"', "accept": "text/csv"}
    assert client.post("/sparql", content=SELECT, headers=headers).text == ask(client, format="csv").text


def test_a_query_in_body_and_address_is_one_too_many(client: httpx.Client) -> None:
    headers = {"content-type": "application/sparql-query"}
    answer = client.post("/sparql", params={"query": SELECT}, content=SELECT, headers=headers)
    assert answer.status_code == 400


def test_head_is_get_without_the_body(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": SELECT}, headers={"accept-encoding": "identity"})
    got = ask(client, headers={"accept-encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag", "vary", "x-kopru-revision", "x-kopru-rows"):
        assert head.headers[name] == got.headers[name]
    assert client.head("/sparql", params={"query": "SELECT"}).status_code == 400


def raw(client: httpx.Client, query: str, encoding: str, **params: str) -> tuple[httpx.Headers, bytes]:
    """Return headers and body as they came over the wire."""
    headers = {"accept-encoding": encoding}
    with client.stream("GET", "/sparql", params={"query": query, **params}, headers=headers) as answer:
        return answer.headers, b"".join(answer.iter_raw())


def test_answers_are_packed_for_those_who_take_it(client: httpx.Client) -> None:
    _, plain = raw(client, "SELECT * { ?s ?p ?o }", "identity", format="tsv")
    headers, packed = raw(client, "SELECT * { ?s ?p ?o }", "gzip, br", format="tsv")
    assert headers["content-encoding"] == "gzip"
    assert len(packed) < len(plain) / 2
    assert sorted(gzip.decompress(packed).splitlines()) == sorted(plain.splitlines())
    for encoding in ("gzip;q=0", "br"):
        assert "content-encoding" not in raw(client, "SELECT * { ?s ?p ?o }", encoding, format="tsv")[0]


def test_small_and_packed_answers_are_sent_as_they_are(client: httpx.Client) -> None:
    for query, form in (("ASK {}", "json"), ("SELECT * { ?s ?p ?o }", "xlsx")):
        headers, _ = raw(client, query, "gzip", format=form)
        assert "content-encoding" not in headers
        assert "Accept-Encoding" in headers["vary"]


def test_a_streamed_answer_is_packed_as_well(client: httpx.Client) -> None:
    """10,000 rows of 250 bytes pass the two megabytes up to which an answer is held back."""
    digits = " ".join(str(n) for n in range(10))
    values = " ".join(f"VALUES ?{name} {{ {digits} }}" for name in "abcd")
    query = f'SELECT ?a ?b ?c ?d ?text {{ {values} BIND("{"x" * 240}" AS ?text) }}'
    headers, packed = raw(client, query, "gzip", format="csv")
    assert headers["content-encoding"] == "gzip"
    assert "content-length" not in headers
    assert "x-kopru-rows" not in headers
    text = gzip.decompress(packed)
    assert text.count(b"\r\n") == 10_001
    assert len(text) > 2_000_000 > 20 * len(packed)


def test_who_has_the_answer_is_told_so(client: httpx.Client) -> None:
    tag = ask(client).headers["etag"]
    assert tag.startswith('W/"')
    known = [tag, tag.removeprefix("W/"), f'"x", {tag}', "*"]
    for encoding in ("gzip", "identity"):
        for header in known:
            answer = ask(client, headers={"if-none-match": header, "accept-encoding": encoding})
            assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
            assert "Accept" in answer.headers["vary"]
    assert ask(client, headers={"if-none-match": '"x"'}).status_code == 200
    assert ask(client, headers={"accept": "text/csv"}).headers["etag"] != tag


def test_a_workbook_is_saved_under_a_name(client: httpx.Client) -> None:
    answer = ask(client, headers={"accept": SHEET})
    assert answer.headers["content-disposition"] == 'attachment; filename="kopru.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet["A1"].value == "label"
    assert sheet.max_row == int(answer.headers["x-kopru-rows"]) + 1


def describe(client: httpx.Client, media: str = "text/turtle", name: str = "turtle") -> Graph:
    answer = client.get("/sparql", headers={"accept": media})
    assert answer.status_code == 200
    return Graph().parse(data=answer.content, format=name)


@pytest.mark.parametrize(
    ("media", "name"),
    [
        ("application/rdf+xml", "xml"),
        ("application/n-triples", "nt"),
        ("application/ld+json;q=0.9, text/turtle;q=0.1", "json-ld"),
        ("application/trig", "turtle"),
        ("application/n-quads", "nt"),
        ("*/*", "turtle"),
        ("text/*", "turtle"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_the_service_describes_itself_in_the_form_that_is_wanted(
    client: httpx.Client, media: str, name: str
) -> None:
    assert len(describe(client, media, name)) == len(describe(client))


def test_the_service_describes_its_graphs(client: httpx.Client, tiny_store: GraphStore) -> None:
    rdf = describe(client)
    service = rdf.value(predicate=RDF.type, object=SD.Service)
    assert rdf.value(service, SD.endpoint) == URIRef(f"{client.base_url}/sparql")
    assert set(rdf.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert len(set(rdf.objects(service, SD.resultFormat))) == 11
    dataset = rdf.value(service, SD.defaultDataset)
    assert dataset == tiny_store.iris.thing("dataset", "kopru")
    info = tiny_store.current().info
    default = rdf.value(dataset, SD.defaultGraph)
    assert int(str(rdf.value(default, VOID.triples))) == info.statements
    sizes = {
        str(rdf.value(graph, SD.name)): int(str(rdf.value(rdf.value(graph, SD.graph), VOID.triples)))
        for graph in rdf.objects(dataset, SD.namedGraph)
    }
    names = {str(tiny_store.iris.graph(name)) for name in ("records", "ontology", "derived", "statistics")}
    assert sizes.keys() <= names
    assert sizes[str(tiny_store.iris.graph("records"))] == info.sources["records"].statements
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }"
    for name, size in sizes.items():
        assert ask(client, count % name, format="csv").text.split() == ["n", str(size)]


def test_a_program_that_forgot_its_query_is_told_so(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"accept": JSON})
    assert answer.status_code == 400
    assert "has no query" in answer.json()["detail"]


def test_no_page_of_others_may_ask_unless_the_operator_says_so(client: httpx.Client) -> None:
    answer = ask(client, headers={"origin": OTHER})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers
    asked = {"origin": OTHER, "access-control-request-method": "GET"}
    assert client.options("/sparql", headers=asked).status_code == 405


def test_pages_that_the_operator_names_may_ask(start_server, tiny_store: GraphStore) -> None:
    client = start_server(tiny_store, cors_origins=(OTHER,))
    for query, status in ((SELECT, 200), ("SELECT", 400)):
        answer = ask(client, query, {"origin": OTHER})
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, OTHER)
        assert "X-Kopru-Cut" in answer.headers["access-control-expose-headers"]
    asked = {
        "origin": OTHER,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    preflight = client.options("/sparql", headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, OTHER)
    assert "POST" in preflight.headers["access-control-allow-methods"]
    for origin in ("https://evil.example", "null"):
        assert "access-control-allow-origin" not in ask(client, headers={"origin": origin}).headers
        assert client.options("/sparql", headers=asked | {"origin": origin}).status_code == 400


def test_relative_addresses_belong_to_the_base_of_the_graph(client: httpx.Client) -> None:
    one, same = (
        "SELECT ?p { <id/city/antalya> ?p ?o }",
        "SELECT ?p { <https://w3id.org/kopru/id/city/antalya> ?p ?o }",
    )
    assert sorted(ask(client, one, format="csv").text.split()) == sorted(
        ask(client, same, format="csv").text.split()
    )
    assert int(ask(client, one).headers["x-kopru-rows"]) > 0


def test_another_base_names_graphs_and_resolves_addresses(start_server, tmp_path: Path) -> None:
    base = "https://bilgi.example.bel.tr/"
    store = GraphStore(tmp_path / "store", Iris(base))
    rdf = Graph().parse(data=f'<{base}id/city/x> <{base}ontology#is> "x" .', format="turtle")
    with store.writer() as draft:
        draft.replace_source("records", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
        draft.publish()
    client = start_server(store, base_iri=base)
    assert ask(client, "SELECT ?o { <id/city/x> ?p ?o }", format="csv").text == "o\r\nx\r\n"
    assert {str(name) for name in describe(client).objects(None, SD.name)} == {f"{base}graph/records"}
