"""Terms of the ontology as a page shows them: in one language, with the links between them."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from graph.library import Query
from ontology.iris import Iris
from ontology.messages import Language
from ontology.terms import OWL, RDF, RDFS, SKOS
from ontology.text import fold, sort_key
from viz.vocabularies import OWN, Vocabulary, find_vocabulary, to_short_form

__all__ = ["PROPERTY_KINDS", "Link", "Term", "TermReader", "Use", "anchor_of"]

PROPERTY_KINDS = {
    OWL.ObjectProperty: "object", OWL.DatatypeProperty: "data", OWL.AnnotationProperty: "annotation",
}  # fmt: skip
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_EQUIVALENTS = (OWL.equivalentClass, OWL.equivalentProperty)
_NOTES = (RDFS.comment, SKOS.scopeNote, SKOS.note)


@dataclass(frozen=True)
class Link:
    """Something named in passing; ``anchor`` is its place on the page, if it has one."""

    iri: str
    label: str
    short: str
    anchor: str | None = None


@dataclass(frozen=True)
class Use:
    """A property of a class, or a class with a property: ``number`` of the ``total`` things have it."""

    link: Link
    number: int
    total: int

    @property
    def share(self) -> int:
        """Per cent of the things; at least 1 where there is any."""
        return max(1, round(100 * self.number / self.total)) if self.total and self.number else 0


@dataclass(frozen=True)
class Term:
    """A class or a property.

    ``kind`` is ``class``, ``object``, ``data``, ``annotation`` or ``other``; ``number`` counts
    things of a class or statements with a property (``None``: nothing was counted yet);
    ``matches`` are pairs of the link's name and where it leads; ``level`` is the depth among classes.
    """

    iri: str
    anchor: str
    short: str
    label: str
    kind: str
    vocabulary: Vocabulary
    definition: str | None = None
    notes: tuple[str, ...] = ()
    supers: tuple[Link, ...] = ()
    subs: tuple[Link, ...] = ()
    domains: tuple[Link, ...] = ()
    ranges: tuple[Link, ...] = ()
    inverses: tuple[Link, ...] = ()
    disjoints: tuple[Link, ...] = ()
    matches: tuple[tuple[str, Link], ...] = ()
    is_symmetric: bool = False
    number: int | None = None
    uses: tuple[Use, ...] = ()
    example: Link | None = None
    questions: tuple[Query, ...] = ()
    ready_query: str = ""
    level: int = 0

    @property
    def is_own(self) -> bool:
        """Whether the term is ours."""
        return self.vocabulary is OWN

    def has_words(self, words: Iterable[str]) -> bool:
        """Return whether names and texts contain all folded words."""
        text = fold(" ".join((self.label, self.short, self.definition or "", *self.notes)))
        return all(word in text for word in words)


def anchor_of(iri: str, iris: Iris) -> str:
    """Return the place of a term on the page.

    Our own terms stand where the end of their IRI points, so that following one arrives there.

    Examples
    --------
    >>> anchor_of("https://w3id.org/kopru/ontology#City", Iris())
    'City'
    >>> anchor_of("http://www.w3.org/ns/org#member", Iris())
    'org-member'
    >>> anchor_of("https://w3id.org/kopru/id/role/member", Iris())
    'role-member'
    """
    if iri.startswith(OWN.base):
        return iri.removeprefix(OWN.base)
    try:
        thing = iris.parse(iri)
    except ValueError:
        return to_short_form(iri).replace(":", "-").replace("/", "-")
    return f"{thing.kind}-{thing.slug}"


def capitalize(text: str, language: Language) -> str:
    """Return a text with a capital at its beginning; Turkish i becomes İ.

    Examples
    --------
    >>> capitalize("ilgili", "tr")
    'İlgili'
    """
    first = "İ" if language == "tr" and text.startswith("i") else text[:1].upper()
    return first + text[1:]


class TermReader:
    """Reads terms from the ontology's graph.

    Parameters
    ----------
    rdf
        The ontology.
    language
        The one language of all texts.
    iris
        Tells our things from others'.
    classes, properties
        What the data uses. Of terms of RDF and OWL themselves the ontology only gives the names; they are
        shown where they are among these.
    """

    def __init__(
        self,
        rdf: Graph,
        language: Language,
        iris: Iris,
        classes: Container[str] = (),
        properties: Container[str] = (),
    ) -> None:
        self.rdf = rdf
        self.language = language
        self.iris = iris
        named = {str(s) for s in rdf.subjects(RDFS.isDefinedBy) if (s, RDF.type, None) not in rdf}
        self.named_classes = {iri for iri in named if iri in classes}
        self.named_properties = {iri for iri in named if iri in properties}
        explained = (*rdf.subjects(RDFS.isDefinedBy), *rdf.subjects(SKOS.inScheme))
        schemes = rdf.subjects(RDF.type, SKOS.ConceptScheme)
        unused = named - self.named_classes - self.named_properties
        self._explained = {str(subject) for subject in (*explained, *schemes)} - unused

    def text(self, subject: Node, *properties: URIRef) -> str | None:
        """Return a text in the page's language; another language never stands in."""
        return next(iter(self.texts(subject, *properties)), None)

    def texts(self, subject: Node, *properties: URIRef) -> tuple[str, ...]:
        """Return all texts of some properties in the page's language."""
        return tuple(
            str(value)
            for prop in properties
            for value in sorted(self.rdf.objects(subject, prop), key=str)
            if isinstance(value, Literal) and value.language == self.language
        )

    def label(self, iri: Node) -> str:
        """Return a name; the short form of the IRI for want of one."""
        return self.text(iri, RDFS.label, SKOS.prefLabel) or to_short_form(str(iri))

    def link(self, iri: Node) -> Link:
        """Return something named in passing."""
        anchor = anchor_of(str(iri), self.iris) if str(iri) in self._explained else None
        return Link(str(iri), self.label(iri), to_short_form(str(iri)), anchor)

    def links(self, iris: Iterable[Node]) -> tuple[Link, ...]:
        """Return links in the order of the alphabet."""
        found = (self.link(iri) for iri in set(iris) if isinstance(iri, URIRef))
        return tuple(sorted(found, key=lambda link: (sort_key(link.label), link.iri)))

    def term(self, iri: URIRef) -> Term:
        """Return what the ontology itself says of a class or property."""
        rdf, prop = self.rdf, self._kind(iri) != "class"
        above = RDFS.subPropertyOf if prop else RDFS.subClassOf
        return Term(
            iri=str(iri),
            anchor=anchor_of(str(iri), self.iris),
            short=to_short_form(str(iri)),
            label=self.label(iri),
            kind=self._kind(iri),
            vocabulary=find_vocabulary(str(iri)),
            definition=self.text(iri, SKOS.definition),
            notes=self.texts(iri, *_NOTES),
            supers=self.links(rdf.objects(iri, above)),
            subs=self.links(rdf.subjects(above, iri)),
            domains=self.links(rdf.objects(iri, RDFS.domain)),
            ranges=self.links(rdf.objects(iri, RDFS.range)),
            inverses=self.links({*rdf.objects(iri, OWL.inverseOf), *rdf.subjects(OWL.inverseOf, iri)}),
            disjoints=self.links({*rdf.objects(iri, OWL.disjointWith), *rdf.subjects(OWL.disjointWith, iri)}),
            matches=self.matches(iri),
            is_symmetric=(iri, RDF.type, OWL.SymmetricProperty) in rdf,
        )

    def matches(self, iri: URIRef) -> tuple[tuple[str, Link], ...]:
        """Return the terms of other vocabularies that mean the same or nearly so."""
        return tuple(
            (capitalize(self.label(prop), self.language), link)
            for prop in (*_EQUIVALENTS, *_MATCHES)
            for link in self.links(self.rdf.objects(iri, prop))
        )

    def _kind(self, iri: URIRef) -> str:
        types = set(self.rdf.objects(iri, RDF.type))
        if OWL.Class in types or str(iri) in self.named_classes:
            return "class"
        return next((kind for type_iri, kind in PROPERTY_KINDS.items() if type_iri in types), "other")
