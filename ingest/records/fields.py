"""The kinds of fields that records are made of: ids, texts, dates, amounts, addresses.

A value that is none raises ``PydanticCustomError`` whose type is a key of the table of
sentences in ``ingest.records.problems``.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf
from pydantic_core import PydanticCustomError

from ingest.records.parsing import PLACE, Place
from ontology.dates import DateBounds, parse_bounds

__all__ = [
    "Amount",
    "CountedOn",
    "DateText",
    "Day",
    "DayText",
    "Id",
    "Ids",
    "Money",
    "Number",
    "Period",
    "Quantity",
    "Record",
    "Text",
    "Url",
    "Words",
    "Year",
]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_BARE_NUMBER = re.compile(r"[-+]?[\d.,]*\d[\d.,]*")
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|[0-9]{2}))?")
_MONEY = re.compile(r"(\d{1,15}(?:\.\d{1,2})?) ([A-Z]{3})")


@dataclass(frozen=True)
class Money:
    """An amount and its currency (ISO 4217)."""

    amount: Decimal
    currency: str


def _read_id(value: object) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise PydanticCustomError("id", "no id", {"value": str(value)})
    return text


def _read_words(value: object) -> str:
    text = str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise PydanticCustomError("string_type", "no text")
    if not text.strip():
        raise PydanticCustomError("empty", "empty text")
    return text.strip()


def _read_url(value: object) -> str:
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise PydanticCustomError("url", "no address", {"value": str(value)})
    return value


def _read_date(value: object) -> DateBounds:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    try:
        return parse_bounds(text if isinstance(text, str) else "")
    except (ValueError, OverflowError):
        raise PydanticCustomError("date", "no date", {"value": str(value)}) from None


def _read_day(value: object) -> DateBounds:
    bounds = _read_date(value)
    if bounds.earliest is None or bounds.earliest != bounds.latest:
        raise PydanticCustomError("day", "no day", {"value": str(value)})
    return bounds


def _read_counted(value: object) -> bool | tuple[DateBounds, ...]:
    if isinstance(value, bool):
        return value
    if not isinstance(value, list) or not value:
        raise PydanticCustomError("counted", "neither yes or no nor days", {"value": str(value)})
    return tuple(_read_day(day) for day in value)


def _read_known_date(value: object) -> DateBounds | None:
    return None if value == "unknown" else _read_date(value)


def _read_period(value: object) -> DateBounds:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    match = _PERIOD.fullmatch(text) if isinstance(text, str) else None
    if not match:
        raise PydanticCustomError("period", "no period", {"value": str(value)})
    if not match[2]:
        return _read_date(match[0])
    year, last = match[1], 3 * int(match[2])
    return replace(_read_date(f"{year}-{last - 2:02}/{year}-{last:02}"), text=match[0])


def _read_quantity(value: object) -> Decimal:
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        raise PydanticCustomError("decimal_type", "no number")
    return Decimal(value)


def _read_money(value: object) -> Money:
    if not isinstance(value, bool) and _BARE_NUMBER.fullmatch(str(value)):
        raise PydanticCustomError("currency", "no currency", {"value": str(value)})
    match = _MONEY.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise PydanticCustomError("money", "no amount", {"value": str(value)})
    return Money(Decimal(match[1]), match[2])


#: A slug: small letters a–z, digits, single hyphens.
Id = Annotated[str, BeforeValidator(_read_id)]
#: Any number of ids.
Ids = Annotated[list[Id], Field(default_factory=list)]
#: A text in one language, not empty; a number is taken as it is written.
Words = Annotated[str, BeforeValidator(_read_words)]
#: An http or https address.
Url = Annotated[str, BeforeValidator(_read_url)]
#: A date as sources give it, with its bounds.
DateText = Annotated[InstanceOf[DateBounds], BeforeValidator(_read_date)]
#: The same, or ``unknown`` (read as ``None``).
DayText = Annotated[InstanceOf[DateBounds] | None, BeforeValidator(_read_known_date)]
#: One exact day.
Day = Annotated[InstanceOf[DateBounds], BeforeValidator(_read_day)]
#: Whether something is counted; or the days of the declared numbers in which it is.
CountedOn = Annotated[bool | tuple[InstanceOf[DateBounds], ...], BeforeValidator(_read_counted)]
#: An amount with its currency, ``5500000 EUR``.
Amount = Annotated[InstanceOf[Money], BeforeValidator(_read_money)]
#: A whole number that is not negative.
Number = Annotated[int, Field(ge=0)]
#: A number, of whatever sign and with or without decimals.
Quantity = Annotated[InstanceOf[Decimal], BeforeValidator(_read_quantity)]
#: A year that a plan may speak of.
Year = Annotated[int, Field(ge=1900, le=2100)]
#: A year, a quarter (``2025-Q1``) or a month (``2025-03``) with its first and last day.
Period = Annotated[InstanceOf[DateBounds], BeforeValidator(_read_period)]
#: What a text field may say when nothing is known.
Unknown = Literal["unknown"]


class Record(BaseModel):
    """A mapping in a file of records; knows its place."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    place: Annotated[InstanceOf[Place], Field(alias=PLACE, repr=False)]


class Text(Record):
    """A text for people, in both languages."""

    tr: Words
    en: Words
