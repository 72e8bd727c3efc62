"""The questions, as people use them: without barriers, and with no script needed."""

import pytest
from barriers import find_barriers
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = ["/questions", "/questions/networks-of-city", "/questions/indicator-confirmed-ties"]


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_questions_asks_nobody_else_and_has_no_serious_barrier(
    visit, path: str, language: str
) -> None:
    watched = visit(f"{path}?lang={language}")
    assert find_barriers(watched.page) == []
    for width in (360, 768, 2560):
        watched.page.set_viewport_size({"width": width, "height": 900})
        assert watched.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0, width
    watched.check()


def test_a_question_is_asked_from_the_list(visit) -> None:
    page = visit("/questions?lang=en").page
    entry = page.get_by_role("listitem").filter(has_text="Which ties ended, when")
    entry.get_by_label("Day").fill("2020-01-01")
    entry.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Which ties ended, when, and who ended them?")).to_be_visible()
    expect(page.get_by_role("link", name="Cheboksary", exact=False).first).to_be_visible()
    assert "asOf=2020-01-01" in page.url
