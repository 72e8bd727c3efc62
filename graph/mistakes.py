"""What is probably meant where the grammar wants something else, and what to write instead.

``graph/syntax.py`` says which token is wrong and what it expected there; the rules here look
at that token and its neighbours. Each gives a sentence, or passes the question on.
"""

from collections.abc import Callable, Sequence

from graph import mistake_sentences as say
from graph.keywords import FUNCTIONS
from graph.lexer import Token
from graph.misreadings import Said
from graph.syntax import Unexpected

__all__ = ["explain_unexpected"]

_END = Token("end", "", -1)
_COMPARED = ("=", "!=", "<", ">", "<=", ">=", "&&", "||")
_STARTS = ("variable", "iri", "name", "blank", "string", "number")


class _Place:
    """The wrong token and its neighbours."""

    def __init__(self, tokens: Sequence[Token], place: int) -> None:
        self.tokens = tokens
        self.place = place

    def at(self, step: int) -> Token:
        """Return a token before (negative) or after the wrong one."""
        number = self.place + step
        return self.tokens[number] if 0 <= number < len(self.tokens) else _END

    @property
    def token(self) -> Token:
        """The wrong one."""
        return self.at(0)

    def touches(self, step: int) -> bool:
        """Tell whether there is no space between a token and the one after it."""
        first, second = self.at(step), self.at(step + 1)
        return first.start + len(first.text) == second.start


def explain_unexpected(tokens: Sequence[Token], error: Unexpected) -> tuple[Token | None, Said]:
    """Return the token to point at (``None``: the end of the query), and what is to be said of it.

    Parameters
    ----------
    tokens
        Of the query.
    error
        What the reader of the grammar met.
    """
    found = _Place(tokens, error.place)
    pointed = found.token if found.token.kind != "end" else None
    said = None
    if rule := _RULES.get(error.expected):
        said = rule(found, error.detail)
    if said is None and error.expected in say.PLAIN:
        said = say.PLAIN[error.expected], {"word": error.detail}
    if said is None:
        said = (say.ENDS_EARLY, {}) if pointed is None else (say.NOT_HERE, {})
    template, facts = said
    if found.token.kind == "end" and error.expected in ("dot", "verb", "object", "subject", "expression"):
        return None, (say.ENDS_EARLY, {})
    return pointed, (template, {"token": found.token.text, "before": found.at(-1).text, **facts})


def _at_dot(found: _Place, detail: str) -> Said | None:
    del detail
    token, before = found.token, found.at(-1)
    if token.word == "UNION":
        return say.UNION, {}
    if token.text == "^" and before.kind == "string":
        return say.TYPE_MARKS, {}
    if token.word == "A" or (token.word == "UNDEF"):
        return _at_object(found, "")
    if before.kind == "number" and token.text == "-":
        return say.DATE, {}
    if token.kind in _STARTS or token.text in ("[", "("):
        return (say.FOURTH if found.at(1).text in (".", ";", "}", ",") else say.NO_DOT), {}
    return None


def _at_object(found: _Place, detail: str) -> Said | None:
    del detail
    token = found.token
    if token.word == "UNDEF":
        return say.UNDEF, {}
    if token.text in _COMPARED and token.kind == "sign":
        return say.PLAIN["filter"], {}
    if token.text == "." and found.at(-1).text in (".", "{", ";"):
        return say.EXTRA_DOT, {}
    if token.word == "A":
        return say.A_PLACE, {}
    if token.text in (".", "}", ";", "]"):
        if found.at(-1).text == ",":
            return say.COMMA_END, {}
        begins = found.at(-3).text in ("{", ".") and found.at(-2).kind == "variable"
        return (say.TWO_PARTS, {"subject": found.at(-2).text}) if begins else (say.NO_VALUE, {})
    return None


def _at_verb(found: _Place, detail: str) -> Said | None:
    del detail
    token, before = found.token, found.at(-1)
    if token.text in (".", "}"):
        return say.ONE_PART, {}
    if token.word == "UNION":
        return say.UNION, {}
    if before.text == "?" and found.at(-2).text == "?":
        return None
    if token.kind in ("string", "number", "blank") or token.text in ("[", "("):
        return say.BAD_VERB, {}
    return None


