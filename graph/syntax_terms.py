"""Reading terms, paths and expressions of SPARQL from tokens: the lower half of ``graph/syntax.py``.

A reader stands before a token. What it can't take is raised as ``Unexpected``, with the place
and a word for what was expected there; what it does not know (triple terms, annotations) as
``Unreadable``: then nothing is said, rather than something wrong.
"""

from dataclasses import dataclass

from graph.keywords import FUNCTIONS
from graph.lexer import Token

__all__ = ["Node", "TermReader", "Unexpected", "Unreadable"]

_COMPARISONS = frozenset({"||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"})
_SIGNS = frozenset({"!", "+", "-"})
_END = Token("end", "", -1)


class Unexpected(Exception):
    """The grammar wants something else at a token: its number, what was expected, a detail."""

    def __init__(self, place: int, expected: str, detail: str = "") -> None:
        super().__init__(f"{expected} at token {place}")
        self.place = place
        self.expected = expected
        self.detail = detail


class Unreadable(Exception):
    """Syntax that this reader does not know; it may be right."""


@dataclass(frozen=True)
class Node:
    """A term or path as written: its text, and its first and last token."""

    text: str
    first: Token
    last: Token


class TermReader:
    """Reads terms, paths and expressions.

    Parameters
    ----------
    text
        The query.
    tokens
        Its tokens, with brackets that match.
    """

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.place = 0

    @property
    def token(self) -> Token:
        """The token before which the reader stands; one of kind ``end`` behind the last."""
        return self.tokens[self.place] if self.place < len(self.tokens) else _END

    @property
    def last(self) -> Token:
        """The token that was read last."""
        return self.tokens[self.place - 1] if self.place else _END

    def take(self) -> Token:
        """Pass a token and return it."""
        token = self.token
        self.place += 1
        return token

    def skip(self, *texts: str) -> bool:
        """Pass a token if it is one of these signs or words; tell whether it was."""
        token = self.token
        if (token.word if token.kind == "word" else token.text if token.kind == "sign" else "") in texts:
            self.place += 1
            return True
        return False

    def want(self, text: str, expected: str, detail: str = "") -> None:
        """Pass a sign or word, or raise."""
        if not self.skip(text):
            raise self.unexpected(expected, detail)

    def unexpected(self, expected: str, detail: str = "") -> Unexpected:
        """Return the error for the place where the reader stands."""
        return Unexpected(self.place, expected, detail)

    def span(self, first: Token, last: Token) -> str:
        """Return the text from one token to another."""
        return self.text[first.start : last.start + len(last.text)]

    def read_balanced(self) -> None:
        """Pass an opening bracket and all up to its partner."""
        depth = 0
        while True:
            token = self.take()
            depth += (token.text in ("{", "(", "[")) - (token.text in ("}", ")", "]"))
            if not depth:
                return

    def read_iri(self, expected: str = "iri") -> Token:
        """Pass an address, whole or with a prefix."""
        if self.token.kind not in ("iri", "name"):
            raise self.unexpected(expected)
        return self.take()

    def read_variable(self) -> Token:
        """Pass a variable."""
        if self.token.kind != "variable":
            raise self.unexpected("variable")
        return self.take()

    def skip_literal(self) -> bool:
        """Pass a text with its language or datatype, a number or a truth value, if one stands here."""
        token = self.token
        if token.kind == "string":
            self.take()
            if self.token.kind == "language":
                self.take()
            elif self.skip("^^"):
                self.read_iri("datatype")
            return True
        if token.kind == "number":
            self.take()
            return True
        return self.skip("TRUE", "FALSE")

    def read_path(self) -> Node:
        """Pass the place of the property: a variable or a path."""
        first = self.token
        if first.kind == "variable":
            return Node(first.text, first, self.take())
        self._read_alternatives()
        return Node(self.span(first, self.last), first, self.last)

    def _read_alternatives(self) -> None:
        while True:
            self.skip("^")
            self._read_step()
            self.skip("*", "+", "?")
            if not self.skip("/", "|"):
                return

    def _read_step(self) -> None:
        if self.skip("!"):
            self.skip("^")
        if self.token.kind in ("iri", "name") or self.token.word == "A":
            self.take()
        elif self.skip("("):
            if not self.skip(")"):
                self._read_alternatives()
                self.want(")", "path")
        else:
            raise self.unexpected("verb")

    def read_expression(self) -> None:
        """Pass an expression, as far as it goes."""
        while True:
            self._read_operand()
            if self.token.word in ("IN", "NOT"):
                self.skip("NOT")
                self.want("IN", "in")
                self._read_arguments("in", 0, 99)
            if self.token.text not in _COMPARISONS or self.token.kind != "sign":
                return
            self.take()

    def _read_operand(self) -> None:
        while self.token.kind == "sign" and self.token.text in _SIGNS:
            self.take()
        token = self.token
        if self.skip_literal():
            return
        if self.skip("("):
            self.read_expression()
            self.want(")", "close")
        elif token.kind == "variable":
            self.take()
        elif token.kind in ("iri", "name"):
            self.take()
            if self.token.text == "(":
                self._read_arguments("call", 0, 99)
        elif token.word in ("NOT", "EXISTS"):
            self._read_exists()
        elif token.word in FUNCTIONS:
            self.take()
            self._read_arguments("call", *FUNCTIONS[token.word], token.text)
        elif token.text == "<":
            raise Unreadable
        else:
            raise self.unexpected("expression")

    def _read_exists(self) -> None:
        if self.skip("NOT") and self.token.word != "EXISTS":
            raise self.unexpected("exists")
        self.take()
        self.read_group()

    def read_group(self) -> object:
        """Pass a group; the upper half knows how."""
        self.read_balanced()
        return None

    def _read_arguments(self, expected: str, fewest: int, most: int, name: str = "") -> None:
        """Pass arguments in parentheses and count them."""
        self.want("(", expected, name)
        self.skip("DISTINCT")
        count = 0
        if self.skip("*"):
            count = 1
        elif self.token.text != ")":
            self.read_expression()
            count = 1
            while self.skip(","):
                self.read_expression()
                count += 1
        if self.skip(";"):
            self.want("SEPARATOR", "separator")
            self.want("=", "separator")
            self.skip_literal()
        if self.token.text == ")" and not fewest <= count <= most:
            raise self.unexpected("arity", name)
        self.want(")", "close", name)
