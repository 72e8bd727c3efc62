"""What holds for every page: it asks nobody else, breaks no rule, and can be used by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/explore",
    "/explore?start=network/eurocities",
    "/map",
    "/map?view=world",
    "/data",
    "/docs/ontology",
    "/sparql",
    "/gaps",
    "/gaps/themes/tourism",
    "/connections?to=izmir",
    "/partners/consortia?size=4&themes=tourism",
    "/partners",
    "/partners?purpose=network",
    "/partners/compare?name=skopje&name=varna&name=izmir",
    "/partners/report-card",
    "/changes",
    "/office",
    "/id/city/nuremberg",
    "/id/agreement/twinning-antalya-nuremberg-1",
]


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_nobody_else_and_has_no_serious_barrier(visit, path: str, language: str) -> None:
    watched = visit(f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert watched.page.locator("html").get_attribute("lang") == language
    _want_no_barrier(watched.page)
    watched.check()


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith("/id/agreement")])
def test_the_dark_page_has_no_serious_barrier_either(visit, path: str) -> None:
    _want_no_barrier(visit(path, dark=True).page)


def _want_no_barrier(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("path", PAGES)
def test_no_width_makes_a_page_scroll_sideways(visit, path: str) -> None:
    page = visit(path).page
    for width in (360, 768, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0, width


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_comes_up(visit, path: str) -> None:
    page = visit(path).page
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => window.shifted") <= 0.1


@pytest.mark.parametrize("path", PAGES)
def test_without_scripts_a_page_is_still_a_table_to_read(visit, path: str) -> None:
    page = visit(path, script=False).page
    assert page.locator("h1:visible, h2:visible").count() >= 1
    # Writing is off here: the page of the office says so, and has nothing to fill in.
    wanted = (
        "main p:visible" if path == "/office" else "main table:visible, main dl:visible, main form:visible"
    )
    assert page.locator(wanted).count() >= 1


def test_a_switch_of_the_language_keeps_place_and_day(visit) -> None:
    page = visit("/explore?as_of=2024-03-04").page
    page.get_by_role("group", name="Dil").get_by_text("EN").click()
    expect(page.get_by_role("heading", name="Partner network of Antalya")).to_be_visible()
    assert "as_of=2024-03-04" in page.url


def test_the_language_is_remembered(visit) -> None:
    page = visit("/?lang=en").page
    page.goto(page.url.replace("?lang=en", "data"))
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_unknown_address_answers_with_a_page_that_leads_on(visit) -> None:
    watched = visit("/nothing-here?lang=tr")
    assert watched.page.get_by_role("link", name="Genel bakışa git").is_visible()
    assert watched.foreign == []
