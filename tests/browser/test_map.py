"""The map: partners, filters, members, candidates, the whole world, and the table for those without it."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def _drawn(page: Page) -> Page:
    expect(page.locator(".globe[data-drawn]")).to_be_visible()
    return page


def _shown(page: Page) -> int:
    return int(page.locator(".globe").get_attribute("data-shown") or 0)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_partners_stand_on_the_map_and_tell_of_their_ties(visit, language: str) -> None:
    watched = visit(f"/map?lang={language}")
    page = _drawn(watched.page)
    assert _shown(page) >= 25
    miami = page.locator(".spot[data-key=miami]")
    miami.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-panel h2")).to_have_text("Miami")
    expect(page.locator("#map-panel a").first).to_have_attribute("href", re.compile("/id/agreement/"))
    watched.check()


def test_the_legend_and_the_filters_narrow_the_map(visit) -> None:
    page = _drawn(visit("/map?lang=en").page)
    whole = _shown(page)
    page.locator("#map-legend").get_by_role("checkbox").first.uncheck()
    assert _shown(page) < whole
    page.locator("#map-legend").get_by_role("checkbox").first.check()
    theme = page.locator("select[name=theme] option").nth(1).get_attribute("value")
    page.locator("select[name=theme]").select_option(theme)
    assert _shown(page) < whole
    assert f"theme={theme}" in page.url


def test_the_members_of_a_network_are_shown(visit) -> None:
    page = _drawn(visit("/map?lang=en").page)
    page.locator("select[name=network]").select_option("network/covenant-of-mayors")
    expect(page.locator(".spot.is-member").first).to_be_attached()
    assert "network=network/covenant-of-mayors" in page.url


def test_the_day_decides_what_is_there(visit) -> None:
    page = _drawn(visit("/map?lang=en").page)
    now = _shown(page)
    page.locator("input[name=as_of]").fill("1998-01-01")
    page.locator("input[name=as_of]").dispatch_event("change")
    assert 0 < _shown(page) < now


def test_candidates_are_drawn_with_their_reasons(visit) -> None:
    watched = visit("/map?lang=en")
    page = _drawn(watched.page)
    page.locator("#candidates").check()
    first = page.locator(".spot.is-candidate").first
    expect(first).to_be_attached(timeout=60_000)
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-panel li").first).to_be_visible()
    watched.check()


def test_dense_places_are_one_button_that_leads_closer(visit) -> None:
    page = _drawn(visit("/map?lang=en").page)
    group = page.locator(".spot.is-group").first
    expect(group).to_have_attribute("aria-label", re.compile("Come closer"))
    before = page.evaluate("() => document.querySelector('.globe').globe.zoom")
    group.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.querySelector('.globe').globe.zoom") > before


def test_keys_move_and_zoom_the_map(visit) -> None:
    page = _drawn(visit("/map?lang=en").page)
    page.locator(".globe").focus()
    place = "() => document.querySelector('.globe').globe.at([30.7, 36.9])"
    before = page.evaluate(place)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(place)[0] == pytest.approx(before[0] + 70, abs=1)
    page.keyboard.press("+")
    assert page.evaluate("() => document.querySelector('.globe').globe.zoom") > 1


def test_the_world_is_shown_by_country_then_closer(visit) -> None:
    watched = visit("/map?view=world&lang=en")
    page = _drawn(watched.page)
    expect(page.locator(".globe[data-ready]")).to_be_visible()
    expect(page.locator(".globe[data-level=countries]")).to_be_visible()
    page.locator(".spot").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Come closer").click()
    expect(page.locator(".globe[data-level=regions]")).to_be_visible()
    page.evaluate("() => document.querySelector('.globe').globe.show([30.7, 36.9], 9)")
    expect(page.locator(".globe[data-level=cities]")).to_be_visible()
    expect(page.locator(".spot[data-key=antalya]")).to_be_attached()
    page.locator(".spot[data-key=antalya]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-panel h2")).to_have_text("Antalya")
    watched.check()


def test_without_scripts_the_tables_say_the_same(visit) -> None:
    page = visit("/map?lang=en&as_of=2024-03-04", script=False).page
    assert page.locator(".globe").is_hidden()
    assert page.locator(".map-table tbody tr").count() >= 25
    page.locator("select[name=network]").select_option("network/covenant-of-mayors")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".map-table")).to_contain_text("No tie of its own")
    page = visit("/map?view=world&lang=en", script=False).page
    expect(page.locator(".map-table tbody tr").first).to_be_visible()


def test_boundaries_are_noted_and_sources_named(visit) -> None:
    for path in ("/map?lang=en", "/map?lang=en&view=world"):
        note = visit(path).page.locator("main .caption")
        expect(note).to_contain_text("say nothing about the status of any area")
        expect(note).to_contain_text("Natural Earth")
        expect(note).to_contain_text("GeoNames")


def test_a_contested_place_has_both_names(visit) -> None:
    page = _drawn(visit("/map?lang=en").page)
    contested = page.evaluate(
        "() => JSON.parse(document.querySelector('#map-data').textContent).places.filter((p) => p.note)"
    )
    assert len(contested) >= 1
    spot = page.evaluate("(key) => document.querySelector('.globe').globe && key", contested[0]["slug"])
    assert spot
    assert contested[0]["also"]
