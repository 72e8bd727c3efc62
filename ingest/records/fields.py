"""The kinds of fields that records are made of: ids, texts, dates, amounts, addresses.

A value that is none raises ``PydanticCustomError`` whose type is a key of the table of
sentences in ``ingest.records.problems``.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf
from pydantic_core import PydanticCustomError

from ingest.records.parsing import PLACE, Place
from ontology.dates import DateBounds, parse_bounds

__all__ = [
    "Amount",
    "DateText",
    "Day",
    "DayText",
    "Id",
    "Ids",
    "Money",
    "Number",
    "Record",
    "Text",
    "Url",
    "Words",
]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
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


def _read_known_date(value: object) -> DateBounds | None:
    return None if value == "unknown" else _read_date(value)


def _read_money(value: object) -> Money:
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
#: An amount with its currency, ``5500000 EUR``.
Amount = Annotated[InstanceOf[Money], BeforeValidator(_read_money)]
#: A whole number that is not negative.
Number = Annotated[int, Field(ge=0)]
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
