"""Which language and which form a reader gets."""

import pytest
from starlette.requests import Request

from api.accept import choose_media
from api.language import find_language


def make_request(query: str = "", **headers: str) -> Request:
    """Return a request with a query string and headers."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "query_string": query.encode(), "headers": raw})


@pytest.mark.parametrize(
    ("query", "headers", "language"),
    [
        ("", {}, "tr"),
        ("lang=en", {"cookie": "kopru_lang=tr", "accept_language": "tr"}, "en"),
        ("", {"cookie": "kopru_lang=en", "accept_language": "tr"}, "en"),
        ("", {"accept_language": "en-GB,en;q=0.9,tr;q=0.8"}, "en"),
        ("", {"accept_language": "de-DE, en;q=0.7, tr;q=0.8"}, "tr"),
        ("", {"accept_language": "de, fr;q=0.5"}, "tr"),
        ("", {"accept_language": "en;q=0, *"}, "tr"),
        ("", {"accept_language": "en;q=high, ;;,"}, "tr"),
        ("lang=de", {"accept_language": "en"}, "en"),
        ("", {"accept_language": "en", "accept": "text/html,*/*;q=0.8"}, "tr"),
    ],
)
def test_the_first_known_wish_wins(query: str, headers: dict[str, str], language: str) -> None:
    assert find_language(make_request(query, **headers)) == language


def test_the_setting_counts_when_nothing_else_does() -> None:
    assert find_language(make_request(), "en") == "en"


OFFERS = ["text/html", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/*;q=0.5, application/ld+json", "application/ld+json"),
        ("text/html;q=0, */*", "text/turtle"),
        ("TEXT/TURTLE; charset=utf-8", "text/turtle"),
        ("text/turtle;q=0.9, text/html;q=0.8", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=much", None),
    ],
)
def test_the_form_follows_accept(accept: str, chosen: str | None) -> None:
    assert choose_media(accept, OFFERS) == chosen
