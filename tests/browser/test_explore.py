"""The explorer: the picture, its panel, its filters, and the table for those without it."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

AUSTIN = "agreement/twinning-antalya-austin-1"
# Where an edge passes on the screen, near its far end: lines run together at the city.
_ON_EDGE = """(id) => {
  const box = document.querySelector(".canvas"), { network, edges } = box.view, edge = edges.get(id);
  const at = network.getPositions([edge.from, edge.to]), a = at[edge.from], b = at[edge.to];
  const spot = network.canvasToDOM({ x: a.x + (b.x - a.x) * 0.8, y: a.y + (b.y - a.y) * 0.8 });
  const { left, top } = box.getBoundingClientRect();
  return { x: left + spot.x, y: top + spot.y };
}"""

_HIDDEN = """() => document.querySelector(".canvas").view.edges
  .get({ filter: (edge) => edge.hidden }).map((edge) => edge.family)"""
# Themes of the lines that are shown, and the countries of their ends.
_SHOWN_LINES = """() => {
  const { edges, nodes } = document.querySelector(".canvas").view;
  return edges.get({ filter: (edge) => !edge.hidden && edge.relation }).map((edge) => ({ themes: edge.themes,
    countries: [edge.from, edge.to].map((id) => nodes.get(id).country).filter(Boolean) }));
}"""


def _drawn(page: Page) -> Page:
    expect(page.locator(".canvas[data-drawn]")).to_be_visible()
    return page


def test_a_click_on_a_line_shows_dates_grade_and_sources(visit) -> None:
    watched = visit("/explore?lang=en&as_of=2024-03-04")
    page = _drawn(watched.page)
    spot = page.evaluate(_ON_EDGE, AUSTIN)
    page.mouse.click(spot["x"], spot["y"])
    panel = page.locator("#panel")
    for text in ("Austin", "2009", "In force", "Confirmed"):
        expect(panel).to_contain_text(text)
    expect(panel.locator("a[href^='https://']").first).to_be_visible()
    assert page.url.endswith("pick=agreement/twinning-antalya-austin-1")
    watched.check()


def test_an_address_with_a_relation_opens_it(visit) -> None:
    page = _drawn(visit("/explore?lang=en#agreement%2Ftwinning-antalya-bat-yam-1").page)
    expect(page.locator("#panel")).to_contain_text("11 March 2024")


def test_the_search_finds_a_partner_in_any_writing(visit) -> None:
    page = _drawn(visit("/explore").page)
    page.get_by_role("combobox").fill("NURNBERG")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Nürnberg")


def test_the_legend_filters_the_picture(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    assert page.evaluate(_HIDDEN) == []
    page.get_by_role("checkbox", name="Sister cities").uncheck()
    assert set(page.evaluate(_HIDDEN)) == {"twinning"}


def test_themes_and_countries_filter_the_picture(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    whole = len(page.evaluate(_SHOWN_LINES))
    countries = page.locator(".legend-sets details[data-set=country]")
    countries.locator("summary").click()
    countries.get_by_role("checkbox", name="Germany").uncheck()
    shown = page.evaluate(_SHOWN_LINES)
    assert 0 < len(shown) < whole
    # A line stays while one of its ends is in a country that is shown.
    assert all(set(line["countries"]) != {"DE"} for line in shown)
    assert "hide=country:DE" in page.url
    countries.get_by_role("button", name="All").click()
    assert len(page.evaluate(_SHOWN_LINES)) == whole
    themes = page.locator(".legend-sets details[data-set=theme]")
    themes.locator("summary").click()
    themes.get_by_role("button", name="None").click()
    themes.get_by_role("checkbox", name="Tourism").check()
    shown = page.evaluate(_SHOWN_LINES)
    assert len(shown) >= 1
    assert all("tourism" in line["themes"] for line in shown)


def test_nothing_moves_by_itself(visit) -> None:
    page = _drawn(visit("/explore").page)
    positions = "() => JSON.stringify(document.querySelector('.canvas').view.network.getPositions())"
    before = page.evaluate(positions)
    page.wait_for_timeout(500)
    assert page.evaluate(positions) == before


def test_partners_can_be_picked_by_keyboard(visit) -> None:
    page = _drawn(visit("/explore?lang=en").page)
    page.get_by_role("button", name="Miami").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("23 May 2017")


def test_without_scripts_the_table_has_every_relation_with_its_sources(visit) -> None:
    page = visit("/explore?as_of=2024-03-04", script=False).page
    assert page.locator(".explorer").is_hidden()
    assert page.locator(".all-relations tbody > tr[id]").count() >= 90
    page.locator("tr[id$='twinning-antalya-austin-1'] summary").click()
    expect(page.locator("tr[id$='twinning-antalya-austin-1'] .evidence")).to_be_visible()


def test_a_hostile_name_stays_a_text(visit, hostile_site: str) -> None:
    watched = visit("/explore", base=hostile_site)
    page = _drawn(watched.page)
    page.get_by_role("combobox").fill("onerror")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("<img src=x onerror=hacked=1>")
    assert page.locator("img").count() == 0
    assert page.evaluate("() => window.hacked") is None
    watched.check()