def _at_part(found: _Place, detail: str) -> Said | None:
    del detail
    word = found.token.word
    if word == "UNION":
        return say.UNION, {}
    if word == "A":
        return say.A_PLACE, {}
    if word in ("ORDER", "LIMIT", "GROUP", "HAVING", "OFFSET"):
        return say.INSIDE, {}
    if word == "SELECT":
        return say.SUBQUERY, {}
    if word in FUNCTIONS:
        return say.FUNCTION_ALONE, {}
    return (say.FROM_INSIDE, {}) if word == "FROM" else None


def _at_where(found: _Place, detail: str) -> Said | None:
    token = found.token
    if detail:
        return say.BRACE, {"word": detail}
    if token.text == ",":
        return say.COMMAS, {}
    if token.word in FUNCTIONS:
        return say.UNNAMED, {"word": token.text}
    if token.word in ("DISTINCT", "REDUCED"):
        return say.DISTINCT, {}
    if token.text == "*":
        return say.STAR, {}
    if token.text == "." and found.at(-1).kind == "iri":
        return say.PREFIX_DOT, {}
    return (say.NO_GROUP if token.kind == "end" else say.WHERE), {}


def _at_projection(found: _Place, detail: str) -> Said | None:
    del detail
    token = found.token
    if token.word in FUNCTIONS:
        return say.UNNAMED, {"word": token.text}
    return say.NO_COLUMNS, {}


def _at_expression(found: _Place, detail: str) -> Said | None:
    del detail
    token, before = found.token, found.at(-1)
    if token.text == "=" and before.text == "=":
        return say.EQUALS, {}
    if token.text == ">" and before.text == "<":
        return say.UNEQUAL, {}
    if token.word == "SELECT":
        return say.EXISTS_SELECT, {}
    if token.text in (")", "}"):
        return (say.EMPTY_CALL if before.text in ("(", ",") else say.HALF), {}
    return None


def _at_close(found: _Place, detail: str) -> Said | None:
    token, before = found.token, found.at(-1)
    if token.text == "<>":
        return say.UNEQUAL, {}
    if token.kind == "number" and before.kind == "number" and found.touches(-1):
        return say.DATE, {}
    if token.text == "," and before.kind == "number" and found.at(1).kind == "number":
        return say.DECIMAL_COMMA, {"whole": before.text, "part": found.at(1).text}
    if token.text == "|":
        return say.SINGLE_BAR, {}
    if token.text == "^" and before.kind == "string":
        return say.TYPE_MARKS, {}
    if detail and token.kind in _STARTS:
        return say.ARGUMENTS, {"word": detail}
    return (say.OPERATOR, {}) if token.kind in _STARTS else None


def _at_end(found: _Place, detail: str) -> Said | None:
    del detail
    token = found.token
    if token.word in ("ASC", "DESC"):
        return say.DIRECTION, {"variable": found.at(-1).text}
    if token.text == ";":
        return say.SEMICOLON, {}
    if token.text in _COMPARED and token.kind == "sign":
        return say.PLAIN["having"], {}
    if token.text == "{" or token.word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE"):
        return say.SECOND, {}
    if token.word in ("PREFIX", "BASE"):
        return say.PREFIX_FIRST, {}
    if token.word in ("FILTER", "OPTIONAL", "BIND", "UNION", "MINUS", "GRAPH"):
        return say.OUTSIDE, {}
    return None


def _at_form(found: _Place, detail: str) -> Said | None:
    del detail
    if found.token.text == ".":
        return say.PREFIX_DOT, {}
    return (say.DISTINCT, {}) if found.token.word == "DISTINCT" else None


def _at_call(found: _Place, detail: str) -> Said | None:
    del found
    return (say.CALL, {"word": detail}) if detail else None


def _at_width(found: _Place, detail: str) -> Said | None:
    del found
    count, _, width = detail.partition("/")
    return say.WIDTH, {"count": count, "width": width}


def _at_datum(found: _Place, detail: str) -> Said | None:
    del detail
    if found.token.text == ",":
        return say.DATA_COMMA, {}
    return say.DATA, {}


_Rule = Callable[[_Place, str], Said | None]
_RULES: dict[str, _Rule] = {
    "dot": _at_dot, "object": _at_object, "verb": _at_verb, "part": _at_part, "where": _at_where,
    "subject": _at_object, "projection": _at_projection, "expression": _at_expression, "close": _at_close,
    "end": _at_end, "form": _at_form, "call": _at_call, "width": _at_width, "datum": _at_datum,
}  # fmt: skip
