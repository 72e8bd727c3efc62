"""Rows of answers turned into facts that are easy to read.

One query fetches everything said of many things at once (``statements.rq``); :class:`Facts` sorts
it by thing and property, so that no question asks again for each row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Protocol

from rdflib import Graph, Literal, URIRef
from rdflib.term import Identifier

from graph.library import load_query
from graph.model import Dates, Label
from ontology.iris import Iris
from ontology.terms import DCTERMS, RDF, RDFS, SCHEMA, SKOS

__all__ = ["Fact", "Facts", "Readable", "Row", "choose_label", "local_name", "read_facts", "read_labels"]

Row = dict[str, Identifier]
#: Properties that name a thing, the best first.
NAMING = (RDFS.label, SKOS.prefLabel, DCTERMS.title, SCHEMA.name)


class Readable(Protocol):
    """Something published or staged that answers our own queries over its default graph."""

    @property
    def iris(self) -> Iris:
        """Mints and parses the IRIs of this graph."""

    def select(self, query: str) -> list[Row]:
        """Return the rows; an unbound variable is absent."""

    def construct(self, query: str) -> Graph:
        """Return the constructed statements."""


class Fact:
    """Everything said of one thing, by property; values in a fixed order."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._values: dict[str, list[Identifier]] = defaultdict(list)

    def add(self, prop: Identifier, value: Identifier) -> None:
        """Add one statement."""
        self._values[str(prop)].append(value)

    def properties(self) -> Iterator[str]:
        """Iterate over the properties in the order of their IRIs."""
        return iter(sorted(self._values))

    def values(self, prop: str) -> list[Identifier]:
        """Return all values of a property, sorted as text."""
        values = self._values.get(str(prop), [])
        # Most properties have one value, and a term's key is dear.
        return sorted(values, key=lambda value: (str(value), value.n3())) if len(values) > 1 else list(values)

    def text(self, prop: str) -> str | None:
        """Return a value as text, the first when there are several."""
        return next((str(value) for value in self.values(prop)), None)

    def iris_of(self, prop: str) -> list[str]:
        """Return the things that a property points to."""
        return [str(value) for value in self.values(prop) if isinstance(value, URIRef)]

    def label(self, prop: str) -> Label | None:
        """Return the values of a property in both languages."""
        return choose_label(self.values(prop))

    def name(self) -> Label | None:
        """Return the thing's name."""
        return next((label for prop in NAMING if (label := self.label(prop))), None)

    def day(self, prop: str) -> date | None:
        """Return a day."""
        value = self._python(prop)
        return value if isinstance(value, date) else None

    def number(self, prop: str) -> Decimal | None:
        """Return a number exactly as it is in the graph."""
        value = self._python(prop)
        return Decimal(str(value)) if isinstance(value, int | float | Decimal) else None

    def flag(self, prop: str) -> bool:
        """Return whether a property is true."""
        return any(isinstance(value, Literal) and value.toPython() is True for value in self.values(prop))

    def is_a(self, class_iri: str) -> bool:
        """Return whether the thing is of a class."""
        return str(class_iri) in self.iris_of(str(RDF.type))

    def dates(self, text: str, earliest: str, latest: str) -> Dates:
        """Return one end of a span of time."""
        return Dates(self.text(text), self.day(earliest), self.day(latest))

    def _python(self, prop: str) -> object:
        value = next(iter(self.values(prop)), None)
        return value.toPython() if isinstance(value, Literal) else None


class Facts:
    """Facts about several things; a thing that nothing is said of has an empty one."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._by_iri: dict[str, Fact] = {}
        for row in rows:
            self.of(str(row["subject"])).add(row["property"], row["value"])

    def of(self, iri: str) -> Fact:
        """Return the facts about one thing."""
        # An rdflib IRI never equals the same plain text.
        return self._by_iri.setdefault(str(iri), Fact(str(iri)))

    def __iter__(self) -> Iterator[Fact]:
        return iter(list(self._by_iri.values()))


def choose_label(values: Iterable[Identifier]) -> Label | None:
    """Return a text in both languages; where one is missing the other stands in."""
    by_language: dict[str, str] = {}
    for value in values:
        if isinstance(value, Literal):
            by_language.setdefault((value.language or "").split("-")[0], str(value))
    if not by_language:
        return None
    anything = by_language.get("en") or by_language.get("tr") or next(iter(by_language.values()))
    return Label(by_language.get("tr", anything), by_language.get("en", anything))


def local_name(iri: str) -> str:
    """Return the last part of an IRI, for want of a name.

    Examples
    --------
    >>> local_name("http://www.w3.org/ns/org#member")
    'member'
    """
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri


def read_facts(revision: Readable, iris: Iterable[str]) -> Facts:
    """Return everything said of some things, by one query."""
    wanted = sorted({str(iri) for iri in iris})
    if not wanted:
        return Facts()
    return Facts(revision.select(load_query("statements").bind(subject=map(URIRef, wanted))))


def read_labels(revision: Readable, iris: Iterable[str]) -> dict[str, Label]:
    """Return the names of things, by one query; one without a name is left out."""
    wanted = sorted({str(iri) for iri in iris})
    if not wanted:
        return {}
    facts = Facts(
        {"subject": row["thing"], "property": row["property"], "value": row["label"]}
        for row in revision.select(load_query("labels").bind(thing=map(URIRef, wanted)))
    )
    return {fact.iri: label for fact in facts if (label := fact.name())}
