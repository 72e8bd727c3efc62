"""Everything said of any IRI, for its page and as RDF."""

from collections import defaultdict

from rdflib import Graph, Literal, URIRef
from rdflib.term import Identifier

from graph.library import load_query
from graph.model import Label, Reference, Statement, Thing, Value
from graph.questions.evidence import read_evidence
from graph.questions.names import reference_of, to_qname
from graph.questions.reading import Fact, Readable, Row, read_facts
from graph.questions.relations import read_names
from ontology.terms import KP, RDF, VOID
from ontology.text import sort_key

__all__ = ["describe", "read_heading", "read_thing"]

#: Keys for machines, and what the page shows elsewhere.
_HIDDEN = {
    str(iri)
    for iri in (KP.searchKey, KP.sortKey, KP.hasEvidence, KP.acceptedClaim, RDF.type, VOID.exampleResource)
}
#: ``pointed_from.rq`` asks for one more, to know whether there are more.
_MOST_POINTERS = 400


def describe(revision: Readable, iri: str) -> Graph:
    """Return a thing, its evidence and the names of what it points to; empty when it is not there."""
    thing = URIRef(iri)
    return revision.construct(load_query("describe").bind(subject=thing, about=thing, **{"from": thing}))


def read_thing(revision: Readable, iri: str) -> Thing | None:
    """Return everything said of an IRI, or ``None``."""
    facts = read_facts(revision, [iri])
    fact = facts.of(iri)
    rows = revision.select(load_query("pointed_from").bind(thing=URIRef(iri)))
    if not any(fact.properties()) and not rows:
        return None
    names = _Names(revision, read_names(revision, {iri} | _mentioned(fact, rows)))
    here = names.reference(iri)
    return Thing(
        iri=iri,
        kind=here.kind,
        slug=here.slug,
        label=here.label,
        types=tuple(names.reference(one) for one in fact.iris_of(RDF.type)),
        statements=names.statements({prop: fact.values(prop) for prop in fact.properties()}),
        pointed_from=names.statements(_group(rows[:_MOST_POINTERS])),
        evidence=read_evidence(revision, facts).get(iri, ()),
        cut=len(rows) > _MOST_POINTERS,
    )


def read_heading(revision: Readable, iri: str) -> Thing | None:
    """Return a thing with its name and its classes alone, however much points to it; ``None``: unknown."""
    fact = read_facts(revision, [iri]).of(iri)
    if not any(fact.properties()):
        return None
    types = fact.iris_of(RDF.type)
    names = _Names(revision, read_names(revision, {iri, *types}))
    here = names.reference(iri)
    return Thing(iri, here.kind, here.slug, here.label, tuple(map(names.reference, types)), statements=())


def _mentioned(fact: Fact, rows: list[Row]) -> set[str]:
    mentioned = {str(term) for row in rows for term in row.values()}
    for prop in fact.properties():
        mentioned |= {prop, *fact.iris_of(prop)}
    return mentioned


def _group(rows: list[Row]) -> dict[str, list[Identifier]]:
    grouped: dict[str, list[Identifier]] = defaultdict(list)
    for row in rows:
        grouped[str(row["property"])].append(row["subject"])
    return grouped


class _Names:
    """Shows terms under their names."""

    def __init__(self, revision: Readable, labels: dict[str, Label]) -> None:
        self.revision = revision
        self.labels = labels

    def reference(self, iri: str) -> Reference:
        """Return a thing with its name, or with its short form for want of one."""
        short = to_qname(iri)
        fallback = None if short == iri else Label(short, short)
        return reference_of(self.revision, iri, self.labels.get(iri) or fallback)

    def value(self, term: Identifier) -> Value:
        """Return one value."""
        if isinstance(term, Literal):
            return Value(
                str(term), None, term.language, to_qname(str(term.datatype)) if term.datatype else None
            )
        return Value(str(term), self.reference(str(term)))

    def statements(self, values: dict[str, list[Identifier]]) -> tuple[Statement, ...]:
        """Return properties and values, both in the order of the alphabet."""
        shown = [
            Statement(self.reference(prop), tuple(sorted(map(self.value, terms), key=_value_key)))
            for prop, terms in values.items()
            if prop not in _HIDDEN
        ]
        return tuple(sorted(shown, key=lambda one: (sort_key(one.property.label.tr), one.property.iri)))


def _value_key(value: Value) -> tuple[str, str, str]:
    shown = value.reference.label.tr if value.reference else value.text
    # Turkish first, then English.
    return (
        sort_key(shown) if value.reference else "",
        {"tr": "0", "en": "1"}.get(value.language or "", "2"),
        shown,
    )
