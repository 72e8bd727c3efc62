"""Turkish names are found however they are typed, and stand in the order of the alphabet.

In the API, in the pages and in queries.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
import rdflib
from serving import serve
from turkish import IN_ORDER, SEARCHES, TURTLE

from graph.store import GraphStore

LABELS = '?c a schema:City ; rdfs:label ?l FILTER(LANG(?l) = "tr")'
CASES = pytest.mark.parametrize(("typed", "name"), SEARCHES)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server over the twenty names."""
    store = GraphStore(tmp_path_factory.mktemp("names") / "store")
    with store.writer() as draft:
        rdf = rdflib.Graph().parse(data=TURTLE, format="turtle")
        draft.replace_source("records", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
        draft.derive()
        draft.publish()
    with serve(store, query_workers=1) as served, httpx.Client(base_url=served.address, timeout=30) as client:
        yield client


def ask(client: httpx.Client, query: str) -> list[str]:
    """Return the first column of an answer."""
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return [row[0] for row in csv.reader(io.StringIO(answer.text))][1:]


def test_there_are_twenty_of_each() -> None:
    assert (len(set(IN_ORDER)), len(set(SEARCHES))) == (20, 20)


@CASES
def test_the_api_finds_a_name(names: httpx.Client, typed: str, name: str) -> None:
    found = names.get("/api/v1/cities", params={"q": typed}).json()["items"]
    assert [city["label"]["tr"] for city in found] == [name]


@CASES
def test_completion_finds_a_name(names: httpx.Client, typed: str, name: str) -> None:
    found = names.get("/api/v1/completion", params={"place": "value", "q": typed}).json()["items"]
    assert [thing["label"] for thing in found] == [name]


@CASES
def test_a_query_folds_a_text_that_has_no_key(names: httpx.Client, typed: str, name: str) -> None:
    assert ask(names, f'SELECT ?l {{ {LABELS} FILTER(kp:fold(?l) = kp:fold("{typed}")) }}') == [name]


@CASES
def test_a_query_finds_the_stored_key(names: httpx.Client, typed: str, name: str) -> None:
    query = f'SELECT DISTINCT ?l {{ {LABELS} ?c kp:searchKey ?key FILTER(STR(?key) = kp:fold("{typed}")) }}'
    assert ask(names, query) == [name]


def test_the_api_lists_names_in_the_order_of_the_alphabet(names: httpx.Client) -> None:
    found = names.get("/api/v1/cities").json()["items"]
    assert [city["label"]["tr"] for city in found] == IN_ORDER


@pytest.mark.parametrize("order", ["kp:collate(?l)", "?key"])
def test_a_query_puts_names_in_the_order_of_the_alphabet(names: httpx.Client, order: str) -> None:
    query = f"SELECT DISTINCT ?l ?key {{ {LABELS} ?c kp:sortKey ?key }} ORDER BY {order}"
    assert ask(names, query) == IN_ORDER


def test_without_the_function_the_order_is_another(names: httpx.Client) -> None:
    assert ask(names, f"SELECT ?l {{ {LABELS} }} ORDER BY ?l") != IN_ORDER


def test_a_page_offers_names_in_the_order_of_the_alphabet(names: httpx.Client) -> None:
    headers = {"Accept": "text/html"}
    text = names.get("/questions/networks-of-city?lang=tr&city=c00", headers=headers).text
    assert re.findall(r'<option value="c\d\d"[^>]*>([^<]+)</option>', text) == IN_ORDER
