"""What a server's status and its words mean."""

import re

from ontology.errors import QueryTimeout, ServerAway, ServerClosed, ServerFull, ServerOdd
from ontology.messages import N_, Phrase

__all__ = ["make_error"]

_FULL = re.compile(r"no space left|disk (?:is )?full|quota exceeded|out of disk|insufficient storage", re.I)
_LATE = re.compile(r"time-?d? ?out|timeout|execution time .* exceeds|cancel+ed", re.I)
_TAGS = re.compile(r"<[^>]*>|\s+")
_SHOWN = 300
_LATE_SENTENCE = N_("The SPARQL server stopped the query at its own time limit ({reason}).")


def make_error(status: int, said: str, address: str) -> Exception:
    """Return the error for an answer that is none.

    Parameters
    ----------
    status
        Of HTTP, 300 or more.
    said
        The beginning of its body.
    address
        What was asked.

    Returns
    -------
    Exception
        ``SyntaxError`` when the engine can't read a query, ``RuntimeError`` when it breaks on one: what the
        embedded engine raises; else an error of ours.
    """
    words = _TAGS.sub(" ", said).strip()[:_SHOWN]
    reason = Phrase(f"HTTP {status}: {words}" if words else f"HTTP {status}")
    if status in (401, 403):
        return ServerClosed(address=address, status=status)
    if status == 507 or _FULL.search(said):
        return ServerFull(address=address, reason=reason)
    if status in (408, 504) or (status >= 500 and _LATE.search(said)):
        return QueryTimeout(_LATE_SENTENCE, reason=reason)
    if status in (429, 502, 503):
        return ServerAway(address=address, reason=reason)
    if status == 400:
        return SyntaxError(words)
    if status >= 500:
        return RuntimeError(words or str(reason))
    return ServerOdd(address=address, reason=reason)
