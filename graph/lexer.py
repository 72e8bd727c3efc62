"""SPARQL's lexical grammar as a list of tokens; it knows nothing of the syntax above it.

Follows the terminals of SPARQL 1.1 (W3C Recommendation 2013, section 19.8) with the few
additions of SPARQL 1.2. It fails closed: a character that begins no token, an unfinished
string, an escape that SPARQL doesn't know end the reading with an error.

``<`` is the one place where a scanner without a parser can be led astray: ``?a<'x>'`` is a
variable, an IRI and an open quote to the grammar's terminals, a comparison with a string to
an engine. Such places are errors here (see ``_is_ambiguous``), so that what follows is
read by everybody in the same way.
"""

import re
from typing import NamedTuple

from ontology.errors import QuerySyntaxError
from ontology.messages import N_

__all__ = ["Position", "Token", "fail_at", "find_position", "read_tokens", "resolve_escapes"]

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_WORD = f"{_BASE}_0-9"
_CHARS = f"{_WORD}\u00b7\u0300-\u036f\u203f-\u2040"
_NAME = rf"[{_BASE}](?:[{_CHARS}.\-]*[{_CHARS}\-])?"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_WORD}:]|{_PLX})(?:(?:[{_CHARS}.:\-]|{_PLX})*(?:[{_CHARS}:\-]|{_PLX}))?"
_CODEPOINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = rf"\\[tbnrf\\\"']|{_CODEPOINT}"

_TERMINALS = {
    "space": r"[ \t\r\n]+",
    "comment": r"#[^\r\n]*",
    "iri": rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_CODEPOINT})*>",
    "string": rf'"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*"""'
    rf"|'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''"
    rf'|"(?!"")(?:[^"\\\r\n]|{_ESCAPE})*"'
    rf"|'(?!'')(?:[^'\\\r\n]|{_ESCAPE})*'",
    "blank": rf"_:[{_WORD}](?:[{_CHARS}.\-]*[{_CHARS}\-])?",
    "name": rf"(?:{_NAME})?:(?:{_LOCAL})?",
    "variable": rf"[?$][{_WORD}][{_CHARS}]*",
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "number": r"[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+\.[eE][+-]?[0-9]+|[0-9]+(?:[eE][+-]?[0-9]+)?",
    "word": r"[A-Za-z_][A-Za-z0-9_]*",
    "sign": r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;|/^*+\-!=<>?~]",
    "wrong": r".",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TERMINALS.items()), re.DOTALL)
_ESCAPED = re.compile(_CODEPOINT)
_CLOSES = {")": "(", "]": "[", "}": "{"}
_MISLEADING = re.compile(r"['#()\[\]]")


class Token(NamedTuple):
    """Kind (iri, string, blank, name, variable, language, number, word, sign), text, place."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """The keyword in capitals; empty when the token is none."""
        return self.text.upper() if self.kind == "word" else ""


class Position(NamedTuple):
    """Line and column from 1, and the line with a caret under the place."""

    line: int
    column: int
    caret: str


class _Bracket(NamedTuple):
    token: Token
    holds_data: bool


def read_tokens(text: str) -> list[Token]:
    """Return the tokens of a query, without spaces and comments.

    Raises
    ------
    QuerySyntaxError
        Something is no token, a bracket has no partner, or a ``<`` can be read in two ways.
    """
    tokens: list[Token] = []
    brackets: list[_Bracket] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "wrong"
        if kind in ("space", "comment"):
            continue
        token = Token(kind, match.group(), match.start())
        if kind == "wrong":
            raise _wrong(text, token)
        if kind == "sign":
            _match_bracket(text, tokens, token, brackets)
        elif kind == "iri" and _MISLEADING.search(token.text) and _is_ambiguous(tokens, brackets):
            raise fail_at(text, token.start, _AMBIGUOUS, token=token.text)
        tokens.append(token)
    if brackets:
        raise fail_at(text, brackets[-1].token.start, _UNCLOSED, token=brackets[-1].token.text)
    return tokens


def resolve_escapes(text: str) -> str:
    r"""Return the text with ``\uXXXX`` and ``\UXXXXXXXX`` resolved, as SPARQL 1.1 demands.

    Raises
    ------
    QuerySyntaxError
        The escape names no character.
    """

    def resolve(match: re.Match[str]) -> str:
        code = int(match.group()[2:], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise fail_at(text, match.start(), _NO_CHARACTER, token=match.group())
        return chr(code)

    return _ESCAPED.sub(resolve, text) if "\\" in text else text


def find_position(text: str, offset: int) -> Position:
    """Return line, column and caret of a place in a text."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    shown = text[begin : end if end >= 0 else len(text)].rstrip("\r")
    left = max(0, offset - begin - 60)
    window = "".join(char if char.isprintable() else " " for char in shown[left : left + 100])
    caret = f"{window}\n{' ' * (offset - begin - left)}^"
    return Position(text.count("\n", 0, offset) + 1, offset - begin + 1, caret)


