"""Date texts and the days between which they lie."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.dates import DateBounds, parse_bounds


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1995", date(1995, 1, 1), date(1995, 12, 31)),
        ("2011-07", date(2011, 7, 1), date(2011, 7, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2013-07-04", date(2013, 7, 4), date(2013, 7, 4)),
        ("2016/2019", date(2016, 1, 1), date(2019, 12, 31)),
        ("2016-05 / 2016-06-10", date(2016, 5, 1), date(2016, 6, 10)),
        ("before 2015", None, date(2014, 12, 31)),
        ("Before 2015-03", None, date(2015, 2, 28)),
        ("2015 öncesi", None, date(2014, 12, 31)),
        ("2015 ÖNCESİ", None, date(2014, 12, 31)),
        ("after 2015", date(2016, 1, 1), None),
        ("2015 sonrası", date(2016, 1, 1), None),
        ("autumn 2023", date(2023, 9, 1), date(2023, 11, 30)),
        ("Sonbahar 2023", date(2023, 9, 1), date(2023, 11, 30)),
        ("İlkbahar 2023", date(2023, 3, 1), date(2023, 5, 31)),
        ("yaz 2022", date(2022, 6, 1), date(2022, 8, 31)),
    ],
)
def test_a_text_means_the_days_between_its_bounds(
    text: str, earliest: date | None, latest: date | None
) -> None:
    assert parse_bounds(text) == DateBounds(text, earliest, latest)


def test_the_text_is_kept_as_given_without_the_spaces_around_it() -> None:
    assert parse_bounds(" 2011-07\n").text == "2011-07"


@pytest.mark.parametrize(
    "text",
    [
        "", "unknown", "20115", "2011-7", "2011-13", "2011-02-30", "0000", "2019/2016", "2016/", "/2016",
        "2016/2017/2018", "before", "before soon", "before 0001", "after 9999", "winter 2023", "autumn 20x3",
        "autumn ²", "04.07.2013", "2013-07-04T00:00",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_text_as_its_only_argument(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$") as caught:
        parse_bounds(text)
    assert caught.value.args == (text,)


@given(st.dates())
def test_a_single_day_is_both_of_its_bounds(day: date) -> None:
    assert parse_bounds(day.isoformat()) == DateBounds(day.isoformat(), day, day)


@given(st.text(alphabet="0123456789-/ beforatumnşsızü", max_size=14))
def test_any_text_is_either_bounds_in_order_or_a_value_error(text: str) -> None:
    try:
        bounds = parse_bounds(text)
    except ValueError:
        return
    assert bounds.earliest or bounds.latest
    assert (bounds.earliest or date.min) <= (bounds.latest or date.max)
