"""What holds for every page: it asks nobody else, breaks no rule, and can be used by everybody."""

import pytest
from barriers import find_barriers, find_faint_texts
from playwright.sync_api import expect

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
def test_a_page_asks_nobody_else_stands_still_and_has_no_serious_barrier(
    visit, path: str, language: str
) -> None:
    watched = visit(f"{path}{'&' if '?' in path else '?'}lang={language}")
    page = watched.page
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => window.shifted") <= 0.1
    assert page.locator("html").get_attribute("lang") == language
    assert find_barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_faint_texts(page) == []
    for width in (360, 768, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0, width
    watched.check()


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


def test_a_text_that_is_hard_to_read_is_found_among_others_of_its_kind(visit) -> None:
    page = visit("/nothing-here").page
    page.evaluate("""() => {
      const line = document.querySelector("main .lead"), rules = new CSSStyleSheet();
      rules.replaceSync(".faint { color: #ccc; background: #fff; }");
      document.adoptedStyleSheets = [rules];
      for (let copy = 0; copy < 3; copy += 1) line.after(line.cloneNode(true));
      [...document.querySelectorAll("main .lead")].at(-1).classList.add("faint");
    }""")
    assert [rule for rule, _ in find_faint_texts(page)] == ["color-contrast"]
