"""Dates as sources give them, and the two days between which they lie.

"1995", "2011-07", "autumn 2023" and "before 2015" can't be compared as they stand;
the first and the last day that they may mean can. This module turns one into the other
and does not decide whether a relation holds on a day: ``graph/queries/status_on.rq`` does.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ontology.text import fold

__all__ = ["DateBounds", "parse_bounds"]

_SEASONS = {
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11),
    "ilkbahar": (3, 5), "yaz": (6, 8), "sonbahar": (9, 11),
}  # fmt: skip
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class DateBounds:
    """The first and the last day that a text may mean; ``None`` is no bound.

    Examples
    --------
    >>> parse_bounds("2011-07")
    DateBounds(text='2011-07', earliest=datetime.date(2011, 7, 1), latest=datetime.date(2011, 7, 31))
    """

    text: str
    earliest: date | None
    latest: date | None


def _point(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = int(match[1]), match[2], match[3]
    if day:
        exact = date(year, int(month), int(day))
        return exact, exact
    if month:
        return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
    return date(year, 1, 1), date(year, 12, 31)


def parse_bounds(text: str) -> DateBounds:
    """Return the bounds of a date text.

    Understood are ``1995``, ``2011-07``, ``2013-07-04``, ``2016/2019`` (some time between),
    ``before 2015`` and ``2015 öncesi``, ``after 2015`` and ``2015 sonrası``,
    ``autumn 2023`` and ``sonbahar 2023``.

    Raises
    ------
    ValueError
        The text is none of these; its only argument is the text.

    Examples
    --------
    >>> parse_bounds("before 2015").latest
    datetime.date(2014, 12, 31)
    >>> parse_bounds("autumn 2023").earliest
    datetime.date(2023, 9, 1)
    """
    given = text.strip()
    try:
        earliest, latest = _read_bounds(fold(given))
    except (ValueError, OverflowError) as error:  # no such month, or a day before year 1
        raise ValueError(text) from error
    if earliest and latest and earliest > latest:
        raise ValueError(text)
    return DateBounds(given, earliest, latest)


def _read_bounds(folded: str) -> tuple[date | None, date | None]:
    match folded.split():
        case ["before", limit] | [limit, "oncesi"]:
            return None, _point(limit)[0] - timedelta(days=1)
        case ["after", limit] | [limit, "sonrasi"]:
            return _point(limit)[1] + timedelta(days=1), None
        case [season, year] if season in _SEASONS:
            first, last = _SEASONS[season]
            return _point(f"{year}-{first:02}")[0], _point(f"{year}-{last:02}")[1]
    left, slash, right = folded.partition("/")
    return _point(left.strip())[0], _point((right if slash else left).strip())[1]
