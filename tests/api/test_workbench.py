"""What the workbench asks for: completion, cost, examples with fields, short links, all rows."""

import csv
import io

import httpx
import pytest

from api.routes.workbench import LinkAllowance
from ontology.errors import TooManyRequests

CITY = "https://schema.org/City"
PERSON = {"Accept": "text/html"}
QUERY = "SELECT ?c { ?c a schema:City } ORDER BY ?c"


def complete(client: httpx.Client, **asked: str) -> list[dict[str, object]]:
    answer = client.get("/api/v1/completion", params={"lang": "en", **asked})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["items"]
    return found


def test_classes_are_offered_with_their_numbers(client: httpx.Client) -> None:
    found = {one["text"]: one for one in complete(client, place="class")}
    assert found["schema:City"] == {"iri": CITY, "text": "schema:City", "label": "City", "number": 4}


def test_properties_of_a_class_are_offered(client: httpx.Client) -> None:
    texts = {one["text"]: one["number"] for one in complete(client, place="property", of=CITY)}
    assert texts["schema:containedInPlace"] == 4
    assert texts["kp:population"] == 1
    assert "kp:signedOn" not in texts


def test_values_are_found_by_name(client: httpx.Client) -> None:
    found = complete(client, place="value", after="https://schema.org/containedInPlace", q="ALM")
    assert [one["text"] for one in found] == ["<https://w3id.org/kopru/id/country/de>"]
    assert found[0]["label"] == "Germany"


@pytest.mark.parametrize(
    "asked", [{"place": "nowhere"}, {}, {"place": "value", "after": "no address>", "q": "a"}]
)
def test_a_place_that_is_none_is_refused(client: httpx.Client, asked: dict[str, str]) -> None:
    answer = client.get("/api/v1/completion", params=asked)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "bad-parameter")


def test_the_cost_is_told_before_the_query_runs(client: httpx.Client) -> None:
    told = client.post("/workbench/cost", content="SELECT * { ?c a schema:City . ?d a kp:Loan }").json()
    assert told["narrowest"] == 1
    assert "paired with each" in told["warnings"][0]
    assert client.post("/workbench/cost", content=b"\xff\xfe").json()["narrowest"] is None
    assert client.post("/workbench/cost", content="x" * 200_000).status_code == 413


def test_an_example_tells_its_fields(client: httpx.Client) -> None:
    told = client.get("/workbench/examples/networks-of-city?lang=en").json()
    city, day = told["fields"]
    assert (city["name"], city["kind"], city["value"]) == (
        "city",
        "thing",
        "<https://w3id.org/kopru/id/city/antalya>",
    )
    assert {"value": "<https://w3id.org/kopru/id/city/nuremberg>", "label": "Nuremberg"} in city["choices"]
    assert (day["kind"], day["value"]) == ("date", "2024-03-04")
    assert client.get("/workbench/examples/nothing").status_code == 404


# --- short links ------------------------------------------------------------------------


def keep(client: httpx.Client, **value: object) -> httpx.Response:
    return client.post("/s", json={"query": QUERY, "view": "chart", **value})


def test_a_link_gives_a_program_the_answer_itself(client: httpx.Client) -> None:
    path = keep(client).json()["path"]
    answer = client.get(path, headers={"Accept": "text/csv"})
    assert len(list(csv.reader(io.StringIO(answer.text)))) == 5
    assert client.get(f"{path}?format=json&rows=all", headers=PERSON).json()["head"] == {"vars": ["c"]}


def test_a_link_gives_a_person_the_page_with_its_heading(client: httpx.Client) -> None:
    path = keep(client, title="Cities <b>we</b> know", options={"x": "c"}).json()["path"]
    page = client.get(path, headers=PERSON)
    assert page.status_code == 200
    assert '<h1 id="bench-title">Cities &lt;b&gt;we&lt;/b&gt; know</h1>' in page.text
    assert '"view": "chart"' in page.text


def test_the_same_link_is_kept_once(client: httpx.Client) -> None:
    assert keep(client, title="once").json() == keep(client, title="once").json()


def test_an_unknown_link_is_told_kindly(client: httpx.Client) -> None:
    told = client.get("/s/nothing").json()
    assert (told["status"], "no short link 'nothing'" in told["detail"]) == (404, True)
    page = client.get("/s/nothing?lang=en", headers=PERSON)
    assert (page.status_code, "There is no short link" in page.text) == (404, True)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ({"view": "table"}, 400), ({"query": ""}, 400), ({"query": QUERY, "view": "dragon"}, 400),
        ({"query": "x" * 64_001}, 400), ({"query": "ş" * 40_000}, 413), ({"query": "x" * 400_000}, 413),
        ({"query": QUERY, "options": {"x": "y" * 300}}, 400),
    ],
)  # fmt: skip
def test_what_is_no_link_is_refused(client: httpx.Client, value: dict[str, object], status: int) -> None:
    answer = client.post("/s", json=value)
    assert answer.status_code == status
    assert len(answer.text) < 2000


def test_a_form_of_another_page_keeps_nothing(client: httpx.Client) -> None:
    answer = client.post("/s", content='{"query": "ASK {}"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_new_links_are_taken_so_many_a_minute() -> None:
    allowance = LinkAllowance(most=2, seconds=60)
    allowance.take()
    allowance.take()
    with pytest.raises(TooManyRequests, match="Try again in 6"):
        allowance.take()
    later = LinkAllowance(most=1, seconds=0)
    later.take()
    later.take()


# --- all rows ---------------------------------------------------------------------------


def test_all_rows_are_given_to_who_asks_for_them(start_server, tiny_store) -> None:
    client = start_server(tiny_store, max_rows=2)
    cut = client.post("/sparql", data={"query": QUERY}, headers={"Accept": "text/csv"})
    assert (cut.headers["X-Kopru-Cut"], cut.text.count("\n")) == ("true", 3)
    whole = client.post("/sparql", data={"query": QUERY, "rows": "all"}, headers={"Accept": "text/csv"})
    assert (whole.headers["X-Kopru-Cut"], whole.text.count("\n")) == ("false", 5)
    assert client.get("/sparql", params={"query": QUERY, "rows": "7"}).status_code == 400
