"""Why a query finds nothing: the triple pattern, filter or other part that makes it empty.

Parts of the query are asked alone, then joined in their order until nothing is left, then
with one filter at a time. What is found is told with its place and what to try instead.
An answer that is not empty has no explanation, and a query of syntax that
``graph/syntax.py`` does not know gets none.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pyoxigraph as ox

from graph import reasons_empty as say
from graph.culprits import explain_triple
from graph.database import Database
from graph.filters import explain_filter
from graph.frames import Kind, pack
from graph.guard import CheckedQuery
from graph.lexer import Token, find_position, read_tokens
from graph.lookalikes import Lookalikes
from graph.probe import Probe
from graph.syntax import Group, Part, Structure, Unexpected, Unreadable, read_structure

__all__ = ["EmptyReason", "Suspect", "explain_empty", "send_explanation", "variables_of"]

#: Most patterns that are blamed.
_MOST = 5
_FILTERS = ("filter", "exists")
_INNER = ("union", "group", "graph", "select", "lateral", "service")
Note = Callable[["EmptyReason"], None]


@dataclass(frozen=True)
class Suspect:
    """A query that may find nothing.

    Parameters
    ----------
    text, checked
        The query, and what its tokens say.
    options
        Further arguments of the engine: ``base_iri``, and the dataset of the protocol's parameters.
    """

    text: str
    checked: CheckedQuery
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class EmptyReason:
    """One reason.

    Parameters
    ----------
    kind
        What is to blame: triple, join, filter, exists, minus, values, union, graph, from, having,
        limit, offset, template, resource, unknown.
    template, facts
        The sentence and what fills it; line, column and caret of the place are among the facts.
    """

    kind: str
    template: str
    facts: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return it for a frame."""
        return asdict(self)


def explain_empty(store: Database, query: Suspect, known: Mapping[str, str], note: Note) -> bool:
    """Tell ``note`` each reason as it is found; return whether the query finds nothing.

    Parameters
    ----------
    store
        The graph.
    query
        What is asked.
    known
        Well-known prefixes, for showing addresses.
    note
        Takes the reasons.

    Raises
    ------
    SyntaxError
        The query is not SPARQL.
    """
    text, checked = query.text, query.checked
    prefixes = {**checked.added, **checked.declared}
    tokens = read_tokens(text)
    try:
        structure = read_structure(text, tokens)
    except (Unexpected, Unreadable):
        structure = Structure(checked.form, "", "", (), None, None, (), (), None)
    probe = Probe(store, structure, prefixes, checked.added, query.options)
    return _Explainer(text, probe, Lookalikes(store, {**known, **prefixes}), note).explain()


def send_explanation(
    send: Callable[..., None], store: Database, query: Suspect, known: Mapping[str, str]
) -> None:
    """Send the reasons as frames; for the child.

    Parameters
    ----------
    send
        Takes frames.
    store, query, known
        As for ``explain_empty``.
    """
    head = {"format": "json", "whole": False, "rows": None, "cut": False}
    send(pack(Kind.HEAD, {**head, "added_prefixes": sorted(query.checked.added)}))

    def note(reason: EmptyReason) -> None:
        send(pack(Kind.DATA, json.dumps(reason.plain()).encode() + b"\n"))

    is_empty = explain_empty(store, query, known, note)
    send(pack(Kind.DATA, json.dumps({"empty": is_empty}).encode() + b"\n"), pack(Kind.END, b""))


