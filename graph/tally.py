"""What is counted of a graph: things, statements, classes and properties of classes."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from graph.merge import Subject
from ontology.terms import RDF, VOID

__all__ = ["Tally", "read_tally"]

_TYPE = ox.NamedNode(str(RDF.type))
#: A property of a class; of all things where there is no class.
_Pair = tuple[ox.NamedNode | None, ox.NamedNode]


@dataclass
class Tally:
    """What one pass over a graph counts.

    Attributes
    ----------
    triples, entities, subjects
        Numbers of all statements, of the named things that have a class, of all that something is said of.
    members
        Class -> number of its named things.
    uses, users
        Class (``None``: any) and property -> number of statements, and of things that have them.
    examples
        Class -> IRI of the member of which and in which most is said; the first by IRI among equals.
    """

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    members: Counter[ox.NamedNode] = field(default_factory=Counter)
    uses: Counter[_Pair] = field(default_factory=Counter)
    users: Counter[_Pair] = field(default_factory=Counter)
    examples: dict[ox.NamedNode, str] = field(default_factory=dict)

    def count(self, subject: Subject, quads: Collection[ox.Quad], sign: int = 1) -> list[ox.NamedNode]:
        """Count everything said of one subject, or with -1 take it out; return its classes if it is named."""
        classes = [q.object for q in quads if q.predicate == _TYPE and isinstance(q.object, ox.NamedNode)]
        is_entity = bool(classes) and isinstance(subject, ox.NamedNode)
        self.triples += sign * len(quads)
        self.subjects += sign * bool(quads)
        self.entities += sign * is_entity
        for prop, number in Counter(quad.predicate for quad in quads).items():
            for class_iri in (None, *classes):
                self.uses[class_iri, prop] += sign * number
                self.users[class_iri, prop] += sign
        if not is_entity:
            return []
        for class_iri in classes:
            self.members[class_iri] += sign
        return classes

    def drop_empty(self) -> None:
        """Leave out what is no longer there."""
        self.members, self.uses, self.users = +self.members, +self.uses, +self.users
        self.examples = {name: iri for name, iri in self.examples.items() if name in self.members}


def read_tally(quads: Iterable[ox.Quad], whole: ox.NamedNode) -> Tally:
    """Return what the graph of the numbers says (``graph.void`` writes it).

    Parameters
    ----------
    quads
        Its statements.
    whole
        The IRI of the whole.
    """
    said: dict[Subject, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for quad in quads:
        if not isinstance(quad.object, ox.NamedNode | ox.Literal):
            continue
        said.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    all_ = said[whole]
    tally = Tally(
        _number(all_, VOID.triples), _number(all_, VOID.entities), _number(all_, VOID.distinctSubjects)
    )
    _read_properties(tally, None, all_, said)
    for part in all_.get(str(VOID.classPartition), []):
        own = said[part]  # type: ignore[index]
        class_iri, example = _node(own, VOID["class"]), _node(own, VOID.exampleResource)
        tally.members[class_iri] = _number(own, VOID.entities)
        tally.examples[class_iri] = example.value
        _read_properties(tally, class_iri, own, said)
    return tally


_Said = dict[str, list[ox.NamedNode | ox.Literal]]


def _read_properties(
    tally: Tally, class_iri: ox.NamedNode | None, within: _Said, said: dict[Subject, _Said]
) -> None:
    for part in within.get(str(VOID.propertyPartition), []):
        own = said[part]  # type: ignore[index]
        pair = class_iri, _node(own, VOID.property)
        tally.uses[pair] = _number(own, VOID.triples)
        tally.users[pair] = _number(own, VOID.distinctSubjects)


def _number(said: _Said, name: str) -> int:
    return int(said[str(name)][0].value)


def _node(said: _Said, name: str) -> ox.NamedNode:
    return ox.NamedNode(said[str(name)][0].value)
