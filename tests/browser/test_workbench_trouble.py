"""What goes wrong at the workbench: nothing typed is lost, and a sentence says what happened."""

import pytest
from playwright.sync_api import expect
from workbench import editor, run, text_of, type_in, write

pytestmark = pytest.mark.browser

MILLION = "SELECT ?a ?b ?c { ?a a kp:Evidence . ?b a kp:Evidence . ?c a schema:City } LIMIT 1000000"
SCRIPT = "</script><img src=x onerror=hacked=1>"
FULL = """() => {
  const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    if (this === localStorage && window.isFull) throw new DOMException("full", "QuotaExceededError");
    put.call(this, key, value);
  };
}"""
FORBIDDEN = """
  Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""


def test_a_megabyte_pasted_is_kept_and_refused_with_a_sentence(visit) -> None:
    watched = visit("/sparql?lang=en")
    page = watched.page
    line = "# " + "ş" * 98 + "\n"
    write(page, "SELECT * {}\n" + line * 10_100)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".problem")).to_contain_text("at most 1000000 are read")
    page.wait_for_timeout(600)
    page.reload()
    expect(editor(page).locator(".cm-line").first).to_have_text("SELECT * {}")
    assert page.evaluate("() => Object.values(localStorage).some((one) => one.length > 1000000)")
    watched.errors.clear()  # the browser itself notes an answer with the status 413


def test_a_million_rows_are_read_as_far_as_the_page_holds_them(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, MILLION)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#query-note")).to_contain_text("200,000 rows in", timeout=60_000)
    expect(page.locator("#result .caption").last).to_contain_text("there are more. Files have all of them.")
    page.get_by_role("button", name="Last page").press("Enter")
    expect(page.locator(".pager")).to_contain_text("199,951–200,000 of 200,000")


def test_a_label_with_script_stays_a_text_in_every_view(visit, hostile_site: str) -> None:
    watched = visit("/sparql?lang=en", base=hostile_site)
    page = watched.page
    write(
        page,
        f'SELECT ?city ?where ("{SCRIPT}" AS ?x) ?country '
        "{ ?city geo:asWKT ?where ; schema:containedInPlace ?country }",
    )
    run(page)
    page.get_by_role("searchbox").fill("onerror")
    expect(page.locator("#result tbody tr").first).to_contain_text("<img src=x")
    for view in ("2", "3", "4", "5"):
        page.keyboard.press(f"Alt+{view}")
        expect(page.locator("#result")).not_to_have_attribute("data-shown", "")
    assert page.evaluate("() => window.hacked") is None
    watched.check()


def test_a_lost_connection_is_said_and_nothing_is_lost(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, "ASK {}")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".problem")).to_contain_text("What you wrote is kept.")
    type_in(page, " # still here")
    page.context.set_offline(False)
    run(page)
    assert text_of(page) == "ASK {} # still here"


@pytest.mark.parametrize(
    ("language", "words"), [("tr", "kısa bağlantı yok"), ("en", "There is no short link")]
)
def test_an_unknown_short_link_is_a_kind_page(visit, language: str, words: str) -> None:
    watched = visit(f"/s/nothing?lang={language}")
    expect(watched.page.locator("main")).to_contain_text(words)
    assert watched.foreign == []


def test_two_windows_share_their_questions(visit) -> None:
    one = visit("/sparql?lang=en").page
    write(one, "# first window")
    other = one.context.new_page()
    other.goto(one.url)
    expect(editor(other)).to_have_text("# first window")
    type_in(other, " and second")
    expect(editor(one)).to_have_text("# first window and second")
    other.keyboard.press("Alt+n")
    type_in(other, "# another")
    expect(one.locator("#tabs [role=tab]")).to_have_count(2)
    expect(editor(one)).to_have_text("# first window and second")
    other.get_by_role("tab", name="first window").press("Delete")
    expect(one.locator("#tabs [role=tab]")).to_have_count(2)
    type_in(one, "!")
    one.reload()
    expect(one.get_by_role("tab", name="first window and second!")).to_be_visible()


def test_a_closed_question_is_among_those_asked_before(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, "# to be closed")
    page.locator("#close-tab").press("Enter")
    page.locator(".past summary").press("Enter")
    page.locator("#history button", has_text="to be closed").press("Enter")
    expect(editor(page)).to_have_text("# to be closed")


def test_a_full_storage_is_said_and_the_text_stays(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, "ASK {}")
    page.evaluate(FULL)
    page.evaluate("() => { window.isFull = true; }")
    type_in(page, " # more")
    expect(page.locator("#storage-note")).to_contain_text("no room left")
    page.keyboard.press("Alt+n")
    expect(page.locator("#tabs [role=tab]")).to_have_count(2)
    page.locator("#tabs [role=tab]").first.press("Enter")
    assert text_of(page) == "ASK {} # more"
    page.evaluate("() => { window.isFull = false; }")
    type_in(page, "!")
    page.locator("#tabs [role=tab]").last.press("Enter")
    type_in(page, "?")
    expect(page.locator("#storage-note")).to_be_hidden()


def test_a_forbidden_storage_is_said_and_the_page_works(visit) -> None:
    page = visit("/sparql?lang=en").page
    page.context.add_init_script(FORBIDDEN)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#storage-note")).to_contain_text("this window only")
    write(page, "ASK {}")
    run(page)
    expect(page.locator("#result .lead")).to_have_text("Yes")
