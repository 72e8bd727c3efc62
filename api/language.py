"""Which language an answer is in.

The first that says one wins: ``lang=`` in the address, the cookie that the pages set,
for programs ``Accept-Language``, the setting ``KOPRU_LANG`` (Turkish unless changed).
A page is asked for by a person in the municipality, whose browser may well be set to
English: it opens in the setting's language and has a switch.
"""

from starlette.requests import HTTPConnection

from ontology.messages import LANGUAGES, Language

__all__ = ["LANGUAGE_COOKIE", "find_language"]

#: Set by the pages when a reader switches the language.
LANGUAGE_COOKIE = "kopru_lang"


def find_language(request: HTTPConnection, default: Language = "tr") -> Language:
    """Return the language for one request; what is unknown is passed over, never an error."""
    wishes: list[str | None] = [request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)]
    if "text/html" not in request.headers.get("accept", ""):
        wishes += _accepted(request.headers.get("accept-language", ""))
    return next((language for wish in wishes for language in LANGUAGES if wish == language), default)


def _accepted(header: str) -> list[str]:
    """Return the primary tags of an ``Accept-Language`` header, most wanted first."""
    weighted: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _, weight = part.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if quality > 0:
            weighted.append((quality, tag.strip().split("-")[0].lower()))
    return [tag for _, tag in sorted(weighted, key=lambda pair: -pair[0])]
