"""Reading groups of SPARQL from tokens: triple patterns one by one, and the clauses around them.

Abbreviations are written out: ``?s a schema:City ; rdfs:label ?l`` is two patterns, and what
stands in ``[ … ]`` becomes patterns of a variable of its own, so that each can be asked alone.
"""

from dataclasses import dataclass

from graph.lexer import Token
from graph.syntax_terms import Node, TermReader, Unexpected, Unreadable

__all__ = ["Group", "Part", "PatternReader", "Triple"]

_BLOCKS = ("OPTIONAL", "MINUS", "LATERAL")


@dataclass(frozen=True)
class Triple:
    """The three places of a triple pattern, as written."""

    subject: Node
    verb: Node
    object: Node


@dataclass(frozen=True)
class Part:
    """One part of a group.

    ``kind``: triple, filter, exists, bind, values, optional, minus, lateral, graph, service,
    union, group, select. ``text`` can be put into a query of its own. ``first`` is the token
    to point at, ``groups`` what it holds, ``name`` the graph's.
    """

    kind: str
    text: str
    first: Token
    groups: tuple["Group", ...] = ()
    triple: Triple | None = None
    name: Token | None = None


@dataclass(frozen=True)
class Group:
    """A group pattern; ``text`` without its braces."""

    text: str
    first: Token
    parts: tuple[Part, ...]


