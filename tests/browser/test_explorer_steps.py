"""The explorer's main tasks: open and collapse, time, ways, overlays, sharing; by keyboard alone, too."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

_SHOWN = """() => document.querySelector(".canvas").view.nodes
  .get({ filter: (node) => !node.hidden }).map((node) => node.path)"""
_LINES = """() => document.querySelector(".canvas").view.edges.get({ filter: (edge) => !edge.hidden })"""
_PLACES = "() => document.querySelector('.canvas').view.network.getPositions()"


def _drawn(page: Page) -> Page:
    expect(page.locator(".canvas[data-drawn]")).to_be_visible()
    return page


def _open_ties(page: Page, text: str) -> None:
    page.locator("#panel .ties li", has_text=text).get_by_role("button", name="Open").click()


def test_a_hub_is_counted_first_then_opened_and_collapsed(visit) -> None:
    watched = visit("/explore?lang=en&pick=city/nuremberg")
    page = _drawn(watched.page)
    before = page.evaluate(_PLACES)
    expect(page.locator("#panel .ties")).to_contain_text("Sister cities 2")
    _open_ties(page, "Sister cities")
    page.wait_for_url(re.compile(r"open=city/nuremberg:twinning"))
    expect(page.locator("#undo")).to_be_enabled()
    expect(page.locator("#panel")).to_contain_text("Collapse")
    after = page.evaluate(_PLACES)
    assert {name: after[name] for name in before} == before
    page.get_by_role("button", name="Collapse").click()
    expect(page.get_by_role("button", name="Collapse")).to_have_count(0)
    assert "open=" not in page.url
    watched.check()


def test_undo_goes_back_step_by_step(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    page.get_by_role("checkbox", name="Projects").uncheck()
    page.get_by_role("checkbox", name="Sister cities").uncheck()
    page.locator("#undo").click()
    expect(page.get_by_role("checkbox", name="Sister cities")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Projects")).not_to_be_checked()
    page.locator("#undo").click()
    expect(page.get_by_role("checkbox", name="Projects")).to_be_checked()
    expect(page.locator("#undo")).to_be_disabled()


def test_a_link_shows_the_same_view_to_somebody_else(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    page.get_by_role("checkbox", name="Sister cities").uncheck()
    page.locator("#day").fill("2010-01-01")
    page.wait_for_url(re.compile("as_of=2010-01-01"))
    other = _drawn(visit(page.url.partition("/explore")[1] + page.url.partition("/explore")[2]).page)
    assert set(other.evaluate(_SHOWN)) == set(page.evaluate(_SHOWN))


def test_the_slider_moves_through_time(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    now = len(page.evaluate(_LINES))
    page.locator("#year").fill("1998")
    assert page.url.endswith("as_of=1998-12-31")
    then = page.evaluate(_LINES)
    assert 0 < len(then) < now
    assert all(line["family"] != "protocol" or line["changes"][0][1] != "planned" for line in then)
    page.get_by_role("checkbox", name="Not begun yet").check()
    assert len(page.evaluate(_LINES)) > len(then)


def test_ended_ties_are_grey_and_planned_ones_dashed(visit) -> None:
    page = _drawn(visit("/explore?lang=en&as_of=2025-01-01").page)
    lines = {line["id"]: line for line in page.evaluate(_LINES)}
    assert lines["agreement/twinning-antalya-bat-yam-1"]["color"]["color"] == "#84939b"
    page.locator("#year").fill("1996")
    page.get_by_role("checkbox", name="Not begun yet").check()
    dashes = {str(line["dashes"]) for line in page.evaluate(_LINES)}
    assert "[6, 6]" in dashes


def test_a_day_before_everything_is_told(visit) -> None:
    watched = visit("/explore?lang=en&as_of=1000-01-01")
    page = _drawn(watched.page)
    page.get_by_role("checkbox", name="May be in force").count()
    expect(page.locator("#panel h1")).to_be_visible()
    watched.check()


def test_two_things_are_connected_by_ways_with_dates_and_sources(visit) -> None:
    watched = visit("/explore?lang=en")
    page = _drawn(watched.page)
    page.get_by_role("button", name="How are two connected?").click()
    expect(page.locator("#way-from")).to_have_value("Antalya")
    page.locator("#way-to").fill("izmir")
    page.get_by_role("button", name="Show the ways").click()
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("How Antalya and")
    expect(panel.locator(".ways > li").first).to_contain_text("MedCities")
    expect(panel.locator(".hop").first).to_contain_text("Source")
    page.wait_for_url(re.compile(r"from=city/antalya&to=city/izmir"))
    expect(page.locator(".stage[aria-busy]")).to_have_count(0)
    assert any(line["way"] for line in page.evaluate(_LINES))
    watched.check()


def test_that_nothing_connects_two_is_said(visit) -> None:
    page = _drawn(visit("/explore?lang=en&from=city/antalya&to=city/atlantis").page)
    expect(page.locator("#panel .problem")).to_contain_text("atlantis")


@pytest.mark.parametrize(
    ("name", "word"), [("partners", "A rank is no decision"), ("gaps", "Dormant partners")]
)
def test_overlays_mark_the_picture(visit, name: str, word: str) -> None:
    watched = visit(f"/explore?lang=en&over={name}")
    page = _drawn(watched.page)
    expect(page.locator("#panel")).to_contain_text(word, timeout=60_000)
    expect(page.locator(".canvas[data-over]")).to_be_visible()
    assert int(page.locator(".canvas").get_attribute("data-over") or 0) >= 5
    watched.check()


def test_a_lost_connection_is_told_and_the_picture_stays(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    page.route("**/explore/panel**", lambda route: route.abort())
    page.get_by_role("button", name="Miami").click()
    expect(page.locator("#panel .problem")).to_contain_text("The server could not be reached")
    expect(page.locator("#panel h2")).to_have_text("Miami")
    assert len(page.evaluate(_SHOWN)) > 50


def test_the_main_tasks_need_no_mouse(visit) -> None:
    watched = visit("/explore?lang=en")
    page = _drawn(watched.page)
    page.locator("#find").focus()
    page.keyboard.type("nurn")
    expect(page.locator("#hits button").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .ties")).to_be_visible()
    opener = page.locator("#panel .ties li", has_text="Sister cities").get_by_role("button")
    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("open="))
    page.locator("#year").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("as_of="))
    page.locator("#open-ways").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("izmir")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .ways")).to_be_visible()
    page.locator("#undo").focus()
    page.keyboard.press("Enter")
    watched.check()


def test_the_picture_is_saved_as_png(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    page.get_by_text("Share and save").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert download.value.suggested_filename.startswith("kopru-city-antalya")
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) > 20_000


def test_files_follow_the_view(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    page.get_by_role("checkbox", name="Sister cities").uncheck()
    page.get_by_text("Share and save").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Table (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "protocol" in text
    assert ",twinning," not in text


def test_the_offline_page_opens_from_a_file_and_asks_nobody(visit, browser: Browser, tmp_path: Path) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    page.get_by_text("Share and save").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Page for offline use (HTML)").click()
    file = tmp_path / "view.html"
    download.value.save_as(file)
    context = browser.new_context(offline=True)
    asked: list[str] = []
    errors: list[str] = []
    offline = context.new_page()
    offline.on("request", lambda request: asked.append(request.url))
    offline.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    offline.on("pageerror", lambda error: errors.append(str(error)))
    offline.goto(file.as_uri())
    expect(offline.locator("#canvas[data-drawn]")).to_be_visible()
    expect(offline.locator("tbody tr")).not_to_have_count(0)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert errors == []
    context.close()


def test_a_hostile_name_stays_a_text_in_panel_and_files(visit, hostile_site: str) -> None:
    watched = visit("/explore?pick=city/nuremberg", base=hostile_site)
    page = _drawn(watched.page)
    expect(page.locator("#panel h2")).to_contain_text("<img src=x onerror=hacked=1>")
    expect(page.locator("#panel .ties")).to_be_visible()
    assert page.locator("img").count() == 0
    page.goto(hostile_site + "/map?lang=en")
    expect(page.locator(".globe[data-drawn]")).to_be_visible()
    assert page.evaluate("() => window.hacked") is None
    drawing = page.request.get(hostile_site + "/explore/export.svg?lang=en").text()
    assert "<img" not in drawing
    assert "<script" not in drawing
    watched.check()
