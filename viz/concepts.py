"""Roles, kinds, grades, statuses and themes as the documentation shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rdflib import URIRef
from rdflib.term import Node

from ontology.terms import DCTERMS, KP, RDF, RDFS, SKOS
from ontology.text import sort_key
from viz.terms import Link, TermReader, anchor_of
from viz.vocabularies import to_short_form

__all__ = ["Concept", "Scheme", "read_schemes", "read_themes"]


@dataclass(frozen=True)
class Concept:
    """An individual of the ontology, or a theme with those below it; ``number`` things point to it.

    ``is_again`` marks a theme that stands elsewhere in the tree with all that is below it.
    """

    iri: str
    anchor: str
    short: str
    label: str
    definition: str | None
    number: int
    also: tuple[str, ...] = ()
    matches: tuple[tuple[str, Link], ...] = ()
    narrower: tuple["Concept", ...] = ()
    is_again: bool = False


@dataclass(frozen=True)
class Scheme:
    """A closed list of individuals."""

    iri: str
    anchor: str
    label: str
    concepts: tuple[Concept, ...]


def read_schemes(reader: TermReader, uses: dict[str, int]) -> tuple[Scheme, ...]:
    """Return all lists but that of the themes, in the order of the alphabet."""
    found = [
        Scheme(
            str(iri),
            anchor_of(str(iri), reader.iris),
            reader.label(iri),
            _concepts(reader, uses, reader.rdf.subjects(SKOS.inScheme, iri)),
        )
        for iri in reader.rdf.subjects(RDF.type, SKOS.ConceptScheme)
        if iri != _themes(reader)
    ]
    return tuple(sorted(found, key=lambda scheme: sort_key(scheme.label)))


def read_themes(reader: TermReader, uses: dict[str, int]) -> tuple[Concept, ...]:
    """Return the themes at the top of the scheme, with those below; each is unfolded in one place only."""
    top = _concepts(reader, uses, reader.rdf.objects(_themes(reader), SKOS.hasTopConcept), deep=True)
    seen = {theme.iri for theme in top}
    return tuple(replace(theme, narrower=_once(theme.narrower, seen)) for theme in top)


def _once(themes: tuple[Concept, ...], seen: set[str]) -> tuple[Concept, ...]:
    found = []
    for theme in themes:
        if theme.iri in seen:
            found.append(replace(theme, narrower=(), is_again=True))
        else:
            seen.add(theme.iri)
            found.append(replace(theme, narrower=_once(theme.narrower, seen)))
    return tuple(found)


def _themes(reader: TermReader) -> URIRef:
    return reader.iris.thing("scheme", "themes")


def _concepts(
    reader: TermReader, uses: dict[str, int], iris: Iterable[Node], *, deep: bool = False
) -> tuple[Concept, ...]:
    found = [_concept(reader, uses, iri, deep=deep) for iri in set(iris) if isinstance(iri, URIRef)]
    rank = {
        concept.iri: -int(str(reader.rdf.value(URIRef(concept.iri), KP.gradeRank) or 0)) for concept in found
    }
    return tuple(sorted(found, key=lambda one: (rank[one.iri], sort_key(one.label), one.iri)))


def _concept(reader: TermReader, uses: dict[str, int], iri: URIRef, *, deep: bool) -> Concept:
    below = {*reader.rdf.objects(iri, SKOS.narrower), *reader.rdf.subjects(SKOS.broader, iri)} - {iri}
    return Concept(
        iri=str(iri),
        anchor=anchor_of(str(iri), reader.iris),
        short=to_short_form(str(iri)),
        label=reader.text(iri, RDFS.label, SKOS.prefLabel, DCTERMS.title) or to_short_form(str(iri)),
        definition=reader.text(iri, SKOS.definition),
        number=uses.get(str(iri), 0),
        also=reader.texts(iri, SKOS.altLabel),
        matches=reader.matches(iri),
        narrower=_concepts(reader, uses, below, deep=True) if deep else (),
    )
