"""The protocol over a real server: forms of requests, negotiation, errors, readers that go away."""

import socket
import threading
import time

import httpx
import pytest
from rdflib import Graph, Namespace
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph.workers import Limits

SELECT = "SELECT ?o { ?s <http://example.org/name> ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
CSV = "o\r\nAntalya\r\n"
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
#: A hundred million rows, none found.
ENDLESS = (
    "SELECT * { "
    + " ".join(f"VALUES ?v{i} {{ 1 2 3 4 5 6 7 8 9 }}" for i in range(12))
    + " FILTER("
    + " + ".join(f"?v{i}" for i in range(12))
    + " > 999) }"
)


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return status and the end of the type, after looking at what every problem has."""
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == answer.status_code
    assert document["title"]
    assert document["detail"]
    assert "Traceback" not in answer.text
    return answer.status_code, document["type"].rpartition("/")[2]


def test_the_three_forms_of_a_query_are_answered(serve) -> None:
    client = serve()
    accept = {"accept": "text/csv"}
    answers = [
        client.get("/sparql", params={"query": SELECT}, headers=accept),
        client.post("/sparql", data={"query": SELECT}, headers=accept),
        client.post("/sparql", content=SELECT, headers=accept | QUERY),
    ]
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, CSV)] * 3
    assert answers[0].headers["content-type"] == "text/csv; charset=utf-8"
    assert answers[0].headers["x-kopru-revision"] == "1"
    assert answers[0].headers["x-kopru-rows"] == "1"
    assert answers[0].headers["x-kopru-cut"] == "false"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, BROWSER, "application/sparql-results+json"),
        (SELECT, "application/json", "application/sparql-results+json"),
        (SELECT, "application/xml", "application/sparql-results+xml"),
        (
            SELECT,
            "text/csv;q=0.2, text/tab-separated-values;q=0.7",
            "text/tab-separated-values; charset=utf-8",
        ),
        (SELECT, "text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml, text/csv", "application/rdf+xml"),
    ],
)
def test_the_format_is_negotiated(serve, query: str, accept: str, expected: str) -> None:
    answer = serve().get("/sparql", params={"query": query}, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)


def test_format_wins_over_accept(serve) -> None:
    client = serve()
    accept = {"accept": "application/sparql-results+json"}
    expected = {
        "json": "application/sparql-results+json",
        "xml": "application/sparql-results+xml",
        "csv": "text/csv; charset=utf-8",
        "tsv": "text/tab-separated-values; charset=utf-8",
        "turtle": "text/turtle; charset=utf-8",
        "ttl": "text/turtle; charset=utf-8",
        "nt": "application/n-triples",
        "jsonld": "application/ld+json",
        "rdfxml": "application/rdf+xml",
    }
    for name, media in expected.items():
        query = SELECT if name in ("json", "xml", "csv", "tsv") else CONSTRUCT
        answer = client.get("/sparql", params={"query": query, "format": name}, headers=accept)
        assert (answer.status_code, answer.headers["content-type"]) == (200, media)


def test_wrong_requests_are_problems(serve) -> None:
    client = serve()
    get = {
        ("SELECT *", ""): (400, "query-syntax"),
        (SELECT, "&query=ASK{}"): (400, "bad-parameter"),
        (SELECT, "&format=docx"): (400, "bad-parameter"),
        (SELECT, "&format=turtle"): (406, "format-not-offered"),
        (SELECT, "&update=CLEAR%20ALL"): (403, "query-refused"),
        (SELECT, "&default-graph-uri=x"): (400, "bad-parameter"),
        ("CLEAR ALL", ""): (403, "query-refused"),
        ("SELECT * { SERVICE <http://127.0.0.1/> {} }", ""): (403, "query-refused"),
        ("ASK " + "{" * 200 + "}" * 200, ""): (403, "query-refused"),
    }
    for (query, more), expected in get.items():
        address = f"/sparql?{httpx.QueryParams({'query': query})}{more}"
        assert problem(client.get(address)) == expected, query


def test_wrong_bodies_are_problems(serve) -> None:
    client = serve()
    posts = [
        (b"query=ASK%20%7B%7D&query=ASK%7B%7D", FORM, (400, "bad-parameter")),
        (b"", FORM, (400, "bad-parameter")),
        (b"query=%FF", FORM, (400, "bad-parameter")),
        (b"\xff", QUERY, (400, "bad-parameter")),
        (b"ASK\x00{}", QUERY, (400, "query-syntax")),
        (b"update=CLEAR+ALL", FORM, (403, "query-refused")),
        (b"CLEAR ALL", {"content-type": "application/sparql-update"}, (403, "query-refused")),
        (b"{}", {"content-type": "application/json"}, (415, "media-not-read")),
        (b"ASK {}", {}, (415, "media-not-read")),
        (b"ASK {} #" + b"x" * 1_000_001, QUERY, (413, "query-too-long")),
        (b"x" * 12_000_001, QUERY, (413, "request-too-long")),
    ]
    for content, headers, expected in posts:
        assert problem(client.post("/sparql", content=content, headers=headers)) == expected, content[:40]
    assert client.put("/sparql", content=b"").status_code == 405


def test_a_problem_says_where_and_in_which_language(serve) -> None:
    client = serve()
    params = {"query": "SELECT * {\n ?s foo:x ?o }", "lang": "en"}
    document = client.get("/sparql", params=params).json()
    assert document["detail"].startswith("Line 2, column 5: the prefix 'foo:'")
    assert document["facts"]["caret"] == " ?s foo:x ?o }\n    ^"


def test_the_dataset_parameters_reach_the_query(serve) -> None:
    params = {"query": "SELECT ?o { ?s ?p ?o }", "format": "csv"}
    one = {"default-graph-uri": "http://example.org/graph/one"}
    assert serve().get("/sparql", params=params | one).text == "o\r\none\r\n"


def test_a_cut_is_announced(serve) -> None:
    client = serve(Limits(max_rows=1, seconds=20))
    answer = client.get("/sparql", params={"query": "SELECT ?o { ?s ?p ?o }", "format": "csv"})
    assert answer.headers["x-kopru-cut"] == "true"
    assert answer.headers["x-kopru-rows"] == "1"
    assert len(answer.text.splitlines()) == 2


def test_over_the_deadline_is_a_504(serve) -> None:
    client = serve(Limits(seconds=2))
    client.get("/sparql", params={"query": SELECT})
    assert problem(client.get("/sparql", params={"query": ENDLESS})) == (504, "query-timeout")
    assert client.get("/sparql", params={"query": SELECT, "format": "csv"}).text == CSV


def test_an_answer_that_is_killed_while_it_streams_does_not_look_whole(serve) -> None:
    client = serve(Limits(seconds=2, max_rows=None))
    client.get("/sparql", params={"query": SELECT})
    query = ENDLESS.replace("> 999", "> 0")
    with client.stream("GET", "/sparql", params={"query": query, "format": "csv"}) as answer:
        assert answer.status_code == 200
        assert "x-kopru-cut" not in answer.headers
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            answer.read()


def test_a_reader_who_goes_away_ends_the_query(serve) -> None:
    client = serve(Limits(seconds=60))
    client.get("/sparql", params={"query": SELECT})
    pool = client.app.state.pool
    before = set(pool.pids)
    request = client.build_request("GET", "/sparql", params={"query": ENDLESS})
    with socket.create_connection((client.base_url.host, client.base_url.port)) as connection:
        connection.sendall(b"GET " + request.url.raw_path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
    answer = client.get("/sparql", params={"query": SELECT, "format": "csv"})
    assert answer.text == CSV
    assert before.isdisjoint(pool.pids)


def test_too_many_queries_get_a_503_and_when_to_come_back(serve) -> None:
    client = serve(Limits(seconds=2))
    client.get("/sparql", params={"query": SELECT})
    client.app.state.pool._max_waiting = 0
    asked = threading.Thread(target=lambda: client.get("/sparql", params={"query": ENDLESS}))
    asked.start()
    time.sleep(0.3)
    answer = client.get("/sparql", params={"query": SELECT})
    assert problem(answer) == (503, "too-many-queries")
    assert int(answer.headers["retry-after"]) > 0
    asked.join()


def test_the_same_question_of_the_same_revision_is_not_modified(serve, second_revision, source) -> None:
    client = serve()
    params = {"query": SELECT}
    tag = client.get("/sparql", params=params).headers["etag"]
    again = client.get("/sparql", params=params, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/sparql", params=params | {"format": "csv"}).headers["etag"] != tag
    source.revision = second_revision
    assert client.get("/sparql", params=params, headers={"if-none-match": tag}).status_code == 200
    assert "etag" not in client.get("/sparql", params={"query": "SELECT (NOW() AS ?n) {}"}).headers


def test_without_a_query_a_program_gets_a_service_description(serve) -> None:
    client = serve()
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    for media, name in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("*/*", "turtle")):
        answer = client.get("/sparql", headers={"accept": media})
        rdf = Graph().parse(data=answer.content, format=name)
        assert rdf.value(predicate=sd.supportedLanguage, object=sd.SPARQL11Query) is not None
        assert str(next(rdf.objects(None, sd.endpoint))) == f"{client.base_url}/sparql"


def test_without_a_query_a_browser_gets_the_page(serve) -> None:
    client = serve()

    def page(request: Request) -> Response:
        return PlainTextResponse(f"the page for {request.url.path}")

    client.app.state.sparql_page = page
    assert client.get("/sparql", headers={"accept": BROWSER}).text == "the page for /sparql"
    assert client.get("/sparql", headers={"accept": "text/turtle"}).text.startswith("@prefix")
    assert client.get("/sparql", params={"query": SELECT}, headers={"accept": BROWSER}).text.startswith("{")
