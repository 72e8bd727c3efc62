"""The pages of partners, on ``tiny.ttl``: who is there is told at its top."""

import re
from html import unescape

import httpx
import pytest

HTML = {"Accept": "text/html", "Accept-Language": "en"}


def page(client: httpx.Client, path: str, status: int = 200, **params: object) -> str:
    given = {"lang": "en", "as_of": "2024-03-04", **params}
    answer = client.get(path, params=given, headers=HTML)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


def candidates(text: str) -> list[str]:
    return re.findall(r'id="candidate-([^"]+)"', text)


def test_candidates_come_in_the_order_of_the_interface_with_their_reasons(client: httpx.Client) -> None:
    text = page(client, "/partners")
    given = {"as_of": "2024-03-04", "limit": 10}
    items = client.get("/api/v1/cities/antalya/recommendations", params=given).json()["items"]
    assert candidates(text) == [item["city"].rstrip("/").rpartition("/")[2] for item in items]
    assert all(reason["text"]["en"] in unescape(text) for reason in items[0]["reasons"])
    assert all(check["text"]["en"] in unescape(text) for check in items[0]["fit"])
    assert 'href="/partners/report-card' in text


def test_the_list_is_narrowed_and_paged(client: httpx.Client) -> None:
    first = page(client, "/partners", country="BG")
    assert "Bulgaria" in first
    assert first.count("<span>Bulgaria</span>") == len(candidates(first)) == 10
    second = page(client, "/partners", country="BG", start=10)
    assert not set(candidates(first)) & set(candidates(second))
    assert 'rel="prev"' in second
    assert "No candidate passes these filters" in page(client, "/partners", country="BG", recorded="1")


def test_project_partners_and_networks_have_lists_of_their_own(client: httpx.Client) -> None:
    assert "nuremberg" in candidates(page(client, "/partners", purpose="project", recorded="1"))
    assert 'aria-current="true">Network to join' in page(client, "/partners", purpose="network")
    assert "purpose" in page(client, "/partners", 400, purpose="marriage")
    assert "turism" in page(client, "/partners", 404, theme="turism")


def test_a_candidate_typed_in_by_name_is_judged_as_in_the_list(client: httpx.Client) -> None:
    text = page(client, "/partners/compare", name="Varna")
    judged = client.get("/api/v1/cities/antalya/recommendations/varna", params={"as_of": "2024-03-04"}).json()
    assert f'<b class="figure-small">{judged["rank"]}</b>' in text
    assert all(remark["text"]["en"] in unescape(text) for remark in judged["against"])


def test_candidates_stand_side_by_side_three_at_most(client: httpx.Client) -> None:
    answer = client.get(
        "/partners/compare?name=Varna&name=nuremberg&name=Varna&name=Burgas&name=Sofia&lang=en", headers=HTML
    )
    assert re.findall(r"<h1>(.*)</h1>", answer.text) == ["Varna – Nuremberg – Burgas"]
    assert "name=Varna&amp;name=nuremberg" in answer.text  # the switch of the language keeps all


@pytest.mark.parametrize(
    "name", ["Nuremburgg", "<script>alert(1)</script>", "‮abc", "💧" * 200, "antalya", "   "]
)
def test_a_name_that_nothing_bears_is_answered_with_a_page(client: httpx.Client, name: str) -> None:
    text = page(client, "/partners/compare", name=name)
    assert "side-by-side" not in text
    assert "<script>alert" not in text
    if name == "Nuremburgg":
        assert 'name=nuremberg"' in text


def test_the_day_is_kept_with_everything_else(client: httpx.Client) -> None:
    text = page(client, "/partners", country="BG", purpose="project")
    form = text[text.index('class="as-of"') : text.index("</form>")]
    assert '<input type="hidden" name="country" value="BG">' in form
    assert '<input type="hidden" name="purpose" value="project">' in form


def test_before_everything_too_little_is_known(client: httpx.Client) -> None:
    assert "Not enough is known" in page(client, "/partners", as_of="0001-01-01") or candidates(
        page(client, "/partners", as_of="0001-01-01")
    )


def test_what_speaks_against_a_candidate_leads_to_its_statements(client: httpx.Client) -> None:
    text = page(client, "/partners/compare", name="bat-yam", as_of="2024-03-11")
    row = text[text.index("What speaks against it") :]
    link = unescape(re.findall(r'class="run-query" href="([^"]+)"', row)[0])
    rows = client.get(link.replace("format=html", "format=csv")).text
    assert "twinning-antalya-bat-yam-1" in rows
