"""The pages of gaps, connections and consortia, on ``tiny.ttl``: who is there is told at its top."""

import re

import httpx
import pytest

HTML = {"Accept": "text/html", "Accept-Language": "en"}


def page(client: httpx.Client, path: str, status: int = 200, **params: object) -> str:
    given = {"lang": "en", "as_of": "2024-03-04", **params}
    answer = client.get(path, params=given, headers=HTML)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


def test_gaps_open_with_what_would_widen_the_view_and_the_command(client: httpx.Client) -> None:
    text = page(client, "/gaps")
    first = text.index("Read this first")
    assert first < text.index("Findings by kind") < text.index("Dormant partners")
    assert "kopru ingest records" in text[first : text.index("Findings by kind")]


def test_without_scripts_no_kind_of_finding_is_folded_away(client: httpx.Client) -> None:
    folds = re.findall(r'<details class="narrow-fold"[^>]*>', page(client, "/gaps"))
    assert len(folds) > 3
    assert all(fold.endswith(" open>") for fold in folds)


def test_the_day_changes_the_page_of_gaps(client: httpx.Client) -> None:
    def dormant(day: str) -> set[str]:
        return set(re.findall(r'id="dormant-partner-([^"]+)"', page(client, "/gaps", as_of=day)))

    assert dormant("2024-03-04") == {"nuremberg", "bat-yam"}
    assert dormant("2024-03-11") == {"nuremberg"}
    assert dormant("0001-01-01") == set()


def test_one_kind_alone_can_be_asked_for(client: httpx.Client) -> None:
    text = page(client, "/gaps", kind="open_place")
    assert "Declared relations not identified" in text
    assert "Dormant partners" not in text
    assert "dormant_partner" in page(client, "/gaps", 400, kind="sleepy")


def test_every_finding_leads_to_a_query_that_runs(client: httpx.Client) -> None:
    links = set(re.findall(r'class="run-query" href="([^"]+)"', page(client, "/gaps")))
    assert len(links) > 3
    for link in links:
        answer = client.get(link.replace("&amp;", "&").replace("format=html", "format=csv"))
        assert answer.status_code == 200


def test_a_theme_has_a_page_whether_or_not_it_has_ties(client: httpx.Client) -> None:
    text = page(client, "/gaps/themes/tourism")
    assert 'id="partner"' in text
    assert 'id="indicator"' in text
    assert "turism" in page(client, "/gaps/themes/turism", 404)


def test_ways_are_shown_and_unclear_ends_are_asked_about(client: httpx.Client) -> None:
    text = page(client, "/connections", to="Nuremberg")
    assert "From Antalya to Nuremberg" in text
    assert "4 October 1997" in text or "1997" in text
    assert "Which one is meant" in page(client, "/connections", to="nurenburg")
    assert "Nothing recorded is called" in page(client, "/connections", to="<script>")
    assert "Both ends are the same thing." in page(client, "/connections", to="antalya")
    assert "Nothing recorded connects the two" in page(client, "/connections", to="izmir")


def test_before_everything_the_pages_still_stand(client: httpx.Client) -> None:
    for path in ("/gaps", "/connections", "/partners/consortia"):
        assert "<h1>" in page(client, path, as_of="0001-01-01", size="3", to="izmir")


def test_a_form_for_a_call_is_answered_with_reasons(client: httpx.Client) -> None:
    assert "Proposal 1" not in page(client, "/partners/consortia")
    text = page(client, "/partners/consortia", size="3", minimum_countries="3")
    assert "proven: none is better" in text
    assert "A partner of the city already." in text
    assert 'name="size" type="number" min="2" max="50" value="3"' in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"eligible_countries": "de, il"}, "not open to the city&#39;s own country"),
        ({"minimum_countries": "4", "size": "3"}, "At least 4 countries are asked for"),
        ({"size": "10"}, "Fewer cities that may apply are recorded"),
    ],
)
def test_an_impossible_call_names_the_condition(
    client: httpx.Client, typed: dict[str, str], told: str
) -> None:
    assert told in page(client, "/partners/consortia", **typed)


@pytest.mark.parametrize("typed", [{"size": "1"}, {"size": "many"}, {"role": "boss"}, {"proposals": "99"}])
def test_a_form_that_is_filled_in_wrongly_says_which_field(
    client: httpx.Client, typed: dict[str, str]
) -> None:
    (name,) = typed
    assert name in page(client, "/partners/consortia", 400, **typed)


def test_several_themes_stay_in_the_address_when_the_language_changes(client: httpx.Client) -> None:
    text = client.get(
        "/partners/consortia?themes=tourism&themes=environment&size=3&lang=en", headers=HTML
    ).text
    assert "themes=tourism&amp;themes=environment&amp;size=3&amp;lang=tr" in text
