"""No page runs a script that came from data, wherever the hostile name is shown."""

import pytest
from playwright.sync_api import expect
from workbench import write

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/explore", "/plan", "/questions", "/data", "/docs/ontology", "/sparql", "/id/city/nuremberg",
    "/id/agreement/twinning-antalya-nuremberg-1", "/id/city/antalya", "/questions/ended-ties",
    "/gaps", "/gaps?kind=dormant_partner", "/gaps/themes/tourism", "/connections?to=nuremberg",
    "/partners/consortia?size=8", "/partners?purpose=project&recorded=1", "/partners/compare?name=nuremberg",
]  # fmt: skip
#: Turns over every kind of mark: HTML, a script, a handler, writing direction, an address that runs.
QUERIES = [
    "SELECT ?name { ?city rdfs:label|skos:prefLabel|schema:name ?name FILTER(CONTAINS(?name, 'script')) }",
    "SELECT ('<svg/onload=window.hacked=1>' AS ?x) ('\u202e<b>x</b>' AS ?y) (<javascript:hacked=1> AS ?z) {}",
    "SELECT ('<iframe srcdoc=\"<script>parent.hacked=1</script>\">' AS ?x) {}",
    "SELECT (<data:text/html,<script>> AS ?x) {}",
    "ASK { ?s ?p '<img src=x onerror=hacked=1>' }",
    "SELECT ?s { ?s rdfs:label '<img src=x onerror=hacked=1>' }",
    "SELECT * { <img/src=x/onerror=hacked=1> ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'script')) }",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_hostile_name_runs_on_no_page(visit, hostile_site: str, path: str) -> None:
    watched = visit(f"{path}{'&' if '?' in path else '?'}lang=tr", base=hostile_site)
    page = watched.page
    for language in ("tr", "en"):
        if language == "en":
            page.goto(page.url.replace("lang=tr", "lang=en"))
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("() => window.hacked") is None
        assert page.locator("img[src='x'], [onerror]").count() == 0
        watched.check()


def test_the_hostile_name_is_really_shown(visit, hostile_site: str) -> None:
    page = visit("/id/city/nuremberg?lang=en", base=hostile_site).page
    expect(page.locator("body")).to_contain_text("<img src=x onerror=hacked=1>")


@pytest.mark.parametrize("query", QUERIES)
def test_nothing_in_an_answer_or_its_explanation_runs(visit, hostile_site: str, query: str) -> None:
    watched = visit("/sparql?lang=en", base=hostile_site)
    page = watched.page
    write(page, query)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#result")).not_to_be_empty()
    expect(page.locator("#stop")).to_be_hidden()
    assert page.evaluate("() => window.hacked") is None
    assert page.locator("#result img, #result script, #result iframe, #result svg").count() == 0
    assert page.locator("#result a[href^='javascript'], #result a[href^='data']").count() == 0
    assert watched.foreign == []
