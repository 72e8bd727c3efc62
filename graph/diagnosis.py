"""Where a query can't be read, what is wrong there and what to do about it.

The engine's parser tells the furthest place that it looked at, which often lies far behind
the mistake, and says in its own words what it expected there. So the query is read once more
by ``graph/syntax.py``, which knows the exact place. Where that finds nothing, the meaning is
looked at (what is grouped, bound or named twice); only then the engine's place is given.
Its words are kept among the facts, as ``detail``.
"""

import re
from itertools import pairwise

from graph.lexer import Token, fail_at, read_tokens
from graph.mistakes import explain_unexpected
from graph.syntax import Group, Structure, Unexpected, Unreadable, read_structure
from ontology.errors import QueryFailed, QuerySyntaxError
from ontology.messages import N_

__all__ = ["explain_failure", "explain_syntax_error"]

_FUNCTION = re.compile(r"function (<[^>]*>) is not supported")
_SAID = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)


def explain_syntax_error(text: str, message: str) -> QuerySyntaxError:
    """Return the error with line, column, caret and remedy for a message of the engine.

    Parameters
    ----------
    text
        The query as its author wrote it.
    message
        What the engine said, such as ``error at 1:38: expected BY``.
    """
    tokens = read_tokens(text)
    structure = None
    try:
        structure = read_structure(text, tokens)
    except Unexpected as error:
        pointed, (template, facts) = explain_unexpected(tokens, error)
        offset = len(text.rstrip()) if pointed is None else pointed.start
        return fail_at(text, offset, template, **facts, detail=message)
    except Unreadable:
        pass
    said = _SAID.match(message)
    if said is None:
        return fail_at(text, 0, _PLAIN, detail=message)
    offset = _offset(text, int(said[1]), int(said[2]))
    found = _explain_meaning(tokens, structure, offset, said[3])
    if found is not None:
        token, template, facts = found
        return fail_at(text, token.start, template, **{"token": token.text, **facts}, detail=message)
    near = next((t for t in tokens if t.start + len(t.text) > offset), None)
    if near is None:
        return fail_at(text, len(text.rstrip()), _SOMEWHERE, detail=message)
    return fail_at(text, near.start, _AT_TOKEN, token=near.text, detail=message)


def explain_failure(message: str) -> QueryFailed:
    """Return the error for what the engine says while it evaluates a query.

    Parameters
    ----------
    message
        Such as ``The custom function <http://example.org/f> is not supported``.
    """
    unknown = _FUNCTION.search(message)
    if unknown is not None:
        return QueryFailed(_NO_FUNCTION, function=unknown[1], detail=message)
    if "SERVICE" in message or "ermission" in message or "ermitted" in message or "http" in message.lower():
        return QueryFailed(_NO_SERVICE, detail=message)
    return QueryFailed(detail=message)


_Found = tuple[Token, str, dict[str, object]]


def _explain_meaning(
    tokens: list[Token], structure: Structure | None, offset: int, expected: str
) -> _Found | None:
    """Return what is wrong in the meaning, not in the grammar: token, sentence, facts."""
    before = [token for token in tokens if token.start < offset] or tokens
    head = next((token for token in tokens if token.word == "SELECT"), tokens[0])
    if "IRI parsing failed" in expected:
        bad = next((token for token in reversed(before) if token.kind in ("iri", "name")), before[-1])
        return bad, _BAD_IRI, {}
    if "is not authorized with GROUP BY" in expected:
        return head, _STAR_GROUPED, {}
    if "Duplicated variable" in expected or "overrides an existing" in expected:
        twice = _named_again(tokens, structure)
        return (twice, _TWICE, {}) if twice else (head, _TWICE, {"token": "?x"})
    if structure is not None and structure.where is not None:
        bound = _bound_again(structure.where)
        if bound is not None:
            return bound, _BOUND, {}
    if "variable that is unbound" in expected:
        counted = _counted_in_where(structure)
        return (counted, _COUNTED, {}) if counted else (head, _NOT_GROUPED, {})
    return None


def _named_again(tokens: list[Token], structure: Structure | None) -> Token | None:
    """Return the variable after AS that the query already has."""
    where = structure.where if structure is not None else None
    inside = {token.text for token in tokens if where and token.start > where.first.start}
    named: set[str] = set()
    for word, name in pairwise(tokens):
        if where is not None and word.start > where.first.start:
            break
        if word.word == "AS" and (name.text in named or name.text in inside):
            return name
        if name.kind == "variable" and word.word == "AS":
            named.add(name.text)
    return None


def _bound_again(group: Group) -> Token | None:
    """Return the variable of a BIND that its group has bound before."""
    seen = ""
    for part in group.parts:
        name = part.name if part.kind == "bind" else None
        if name is not None and re.search(re.escape(name.text) + r"(?!\w)", seen):
            return name
        if part.kind not in ("filter", "exists", "minus"):
            seen += part.text
        for inner in part.groups:
            if (found := _bound_again(inner)) is not None:
                return found
    return None


def _counted_in_where(structure: Structure | None) -> Token | None:
    """Return the aggregate inside the group, where only HAVING may have it."""
    if structure is None or structure.where is None:
        return None
    for part in structure.where.parts:
        if part.kind in ("filter", "bind"):
            for token in read_tokens(part.text):
                if token.word in ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"):
                    return Token(token.kind, token.text, part.first.start + token.start)
    return None


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(one) + 1 for one in lines[: line - 1]) + column - 1


_PLAIN = N_("The query can't be read. Check its brackets, dots and names.")
_AT_TOKEN = N_(
    "Line {line}, column {column}: the query can't be read at or before '{token}'. "
    "Check brackets, dots and names there."
)
_SOMEWHERE = N_(
    "Line {line}, column {column}: the query can't be read to its end here. Check its last lines: brackets, "
    "dots, and variables that are bound twice."
)
_NOT_GROUPED = N_(
    "Line {line}, column {column}: SELECT names a variable that is neither grouped nor computed. "
    "Add it to GROUP BY, or wrap it: (SAMPLE(?x) AS ?y)."
)
_COUNTED = N_(
    "Line {line}, column {column}: {token} counts over groups and can't stand in FILTER or BIND. "
    "Write HAVING({token}(…) …) behind GROUP BY."
)
_STAR_GROUPED = N_(
    "Line {line}, column {column}: SELECT * can't be grouped. Name the grouped variables and "
    "what is computed."
)
_TWICE = N_(
    "Line {line}, column {column}: the name {token} after AS is taken already. Choose a new name "
    "for the variable."
)
_BOUND = N_(
    "Line {line}, column {column}: {token} has a value before BIND. Choose a new name after AS, "
    "or compare with FILTER."
)
_BAD_IRI = N_(
    "Line {line}, column {column}: {token} is no complete address. "
    "Write it in full, such as <https://example.org/a>, or declare a BASE."
)
_NO_FUNCTION = N_(
    "The function {function} is not known here. "
    "Use the functions of SPARQL, or a datatype such as xsd:integer."
)
_NO_SERVICE = N_(
    "The other server that SERVICE names did not answer. Try again later, or remove that part of the query."
)
