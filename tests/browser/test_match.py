"""Deciding on pairs of cities in a browser, and taking it back: in Turkish, and on a telephone."""

from collections.abc import Iterator

import pytest
from barriers import find_barriers
from playwright.sync_api import Page, expect
from serving import serve
from unsure import make_unsure_store

pytestmark = pytest.mark.browser

TOKEN = "a-token-of-this-test"


@pytest.fixture(scope="module")
def unsure_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server over a store in which four pairs of cities wait."""
    store = make_unsure_store(tmp_path_factory.mktemp("unsure") / "store")
    with serve(store, query_workers=1, write_token=TOKEN) as served:
        yield served.address


def sign_in(page: Page) -> None:
    page.goto(page.url.replace("/match", "/office"))
    page.locator("#token").fill(TOKEN)
    page.locator("main button").click()
    expect(page.locator("#same-title")).to_be_visible()
    page.locator("#same-title + p a[href='/match']").click()


def test_an_officer_decides_on_two_pairs_and_takes_one_back(visit, unsure_site: str) -> None:
    watched = visit("/match?lang=tr", base=unsure_site, width=1280)
    page = watched.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Aynı olabilecek kentler")
    assert find_barriers(page) == []
    sign_in(page)
    first = page.get_by_role("group", name="B100 (b100-a) ile B100 (b100-b)")
    first.get_by_label("aynı kent").check()
    first.get_by_label("Varsa kendi gerekçesi").fill("Tek belediye.")
    page.get_by_role("group", name="B101 (b101-a) ile B101 (b101-b)").get_by_label("ayrı kentler").check()
    button = page.get_by_role("button", name="Kararları kayda geçir")
    button.click()
    # The one reason is not enough for both; what was chosen stays.
    expect(page.get_by_role("alert")).to_contain_text("'b101-a' ile 'b101-b' için gerekçe yok.")
    expect(first.get_by_label("aynı kent")).to_be_checked()
    page.locator("#pairs-why").fill("Haritaya bakıldı.")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("2 karar kayda geçti.")
    assert find_barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{unsure_site}/match?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cities that may be one")
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_label("Take back: B100 (b100-a) and B100 (b100-b)").check()
    page.get_by_label("Why the decisions are taken back").fill("Two councils.")
    assert find_barriers(page) == []
    page.get_by_role("button", name="Take the ticked decisions back").click()
    expect(page.get_by_role("status")).to_contain_text("Decisions taken back: 1.")
    expect(page.get_by_role("group", name="B100 (b100-a) and B100 (b100-b)")).to_be_visible()
    page.evaluate("""() => {
      const form = document.querySelector("form[data-busy]");
      form.addEventListener("submit", (event) => event.preventDefault());
      form.requestSubmit();
    }""")
    expect(page.get_by_role("button", name="Writing down…")).to_be_disabled()
    # The browser itself says that the first answer was an error: that is what it was.
    watched.errors = [error for error in watched.errors if "400 (Bad Request)" not in error]
    watched.check()
