"""What a query is made of, read from its tokens: for explaining, never for deciding.

The engine alone decides whether a query can be read. This reader finds the first token that
the grammar of SPARQL 1.1 does not allow, more exactly than the engine tells it, and takes a
query apart into pieces that can be asked alone.
"""

from dataclasses import dataclass

from graph.lexer import Token
from graph.syntax_patterns import Group, Part, PatternReader, Triple
from graph.syntax_terms import Node, Unexpected, Unreadable

__all__ = ["Group", "Node", "Part", "Structure", "Triple", "Unexpected", "Unreadable", "read_structure"]

_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


@dataclass(frozen=True)
class Structure:
    """A query taken apart.

    Parameters
    ----------
    form
        SELECT, ASK, CONSTRUCT or DESCRIBE.
    prologue
        Its text up to the form.
    dataset
        Its clauses FROM, as written; ``graphs`` are their addresses.
    where
        Its group; ``None`` when it has none.
    values
        The VALUES behind it.
    modifiers
        The first token of each clause behind the group.
    resources
        What DESCRIBE names.
    limit
        The number after LIMIT.
    """

    form: str
    prologue: str
    dataset: str
    graphs: tuple[Token, ...]
    where: Group | None
    values: Part | None
    modifiers: tuple[Token, ...]
    resources: tuple[Token, ...]
    limit: int | None


def read_structure(text: str, tokens: list[Token]) -> Structure:
    """Return what a query is made of.

    Raises
    ------
    Unexpected
        A token that the grammar does not allow.
    Unreadable
        Syntax that is not known here; it may be right.
    """
    return _QueryReader(text, tokens).read()


class _QueryReader(PatternReader):
    def __init__(self, text: str, tokens: list[Token]) -> None:
        super().__init__(text, tokens)
        self._modifiers: list[Token] = []
        self._values: Part | None = None
        self._limit: int | None = None

    def read(self) -> Structure:
        """Pass the whole query."""
        self._read_prologue()
        form = self.token
        prologue = self.text[: form.start] if form.start >= 0 else self.text
        resources: tuple[Token, ...] = ()
        match form.word:
            case "SELECT":
                self._read_projection()
            case "ASK":
                self.take()
            case "DESCRIBE":
                resources = self._read_resources()
            case "CONSTRUCT":
                return self._read_construct(prologue)
            case _:
                raise self.unexpected("form")
        return self._read_rest(form.word, prologue, resources)

    def _read_construct(self, prologue: str) -> Structure:
        self.take()
        if self.token.text == "{":
            self.read_group()
        elif self.token.word not in ("FROM", "WHERE"):
            raise self.unexpected("template")
        return self._read_rest("CONSTRUCT", prologue, ())

    def _read_rest(self, form: str, prologue: str, resources: tuple[Token, ...]) -> Structure:
        begun = self.token.start
        graphs = self._read_dataset()
        dataset = self.text[begun : self.last.start + len(self.last.text)] if graphs else ""
        where = None
        if form != "DESCRIBE" or self.token.text == "{" or self.token.word == "WHERE":
            where = self._read_where()
        self._read_modifiers()
        if self.token.kind != "end":
            raise self.unexpected("end")
        return Structure(
            form, prologue, dataset, graphs, where, self._values,
            tuple(self._modifiers), resources, self._limit,
        )  # fmt: skip

    def read_select(self) -> Group:
        """Pass a sub-query inside braces."""
        kept = self._modifiers, self._values, self._limit
        self._read_projection()
        where = self._read_where()
        self._read_modifiers()
        self._modifiers, self._values, self._limit = kept
        return where

    def _read_prologue(self) -> None:
        while (word := self.token.word) in ("PREFIX", "BASE", "VERSION"):
            self.take()
            if word == "PREFIX":
                if self.token.kind != "name" or not self.token.text.endswith(":"):
                    raise self.unexpected("prefix")
                self.take()
            if word == "VERSION":
                self.skip_literal()
            elif self.token.kind != "iri":
                raise self.unexpected("address")
            else:
                self.take()

    def _read_projection(self) -> None:
        self.take()
        self.skip("DISTINCT", "REDUCED")
        if self.skip("*"):
            if self.token.kind == "variable" or self.token.text == "(":
                raise self.unexpected("star")
            return
        begun = self.place
        while True:
            if self.token.kind == "variable":
                self.take()
            elif self.skip("("):
                self.read_expression()
                self.want("AS", "as", "SELECT")
                self.read_variable()
                self.want(")", "close")
            elif self.place == begun:
                raise self.unexpected("projection")
            else:
                return

    def _read_resources(self) -> tuple[Token, ...]:
        self.take()
        if self.skip("*"):
            return ()
        begun = self.place
        while self.token.kind in ("variable", "iri", "name"):
            self.take()
        if self.place == begun:
            raise self.unexpected("resource")
        return tuple(self.tokens[begun : self.place])

    def _read_dataset(self) -> tuple[Token, ...]:
        graphs = []
        while self.skip("FROM"):
            self.skip("NAMED")
            graphs.append(self.read_iri("graph"))
        return tuple(graphs)

    def _read_where(self) -> Group:
        had_word = self.skip("WHERE")
        if self.token.text != "{":
            raise self.unexpected("where", "WHERE" if had_word else "")
        return self.read_group()

    def _read_modifiers(self) -> None:
        """Pass the clauses behind the group, each once and in their order."""
        self._values = None
        self._limit = None
        allowed = list(_MODIFIERS)
        while (word := self.token.word) in _MODIFIERS:
            if word not in allowed:
                raise self.unexpected("order")
            self._modifiers.append(self.token)
            if word == "VALUES":
                self._values = self.read_values()
                return
            self._read_modifier(self.take())
            allowed.remove(word)
            if word not in ("LIMIT", "OFFSET"):
                del allowed[: max(0, _MODIFIERS.index(word) - (len(_MODIFIERS) - len(allowed)) + 1)]
            else:
                allowed = [one for one in allowed if one in ("LIMIT", "OFFSET", "VALUES")]

    def _read_modifier(self, clause: Token) -> None:
        word = clause.word
        if word in ("LIMIT", "OFFSET"):
            if self.token.kind != "number" or not self.token.text.isdigit():
                raise self.unexpected("number", word)
            number = int(self.take().text[:18])
            self._limit = number if word == "LIMIT" else self._limit
        elif word == "HAVING":
            self.read_constraint("having")
            while self.token.text == "(" or self.token.kind in ("iri", "name"):
                self.read_constraint("having")
        else:
            self.want("BY", "by", word)
            self._read_conditions(word)

    def _read_conditions(self, word: str) -> None:
        begun = self.place
        while True:
            token = self.token
            if word == "ORDER" and token.word in ("ASC", "DESC"):
                self.take()
                self.want("(", "direction", token.text)
                self.read_expression()
                self.want(")", "close")
            elif token.kind == "variable":
                self.take()
            elif word == "GROUP" and token.text == "(":
                self._read_grouping()
            elif token.text == "(" or token.kind in ("iri", "name") or self._is_call():
                self.read_constraint("by")
            elif self.place == begun:
                raise self.unexpected("conditions", word)
            else:
                return

    def _is_call(self) -> bool:
        return bool(self.token.word) and self._after().text == "(" and self.token.word not in _MODIFIERS

    def _read_grouping(self) -> None:
        self.take()
        self.read_expression()
        if self.skip("AS"):
            self.read_variable()
        self.want(")", "close")
