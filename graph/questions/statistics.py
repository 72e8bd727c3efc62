"""The numbers that were counted at publish (``graph/void.py``), read back."""

from dataclasses import dataclass, field
from typing import Protocol

from rdflib import Graph, URIRef
from rdflib.term import Node

from graph.void import DATASET
from ontology.iris import Iris
from ontology.terms import VOID

__all__ = ["ClassNumbers", "PropertyNumbers", "Statistics", "read_dataset", "read_statistics"]


class Publication(Protocol):
    """Something published whose named graphs can be read."""

    @property
    def iris(self) -> Iris:
        """Mints the IRIs of this graph."""

    def named_graph(self, iri: str) -> Graph:
        """Return all statements of one named graph."""


@dataclass(frozen=True)
class PropertyNumbers:
    """How often a property is used: ``triples`` statements about ``subjects`` things."""

    iri: str
    triples: int
    subjects: int


@dataclass(frozen=True)
class ClassNumbers:
    """How many things a class has, what is said of them (most first), and one of them."""

    iri: str
    entities: int
    example: str | None
    properties: tuple[PropertyNumbers, ...] = ()


@dataclass(frozen=True)
class Statistics:
    """The numbers of a revision; all empty for one that was published before there were any.

    ``graphs`` has the statements of each named graph.
    """

    triples: int = 0
    entities: int = 0
    classes: dict[str, ClassNumbers] = field(default_factory=dict)
    properties: dict[str, PropertyNumbers] = field(default_factory=dict)
    graphs: dict[str, int] = field(default_factory=dict)


def read_dataset(revision: Publication) -> Graph:
    """Return the description of the whole with all numbers, as RDF."""
    return revision.named_graph(revision.iris.graph("statistics"))


def read_statistics(revision: Publication) -> Statistics:
    """Return the numbers of a revision."""
    rdf = read_dataset(revision)
    whole = revision.iris.thing(*DATASET)
    classes = [_read_class(rdf, part) for part in rdf.objects(whole, VOID.classPartition)]
    return Statistics(
        triples=_number(rdf, whole, VOID.triples),
        entities=_number(rdf, whole, VOID.entities),
        classes={one.iri: one for one in sorted(classes, key=lambda one: (-one.entities, one.iri))},
        properties={one.iri: one for one in _read_properties(rdf, whole)},
        graphs={str(graph): _number(rdf, graph, VOID.triples) for graph in rdf.objects(whole, VOID.subset)},
    )


def _read_class(rdf: Graph, part: Node) -> ClassNumbers:
    example = rdf.value(part, VOID.exampleResource)
    return ClassNumbers(
        iri=str(rdf.value(part, VOID["class"])),
        entities=_number(rdf, part, VOID.entities),
        example=str(example) if example else None,
        properties=_read_properties(rdf, part),
    )


def _read_properties(rdf: Graph, within: Node) -> tuple[PropertyNumbers, ...]:
    found = [
        PropertyNumbers(
            str(rdf.value(part, VOID.property)),
            _number(rdf, part, VOID.triples),
            _number(rdf, part, VOID.distinctSubjects),
        )
        for part in rdf.objects(within, VOID.propertyPartition)
    ]
    return tuple(sorted(found, key=lambda one: (-one.subjects, -one.triples, one.iri)))


def _number(rdf: Graph, subject: Node, prop: URIRef) -> int:
    return int(str(rdf.value(subject, prop) or 0))
