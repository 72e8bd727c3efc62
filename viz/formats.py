"""Days, numbers, money and relation dates as people of a language write them.

Babel does the work; this module only decides which form. It knows the date texts of
``ontology/dates.py`` and turns "2011-07" into "Temmuz 2011".
"""

import re
from datetime import date, datetime
from decimal import Decimal

from graph.model import Dates, Money
from ontology.messages import N_, Language, translate

__all__ = [
    "format_date_text",
    "format_dates",
    "format_day",
    "format_moment",
    "format_money",
    "format_number",
    "genitive",
]  # fmt: skip

_SEASONS = {
    "spring": N_("spring {year}"), "ilkbahar": N_("spring {year}"),
    "summer": N_("summer {year}"), "yaz": N_("summer {year}"),
    "autumn": N_("autumn {year}"), "fall": N_("autumn {year}"), "sonbahar": N_("autumn {year}"),
    "winter": N_("winter {year}"), "kış": N_("winter {year}"),
}  # fmt: skip
# The last vowel of a name decides the vowel of its ending.
_HARMONY = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def format_day(day: date, language: Language, form: str = "long") -> str:
    """Return a day in words (``form``: Babel's ``long``, ``medium`` or ``short``).

    Examples
    --------
    >>> format_day(date(2024, 3, 4), "tr")
    '4 Mart 2024'
    """
    from babel.dates import format_date

    return format_date(day, form, locale=_locale(language))


def format_moment(moment: datetime, language: Language) -> str:
    """Return day and minute, with the zone it is told in.

    Examples
    --------
    >>> from datetime import UTC
    >>> format_moment(datetime(2024, 3, 4, 9, 5, tzinfo=UTC), "en")
    '4 March 2024, 09:05 UTC'
    """
    zone = moment.tzname() or ""
    return f"{format_day(moment.date(), language)}, {moment:%H:%M} {zone}".strip()


def format_number(number: float | Decimal, language: Language) -> str:
    """Return a number with the language's separators.

    Examples
    --------
    >>> format_number(2511700, "tr"), format_number(2511700, "en")
    ('2.511.700', '2,511,700')
    """
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language))


def format_money(money: Money, language: Language) -> str:
    """Return an amount with its currency code; whole amounts without decimals.

    Examples
    --------
    >>> format_money(Money(Decimal("5500000"), "EUR"), "tr")
    '5.500.000 EUR'
    """
    return " ".join(filter(None, [format_number(money.amount, language), money.currency]))


def genitive(name: str, language: Language) -> str:
    """Return "of" a proper name in Turkish; the name itself in English, which needs no ending.

    Examples
    --------
    >>> genitive("Antalya", "tr"), genitive("Muş", "tr"), genitive("Antalya", "en")
    ('Antalya’nın', 'Muş’un', 'Antalya')
    """
    vowels = [letter for letter in name.replace("I", "ı").replace("İ", "i").lower() if letter in _HARMONY]
    if language != "tr" or not vowels:
        return name
    joint = "n" if name[-1].lower() in _HARMONY else ""
    return f"{name}’{joint}{_HARMONY[vowels[-1]]}n"


def format_dates(dates: Dates, language: Language) -> str:
    """Return one end of a relation in words; empty when nothing is claimed.

    Examples
    --------
    >>> format_dates(Dates("2011-07"), "tr"), format_dates(Dates(unknown=True), "en")
    ('Temmuz 2011', 'not known')
    """
    if dates.text:
        return format_date_text(dates.text, language)
    if dates.unknown:
        return translate(N_("not known"), language)
    return ""


def format_date_text(text: str, language: Language) -> str:
    """Return a date text of the records in words; a text of another form comes back as it is."""
    words = text.split()
    if len(words) == 2:
        if words[0] == "before" or words[1] == "öncesi":
            return translate(N_("before {day}"), language, day=_point(_figure(words), language))
        if words[0] == "after" or words[1] == "sonrası":
            return translate(N_("after {day}"), language, day=_point(_figure(words), language))
        if season := _SEASONS.get(words[0].lower()):
            return translate(season, language, year=words[1])
    if text.count("/") == 1:
        return "–".join(_point(part.strip(), language) for part in text.split("/"))
    return _point(text, language)


def _figure(words: list[str]) -> str:
    return next((word for word in words if word[0].isdigit()), words[0])


def _point(text: str, language: Language) -> str:
    match = _POINT.fullmatch(text)
    if not match or not match[2]:
        return text
    try:
        day = date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return text
    if match[3]:
        return format_day(day, language)
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", day, locale=_locale(language))


def _locale(language: Language) -> str:
    # British English writes the day first, as Turkish does.
    return "tr_TR" if language == "tr" else "en_GB"
