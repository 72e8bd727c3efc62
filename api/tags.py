"""``ETag`` and ``If-None-Match`` (RFC 9110, sections 8.8.3 and 13.1.2)."""

import re

__all__ = ["is_known_tag"]

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def is_known_tag(if_none_match: str, tag: str) -> bool:
    """Tell whether a reader has the answer with a tag already.

    Tags are compared weakly: a reader that was given ``W/"a"`` may come back with ``"a"``.

    Examples
    --------
    >>> is_known_tag('"a", W/"b"', 'W/"b"'), is_known_tag('"b"', 'W/"b"'), is_known_tag("*", 'W/"b"')
    (True, True, True)
    >>> is_known_tag('"bc"', 'W/"b"'), is_known_tag("", 'W/"b"')
    (False, False)
    """
    if if_none_match.strip() == "*":
        return True
    return tag.removeprefix("W/") in _TAG.findall(if_none_match)
