"""Where a query can't be read and what to do about it, from what the engine says.

Oxigraph's parser tells the furthest place that it looked at, which lies behind the mistake
by the length of the keywords that it tried there. The place is put right and named by the
token that stands there; its own words are kept as ``reason``.
"""

import re

from graph.lexer import Token, fail_at, read_tokens
from ontology.errors import QuerySyntaxError
from ontology.messages import N_

__all__ = ["explain_syntax_error"]

_SAID = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_KEYWORD = re.compile(r"(?<![\w\"'])[A-Za-z_0-9]{2,}(?![\w\"'])")


def explain_syntax_error(text: str, message: str) -> QuerySyntaxError:
    """Return the error with line, column, caret and remedy for a message of the engine.

    Parameters
    ----------
    text
        The query as its author wrote it.
    message
        What the engine said, such as ``error at 1:38: expected BY``.
    """
    said = _SAID.match(message)
    if said is None:
        return fail_at(text, 0, _PLAIN, reason=message)
    offset = _offset(text, int(said[1]), int(said[2]))
    expected = _shorten(said[3])
    tokens = read_tokens(text)
    known = _explain_known(text, tokens, offset, said[3])
    if known is not None:
        return known
    offset -= _overshoot(said[3])
    token = next((t for t in tokens if t.start + len(t.text) > offset), None)
    if token is None:
        return fail_at(text, len(text.rstrip()), _AT_END, reason=expected)
    return fail_at(text, token.start, _AT_TOKEN, token=token.text, reason=expected)


def _explain_known(text: str, tokens: list[Token], offset: int, expected: str) -> QuerySyntaxError | None:
    """Return an error for what the engine finds wrong in the meaning, not in the grammar."""
    before = [token for token in tokens if token.start < offset] or tokens
    if "variable that is unbound" in expected:
        select = next((token for token in tokens if token.word == "SELECT"), tokens[0])
        return fail_at(text, select.start, _NOT_GROUPED, reason=_shorten(expected))
    if "IRI parsing failed" in expected:
        iri = next((token for token in reversed(before) if token.kind in ("iri", "name")), before[-1])
        return fail_at(text, iri.start, _BAD_IRI, token=iri.text, reason=_shorten(expected))
    return None


def _overshoot(expected: str) -> int:
    """Return how far behind the mistake the engine looked.

    A sign is looked for where the mistake is; a keyword is read whole before it is compared,
    and all that are named were read from the same place.
    """
    if '"' in expected:
        return 0
    lengths = {len(word) for word in _KEYWORD.findall(expected.removeprefix("one of "))}
    return lengths.pop() if len(lengths) == 1 else 0


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(one) + 1 for one in lines[: line - 1]) + column - 1


def _shorten(expected: str) -> str:
    """Return the engine's list of what it expected without its character classes."""
    parts = expected.removeprefix("one of ").split(", ")
    words = [part for part in parts if part[:1] not in ("[", "'", "|") and "\\u" not in part]
    return "expected " + (", ".join(words[:12]) or "something else")


_PLAIN = N_("The query can't be read: {reason}")
_AT_TOKEN = N_(
    "Line {line}, column {column}: the query can't be read at '{token}'. "
    "Check what stands there and directly before it ({reason})."
)
_AT_END = N_("Line {line}, column {column}: the query ends too early. Complete it ({reason}).")
_NOT_GROUPED = N_(
    "Line {line}, column {column}: SELECT names a variable that is neither grouped nor computed. "
    "Add it to GROUP BY, or wrap it: (SAMPLE(?x) AS ?y)."
)
_BAD_IRI = N_(
    "Line {line}, column {column}: {token} is no complete address. "
    "Write it in full, such as <https://example.org/a>, or declare a BASE."
)
