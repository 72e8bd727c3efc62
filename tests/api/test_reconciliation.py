"""Declared against recorded, over the tiny store: three declared, two counted, one open."""

from collections.abc import Callable

import httpx

from graph.store import GraphStore

StartServer = Callable[[GraphStore], httpx.Client]

NUREMBERG = "https://w3id.org/kopru/id/agreement/twinning-antalya-nuremberg-1"


def test_the_numbers_and_addresses_are_those_of_the_declared_day(client: httpx.Client) -> None:
    answer = client.get("/api/v1/reconciliation").json()
    assert (answer["city"], answer["as_of"]) == ("antalya", "2024-03-04")
    [declared] = answer["declared"]
    assert (declared["kind"], declared["declared"], declared["counted"], declared["open"]) == (
        "sister_city", 3, 2, 1,
    )  # fmt: skip
    assert declared["by_grade"] == {"confirmed": 1, "reported": 1, "unverified": 0}
    assert NUREMBERG in declared["relations"]
    assert len(declared["open_places"]) == 1
    assert declared["source"] == "https://w3id.org/kopru/id/document/page"


def test_the_status_follows_the_day_but_the_count_does_not(client: httpx.Client) -> None:
    [declared] = client.get("/api/v1/reconciliation?as_of=2024-03-12").json()["declared"]
    assert declared["counted"] == 2
    assert {one["slug"]: one["status"] for one in declared["details"]} == {
        "twinning-antalya-bat-yam-1": "ended",
        "twinning-antalya-nuremberg-1": "holds",
    }


def test_a_city_without_declarations_has_none(client: httpx.Client) -> None:
    assert client.get("/api/v1/reconciliation?city=izmir").json()["declared"] == []


def test_the_bundled_records_are_declared_14_12_10(
    bundled_store: GraphStore, start_server: StartServer
) -> None:
    answer = start_server(bundled_store).get("/api/v1/reconciliation").json()
    numbers = {one["kind"]: (one["declared"], one["counted"], one["open"]) for one in answer["declared"]}
    assert numbers == {
        "city_network": (14, 8, 6),
        "sister_city": (12, 12, 0),
        "cooperation_protocol": (10, 8, 2),
    }
