"""An empty result explained over HTTP, and a query over its limits told how to narrow itself."""

import time

import pytest

from graph.advice import advise
from graph.workers import Limits
from ontology.errors import QueryTimeout

NOBODY = 'SELECT ?s {\n  ?s <http://example.org/name> "Antalya"\n}'
ENDLESS = (
    "SELECT * { "
    + " ".join(f"VALUES ?v{i} {{ 1 2 3 4 5 6 7 8 9 }}" for i in range(12))
    + " FILTER("
    + " + ".join(f"?v{i}" for i in range(12))
    + " > 999) }"
)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_empty_result_is_explained_in_the_readers_language(serve, method: str) -> None:
    client = serve()
    field = "params" if method == "GET" else "data"
    asked = {field: {"query": NOBODY, "explain": "empty"}}
    answer = client.request(method, "/sparql", headers={"accept-language": "en"}, **asked)
    (reason,) = answer.json()["reasons"]
    assert (answer.status_code, answer.json()["empty"], answer.json()["complete"]) == (200, True, True)
    assert reason["kind"] == "triple"
    assert reason["sentence"].endswith('Write "Antalya"@tr.')
    assert (reason["facts"]["line"], reason["facts"]["column"]) == (2, 3)


def test_an_answer_without_rows_links_to_its_explanation(serve) -> None:
    client = serve()
    answer = client.get("/sparql", params={"query": NOBODY})
    link = answer.headers["link"].removeprefix("<").partition(">")[0]
    assert client.get(f"/sparql{link}").json()["empty"] is True
    assert "link" not in client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}).headers


def test_a_query_with_rows_has_no_reasons(serve) -> None:
    answer = serve().get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "explain": "empty"})
    assert answer.json() == {"empty": False, "complete": True, "reasons": []}


def test_only_an_empty_result_can_be_explained(serve) -> None:
    client = serve()
    assert client.get("/sparql", params={"query": "ASK {}", "explain": "plan"}).status_code == 400
    assert client.get("/sparql", params={"query": "CLEAR ALL", "explain": "empty"}).status_code == 403


def test_the_search_for_reasons_ends_in_time_with_what_it_has(serve) -> None:
    client = serve(Limits(seconds=60))
    begun = time.monotonic()
    answer = client.get("/sparql", params={"query": ENDLESS, "explain": "empty"})
    assert answer.json()["complete"] is False
    assert time.monotonic() - begun < 30
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_a_query_over_the_deadline_is_told_how_to_narrow_itself(serve) -> None:
    problem = serve(Limits(seconds=2)).get("/sparql", params={"query": ENDLESS, "lang": "en"}).json()
    assert problem["detail"].startswith("The query was stopped after 2")
    assert problem["advice"]
    assert all(one in problem["detail"] for one in problem["advice"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ex:a+ ?o } LIMIT 1", ["Line 1: the path ex:a+ may begin and end anywhere"]),
        ("SELECT * { ex:a ex:a+ ?o } LIMIT 1", ["Narrow it"]),
        ("SELECT * { ?a ex:p ?b .\n ?c ex:q ?d } LIMIT 1", ["Line 2: from here on nothing has to do"]),
        ("SELECT * { ?a ex:p ?b . ?c ex:q ?d . ?b ex:r ?c } LIMIT 1", ["Narrow it"]),
        ("SELECT * { ?s ?p ?o } LIMIT 1", ["Line 1: ?s ?p ?o is every statement"]),
        ("SELECT * { ?s ex:p ?o FILTER(REGEX(?o, 'x')) } LIMIT 1", ["Line 1: the filter reads the text"]),
        ("SELECT * { ?s ex:p ?o } ORDER BY ?o", ["Line 1: ORDER BY needs all rows"]),
        ("SELECT * { ?s ex:p ?o }", ["Add LIMIT 100"]),
        ("SELECT nonsense", ["Narrow it"]),
        ("SELECT * { ?s ex:p ?o } #" + "x" * 30_000, ["Narrow it"]),
    ],
)
def test_advice_comes_from_what_the_query_has(text: str, expected: list[str]) -> None:
    found = [one.sentence("en") for one in advise(text)]
    assert len(found) == len(expected)
    assert all(sentence.startswith(begin) for sentence, begin in zip(found, expected, strict=True))


def test_a_limit_without_advice_still_says_what_happened() -> None:
    assert QueryTimeout(seconds=3).sentence("en").startswith("The query was stopped after 3 seconds")