def fail_at(text: str, offset: int, template: str, **facts: object) -> QuerySyntaxError:
    """Return the error for a place; ``line``, ``column`` and ``caret`` are among its facts."""
    return QuerySyntaxError(template, **find_position(text, offset)._asdict(), **facts)


def _match_bracket(text: str, tokens: list[Token], token: Token, brackets: list[_Bracket]) -> None:
    if token.text in ("{", "(", "["):
        holds_data = _begins_data(tokens) if token.text == "{" else bool(brackets) and brackets[-1].holds_data
        brackets.append(_Bracket(token, holds_data))
    elif token.text in _CLOSES:
        if not brackets:
            raise fail_at(text, token.start, _UNOPENED, token=token.text)
        if brackets.pop().token.text != _CLOSES[token.text]:
            raise fail_at(text, token.start, _CROSSED, token=token.text)


def _begins_data(tokens: list[Token]) -> bool:
    """Tell whether a brace here would open the rows of ``VALUES ?a {`` or ``VALUES (?a ?b) {``."""
    place = len(tokens) - 1
    while place >= 0 and (tokens[place].kind == "variable" or tokens[place].text in ("(", ")")):
        place -= 1
    return place >= 0 and tokens[place].word == "VALUES"


def _is_ambiguous(tokens: list[Token], brackets: list[_Bracket]) -> bool:
    """Tell whether ``<`` here may be a comparison: after a value, inside an expression's parentheses.

    Rows of VALUES hold values only, nothing is compared there.
    """
    if not tokens:
        return False
    before = tokens[-1]
    if before.text == "<":
        return True
    if not brackets or brackets[-1].token.text != "(" or brackets[-1].holds_data:
        return False
    is_value = before.kind not in ("sign", "word") or before.text in (")", "]")
    return is_value or before.word in ("TRUE", "FALSE")


def _wrong(text: str, token: Token) -> QuerySyntaxError:
    # Imported here: only what is wrong needs it, and it needs the tokens.
    from graph.misreadings import NO_FORM, explain_sign

    said = explain_sign(text, token.start)
    if token.text in ('"', "'"):
        said = said if said and said[0] == NO_FORM else (_UNFINISHED, {"token": token.text})
    template, facts = said or (_UNKNOWN, {"token": token.text})
    return fail_at(text, token.start, template, **facts)


_UNKNOWN = N_("Line {line}, column {column}: '{token}' can't stand here. Remove it or put it into quotes.")
_UNFINISHED = N_(
    "Line {line}, column {column}: the text that begins here has no end, or holds an escape that SPARQL "
    "doesn't know. Close it with {token}; write a backslash as \\\\ and a text of several lines between "
    "three quotes."
)
_UNCLOSED = N_("Line {line}, column {column}: the bracket '{token}' is never closed. Add its partner.")
_UNOPENED = N_("Line {line}, column {column}: '{token}' closes a bracket that was never opened. Remove it.")
_CROSSED = N_(
    "Line {line}, column {column}: '{token}' stands where another bracket has to be closed first. "
    "Check the brackets before it."
)
_AMBIGUOUS = N_(
    "Line {line}, column {column}: {token} can be read as an address or as a comparison. "
    "Put a space after '<' when you compare; use a prefix when it is an address."
)
_NO_CHARACTER = N_("Line {line}, column {column}: {token} is the escape of no character. Remove it.")
