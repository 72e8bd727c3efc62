"""Pages of things with odd data: hostile and endless names, nothing known, thousands of ties, no label."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape

import httpx
import pytest
import rdflib
from serving import serve

from graph.store import GraphStore
from ontology.terms import PREFIXES

HTML = {"Accept": "text/html"}
TIES = 5_000
NAMES = {
    "script": "<script>hacked=1</script><img src=x onerror=hacked=1>",
    "right-to-left": "‮טיוטה مدينة‬",
    "emoji": "🏙️👩‍👩‍👧 City",
    "long": "Very long name " * 33,
}


def source() -> str:
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    body = ["@base <https://w3id.org/kopru/id/> .", '<network/hub> a kp:CityNetwork ; rdfs:label "Hub"@en .']
    body += [
        f'<authority/c{number}> a m8g:PublicOrganisation ; rdfs:label "City {number}"@en .'
        f" <membership/c{number}> a kp:NetworkMembership ; org:member <authority/c{number}> ;"
        " org:organization <network/hub> ."
        for number in range(TIES)
    ]
    body.append("<city/bare> a schema:City .")
    body.append('<city/english> a schema:City ; rdfs:label "Only English"@en .')
    body += [f'<city/{slug}> a schema:City ; rdfs:label """{name}"""@tr .' for slug, name in NAMES.items()]
    return head + "\n".join(body)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = GraphStore(tmp_path_factory.mktemp("odd") / "store")
    with store.writer() as draft:
        rdf = rdflib.Graph().parse(data=source(), format="turtle")
        draft.replace_source("records", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
        draft.derive()
        draft.publish()
    with serve(store, query_workers=1) as served, httpx.Client(base_url=served.address, timeout=60) as http:
        yield http


def page(client: httpx.Client, path: str, status: int = 200) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status, answer.text
    return answer.text


@pytest.mark.parametrize("slug", NAMES)
@pytest.mark.parametrize("language", ["tr", "en"])
def test_an_odd_name_is_text_and_nothing_else(odd: httpx.Client, slug: str, language: str) -> None:
    text = page(odd, f"/id/city/{slug}?lang={language}")
    assert escape(NAMES[slug].strip()) in text.replace("&#34;", "&quot;")
    assert "<script>hacked" not in text
    assert "<img" not in text
    assert "<bdi>" in text  # a name that turns the writing direction turns nothing else


def test_a_thing_without_a_name_a_place_or_a_tie_says_so(odd: httpx.Client) -> None:
    text = page(odd, "/id/city/bare?lang=en")
    assert "<h1><bdi>bare</bdi></h1>" in text
    assert "No tie of it is recorded." in text
    assert "Timeline" not in text


def test_a_name_in_one_language_stands_in_for_the_other(odd: httpx.Client) -> None:
    assert "<bdi>Only English</bdi></h1>" in page(odd, "/id/city/english?lang=tr")


def test_a_thing_with_thousands_of_ties_shows_some_and_counts_all(odd: httpx.Client) -> None:
    text = page(odd, "/id/network/hub?lang=en")
    assert f'<span class="count">{TIES:,}</span>' in text
    assert "The first 150 are shown" in text
    assert text.count('<th scope="row" data-label="Relation">') == 150
    assert "and 136 more" in text  # fourteen of those read are drawn
    assert len(text) < 300_000


def test_the_explorer_counts_the_ties_of_a_hub_before_any_is_drawn(odd: httpx.Client) -> None:
    hub = {"start": "network/hub", "lang": "en"}
    panel = odd.get("/explore/panel", params={"thing": "network/hub", "lang": "en"}).text
    assert f"{TIES:,}" in panel
    assert "The first 30" in panel
    assert f'data-open="network/hub:network:{TIES}' not in panel
    for opened in ({}, {"open": "network/hub:network"}):
        picture = odd.get("/explore/picture", params=hub | opened).json()
        assert picture["totals"]["network"] == TIES
        assert len(picture["nodes"]) < 100


def test_the_explorer_shows_a_name_of_the_other_language(odd: httpx.Client) -> None:
    asked = {"start": "city/english", "lang": "tr"}
    picture = odd.get("/explore/picture", params=asked).json()
    assert [node["label"] for node in picture["nodes"]] == ["Only English"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "yesterday", "2024-02-30"])
def test_a_day_before_or_after_everything_or_none_at_all_is_answered(odd: httpx.Client, day: str) -> None:
    assert "<h1>" in page(odd, f"/id/network/hub?lang=en&as_of={day}")


@pytest.mark.parametrize("path", ["/gaps", "/partners", "/connections", "/partners/consortia", "/"])
def test_a_city_that_is_not_recorded_is_told_as_such(odd: httpx.Client, path: str) -> None:
    assert "antalya" in page(odd, f"{path}?lang=en", 404)