class PatternReader(TermReader):
    """Reads groups."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        super().__init__(text, tokens)
        self._blanks = 0
        self._into: list[Part] = []
        self._exists: list[Group] = []

    def read_group(self) -> Group:
        """Pass a group in braces and return it."""
        opening = self.token
        self.want("{", "brace", self.last.text)
        outer, self._into = self._into, []
        if self.token.word == "SELECT":
            self._read_select(opening)
        while self.token.text != "}":
            self._read_part()
        inner = self.text[opening.start + 1 : self.take().start]
        found, self._into = tuple(self._into), outer
        group = Group(inner, opening, found)
        self._exists.append(group)
        return group

    def read_select(self) -> Group:
        """Pass the rest of a sub-query; the upper half knows how."""
        raise Unreadable

    def _read_select(self, opening: Token) -> None:
        first = self.token
        where = self.read_select()
        if self.token.text != "}":
            raise self.unexpected("end")
        self._into.append(Part("select", "{ " + self.span(first, self.last) + " }", opening, (where,)))

    def _read_part(self) -> None:
        first = self.token
        word = first.word
        if word in _BLOCKS:
            self._read_block(word.lower())
        elif word in ("GRAPH", "SERVICE"):
            self._read_named(word.lower())
        elif word == "FILTER":
            self._read_filter()
        elif word == "BIND":
            self._read_bind()
        elif word == "VALUES":
            self._into.append(self.read_values())
        elif first.text == "{":
            self._read_union()
        elif word and word not in ("TRUE", "FALSE"):
            raise self.unexpected("part")
        else:
            self._read_statement()
            return
        self.skip(".")

    def _add(self, kind: str, first: Token, *groups: Group, name: Token | None = None) -> None:
        self._into.append(Part(kind, self.span(first, self.last), first, groups, name=name))

    def _read_block(self, kind: str) -> None:
        first = self.take()
        self._add(kind, first, self.read_group())

    def _read_named(self, kind: str) -> None:
        first = self.take()
        self.skip("SILENT")
        name = self.take() if self.token.kind == "variable" else self.read_iri("graph")
        self._add(kind, first, self.read_group(), name=name)

    def _read_union(self) -> None:
        first = self.token
        groups = [self.read_group()]
        while self.skip("UNION"):
            groups.append(self.read_group())
        self._add("union" if len(groups) > 1 else "group", first, *groups)

    def _read_filter(self) -> None:
        first = self.take()
        exists = self.token.word in ("EXISTS", "NOT")
        begun = len(self._exists)
        self.read_constraint("filter")
        inner = self._exists[-1:] if exists and len(self._exists) > begun else []
        self._add("exists" if exists else "filter", first, *inner)

    def read_constraint(self, expected: str) -> None:
        """Pass a condition: in parentheses, or a call."""
        token = self.token
        if token.text == "(":
            self.take()
            self.read_expression()
            self.want(")", "close")
            return
        if token.kind not in ("word", "iri", "name"):
            raise self.unexpected(expected)
        if token.word in ("TRUE", "FALSE") or (not token.word and self._after().text != "("):
            raise self.unexpected(expected)
        self._read_operand()

    def _after(self) -> Token:
        return self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else self.tokens[-1]

    def _read_bind(self) -> None:
        first = self.take()
        self.want("(", "bind")
        self.read_expression()
        self.want("AS", "as", "BIND")
        name = self.read_variable()
        self.want(")", "close")
        self._add("bind", first, name=name)

    def read_values(self) -> Part:
        """Pass VALUES with its rows."""
        first = self.take()
        if self.skip("("):
            width = 0
            while not self.skip(")"):
                self.read_variable()
                width += 1
            self.want("{", "brace", first.text)
            while not self.skip("}"):
                self.want("(", "row")
                self._read_row(width)
        else:
            self.read_variable()
            self.want("{", "brace", first.text)
            while not self.skip("}"):
                self._read_datum()
        return Part("values", self.span(first, self.last), first)

    def _read_row(self, width: int) -> None:
        count = 0
        while self.token.text != ")":
            self._read_datum()
            count += 1
        if count != width:
            raise self.unexpected("width", f"{count}/{width}")
        self.take()

    def _read_datum(self) -> None:
        self.skip("-", "+")
        if self.skip("UNDEF") or self.skip_literal():
            return
        if self.token.text == "<":
            raise Unreadable
        self.read_iri("datum")

    def _read_statement(self) -> None:
        """Pass one subject with all that is said of it, up to the dot."""
        brackets = self.token.text in ("[", "(")
        subject = self._read_node("subject")
        if not (brackets and self.token.text in (".", "}", "")):
            self._read_properties(subject)
        token = self.token
        if self.skip(".") or token.text in ("}", "{"):
            return
        if (token.kind == "sign" and token.text in ("~", "|")) or self.last.text == "{":
            raise Unreadable
        if not token.word or token.word in ("TRUE", "FALSE", "A", "UNDEF", "UNION", "AS"):
            raise self.unexpected("dot")

    def _read_properties(self, subject: Node) -> None:
        while True:
            verb = self.read_path()
            while True:
                self._add_triple(subject, verb, self._read_node("object"))
                if not self.skip(","):
                    break
            if not self.skip(";"):
                return
            while self.skip(";"):
                pass
            if self.token.text in (".", "}", "]", "|", "{") or (self.token.word and self.token.word != "A"):
                return

    def _add_triple(self, subject: Node, verb: Node, value: Node) -> None:
        text = f"{subject.text} {verb.text} {value.text} ."
        first = subject.first if subject.last.start < verb.first.start else verb.first
        before = self._into[-1].triple if self._into else None
        if before is not None and before.subject is subject:
            first = value.first if before.verb is verb else verb.first
        self._into.append(Part("triple", text, first, triple=Triple(subject, verb, value)))

    def _read_node(self, expected: str) -> Node:
        first = self.token
        if first.text == "[":
            return self._read_blank()
        if first.text == "(":
            return self._read_list()
        if first.text == "<":
            raise Unreadable
        signed = self.skip("-", "+")
        if signed and self.token.kind != "number":
            raise Unexpected(self.place - 1, expected)
        if not self.skip_literal():
            if first.kind not in ("iri", "name", "variable", "blank"):
                raise self.unexpected(expected)
            self.take()
        if self.token.text == "{" and self._after().text == "|":
            raise Unreadable
        return Node(self.span(first, self.last), first, self.last)

    def _read_blank(self) -> Node:
        opening = self.take()
        self._blanks += 1
        node = Node(f"?_blank{self._blanks}", opening, opening)
        if not self.skip("]"):
            self._read_properties(node)
            self.want("]", "bracket")
        return Node(node.text, opening, self.last)

    def _read_list(self) -> Node:
        opening = self.take()
        while not self.skip(")"):
            before = len(self._into)
            self._read_node("object")
            if len(self._into) > before:
                raise Unreadable
        return Node(self.span(opening, self.last), opening, self.last)
