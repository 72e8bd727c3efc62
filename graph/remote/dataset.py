"""A revision on a server: which graphs hold it, and questions put to just these.

Each named graph of a revision lies in a graph with a name of its own, which is never written to again. A
question is therefore sent with the graphs that it may see, and the names in it are exchanged: ``FROM``
becomes a parameter of the protocol (engines differ in which of the two wins), a written name after
``GRAPH`` becomes the name on the server, and a variable there is joined with the graph that says which name
stands for which. So users see the names that they know, in filters and joins too.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urljoin

from graph.lexer import Token, read_tokens, resolve_escapes
from graph.remote.scope import find_end, star_edits

__all__ = ["NOWHERE", "STANDS_FOR", "Dataset", "Sent", "find_form"]

#: Stands for a graph that the revision does not have; never written to.
NOWHERE = "urn:kopru:nowhere"
#: Says which name stands for which; a word of Dublin Core.
STANDS_FOR = "http://purl.org/dc/terms/isVersionOf"
#: Variables of ours begin so.
_OURS = "?kopruGraph"

_NAMES_GRAPHS = re.compile(r"\b(?:graph|from)\b", re.IGNORECASE)
_FORM = re.compile(
    r"\A(?:\s+|#[^\n]*\n|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sent:
    """What is sent of a question: its text, and the graphs that it may see."""

    text: str
    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """The graphs of one revision.

    Parameters
    ----------
    merge
        The graph that is the default graph.
    names
        The graph that says which graph stands for which.
    graphs
        Name as users know it → name on the server.
    """

    merge: str
    names: str
    graphs: Mapping[str, str]

    def to_json(self) -> str:
        """Return all of it, for a process of ours."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Dataset":
        """Return what ``to_json`` wrote."""
        return cls(**json.loads(text))

    def find(self, name: str) -> str:
        """Return the name on the server."""
        return self.graphs.get(name, NOWHERE)

    def address(
        self, text: str, prefixes: Mapping[str, str], base: str,
        default: Sequence[str] | None = None, named: Sequence[str] | None = None,
    ) -> Sent:  # fmt: skip
        """Return a question with the names on the server.

        Parameters
        ----------
        text
            A query that was checked.
        prefixes
            Those that it uses without declaring them.
        base
            What relative addresses are resolved against; may be empty.
        default, named
            The dataset of the protocol's parameters, which wins over the query's own; both ``None``: the
            query's, or else the whole revision.
        """
        own = _OwnGraphs([], [])
        if _NAMES_GRAPHS.search(text):
            text, own = _Rewriting(self, text, prefixes, base).run()
        lines = [f"BASE <{base}>"] if base else []
        lines += [f"PREFIX {prefix}: <{iri}>" for prefix, iri in prefixes.items()]
        head = " ".join(lines)
        if default is None and named is None:
            default, named = (own.default, own.named) if own.default or own.named else (None, None)
        if default is None and named is None:
            seen, shown = [self.merge], sorted({*self.graphs.values()})
        else:
            seen, shown = ([self.find(one) for one in names or ()] for names in (default, named))
        # Never without a named graph: an engine would take that for all that it has.
        return Sent(f"{head}\n{text}", tuple(seen or [NOWHERE]), (*shown, self.names))


@lru_cache(maxsize=256)
def find_form(text: str) -> str:
    """Return the first word of a query after its prologue, in capitals; empty when there is none."""
    if match := _FORM.match(text):
        return match[1].upper()
    forms = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
    return next((token.word for token in read_tokens(text) if token.word in forms), "")


@dataclass(frozen=True)
class _OwnGraphs:
    """What a query names with FROM and FROM NAMED."""

    default: list[str]
    named: list[str]


class _Rewriting:
    """One query on its way to the server's names."""

    def __init__(self, dataset: Dataset, text: str, prefixes: Mapping[str, str], base: str) -> None:
        self.dataset = dataset
        self.text = text
        self.tokens = read_tokens(text)
        self.prefixes = {**prefixes, **_declared(self.tokens)}
        self.base = _declared_base(self.tokens) or base
        #: Where, up to where, what instead.
        self.edits: list[tuple[int, int, str]] = []
        self.own = _OwnGraphs([], [])
        self.hidden = 0

    def run(self) -> tuple[str, _OwnGraphs]:
        """Return the text to send, and what stood behind FROM."""
        for place, token in enumerate(self.tokens):
            if token.word == "FROM":
                self.take_from(place)
            elif token.word == "GRAPH":
                self.exchange(place)
        if self.hidden:
            self.edits += star_edits(self.tokens)
        text = self.text
        for start, end, instead in sorted(self.edits, reverse=True):
            text = text[:start] + instead + text[end:]
        return text, self.own

    def take_from(self, place: int) -> None:
        """Cut FROM out; what it names goes into the parameters."""
        is_named = self.tokens[place + 1].word == "NAMED"
        target = self.tokens[place + 1 + is_named]
        (self.own.named if is_named else self.own.default).append(self.expand(target))
        self.edits.append((self.tokens[place].start, target.start + len(target.text), ""))

    def exchange(self, place: int) -> None:
        """Write the server's name after GRAPH, or join a variable with what stands for it."""
        target = self.tokens[place + 1]
        end = target.start + len(target.text)
        if target.kind != "variable":
            self.edits.append((target.start, end, f"<{self.dataset.find(self.expand(target))}>"))
            return
        self.hidden += 1
        hidden = f"{_OURS}{self.hidden}"
        names = f"GRAPH <{self.dataset.names}> {{ {hidden} <{STANDS_FOR}> {target.text} }}"
        start = self.tokens[place].start
        closing = self.tokens[find_end(self.tokens, place + 2)].start
        self.edits += [(start, end, f"{{ {names} GRAPH {hidden}"), (closing, closing + 1, "} }")]

    def expand(self, token: Token) -> str:
        """Return the address that a token names."""
        if token.kind == "iri":
            return urljoin(self.base, resolve_escapes(token.text[1:-1]))
        prefix, _, local = token.text.partition(":")
        return resolve_escapes(self.prefixes.get(prefix, "")) + local.replace("\\", "")


def _declared(tokens: list[Token]) -> dict[str, str]:
    return {
        name.text[:-1]: iri.text[1:-1]
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.word == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def _declared_base(tokens: list[Token]) -> str:
    return next(
        (iri.text[1:-1] for word, iri in pairwise(tokens) if word.word == "BASE" and iri.kind == "iri"), ""
    )
