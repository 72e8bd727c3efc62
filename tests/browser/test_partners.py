"""Partners, gaps and connections before a head of foreign relations, in both languages."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
DAY = "as_of=2024-03-04"


def test_from_the_overview_to_a_partner_and_its_reasons(visit) -> None:
    watched = visit(f"/?{DAY}&lang=tr")
    page = watched.page
    page.get_by_role("link", name="Sırada kim olmalı, neden?").click()
    expect(page.locator(".candidate")).to_have_count(10)
    assert "as_of=2024-03-04" in page.url
    first = page.locator(".candidate").first
    expect(first.locator(".reasons li").first).not_to_be_empty()
    expect(first.locator(".checklist li")).to_have_count(7)
    page.get_by_role("link", name="Önerilerin karnesi").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Önerilerin karnesi")
    watched.check()


def test_two_candidates_are_ticked_and_compared_with_the_keyboard(visit) -> None:
    watched = visit(f"/partners?{DAY}&lang=en")
    page = watched.page
    names = page.locator(".candidate h3").all_inner_texts()[:2]
    for place in range(2):
        page.locator(".candidate").nth(place).get_by_role("checkbox").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(" – ".join(names))
    assert page.locator(".side-by-side > thead th").count() == 3
    watched.check()


def test_a_request_for_partnership_is_judged_by_name(visit) -> None:
    page = visit(f"/partners?{DAY}&lang=en").page
    page.get_by_label("Judge it by the same measures:").fill("Batumi")
    page.get_by_role("button", name="Judge").click()
    table = page.locator(".side-by-side")
    expect(table).to_contain_text("Georgia")
    expect(table.get_by_role("row", name="What speaks against it")).to_be_visible()
    # The language changes and the candidate stays.
    page.get_by_role("group", name="Language").get_by_text("TR").click()
    expect(page.locator(".side-by-side")).to_contain_text("Gürcistan")


def test_a_cell_of_the_heat_map_leads_to_its_evidence_and_candidates(visit) -> None:
    watched = visit(f"/gaps?{DAY}&lang=en")
    page = watched.page
    page.get_by_role("link", name="Tourism, Partners: ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tourism")
    assert page.url.endswith("#partner")
    assert page.locator("section#partner tbody tr").count() >= 1
    expect(page.get_by_role("heading", name="Who would close it")).to_be_visible()
    watched.check()


def test_on_a_telephone_findings_are_folded_by_kind_and_a_count_unfolds_them(visit) -> None:
    page = visit(f"/gaps?{DAY}&lang=en", width=390).page
    folds = page.locator("details.narrow-fold")
    assert folds.count() >= 5
    assert page.locator("details.narrow-fold[open]").count() == 0
    assert page.evaluate("() => document.documentElement.scrollHeight") < 7_000
    page.locator(".kinds-of-gap a").first.click()
    expect(folds.first).to_have_attribute("open", "")
    expect(folds.first.locator("tbody tr").first).to_be_visible()


def test_a_finding_unfolds_to_its_relations_and_runs_its_question(visit) -> None:
    page = visit(f"/gaps?kind=dormant_partner&{DAY}&lang=en").page
    row = page.locator(".findings tbody tr").first
    row.locator("summary").click()
    expect(row.locator(".evidence-list a").first).to_be_visible()
    row.locator(".run-query").click()
    expect(page.locator("#result table")).to_be_visible()


def test_how_two_cities_are_connected_is_asked_and_answered(visit) -> None:
    watched = visit(f"/connections?{DAY}&lang=en")
    page = watched.page
    page.get_by_label("To", exact=True).fill("nurenberg")
    page.get_by_role("button", name="Find the ways").click()
    page.get_by_role("link", name="Nuremberg", exact=True).first.click()
    expect(page.locator(".way-sheet").first.locator(".stop")).to_have_text(["Antalya", "Nuremberg"])
    expect(page.locator(".way .hop").first).to_contain_text("October 1997")
    watched.check()


def test_a_consortium_is_proposed_from_the_form(visit) -> None:
    watched = visit(f"/partners/consortia?{DAY}&lang=en")
    page = watched.page
    page.get_by_label("Members", exact=True).fill("4")
    page.get_by_label("Countries at least").fill("3")
    page.get_by_role("button", name="Propose consortia").click()
    expect(page.get_by_role("heading", name="Proposal 1")).to_be_visible()
    assert page.locator(".proposal").first.locator("tbody tr").count() == 4
    watched.check()


def test_the_page_of_a_thing_shows_its_ties_in_time_and_leads_on(visit) -> None:
    watched = visit(f"/id/city/nuremberg?{DAY}&lang=en")
    page = watched.page
    assert page.locator(".ego a").count() >= 5
    assert page.locator(".timeline tbody tr").count() >= 3
    page.get_by_role("link", name="Through whom can we reach a city?").click()
    expect(page.get_by_label("City to reach")).to_have_value("nuremberg")


def test_new_pages_print_without_their_forms(visit) -> None:
    page = visit(f"/partners?{DAY}").page
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert not page.locator(".menu").is_visible()
    assert page.locator(".candidate").first.is_visible()
