"""Which form of an answer a reader wants, by RFC 9110's rules for ``Accept``.

Knows media types only; which ones an address offers is the route's business.
"""

from collections.abc import Sequence

__all__ = ["choose_media"]


def choose_media(accept: str, offers: Sequence[str]) -> str | None:
    """Return the offer that the header wants most; ``None`` when it wants none of them.

    Between equals the first offer wins, and an empty header takes the first.

    Examples
    --------
    >>> choose_media("text/turtle;q=0.5, application/ld+json", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> choose_media("*/*", ["text/html", "text/turtle"])
    'text/html'
    >>> choose_media("image/png", ["text/html"]) is None
    True
    """
    if not accept.strip():
        return offers[0]
    wishes = [_parse(part) for part in accept.split(",")]
    graded = [(_quality(offer, wishes), offer) for offer in offers]
    best, chosen = max(graded, key=lambda pair: pair[0])
    return chosen if best > 0 else None


def _parse(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
    try:
        return media, float(quality)
    except ValueError:
        return media, 0.0


def _quality(offer: str, wishes: list[tuple[str, float]]) -> float:
    """Return the quality of the most specific range that covers the offer."""
    for wanted in (offer, offer.split("/")[0] + "/*", "*/*"):
        for media, quality in wishes:
            if media == wanted:
                return quality
    return 0.0
