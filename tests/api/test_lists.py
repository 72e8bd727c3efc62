"""Lists and single things over HTTP."""

import csv
import io

import httpx
import pytest

LISTS = ["cities", "agreements", "networks", "projects", "funding", "themes"]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_total_revision_and_day(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/api/v1/{name}", params={"as_of": "2024-03-04"}).json()
    assert answer["total"] >= len(answer["items"]) > 0
    assert (answer["revision"], answer["as_of"]) == (1, "2024-03-04")


def test_cities_come_in_the_order_of_the_turkish_alphabet(client: httpx.Client) -> None:
    slugs = [city["slug"] for city in client.get("/api/v1/cities").json()["items"]]
    assert slugs == ["antalya", "bat-yam", "izmir", "nuremberg"]


@pytest.mark.parametrize("q", ["NÜRN", "nurnberg", "Nuremberg"])
def test_a_city_is_found_in_any_writing(client: httpx.Client, q: str) -> None:
    items = client.get("/api/v1/cities", params={"q": q}).json()["items"]
    assert [city["slug"] for city in items] == ["nuremberg"]


def test_dotted_and_dotless_i_find_izmir(client: httpx.Client) -> None:
    for q in ("İZMİR", "izmir", "IZMIR"):
        assert client.get("/api/v1/cities", params={"q": q}).json()["total"] == 1


def test_cities_are_filtered_by_country_in_any_case(client: httpx.Client) -> None:
    items = client.get("/api/v1/cities", params={"country": "tr"}).json()["items"]
    assert [city["slug"] for city in items] == ["antalya", "izmir"]


def test_the_next_links_lead_through_the_whole_list(client: httpx.Client) -> None:
    slugs, address = [], "/api/v1/cities?limit=3"
    while address:
        answer = client.get(address)
        slugs += [city["slug"] for city in answer.json()["items"]]
        address = answer.json()["next"]
        assert ('rel="next"' in answer.headers.get("link", "")) == bool(address)
    assert slugs == ["antalya", "bat-yam", "izmir", "nuremberg"]


@pytest.mark.parametrize(
    ("as_of", "bat_yam", "nuremberg"),
    [
        ("2024-03-10", "holds", "holds"),
        ("2024-03-11", "ended", "holds"),
        ("1996-12-31", "planned", "planned"),
        ("1997-06-01", "planned", "may_hold"),
    ],
)
def test_the_status_is_that_of_the_day_asked(
    client: httpx.Client, as_of: str, bat_yam: str, nuremberg: str
) -> None:
    items = client.get("/api/v1/agreements", params={"as_of": as_of}).json()["items"]
    status = {item["slug"]: item["status"] for item in items}
    assert status["twinning-antalya-bat-yam-1"] == bat_yam
    assert status["twinning-antalya-nuremberg-1"] == nuremberg


def test_agreements_are_filtered_by_status_kind_and_party(client: httpx.Client) -> None:
    wanted = {"as_of": "2024-03-12", "status": "ended", "kind": "twinning", "city": "antalya", "q": "bat"}
    assert [item["slug"] for item in client.get("/api/v1/agreements", params=wanted).json()["items"]] == [
        "twinning-antalya-bat-yam-1"
    ]


def test_a_city_has_its_relations_with_evidence_and_sources(client: httpx.Client) -> None:
    city = client.get("/api/v1/cities/antalya", params={"as_of": "2024-03-04"}).json()
    assert city["population"] == 2696249
    by_slug = {relation["slug"]: relation for relation in city["relations"]}
    assert len(by_slug) == 6  # two twinnings, an open place, a membership, a participation, a loan
    start = next(
        e for e in by_slug["twinning-antalya-nuremberg-1"]["evidence"] if e["claim"] == "kp:startDate"
    )
    assert (start["value"], start["accepted"], start["document"]["publisher"]) == ("1997", True, "Example")


def test_an_agreement_shows_dates_grade_and_where_it_is_recorded(client: httpx.Client) -> None:
    answer = client.get("/api/v1/agreements/twinning-antalya-nuremberg-1").json()
    assert answer["start"] == {
        "text": "1997",
        "earliest": "1997-01-01",
        "latest": "1997-12-31",
        "unknown": False,
    }
    assert (answer["grade"], answer["record_ref"]) == ("confirmed", "antalya/sister_cities.yml:3")
    assert {party["city"] for party in answer["parties"]} == {"antalya", "nuremberg"}


def test_a_network_has_its_members(client: httpx.Client) -> None:
    answer = client.get("/api/v1/networks/medcities").json()
    assert [relation["status"] for relation in answer["relations"]] == ["may_hold"]
    assert [network["slug"] for network in client.get("/api/v1/networks?member=antalya").json()["items"]] == [
        "medcities"
    ]


def test_a_project_has_its_participations_and_is_found_by_theme(client: httpx.Client) -> None:
    assert len(client.get("/api/v1/projects/example").json()["relations"]) == 1
    assert client.get("/api/v1/projects", params={"theme": "tourism"}).json()["total"] == 1
    assert client.get("/api/v1/projects", params={"theme": "water"}).json()["total"] == 0


def test_a_loan_has_its_amount_as_text(client: httpx.Client) -> None:
    answer = client.get("/api/v1/funding/antalya-bank-1").json()
    assert (answer["kind"], answer["amount"]["currency"]) == ("loan", "EUR")
    assert float(answer["amount"]["amount"]) == 5_500_000
    assert client.get("/api/v1/funding/antalya-bank-1", params={"kind": "grant"}).status_code == 404


def test_a_theme_counts_its_projects(client: httpx.Client) -> None:
    theme = client.get("/api/v1/themes/tourism").json()
    assert (theme["projects"], theme["is_priority"]) == (1, False)


# --- CSV ---------------------------------------------------------------------------------


def read_table(answer: httpx.Response) -> list[dict[str, str]]:
    """Return the rows of a CSV answer, its mark of UTF-8 checked."""
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_comes_as_csv_with_all_rows(client: httpx.Client, name: str) -> None:
    total = client.get(f"/api/v1/{name}").json()["total"]
    answer = client.get(f"/api/v1/{name}", headers={"Accept": "text/csv"})
    assert len(read_table(answer)) == total
    facts = {name: answer.headers[f"x-kopru-{name}"] for name in ("rows", "total", "cut", "revision")}
    assert facts == {"rows": str(total), "total": str(total), "cut": "false", "revision": "1"}


def test_csv_is_also_asked_for_by_parameter_or_ending(client: httpx.Client) -> None:
    by_parameter = client.get("/api/v1/cities?format=csv")
    assert read_table(by_parameter) == read_table(client.get("/api/v1/cities.csv"))
    assert by_parameter.headers["content-disposition"].startswith('attachment; filename="cities-')


def test_a_shortened_csv_says_so(client: httpx.Client) -> None:
    answer = client.get("/api/v1/cities?format=csv&limit=2")
    assert len(read_table(answer)) == 2
    assert (answer.headers["x-kopru-rows"], answer.headers["x-kopru-cut"]) == ("2", "true")
    assert answer.headers["content-disposition"].endswith('-2-of-4.csv"')


def test_csv_keeps_turkish_letters(client: httpx.Client) -> None:
    rows = read_table(client.get("/api/v1/cities?format=csv"))
    assert [row["name_tr"] for row in rows] == ["Antalya", "Bat Yam", "İzmir", "Nürnberg"]
