"""Which form of an answer a reader wants, by RFC 9110's rules for ``Accept``.

Knows media types only; which ones an address offers is the route's business.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

__all__ = ["choose_media", "wants_gzip"]

_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


class _Wish(NamedTuple):
    """One entry of a header: what it names, and how much it is wanted, from 0 to 1."""

    name: str
    quality: float


def choose_media(accept: str, offers: Sequence[str]) -> str | None:
    """Return the offer that the header wants most; ``None`` when it wants none of them.

    The most specific range that covers an offer decides; between equals the first offer
    wins. An empty header takes the first. Parameters other than ``q`` (``charset=utf-8``)
    make no difference, and an entry whose ``q`` is no quality is as if it weren't there.

    Examples
    --------
    >>> choose_media("text/turtle;q=0.5, application/ld+json", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> choose_media("*/*", ["text/html", "text/turtle"])
    'text/html'
    >>> choose_media("text/*, text/html;q=0", ["text/html", "text/turtle"])
    'text/turtle'
    >>> choose_media("image/png", ["text/html"]) is None
    True
    """
    if not accept.strip():
        return offers[0]
    wishes = _read_wishes(accept)
    graded = [(_quality(offer, wishes), offer) for offer in offers]
    best, chosen = max(graded, key=lambda pair: pair[0])
    return chosen if best > 0 else None


def wants_gzip(accept_encoding: str) -> bool:
    """Tell whether a reader takes gzip at least as gladly as the plain bytes.

    Examples
    --------
    >>> wants_gzip("gzip, deflate, br"), wants_gzip("gzip;q=0"), wants_gzip("*"), wants_gzip("")
    (True, False, True, False)
    """
    wishes = {wish.name: wish.quality for wish in _read_wishes(accept_encoding)}
    gzip = wishes.get("gzip", wishes.get("x-gzip", wishes.get("*", 0.0)))
    return gzip > 0 and gzip >= wishes.get("identity", 0.0)


# Programs send the same few headers again and again.
@lru_cache(maxsize=64)
def _read_wishes(header: str) -> tuple[_Wish, ...]:
    return tuple(wish for part in header.split(",") if (wish := _read_wish(part)) is not None)


def _read_wish(part: str) -> _Wish | None:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((text.partition("=")[2].strip() for text in parameters if _is_quality(text)), "1")
    return _Wish(name, float(quality)) if name and _QUALITY.fullmatch(quality) else None


def _is_quality(parameter: str) -> bool:
    return parameter.partition("=")[0].strip() == "q"


def _quality(offer: str, wishes: Sequence[_Wish]) -> float:
    """Return the quality of the most specific range that covers the offer."""
    for wanted in (offer, offer.split("/")[0] + "/*", "*/*"):
        covering = [wish.quality for wish in wishes if wish.name == wanted]
        if covering:
            return max(covering)
    return 0.0
