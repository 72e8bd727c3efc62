"""The plan's page before a person of the municipality."""

import pytest
from barriers import find_barriers, find_faint_texts
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

#: Points of each stage: objectives, roles, expected results.
POINTS = [(7, 1, 2), (6, 2, 1), (9, 3, 2), (4, 2, 2), (4, 4, 4), (4, 2, 3)]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_plan_asks_nobody_else_and_has_no_serious_barrier(visit, language: str) -> None:
    watched = visit(f"/plan?lang={language}")
    page = watched.page
    assert page.locator("html").get_attribute("lang") == language
    assert find_barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_faint_texts(page) == []
    for width in (360, 390, 768, 1024, 1440, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0, width
    watched.check()


def test_the_board_shows_every_point_of_the_six_stages(visit) -> None:
    page = visit("/plan").page
    sheets = page.locator(".stage-sheet")
    columns = ("contents", "roles", "results")
    counted = [
        tuple(sheet.locator(f".column-{column} .point").count() for column in columns)
        for sheet in sheets.all()
    ]
    assert counted == POINTS


def test_the_way_leads_to_the_stages_and_the_review_back_to_the_fifth(visit) -> None:
    page = visit("/plan?lang=en").page
    stations = page.locator(".road .station")
    assert stations.count() == 6
    stations.nth(2).get_by_role("link").click()
    expect(page.locator("#drafting")).to_be_in_viewport()
    expect(page.locator(".review")).to_contain_text("leads back to stage 5")
    assert page.locator(".loop").is_visible()


def test_a_number_leads_to_the_query_that_gives_it(visit) -> None:
    page = visit("/plan?lang=en").page
    number = page.locator(".indicators .figure a").first
    shown = number.inner_text().replace(",", "").rstrip("%")
    number.click()
    expect(page.locator("#result td").first).to_contain_text(shown)


def test_the_page_is_whole_without_scripts(visit) -> None:
    page = visit("/plan", script=False).page
    assert page.locator(".point").count() == sum(map(sum, POINTS))
    assert page.locator(".indicators tbody tr").count() >= 12
    assert page.locator(".spark").first.is_visible()


def test_the_plan_prints_with_all_that_it_says(visit) -> None:
    page = visit("/plan").page
    page.emulate_media(media="print")
    assert page.locator(".point").last.is_visible()
    assert not page.locator(".menu").is_visible()
