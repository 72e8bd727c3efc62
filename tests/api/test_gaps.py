"""Gaps, connections and consortia over HTTP, on ``tiny.ttl``: who is there is told at its top."""

import httpx
import pytest

DAY = {"as_of": "2024-03-04"}
GAPS = "/api/v1/cities/antalya/gaps"


def get(client: httpx.Client, path: str, **params: object) -> dict[str, object]:
    answer = client.get(path, params={**DAY, **params})  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def problem(answer: httpx.Response, status: int) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    return str(answer.json()["detail"])


def test_gaps_come_by_kind_with_what_would_widen_the_view(client: httpx.Client) -> None:
    found = client.get(GAPS, params={**DAY, "limit": 1}).json()
    assert found["widen"][0]["command"]
    kinds = {one["kind"]: one["total"] for one in found["kinds"]}
    # Both agreements are older than five years; one sister city of three is not identified.
    assert (kinds["dormant_partner"], kinds["open_place"]) == (2, 1)
    assert len([gap for gap in found["items"] if gap["kind"] == "dormant_partner"]) == 1


def test_a_gap_can_be_followed_to_its_statements_and_its_query(client: httpx.Client) -> None:
    found = client.get(GAPS, params={**DAY, "kind": "dormant_partner"}).json()
    for gap in found["items"]:
        assert client.get(gap["query"], headers={"Accept": "text/csv"}).status_code == 200
        for relation in gap["evidence"]:
            path = relation.removeprefix("https://w3id.org/kopru")
            assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 200


def test_the_day_changes_the_gaps(client: httpx.Client) -> None:
    def dormant(day: str) -> list[str]:
        items = client.get(GAPS, params={"as_of": day, "kind": "dormant_partner"}).json()["items"]
        return sorted(gap["title"]["en"] for gap in items)

    assert dormant("1800-01-01") == []
    assert dormant("2024-03-11") == ["Nuremberg"]  # Bat Yam has ended on that day


def test_bad_requests_for_gaps_say_what_to_do(client: httpx.Client) -> None:
    assert "antalya" in problem(client.get("/api/v1/cities/antalia/gaps"), 404)
    assert problem(client.get(GAPS, params={"theme": "turism"}), 404)
    assert "dormant_partner" in client.get(GAPS, params={"kind": "sleepy"}).text
    assert client.get(GAPS, params={"kind": "sleepy"}).status_code == 400


def test_ways_are_told_step_by_step(client: httpx.Client) -> None:
    found = client.get("/api/v1/paths", params={**DAY, "from": "antalya", "to": "nuremberg"}).json()
    (way,) = found["paths"]
    assert [node["slug"] for node in way["nodes"]] == ["antalya", "nuremberg"]
    assert way["hops"][0][0]["start"].startswith("1997")
    assert client.get(way["query"], headers={"Accept": "text/csv"}).status_code == 200
    found = client.get("/api/v1/paths", params={**DAY, "from": "nuremberg", "to": "bat-yam"}).json()
    assert [one["slug"] for one in found["through"]] == ["antalya"]


def test_what_is_not_connected_has_no_ways(client: httpx.Client) -> None:
    found = get(client, "/api/v1/paths", **{"from": "antalya", "to": "izmir"})
    assert (found["paths"], found["through"]) == ([], [])
    assert get(client, "/api/v1/paths", **{"from": "antalya", "to": "antalya"})["paths"] == []
    assert "nuremberg" in problem(
        client.get("/api/v1/paths", params={"from": "antalya", "to": "nurenberg"}), 404
    )
    assert problem(client.get("/api/v1/paths", params={"from": "antalya", "to": "theme/x"}), 400)


def test_circles_and_brokers_are_told(client: httpx.Client) -> None:
    found = client.get("/api/v1/cities/antalya/circles", params=DAY).json()
    assert (found["cities"], found["ties"]) == (3, 2)
    # Antalya lies on the one shortest way between its two partners.
    assert [(one["city"]["slug"], one["betweenness"]) for one in found["brokers"]] == [("antalya", 1.0)]


def propose(client: httpx.Client, **terms: object) -> httpx.Response:
    return client.post("/api/v1/consortia", json={"city": "antalya", **DAY, **terms})


def test_a_consortium_is_proposed_with_reasons(client: httpx.Client) -> None:
    found = propose(client, minimum_partners=3, minimum_countries=3, size=3).json()
    (proposal,) = found["proposals"]
    assert {member["label"]["en"] for member in proposal["members"]} == {"Nuremberg", "Bat Yam"}
    assert (proposal["countries"], proposal["gap"]) == (["DE", "IL", "TR"], 0)
    assert all(member["reasons"] for member in proposal["members"])
    assert "A partner of the city already." in [one["en"] for one in proposal["members"][0]["reasons"]]
    assert found["widen"]


def test_as_a_partner_somebody_else_is_asked_to_coordinate(client: httpx.Client) -> None:
    (proposal,) = propose(client, role="partner", size=3).json()["proposals"]
    assert [member["coordinates"] for member in proposal["members"]].count(True) == 1


@pytest.mark.parametrize(
    ("terms", "condition"),
    [
        ({"eligible_countries": ["DE", "IL"]}, "own_country"),
        ({"minimum_partners": 5, "size": 3}, "minimum_partners"),
        ({"minimum_countries": 4, "size": 3}, "minimum_countries"),
        ({"eligible_countries": ["TR", "DE"], "minimum_countries": 3, "size": 3}, "eligible_countries"),
        ({"size": 10}, "size"),
        ({"size": 3, "themes": ["water"], "all_themes": True}, "all_themes"),
    ],
)
def test_an_impossible_call_names_the_condition(
    client: httpx.Client, terms: dict[str, object], condition: str
) -> None:
    found = propose(client, **terms).json()
    assert found["proposals"] == []
    assert condition in {one["condition"] for one in found["failing"]}


def test_bad_requests_for_consortia_say_what_to_do(client: httpx.Client) -> None:
    assert problem(propose(client, call="no-such-call"), 404)
    assert problem(propose(client, themes=["turism"]), 404)
    assert problem(client.post("/api/v1/consortia", json={"city": "antalia"}), 404)
    assert propose(client, size=1).status_code == 400
    assert propose(client, minimum_partner=3).status_code == 400
