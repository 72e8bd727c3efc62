"""The page of questions, served for real over ``tiny.ttl``: fields, answers, what is refused."""

import io
import re
from urllib.parse import parse_qs, urlsplit

import httpx
import openpyxl
import pytest

from graph.examples import list_published
from viz.questions import question_slug

PERSON = {"Accept": "text/html"}


def read(client: httpx.Client, path: str, language: str = "en") -> str:
    answer = client.get(path, params={"lang": language} if "?" not in path else None, headers=PERSON)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_list_has_every_question_and_indicator(client: httpx.Client) -> None:
    page = read(client, "/questions")
    found = re.findall(r'<form action="/questions/([\w-]+)"', page)
    assert found == [question_slug(query) for query in list_published()]
    assert len(found) == 35 + 14


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_list_speaks_one_language(client: httpx.Client, language: str) -> None:
    page = words(read(client, "/questions", language))
    for query in list_published():
        assert query.title is not None
        other = query.title.get("en" if language == "tr" else "tr")
        assert query.title.get("tr" if language == "tr" else "en").replace("'", "&#39;") in page
        assert other not in page


@pytest.mark.parametrize("query", list_published(), ids=lambda query: query.name)
def test_every_question_has_a_page(client: httpx.Client, query) -> None:
    # Defaults that the tiny graph lacks (a stage, another city) can't be chosen there.
    answer = client.get(f"/questions/{question_slug(query)}", headers=PERSON)
    missing = {"stage_roles", "paths_to_city", "evidence_of_relation", "promises_of_agreement"}
    if query.name in missing and answer.status_code == 400:
        assert "Listeden birini seçin" in answer.text
        return
    assert answer.status_code == 200, answer.text


def test_an_answer_is_a_table_with_names_and_badges(client: httpx.Client) -> None:
    page = read(client, "/questions/networks-of-city?city=antalya&asOf=2024-03-04&lang=en")
    assert '<a href="/id/network/medcities?' in page
    assert ">MedCities</a>" in page
    assert 'class="grade grade-' in page
    assert 'class="status status-' in page
    assert "Rows: 1" in words(page)


def test_the_permanent_address_gives_the_same_answer(client: httpx.Client) -> None:
    page = read(client, "/questions/ended-ties?asOf=2024-06-01&lang=en")
    assert "Bat Yam" in page
    (address,) = re.findall(r'href="([^"]+)" rel="bookmark"', page)
    asked = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
    assert asked == {"city": ["antalya"], "asOf": ["2024-06-01"], "lang": ["en"]}
    assert "Bat Yam" in client.get(address.replace("&amp;", "&"), headers=PERSON).text


def test_another_day_gives_another_answer(client: httpx.Client) -> None:
    assert "No record fits" in read(client, "/questions/ended-ties?asOf=2024-03-04&lang=en")


def test_the_day_that_all_pages_share_is_taken(client: httpx.Client) -> None:
    assert "Bat Yam" in read(client, "/questions/ended-ties?as_of=2024-06-01&lang=en")
    assert "No record fits" in read(client, "/questions/ended-ties?as_of=2024-03-04&lang=en")


def test_an_empty_answer_says_which_records_would_give_one(client: httpx.Client) -> None:
    page = words(read(client, "/questions/late-activities"))
    assert "No record fits this question." in page
    assert "The activities" in page or "Activities with an end in activities.yml" in page


def test_the_files_hold_the_same_rows(client: httpx.Client) -> None:
    page = read(client, "/questions/open-places")
    (address,) = re.findall(r'href="([^"]+)" download="open-places.csv"', page)
    rows = client.get(address.replace("&amp;", "&")).text.strip().splitlines()
    assert rows[0] == "kind,place,declared,day,document"
    assert f"Rows: {len(rows) - 1}" in words(page)
    (address,) = re.findall(r'href="([^"]+)" download="open-places.xlsx"', page)
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address.replace("&amp;", "&")).content)).worksheets[
        0
    ]
    assert [cell.value for cell in sheet[1]] == rows[0].split(",")
    assert sheet.max_row == len(rows)


def test_the_query_can_be_opened_where_queries_are_written(client: httpx.Client) -> None:
    page = read(client, "/questions/open-places")
    (address,) = re.findall(r'href="(/sparql\?query=[^"]+format=html)"', page)
    bench = client.get(address.replace("&amp;", "&"), headers=PERSON)
    assert bench.headers["content-type"].startswith("text/html")
    assert "kp:partnerIdentified false" in bench.text


def test_an_indicator_is_one_number_with_its_unit(client: httpx.Client) -> None:
    # Declared are three sister cities, and two are counted.
    assert "1 places" in words(read(client, "/questions/indicator-open-places"))


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/questions/ended-ties?asOf=yesterday&lang=en", "is no day"),
        ("/questions/shared-networks?least=many&lang=en", "is no whole number"),
        ("/questions/ended-ties?city=%3E%20%7D%20%23&lang=en", "is not among what"),
    ],
)
def test_what_cant_be_understood_is_told(client: httpx.Client, path: str, sentence: str) -> None:
    answer = client.get(path, headers=PERSON)
    assert answer.status_code == 400
    assert sentence in answer.text


def test_an_unknown_question_is_not_found(client: httpx.Client) -> None:
    answer = client.get("/questions/what-now", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "what-now" in answer.json()["detail"]
