"""An analyst's day at the workbench, by keyboard alone, in both languages."""

import re
import zipfile
from pathlib import Path

import pytest
from barriers import find_barriers, find_faint_texts
from playwright.sync_api import Browser, Page, expect
from serving import serve
from turkish import IN_ORDER, SEARCHES
from workbench import editor, run, text_of, type_in, write

from graph.store import GraphStore

pytestmark = pytest.mark.browser

PLACES = "SELECT ?city ?n ?where { ?city a schema:City ; kp:population ?n ; geo:asWKT ?where }"
MANY = "SELECT ?a ?b { ?a a kp:Evidence . ?b a kp:Relation } LIMIT 100000"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: What is offered for what stands there; while it is looked up the list before it is still shown.
OPTIONS = "#editor .cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li"


def offered(page: Page) -> list[str]:
    """Return what the open list offers, once there is one."""
    expect(page.locator(OPTIONS).first).to_be_visible()
    return page.locator(f"{OPTIONS} .cm-completionLabel").all_text_contents()


def test_after_a_only_classes_are_offered_and_a_prefix_declares_itself(visit) -> None:
    watched = visit("/sparql?lang=en")
    page = watched.page
    write(page, "")
    type_in(page, "SELECT * WHERE { ?x a kp:")
    classes = offered(page)
    assert "kp:TwinningAgreement" in classes
    assert all(re.fullmatch(r"kp:[A-Z]\w+", name) for name in classes)
    assert text_of(page).startswith("PREFIX kp: <https://w3id.org/kopru/ontology#>\nSELECT")
    watched.check()


def test_after_a_known_class_only_its_properties_are_offered(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, "")
    type_in(page, "SELECT * WHERE { ?x a schema:City ; kp:")
    names = offered(page)
    assert "kp:population" in names
    assert "kp:startText" not in names


def test_a_value_is_found_by_its_name(visit) -> None:
    page = visit("/sparql?lang=tr").page
    write(page, "")
    type_in(page, "SELECT * { ?x schema:containedInPlace turk")
    expect(page.locator(f"{OPTIONS} .cm-completionLabel")).to_have_text(["Türkiye"])
    page.wait_for_timeout(200)  # the list takes no key that was meant for the text
    page.keyboard.press("Enter")
    assert "schema:containedInPlace <https://w3id.org/kopru/id/country/tr>" in text_of(page)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_view_shows_without_a_barrier(visit, language: str) -> None:
    watched = visit(f"/sparql?lang={language}")
    page = watched.page
    write(page, PLACES)
    run(page)
    for key, view, shown in [
        ("2", "graph", ".lead, canvas"), ("3", "map", "svg.earth .spot"), ("4", "chart", ".chart rect"),
        ("5", "raw", "pre.raw"), ("1", "table", "#result tbody tr"),
    ]:  # fmt: skip
        page.keyboard.press(f"Alt+{key}")
        expect(page.locator("#result")).to_have_attribute("data-shown", view)
        expect(page.locator(shown).first).to_be_visible()
        assert find_barriers(page) == []
        page.emulate_media(color_scheme="dark")
        assert find_faint_texts(page) == []
        page.emulate_media(color_scheme="light")
    watched.check()


def test_statements_make_a_network_that_stands_still(visit) -> None:
    watched = visit("/sparql?lang=en")
    page = watched.page
    write(page, "CONSTRUCT WHERE { ?a org:member ?b }")
    run(page)
    page.keyboard.press("Alt+2")
    expect(page.locator("canvas")).to_be_visible()
    expect(page.locator(".view-graph .caption").first).to_contain_text("ties")
    assert find_barriers(page) == []
    watched.check()


