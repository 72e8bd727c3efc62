"""The start page before a person of the municipality."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_declared_numbers_stand_with_what_is_recorded(visit) -> None:
    page = visit("/?as_of=2024-03-04").page
    cards = page.locator(".card")
    assert [card.locator(".big").inner_text() for card in cards.all()] == ["14", "12", "10"]
    assert [card.locator(".cell").count() for card in cards.all()] == [14, 12, 10]
    assert [card.locator(".cell-open").count() for card in cards.all()] == [6, 0, 2]


def test_all_twelve_sister_cities_are_listed_with_their_sources(visit) -> None:
    page = visit("/?as_of=2024-03-04").page
    rows = page.locator("#sister_city tbody tr")
    assert rows.count() == 12
    nuremberg = rows.filter(has_text="Nürnberg")
    expect(nuremberg).to_contain_text("Ekim 1997")
    expect(nuremberg).to_contain_text("Doğrulanmış")
    assert nuremberg.locator("a[href^='https://']").count() == 1


def test_the_day_decides_what_is_in_force(visit) -> None:
    for day, word in (("2024-03-04", "Yürürlükte"), ("2025-01-01", "Sona ermiş")):
        row = visit(f"/?as_of={day}").page.locator("#sister_city tbody tr", has_text="Bat Yam")
        expect(row.locator(".status")).to_have_text(word)


def test_picking_a_day_shows_it_at_once(visit) -> None:
    page = visit("/").page
    page.locator("#as-of").fill("2024-03-04")
    page.wait_for_url("**as_of=2024-03-04**")


def test_the_map_shows_partners_as_links_that_say_what_they_are(visit) -> None:
    watched = visit("/?lang=en&as_of=2024-03-04")
    miami = watched.page.get_by_role(
        "link", name="Miami, United States, sister-city agreement, In force, Confirmed"
    )
    miami.focus()
    tip = watched.page.locator(".tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Miami")
    assert watched.page.locator(".earth .arc").count() >= 20
    watched.check()


def test_without_scripts_the_page_says_the_same(visit) -> None:
    page = visit("/?as_of=2024-03-04", script=False).page
    assert page.locator("#map").is_hidden()
    assert page.locator("#sister_city tbody tr").count() == 12
    expect(page.locator(".by-country")).to_contain_text("Çin")


def test_a_hostile_name_stays_a_text(visit, hostile_site: str) -> None:
    watched = visit("/", base=hostile_site)
    expect(watched.page.locator("#sister_city")).to_contain_text("<img src=x onerror=hacked=1>")
    assert watched.page.locator("img").count() == 0
    assert watched.page.evaluate("() => window.hacked") is None
    watched.check()
