"""Recommendations over HTTP, on a made-up neighbourhood and the cities of GeoNames."""

from urllib.parse import urlsplit

import httpx
import pytest

LIST = "/api/v1/cities/antalya/recommendations"


def test_a_page_has_candidates_with_all_that_is_promised(client: httpx.Client) -> None:
    answer = client.get(LIST, params={"as_of": "2024-03-04", "limit": 3}).json()
    assert (answer["city"], answer["purpose"], answer["as_of"]) == ("antalya", "twinning", "2024-03-04")
    assert [item["rank"] for item in answer["items"]] == [1, 2, 3]
    for item in answer["items"]:
        assert sum(term["value"] for term in item["terms"]) == pytest.approx(item["affinity"], abs=1e-9)
        assert item["reasons"]
        assert {"tr", "en"} == set(item["label"])
        assert {check["check"] for check in item["fit"]} >= {"theme", "open_call", "shared_network"}


def test_pages_follow_one_another(client: httpx.Client) -> None:
    first = client.get(LIST, params={"limit": 2, "as_of": "2024-03-04"}).json()
    following = urlsplit(first["next"])
    second = client.get(f"{following.path}?{following.query}").json()
    assert [item["rank"] for item in second["items"]] == [3, 4]


def test_the_same_question_has_the_same_tag(client: httpx.Client) -> None:
    first = client.get(LIST, params={"limit": 1, "as_of": "2024-03-04"})
    again = client.get(
        LIST, params={"limit": 1, "as_of": "2024-03-04"}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


def test_networks_to_join_are_a_purpose(client: httpx.Client) -> None:
    address = LIST.replace("antalya", "nuremberg")
    answer = client.get(address, params={"purpose": "network", "as_of": "2024-03-04"}).json()
    (item,) = answer["items"]
    assert item["network"].endswith("/id/network/medcities")  # its one partner, Antalya, is in it
    assert sum(term["value"] for term in item["terms"]) == pytest.approx(item["affinity"], abs=1e-9)
    assert [remark["name"] for remark in item["against"]] == ["thin_data"]


def test_too_little_known_is_said(client: httpx.Client) -> None:
    answer = client.get(LIST.replace("antalya", "nuremberg")).json()
    assert not answer["enough"]  # nobody says where this Nuremberg lies
    assert answer["items"] == []
    assert answer["widen"]


def test_countries_are_a_filter(client: httpx.Client) -> None:
    answer = client.get(LIST, params={"country": ["bg", "RO"], "limit": 20}).json()
    assert {item["country"] for item in answer["items"]} == {"BG", "RO"}


def test_a_reason_that_rests_on_statements_leads_to_them(client: httpx.Client) -> None:
    items = client.get(LIST, params={"as_of": "2024-03-04", "limit": 200}).json()["items"]
    resting = [reason for item in items for reason in item["reasons"] if reason["path"]]
    assert all(reason["query"] for reason in resting)
    for reason in resting[:5]:
        rows = client.get(reason["query"], headers={"Accept": "text/csv"})
        assert rows.status_code == 200
        assert all(relation in rows.text for relation in reason["path"])


def test_one_candidate_is_judged_by_name(client: httpx.Client) -> None:
    found = client.get(f"{LIST}/Varna", params={"as_of": "2024-03-04"}).json()
    assert found["label"]["en"] == "Varna"
    assert found["rank"] > 0
    assert client.get(f"{LIST}/no-such-place").status_code == 404


def test_several_cities_are_asked_at_once(client: httpx.Client) -> None:
    answer = client.post(
        "/api/v1/recommendations", params={"limit": 1}, json={"cities": ["antalya", "nuremberg"]}
    ).json()
    assert [one["city"] for one in answer["answers"]] == ["antalya", "nuremberg"]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/v1/cities/antalia/recommendations?lang=en", 404, "Did you mean antalya"),
        (f"{LIST}?theme=no-such-theme&lang=en", 404, "theme"),
        (f"{LIST}?as_of=yesterday&lang=en", 400, "as_of"),
        (f"{LIST}?purpose=marriage", 400, "purpose"),
        (f"{LIST}?cursor=nonsense&lang=en", 400, "next"),
        (f"{LIST}?limit=0", 400, "limit"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(
    client: httpx.Client, address: str, status: int, words: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.text