@dataclass
class _Explainer:
    text: str
    probe: Probe
    near: Lookalikes
    note: Note
    count: int = 0

    def explain(self) -> bool:
        """Look at the whole query, from its dataset to its last clause."""
        structure = self.probe.structure
        if structure.where is None:
            return self._explain_without_group(structure)
        inner = structure.where.text
        if self.probe.has(inner):
            return self._explain_around(structure, inner)
        if not self._explain_dataset(structure):
            self._explain_group(structure.where, lambda pattern: pattern)
        if not self.count:
            self.tell("unknown", structure.where.first, say.UNKNOWN)
        return True

    def tell(self, kind: str, token: Token, template: str, **facts: object) -> None:
        """Tell one reason with its place."""
        place = find_position(self.text, token.start)
        self.count += 1
        self.note(EmptyReason(kind, template, {**place._asdict(), "part": token.text, **facts}))

    def _explain_without_group(self, structure: Structure) -> bool:
        if self.probe.has_rows(self.text):
            return False
        for token in structure.resources:
            term = self.probe.term_of(token.text)
            if isinstance(term, ox.NamedNode):
                near = self.near.near_thing(term.value)
                self.tell("resource", token, say.RESOURCE_NEAR if near else say.RESOURCE, near=near)
        return True

    def _explain_around(self, structure: Structure, inner: str) -> bool:
        """Look at what stands around a group that finds something."""
        if self.probe.has_rows(self.text):
            return False
        clauses = {token.word: token for token in structure.modifiers}
        first = structure.where.first if structure.where else structure.modifiers[0]
        if structure.limit == 0:
            self.tell("limit", clauses["LIMIT"], say.LIMIT_ZERO)
        elif structure.values and not self.probe.has(f"{inner} {structure.values.text}"):
            self.tell("values", structure.values.first, say.VALUES)
        elif "HAVING" in clauses:
            self.tell("having", clauses["HAVING"], say.HAVING)
        elif "OFFSET" in clauses:
            self.tell("offset", clauses["OFFSET"], say.OFFSET)
        elif structure.form == "CONSTRUCT":
            self.tell("template", first, say.TEMPLATE)
        else:
            self.tell("unknown", first, say.UNKNOWN)
        return True

    def _explain_dataset(self, structure: Structure) -> bool:
        """Look at FROM and the protocol's parameters: an unknown graph is empty."""
        begun = self.count
        for token in structure.graphs:
            term = self.probe.term_of(token.text)
            if isinstance(term, ox.NamedNode) and not self._is_graph(term):
                near = self.near.near_graph(term.value)
                self.tell("from", token, say.GRAPH_NEAR if near else say.GRAPH, near=near)
        chosen = [*self.probe.options.get("default_graph", ()), *self.probe.options.get("named_graphs", ())]
        for term in chosen:
            if not self._is_graph(term):
                near = self.near.near_graph(term.value)
                template = say.PARAMETER_NEAR if near else say.PARAMETER
                self.note(EmptyReason("from", template, {"part": str(term), "near": near}))
                self.count += 1
        return self.count > begun

    def _is_graph(self, name: ox.NamedNode) -> bool:
        return any(True for _ in self.probe.store.quads_for_pattern(None, None, None, name))

    def _explain_group(self, group: Group, wrap: Callable[[str], str]) -> None:
        """Look at the parts of a group alone, then joined, then filtered."""
        begun = self.count
        for part in group.parts:
            if self.count - begun >= _MOST:
                return
            if part.kind == "triple" and not self.probe.has(wrap(part.text)):
                template, facts = explain_triple(part, self.probe, self.near, wrap("") != "")
                self.tell("triple", part.first, template, **{**facts, "pattern": _shown(part)})
            elif part.kind in _INNER and not self.probe.has(wrap(part.text)):
                self._explain_inner(part, wrap)
        if self.count == begun and self._explain_joins(group, wrap):
            self._explain_filters(group, wrap)

    def _explain_inner(self, part: Part, wrap: Callable[[str], str]) -> None:
        """Look into a part that has groups of its own and finds nothing."""
        if part.kind == "union":
            self.tell("union", part.first, say.UNION, count=len(part.groups))
        if part.kind == "graph" and part.name is not None:
            term = self.probe.term_of(part.name.text)
            if isinstance(term, ox.NamedNode) and not self._is_graph(term):
                near = self.near.near_graph(term.value)
                self.tell("graph", part.name, say.GRAPH_NEAR if near else say.GRAPH, near=near)
                return
            name = part.name.text
            begun = self.count
            self._explain_group(part.groups[0], lambda pattern: wrap(f"GRAPH {name} {{ {pattern} }}"))
            if self.count == begun:
                self.tell("graph", part.first, say.GRAPH_HAS_NOT, name=name)
            return
        begun = self.count
        for group in part.groups:
            if not self.probe.has(wrap(group.text)):
                self._explain_group(group, wrap)
        if self.count == begun:
            self.tell("group", part.first, say.GROUP)

    def _explain_joins(self, group: Group, wrap: Callable[[str], str]) -> bool:
        """Join the parts in their order; return whether something is left at the end."""
        joined: list[Part] = []
        for part in group.parts:
            if part.kind in _FILTERS:
                continue
            joined.append(part)
            if not self.probe.has(wrap(_join(joined))):
                self._tell_join(part, joined[:-1], wrap)
                return False
        return True

    def _tell_join(self, part: Part, before: list[Part], wrap: Callable[[str], str]) -> None:
        if part.kind == "minus":
            self.tell("minus", part.first, say.MINUS)
            return
        if part.kind == "values":
            self.tell("values", part.first, say.VALUES)
            return
        firm = [one for one in before if one.kind != "optional"]
        if len(firm) < len(before) and self.probe.has(wrap(_join([*firm, part]))):
            optional = next(one for one in before if one.kind == "optional")
            line = find_position(self.text, optional.first.start).line
            self.tell("optional", optional.first, say.OPTIONAL, pattern=_shown(part), other=line)
            return
        own = variables_of(part.text)
        for other in reversed(before):
            shared = [name for name in variables_of(other.text) if name in own]
            if shared and not self.probe.has(wrap(_join([other, part]))):
                line = find_position(self.text, other.first.start).line
                self.tell(
                    "values" if other.kind == "values" else "join", part.first, say.JOIN,
                    pattern=_shown(part), other=_shown(other), other_line=line, variable=", ".join(shared),
                )  # fmt: skip
                return
        self.tell("join", part.first, say.JOIN_ALL, pattern=_shown(part))

    def _explain_filters(self, group: Group, wrap: Callable[[str], str]) -> None:
        filters = [part for part in group.parts if part.kind in _FILTERS]
        base = [part for part in group.parts if part.kind not in _FILTERS]
        alone = [one for one in filters if not self.probe.has(wrap(_join([*base, one])))]
        for part in alone[:_MOST]:
            self._tell_filter(part, base, wrap)
        if alone:
            return
        kept = list(base)
        for part in filters:
            kept.append(part)
            if not self.probe.has(wrap(_join(kept))):
                self.tell("filter", part.first, say.FILTERS, pattern=_shown(part))
                return

    def _tell_filter(self, part: Part, base: list[Part], wrap: Callable[[str], str]) -> None:
        if part.kind == "exists":
            is_not = "NOT" in part.text[:16].upper()
            self.tell("exists", part.first, say.NOT_EXISTS if is_not else say.EXISTS)
            for group in part.groups if not is_not else ():
                if not self.probe.has(wrap(group.text)):
                    self._explain_group(group, wrap)
            return
        template, facts = explain_filter(part, base, self.probe, self.near, wrap)
        self.tell("filter", part.first, template, **{**facts, "pattern": _shown(part)})


def _join(parts: list[Part]) -> str:
    return " ".join(part.text for part in parts)


def variables_of(text: str) -> list[str]:
    """Return the variables of a piece of a query, each once."""
    found = (token.text for token in read_tokens(text) if token.kind == "variable")
    return list(dict.fromkeys("?" + name[1:] for name in found))


def _shown(part: Part) -> str:
    text = " ".join(part.text.removesuffix(" .").split())
    return text if len(text) <= 120 else f"{text[:118]}…"
