"""What can stand at a place of a query: classes, properties of a class, things by their names.

Offered is only what the graph has: the pairs of class and property were counted at publish
(``graph/void.py``). That count leaves its own statements out, so those few are asked for here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

from rdflib import URIRef

from graph.library import load_query
from graph.model import Label
from graph.questions.names import to_qname
from graph.questions.reading import Readable, Row, local_name, read_labels
from graph.questions.statistics import Publication, Statistics, read_statistics
from ontology.text import fold, sort_key

__all__ = ["Suggestion", "Suggestions"]

#: Most things that one answer offers.
_MOST = 40
#: Names that are looked at for one property: so many times so many.
_BATCH, _BATCHES = 200, 10
_PREFIXED = re.compile(r"[A-Za-z][\w-]*:[A-Za-z_][\w-]*")


class _Source(Readable, Publication, Protocol):
    """A published revision."""


@dataclass(frozen=True)
class Suggestion:
    """One thing that can be written: ``text`` is its short form, or its address in brackets.

    ``number`` is how many things a class has, how many statements a property; 0 for a thing.
    """

    iri: str
    text: str
    label: Label
    number: int = 0


class Suggestions:
    """What one revision offers; made once, since its numbers never change."""

    def __init__(self, revision: _Source) -> None:
        self._revision = revision

    @cached_property
    def _statistics(self) -> Statistics:
        return read_statistics(self._revision)

    @cached_property
    def _pairs(self) -> dict[str, dict[str, int]]:
        """Class -> property -> statements."""
        pairs = {
            one.iri: {prop.iri: prop.triples for prop in one.properties}
            for one in self._statistics.classes.values()
        }
        for row in self._rows_of_classes:
            own = pairs.setdefault(str(row["class"]), {})
            own[str(row["property"])] = own.get(str(row["property"]), 0) + int(str(row["number"]))
        return pairs

    @cached_property
    def _own_rows(self) -> list[Row]:
        graph = self._revision.iris.graph("statistics")
        return self._revision.select(load_query("statistics_of_classes").bind(graph=graph))

    @property
    def _rows_of_classes(self) -> list[Row]:
        return [row for row in self._own_rows if "class" in row]

    @cached_property
    def members(self) -> dict[str, int]:
        """Class -> things."""
        members = {one.iri: one.entities for one in self._statistics.classes.values()}
        for row in self._rows_of_classes:
            members.setdefault(str(row["class"]), int(str(row["things"])))
        return members

    @cached_property
    def _labels(self) -> dict[str, Label]:
        return read_labels(self._revision, {*self._pairs, *self.used})

    def classes(self) -> tuple[Suggestion, ...]:
        """Return every class that has something, the largest first."""
        return self._ranked(self.members)

    def properties(self, classes: Iterable[str] = ()) -> tuple[Suggestion, ...]:
        """Return the properties that things of all these classes have, the most used first.

        Without a class: every property there is.
        """
        wanted = list(classes)
        if not wanted:
            return self._ranked(self.used)
        first, *others = (self._pairs.get(one, {}) for one in wanted)
        shared = {prop: number for prop, number in first.items() if all(prop in other for other in others)}
        return self._ranked(shared)

    @cached_property
    def used(self) -> dict[str, int]:
        """Property -> statements."""
        used = {one.iri: one.triples for one in self._statistics.properties.values()}
        counted = set(used)
        for row in self._own_rows:
            prop = str(row["property"])
            if prop not in counted:
                used[prop] = used.get(prop, 0) + int(str(row["number"]))
        return used

    def warm(self) -> None:
        """Read what later answers need, so that the first of them is as quick as the others."""
        _ = self._labels, self.used, self.members, self._names

    def things(self, words: str, property_iri: str | None = None) -> tuple[Suggestion, ...]:
        """Return things by the beginning of a word of their names, the nearest first.

        Parameters
        ----------
        words
            In any writing; empty: some values of the property, nothing without one.
        property_iri
            Only what this property leads to.

        Raises
        ------
        BadParameter
            The property is no address.
        """
        wanted, prop = fold(words), URIRef(property_iri) if property_iri else None
        if wanted:
            found = self._names.find(wanted)
            return self._named(self._values_among(prop, found) if prop else found, wanted)
        rows = self._revision.select(load_query("values_to_choose").bind(property=prop)) if prop else []
        return self._named(str(row["thing"]) for row in rows)

    @cached_property
    def _names(self) -> "_Names":
        rows = self._revision.select(load_query("names_to_search").text)
        return _Names((str(row["key"]), str(row["thing"])) for row in rows)

    def _values_among(self, prop: URIRef, things: Iterable[str]) -> Iterator[str]:
        """Yield those that the property leads to, asking for some at a time."""
        query = load_query("values_among")
        left = iter(dict.fromkeys(things))
        for _ in range(_BATCHES):
            some = list(islice(left, _BATCH))
            if not some:
                return
            rows = self._revision.select(query.bind(property=prop, thing=map(URIRef, some)))
            yield from (str(row["thing"]) for row in rows)

    def _named(self, iris: Iterable[str], wanted: str = "") -> tuple[Suggestion, ...]:
        unique = _first_of(iris)
        labels = read_labels(self._revision, unique)
        made = [Suggestion(iri, _written(iri), labels.get(iri) or _unnamed(iri)) for iri in unique]
        return tuple(
            sorted(made, key=lambda one: (*_rank(one.label, wanted), sort_key(one.label.tr), one.iri))
        )

    def _ranked(self, numbers: dict[str, int]) -> tuple[Suggestion, ...]:
        made = [
            Suggestion(iri, _written(iri), self._labels.get(iri) or _unnamed(iri), number)
            for iri, number in numbers.items()
        ]
        return tuple(sorted(made, key=lambda one: (-one.number, one.iri)))


class _Names:
    """Folded names in order: finding in them takes milliseconds where a graph has a hundred thousand."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names = sorted(names)

    def find(self, wanted: str) -> Iterator[str]:
        """Yield the things whose name begins so, then those in which another word does."""
        begin = bisect_left(self._names, (wanted,))
        for key, iri in islice(self._names, begin, None):
            if not key.startswith(wanted):
                break
            yield iri
        inside = f" {wanted}"
        yield from (iri for key, iri in self._names if inside in key)


def _first_of(iris: Iterable[str]) -> list[str]:
    """Return the first different ones, reading no further than needed."""
    found: dict[str, None] = {}
    for iri in iris:
        found[iri] = None
        if len(found) == _MOST:
            break
    return list(found)


def _rank(label: Label, wanted: str) -> tuple[bool, bool]:
    """Put a name that is what is wanted first, then those that begin so."""
    names = {fold(label.tr), fold(label.en)}
    return wanted not in names, not any(name.startswith(wanted) for name in names)


def _written(iri: str) -> str:
    """Return an address as a query writes it."""
    short = to_qname(iri)
    return short if _PREFIXED.fullmatch(short) else f"<{iri}>"


def _unnamed(iri: str) -> Label:
    return Label(local_name(iri), local_name(iri))
