"""What a newcomer does: finds what is in the graph, looks a term up, asks from there."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_newcomer_comes_from_the_data_page_to_an_answer(visit) -> None:
    watched = visit("/data?lang=en")
    page = watched.page
    page.get_by_role("link", name="Ask for: Sister-city agreement").click()
    expect(page.locator("#query")).to_have_value(re.compile("ontology#TwinningAgreement"))
    expect(page.locator("#result tbody tr").first).to_be_visible()
    expect(page.locator("#result")).to_contain_text("Nuremberg")
    watched.check()


def test_a_property_of_a_class_can_be_asked_for(visit) -> None:
    page = visit("/data?lang=en").page
    row = page.locator(".classes > li", has_text="kp:TwinningAgreement")
    row.locator("summary").click()
    row.get_by_role("link", name="party", exact=True).click()
    expect(page.locator("#result tbody tr").first).to_be_visible()


def test_terms_are_found_while_one_types(visit) -> None:
    watched = visit("/docs/ontology?lang=tr")
    page = watched.page
    before = page.locator(".term:visible").count()
    page.get_by_label("Terim ara").fill("KARDES sehir")
    expect(page.locator("#TwinningAgreement")).to_be_visible()
    expect(page.locator("#NetworkMembership")).to_be_hidden()
    assert 0 < page.locator(".term:visible").count() < before / 4
    page.get_by_label("Terim ara").fill("")
    assert page.locator(".term:visible").count() == before
    watched.check()


def test_without_scripts_everything_is_there_and_a_search_is_answered(visit) -> None:
    page = visit("/docs/ontology?lang=en", script=False).page
    assert page.locator(".term").count() > 200
    page.get_by_label("Find a term").fill("sister-city")
    page.get_by_role("button", name="Find").click()
    page.locator(".found a", has_text="Sister-city agreement").first.click()
    expect(page.locator("#TwinningAgreement")).to_be_in_viewport()


def test_the_address_of_a_term_arrives_at_its_explanation(visit) -> None:
    page = visit("/ontology#CityNetwork").page
    expect(page.locator("#CityNetwork")).to_be_in_viewport()
    page = visit("/ontology/CityNetwork").page
    expect(page.locator("#CityNetwork")).to_be_in_viewport()
    assert page.url.endswith("/docs/ontology#CityNetwork")


def test_a_name_in_the_drawing_leads_to_the_term(visit) -> None:
    page = visit("/docs/ontology?lang=en").page
    page.locator(".diagram a", has_text="Evidence").first.click()
    expect(page.locator("#Evidence")).to_be_in_viewport()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1440, 390])
def test_names_in_the_drawing_stay_in_their_boxes(visit, width: int, dark: bool) -> None:
    page = visit("/docs/ontology?lang=en", width=width, dark=dark).page
    outside = page.evaluate("""() => [...document.querySelectorAll(".diagram .box")].flatMap((box) => {
      const room = box.querySelector("rect").getBoundingClientRect();
      return [...box.querySelectorAll("text")].filter((text) => {
        const taken = text.getBoundingClientRect();
        return taken.left < room.left || taken.right > room.right + 1 || taken.bottom > room.bottom + 2;
      }).map((text) => text.textContent);
    })""")
    assert outside == []
