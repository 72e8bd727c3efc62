"""Dates and numbers as people of both languages write them."""

import doctest
from datetime import date

import pytest

from graph.model import Dates
from viz import formats


def test_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(formats)
    assert result.attempted >= 7
    assert result.failed == 0


@pytest.mark.parametrize(
    ("text", "turkish", "english"),
    [
        ("1995", "1995", "1995"),
        ("2011-07", "Temmuz 2011", "July 2011"),
        ("2013-07-04", "4 Temmuz 2013", "4 July 2013"),
        ("2016/2019", "2016–2019", "2016–2019"),
        ("before 2015", "2015 öncesi", "before 2015"),
        ("2015 sonrası", "2015 sonrası", "after 2015"),
        ("autumn 2023", "2023 sonbaharı", "autumn 2023"),
        ("2011-13-45", "2011-13-45", "2011-13-45"),
        ("some day", "some day", "some day"),
    ],
)
def test_date_texts_become_words(text: str, turkish: str, english: str) -> None:
    assert formats.format_date_text(text, "tr") == turkish
    assert formats.format_date_text(text, "en") == english


def test_nothing_claimed_is_nothing_and_unknown_is_said() -> None:
    assert formats.format_dates(Dates(), "en") == ""
    assert formats.format_dates(Dates(unknown=True), "tr") == "bilinmiyor"


@pytest.mark.parametrize(
    ("name", "of"),
    [("Antalya", "Antalya’nın"), ("İzmir", "İzmir’in"), ("Köln", "Köln’ün"), ("Brno", "Brno’nun")],
)  # fmt: skip
def test_turkish_names_get_their_ending(name: str, of: str) -> None:
    assert formats.genitive(name, "tr") == of


def test_days_are_written_in_full() -> None:
    assert formats.format_day(date(2024, 3, 4), "en") == "4 March 2024"
