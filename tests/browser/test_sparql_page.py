"""The page on which questions are written."""

import pytest
from playwright.sync_api import expect
from workbench import write

pytestmark = pytest.mark.browser

NAMED = "SELECT ?city WHERE { VALUES ?city { <https://w3id.org/kopru/id/city/nuremberg> } }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_an_example_runs_and_its_things_have_names(visit) -> None:
    watched = visit("/sparql")
    page = watched.page
    assert page.locator(".examples a").count() >= 10
    page.get_by_role("button", name="Çalıştır").click()
    expect(page.locator("#result tbody tr").first).to_be_visible()
    expect(page.locator("#query-note")).to_contain_text("satır")
    watched.check()


def test_every_example_answers(visit) -> None:
    page = visit("/sparql?lang=en").page
    names = [link.get_attribute("href") for link in page.locator(".examples a").all()]
    assert len(names) >= 10
    for name in names:
        page.goto(page.url.split("/sparql")[0] + str(name))
        page.get_by_role("button", name="Run").click()
        expect(page.locator("#query-note")).to_contain_text("rows in", timeout=15_000)
        assert page.locator(".problem").count() == 0, name


def test_names_replace_addresses_which_stay_on_hover(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, NAMED)
    page.get_by_role("button", name="Run").click()
    link = page.locator("#result td a")
    expect(link).to_have_text("Nuremberg")
    assert link.get_attribute("title") == "https://w3id.org/kopru/id/city/nuremberg"
    assert link.get_attribute("href") == "/id/city/nuremberg"


def test_a_wrong_query_is_explained_in_place(visit) -> None:
    page = visit("/sparql").page
    write(page, "SELECT ?a WHERE {\n  ?a ?b\n}")
    page.get_by_role("button", name="Çalıştır").click()
    expect(page.locator(".problem")).to_contain_text("3")


def test_a_running_question_can_be_stopped(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, ENDLESS)
    page.get_by_role("button", name="Run").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#query-note")).to_have_text("Stopped.")


def test_a_hostile_value_stays_a_text(visit) -> None:
    watched = visit("/sparql?lang=en")
    write(watched.page, 'SELECT ("<img src=x onerror=hacked=1>" AS ?x) (<javascript:hacked=1> AS ?y) {}')
    watched.page.get_by_role("button", name="Run").click()
    expect(watched.page.locator("#result td").first).to_contain_text("<img src=x")
    assert watched.page.locator("#result a[href^='javascript']").count() == 0
    watched.check()


def test_without_scripts_the_form_asks_for_a_file(visit, site: str) -> None:
    page = visit("/sparql", script=False).page
    page.locator("#query").fill(NAMED)
    with page.expect_download() as download:
        page.get_by_role("button", name="Çalıştır").click()
    assert "nuremberg" in download.value.path().read_text(encoding="utf-8")
    assert site in download.value.url


def test_an_empty_answer_says_which_part_is_to_blame(visit) -> None:
    watched = visit("/sparql?lang=en")
    page = watched.page
    write(page, "SELECT ?s WHERE {\n  ?s a kp:Cityy\n}")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#result .reasons li").first).to_contain_text("Is it schema:City?")
    expect(page.locator("#result .reasons pre").first).to_contain_text("?s a kp:Cityy")
    watched.check()


def test_prefixes_that_were_added_are_said(visit) -> None:
    page = visit("/sparql?lang=en").page
    write(page, "SELECT ?s WHERE { ?s a kp:City } LIMIT 1")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#result .caption").first).to_contain_text("Prefixes added to the query: kp:.")


def test_a_mistake_is_shown_with_its_place(visit) -> None:
    page = visit("/sparql?lang=tr").page
    write(page, "SELECT ?s WHERE {\n  ?s a kp:City\n  ?s rdfs:label ?l\n}")
    page.get_by_role("button", name="Çalıştır").click()
    expect(page.locator(".problem")).to_contain_text("önünde nokta eksik")
    expect(page.locator(".problem pre")).to_contain_text("?s rdfs:label ?l")
