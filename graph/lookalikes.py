"""What the graph has instead of a term that it does not have: near names, other languages, other types.

Reads a bounded number of statements, so that a hint costs little on a large graph.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice

import pyoxigraph as ox

from graph.database import Database
from ontology.text import fold

__all__ = ["Lookalikes", "Term"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: Most statements read for one hint.
_READ = 60_000
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_VOID = "http://rdfs.org/ns/void#"


class Lookalikes:
    """Near names in a store.

    Parameters
    ----------
    store
        The graph.
    prefixes
        For showing addresses as people write them.
    """

    def __init__(self, store: Database, prefixes: Mapping[str, str]) -> None:
        self._store = store
        self._prefixes = prefixes

    def show(self, term: Term) -> str:
        """Return a term as it is written in a query, with a prefix where there is one."""
        if not isinstance(term, ox.NamedNode):
            return str(term) if not isinstance(term, ox.Literal) else self._show_literal(term)
        for prefix, namespace in self._prefixes.items():
            local = term.value.removeprefix(namespace)
            if namespace and local != term.value and local.replace("-", "").replace("_", "").isalnum():
                return f"{prefix}:{local}"
        return str(term)

    def _show_literal(self, literal: ox.Literal) -> str:
        if literal.datatype.value.endswith(("#integer", "#decimal", "#boolean")):
            return literal.value
        plain = literal.language or literal.datatype.value.endswith("#string")
        text = str(literal) if len(literal.value) < 80 else f"{str(literal)[:78]}…"
        return text if plain else f"{text.partition('^^')[0]}^^{self.show(literal.datatype)}"

    def has(self, subject: Term | None, predicate: Term | None, value: Term | None) -> bool:
        """Tell whether there is such a statement, in any graph."""
        return next(self._find(subject, predicate, value), None) is not None

    def _find(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[ox.Quad]:
        if isinstance(subject, ox.Literal) or isinstance(predicate, ox.Literal | ox.BlankNode | ox.Triple):
            return iter(())
        return iter(self._store.quads_for_pattern(subject, predicate, value, None))

    def properties_of(self, subject: Term) -> list[str]:
        """Return the properties of a thing, as people write them."""
        found = dict.fromkeys(quad.predicate for quad in islice(self._find(subject, None, None), 200))
        return [self.show(one) for one in found][:8]

    def properties_to(self, value: Term) -> list[str]:
        """Return the properties that lead to a value."""
        found = dict.fromkeys(quad.predicate for quad in islice(self._find(None, None, value), 200))
        return [self.show(one) for one in found][:5]

    def near_property(self, iri: str) -> str:
        """Return the property that is probably meant; empty when none is near."""
        listed = self._void("property") or {
            quad.predicate.value for quad in islice(self._find(None, None, None), _READ)
        }
        return self._nearest(iri, listed)

    def near_class(self, iri: str) -> str:
        """Return the class that is probably meant."""
        listed = self._void("class") or self._values(_TYPE)
        return self._nearest(iri, listed)

    def near_thing(self, iri: str) -> str:
        """Return the thing that is probably meant."""
        things = {
            quad.subject.value
            for quad in islice(self._find(None, _TYPE, None), _READ)
            if isinstance(quad.subject, ox.NamedNode)
        }
        return self._nearest(iri, things | self._values(_TYPE))

    def near_graph(self, iri: str) -> str:
        """Return the named graph that is probably meant."""
        graphs = {one.value for one in self._store.named_graphs() if isinstance(one, ox.NamedNode)}
        return self._nearest(iri, graphs)

    def near_literal(self, predicate: Term | None, wanted: ox.Literal) -> ox.Literal | None:
        """Return the value of a property that is probably meant: same text, then same letters, then near."""
        values = {
            quad.object
            for quad in islice(self._find(None, predicate, None), _READ)
            if isinstance(quad.object, ox.Literal)
        } - {wanted}
        key = fold(wanted.value)
        tests = (
            lambda value: value.value == wanted.value,
            lambda value: fold(value.value) == key,
            lambda value: len(key) > 3 and fold(value.value).startswith(key),
            lambda value: (
                key[:4].isdigit() and value.value[:4] == key[:4] and value.datatype != wanted.datatype
            ),
        )
        for test in tests:
            if found := sorted(filter(test, values), key=str):
                return found[0]
        by_key = {fold(value.value[:100]): value for value in sorted(values, key=str)}
        near = get_close_matches(key, _alike(key, by_key), n=1, cutoff=0.75)
        return by_key[near[0]] if near else None

    def _void(self, name: str) -> set[str]:
        """Return what the graph's own statistics list."""
        return self._values(ox.NamedNode(_VOID + name))

    def _values(self, predicate: ox.NamedNode) -> set[str]:
        return {
            quad.object.value
            for quad in islice(self._find(None, predicate, None), _READ)
            if isinstance(quad.object, ox.NamedNode)
        }

    def _nearest(self, iri: str, listed: Iterable[str]) -> str:
        names = sorted(set(listed) - {iri})
        swapped = iri.replace("http://", "https://") if iri[:5] == "http:" else "http" + iri[5:]
        if swapped in names:
            return self.show(ox.NamedNode(swapped))
        space, local = _split(iri)
        by_key: dict[str, str] = {}
        for name in names:
            own_space, own = _split(name)
            key = fold(own)
            if key not in by_key or own_space == space:
                by_key[key] = name
        if fold(local) in by_key:
            return self.show(ox.NamedNode(by_key[fold(local)]))
        near = get_close_matches(fold(local), _alike(fold(local), by_key), n=1, cutoff=0.75)
        return self.show(ox.NamedNode(by_key[near[0]])) if near else ""


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def _alike(key: str, keys: Iterable[str]) -> list[str]:
    """Return the keys worth comparing: of about the same length, beginning or ending alike."""
    close = (one for one in keys if abs(len(one) - len(key)) <= 3 and one and key)
    return [one for one in close if one[0] == key[0] or one[-2:] == key[-2:]][:5000]