def test_rows_are_sorted_found_and_paged(visit) -> None:
    page = visit("/sparql?lang=tr").page
    write(page, PLACES)
    run(page)
    rows = page.locator("#result tbody tr")
    expect(rows).to_have_count(50)
    page.locator("[data-sort=n]").press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("n ▴")
    first = rows.first.text_content()
    page.get_by_role("button", name="Sonraki sayfa").press("Enter")
    expect(rows.first).not_to_have_text(first or "")
    page.get_by_role("searchbox").fill("NURNBERG")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Nürnberg")


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_table_finds_and_orders_turkish_names(visit, language: str) -> None:
    page = visit(f"/sparql?lang={language}").page
    names = " ".join(f'"{name}"' for name in reversed(IN_ORDER))
    write(page, f"SELECT ?name {{ VALUES ?name {{ {names} }} }}")
    run(page)
    rows = page.locator("#result tbody td")
    for typed, name in SEARCHES:
        page.get_by_role("searchbox").fill(typed)
        expect(rows).to_have_text([name])
    page.get_by_role("searchbox").fill("")
    page.locator("[data-sort=name]").press("Enter")
    expect(rows).to_have_text(IN_ORDER)


def test_a_hundred_thousand_rows_are_read_and_taken_along(visit, tmp_path: Path) -> None:
    watched = visit("/sparql?lang=en")
    page = watched.page
    write(page, MANY)
    run(page)
    expect(page.locator("#query-note")).to_contain_text("100,000 rows")
    page.locator("#files summary").press("Enter")
    with page.expect_download(timeout=60_000) as download:
        page.locator("[data-format=xlsx]").press("Enter")
    file = tmp_path / "answer.xlsx"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 100_001
    watched.check()


def test_stop_ends_the_query_on_the_server(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, ENDLESS)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#stop")).to_be_visible()
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")
    expect(page.locator("#query-note")).to_have_text("Stopped.")
    # The only process for queries is free again, or a new one is: the next question is answered.
    write(page, "ASK {}")
    run(page)
    expect(page.locator("#result .lead")).to_have_text("Yes")


def test_an_example_fills_in_its_fields(visit) -> None:
    page = visit("/sparql?lang=en").page
    page.locator("a[data-example=agreements-ending], a[data-example=ending-agreements]").press("Enter")
    field = page.get_by_label("Ending until")
    expect(field).to_be_visible()
    field.fill("2031-12-31")
    field.press("Tab")
    expect(editor(page)).to_contain_text('"2031-12-31"^^<http://www.w3.org/2001/XMLSchema#date>')


def test_everything_is_there_again_after_a_restart(
    browser: Browser, bundled_store: GraphStore, tmp_path: Path
) -> None:
    start = {"executable_path": _program(browser), "args": ["--no-sandbox", "--disable-gpu"]}
    with serve(bundled_store, query_workers=1) as served:
        context = browser.browser_type.launch_persistent_context(tmp_path / "profile", **start)
        page = context.new_page()
        page.goto(f"{served.address}/sparql?lang=en")
        write(page, PLACES)
        run(page)
        page.keyboard.press("Alt+4")
        page.keyboard.press("Alt+6")
        link = page.locator("#share-note a")
        expect(link).to_be_visible()
        path = (link.get_attribute("href") or "").removeprefix(served.address)
        page.keyboard.press("Alt+n")
        type_in(page, "# not finis")
        context.close()
    with serve(bundled_store, at=served.port, query_workers=1) as again:
        context = browser.browser_type.launch_persistent_context(tmp_path / "profile", **start)
        page = context.new_page()
        page.goto(f"{again.address}/sparql?lang=en")
        expect(page.locator("#tabs [role=tab]")).to_have_count(2)
        page.get_by_role("tab", name="not finis").press("Enter")
        expect(editor(page)).to_have_text("# not finis")
        page.goto(again.address + path)
        expect(page.locator(".chart rect").first).to_be_visible()
        expect(editor(page)).to_have_text(PLACES)
        expect(page.locator("#tabs [role=tab]")).to_have_count(2)
        context.close()


def _program(browser: Browser) -> str:
    import shutil

    return (
        shutil.which("chromium") or shutil.which("chromium-browser") or browser.browser_type.executable_path
    )


def test_the_first_view_is_small(visit) -> None:
    page = visit("/sparql").page
    sizes = page.evaluate(
        """() => performance.getEntries().filter((one) => one.transferSize && !one.name.includes(".woff2"))
            .map((one) => [one.name.split("/").pop(), one.encodedBodySize])"""
    )
    assert len(sizes) >= 4
    assert sum(size for _, size in sizes) < 300_000, sizes
    assert not [name for name, _ in sizes if name.startswith(("vis-network", "map-"))]
