"""What the documentation of the ontology shows: every term in one language, from the ontology itself.

The ontology is read from its named graph of a revision, so that what is documented is what the
data is written in; how often a term is used comes from the numbers made at publish, and the
questions that use it from the query files. Nothing is written here by hand but the headings.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from rdflib import Graph, URIRef

from graph.library import Query, list_examples, load_query
from graph.questions import Questions
from graph.questions.statistics import ClassNumbers, Statistics, read_statistics
from graph.revision import Revision
from ontology.messages import LANGUAGES, Language
from ontology.terms import DCTERMS, KP, OWL, RDF, RDFS
from ontology.text import fold, sort_key
from viz.concepts import Concept, Scheme, read_schemes, read_themes
from viz.ontology_diagram import Diagram, draw
from viz.terms import Link, Term, TermReader, Use
from viz.vocabularies import OWN, Vocabulary

__all__ = ["Documentation", "OntologyPage", "PropertyGroup", "find_terms"]

_ONTOLOGY = URIRef(str(KP._NS).removesuffix("#"))
_PREFIX = re.compile(r"(?mi)^PREFIX\s+([\w-]*):\s*<([^<>]*)>")
_NAME = re.compile(r"(?<![\w:<-])([A-Za-z][\w-]*):([A-Za-z][\w-]*)")
#: What is there for machines, and what every thing of a class has.
_UNTOLD = {str(RDF.type), str(KP.searchKey), str(KP.sortKey)}
#: So many properties of a class, and classes of a property, are listed.
_MOST_USES = 40


@dataclass(frozen=True)
class PropertyGroup:
    """Properties that belong together: those of a class of ours, or those of a published vocabulary."""

    title: Link | Vocabulary | None
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class OntologyPage:
    """The documentation in one language."""

    iri: str
    title: str
    description: str
    version: str
    licence: str
    classes: tuple[Term, ...]
    published_classes: tuple[Term, ...]
    properties: tuple[PropertyGroup, ...]
    published_properties: tuple[PropertyGroup, ...]
    schemes: tuple[Scheme, ...]
    themes: tuple[Concept, ...]
    vocabularies: tuple[tuple[Vocabulary, int], ...]
    diagram: Diagram

    def terms(self) -> Iterator[Term]:
        """Iterate over all classes and properties."""
        yield from (*self.classes, *self.published_classes)
        for group in (*self.properties, *self.published_properties):
            yield from group.terms

    def term(self, anchor: str) -> Term | None:
        """Return the term at a place of the page."""
        return next((term for term in self.terms() if term.anchor == anchor), None)


class Documentation:
    """The pages of each revision in use; built when first asked for, gone with the revision."""

    def __init__(self) -> None:
        self._built: WeakKeyDictionary[Revision, dict[Language, OntologyPage]] = WeakKeyDictionary()

    def of(self, revision: Revision, language: Language) -> OntologyPage:
        """Return the documentation of a revision in one language."""
        pages = self._built.get(revision)
        if pages is None:
            pages = self._built[revision] = _build(revision)
        return pages[language]


def find_terms(page: OntologyPage, q: str) -> tuple[Term, ...]:
    """Return the terms whose names and texts have all words of a search, in any writing."""
    words = fold(q).split()
    return tuple(term for term in page.terms() if term.has_words(words)) if words else ()


def _build(revision: Revision) -> dict[Language, OntologyPage]:
    rdf = revision.named_graph(revision.iris.graph("ontology"))
    numbers = read_statistics(revision)
    uses = {
        str(row["concept"]): int(str(row["things"]))
        for row in revision.select(load_query("concept_uses").bind())
    }
    questions = _questions_by_term()
    readers = {
        language: TermReader(rdf, language, revision.iris, numbers.classes, numbers.properties)
        for language in LANGUAGES
    }
    return {
        language: _Builder(revision, reader, numbers, questions).build(uses)
        for language, reader in readers.items()
    }


def _questions_by_term() -> dict[str, list[Query]]:
    """Return term -> the questions offered to readers that name it, in the order of the offer."""
    found: dict[str, list[Query]] = defaultdict(list)
    for query in list_examples():
        prefixes = dict(_PREFIX.findall(query.text))
        body = _PREFIX.sub("", query.text)
        for iri in sorted({prefixes.get(prefix, "") + name for prefix, name in _NAME.findall(body)}):
            found[iri].append(query)
    return found


class _Builder:
    """Puts the page of one language together."""

    def __init__(
        self, revision: Revision, reader: TermReader, numbers: Statistics, questions: dict[str, list[Query]]
    ) -> None:
        self.reader = reader
        self.rdf: Graph = reader.rdf
        self.numbers = numbers
        self.questions = questions
        self.iris = revision.iris
        self.examples = Questions(revision).label_of(
            one.example for one in numbers.classes.values() if one.example
        )
        self.users = _users(numbers)

    def build(self, uses: dict[str, int]) -> OntologyPage:
        """Return the whole page; ``uses`` counts the things that point to a concept."""
        classes = [self._class(iri) for iri in self._all(self.reader.named_classes, OWL.Class)]
        kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        properties = [self._property(iri) for iri in self._all(self.reader.named_properties, *kinds)]
        of_others = [term for term in properties if not term.is_own]
        text = self.reader.text
        return OntologyPage(
            iri=str(_ONTOLOGY),
            title=text(_ONTOLOGY, DCTERMS.title) or text(_ONTOLOGY, RDFS.label) or "",
            description=text(_ONTOLOGY, DCTERMS.description) or "",
            version=str(self.rdf.value(_ONTOLOGY, OWL.versionInfo) or ""),
            licence=str(self.rdf.value(_ONTOLOGY, DCTERMS.license) or ""),
            classes=_in_tree_order([term for term in classes if term.is_own]),
            published_classes=tuple(_by_label(term for term in classes if not term.is_own)),
            properties=tuple(self._by_domain([term for term in properties if term.is_own])),
            published_properties=tuple(_by_vocabulary(of_others)),
            schemes=read_schemes(self.reader, uses),
            themes=read_themes(self.reader, uses),
            vocabularies=_count_vocabularies([*classes, *properties]),
            diagram=draw(self.reader, {iri: one.entities for iri, one in self.numbers.classes.items()}),
        )

    def _all(self, named: set[str], *kinds: URIRef) -> list[URIRef]:
        """Return the terms of some kinds, and those of which only the name is declared here."""
        found = {str(iri) for kind in kinds for iri in self.rdf.subjects(RDF.type, kind)}
        return [URIRef(iri) for iri in sorted(found | named)]

    def _class(self, iri: URIRef) -> Term:
        known = self.numbers.classes.get(str(iri), ClassNumbers(str(iri), 0, None))
        return replace(
            self.reader.term(iri),
            number=known.entities if self.numbers.classes else None,
            uses=tuple(
                Use(self.reader.link(URIRef(one.iri)), one.subjects, known.entities)
                for one in known.properties[:_MOST_USES]
                if one.iri not in _UNTOLD
            ),
            example=self._example(known.example),
            questions=tuple(self.questions.get(str(iri), ())),
            ready_query=load_query("things_of_class").bind(**{"class": iri}),
        )

    def _property(self, iri: URIRef) -> Term:
        known = self.numbers.properties.get(str(iri))
        return replace(
            self.reader.term(iri),
            number=(known.triples if known else 0) if self.numbers.classes else None,
            uses=tuple(
                Use(self.reader.link(URIRef(class_iri)), number, total)
                for class_iri, number, total in self.users.get(str(iri), ())[:_MOST_USES]
            ),
            questions=tuple(self.questions.get(str(iri), ())),
            ready_query=load_query("uses_of_property").bind(property=iri),
        )

    def _example(self, iri: str | None) -> Link | None:
        """Return a thing that has a page here."""
        if not iri or not iri.startswith(f"{self.iris.base}id/"):
            return None
        path = iri.removeprefix(self.iris.base)
        label = self.examples.get(iri)
        return Link(iri, label.get(self.reader.language) if label else path.removeprefix("id/"), path)

    def _by_domain(self, terms: list[Term]) -> Iterator[PropertyGroup]:
        """Yield our properties by the class that they are for; first those for several."""
        groups: dict[Link | None, list[Term]] = defaultdict(list)
        for term in terms:
            groups[term.domains[0] if term.domains else None].append(term)
        for domain in sorted(
            groups, key=lambda link: (link is not None, sort_key(link.label if link else ""))
        ):
            yield PropertyGroup(domain, tuple(_by_label(groups[domain])))


def _users(numbers: Statistics) -> dict[str, list[tuple[str, int, int]]]:
    """Return property -> (class, its things with the property, all its things), most things first."""
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for known in numbers.classes.values():
        for prop in known.properties:
            found[prop.iri].append((known.iri, prop.subjects, known.entities))
    return {prop: sorted(users, key=lambda user: (-user[1], user[0])) for prop, users in found.items()}


def _by_label(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: (sort_key(term.label), term.iri))


def _by_vocabulary(terms: list[Term]) -> Iterator[PropertyGroup]:
    groups: dict[Vocabulary, list[Term]] = defaultdict(list)
    for term in terms:
        groups[term.vocabulary].append(term)
    for vocabulary in sorted(groups, key=lambda one: sort_key(one.name)):
        yield PropertyGroup(vocabulary, tuple(_by_label(groups[vocabulary])))


def _in_tree_order(terms: list[Term]) -> tuple[Term, ...]:
    """Return our classes with each below its superclass; ``level`` tells how deep."""
    known = {term.iri for term in terms}
    below: dict[str, list[Term]] = defaultdict(list)
    for term in _by_label(terms):
        below[next((up.iri for up in term.supers if up.iri in known), "")].append(term)

    def walk(iri: str, level: int) -> Iterator[Term]:
        for term in below[iri]:
            yield replace(term, level=level)
            yield from walk(term.iri, level + 1)

    return tuple(walk("", 0))


def _count_vocabularies(terms: list[Term]) -> tuple[tuple[Vocabulary, int], ...]:
    counts: dict[Vocabulary, int] = defaultdict(int)
    for term in terms:
        if term.vocabulary.base:
            counts[term.vocabulary] += 1
    order = sorted(counts, key=lambda one: (one is not OWN, -counts[one], one.name))
    return tuple((one, counts[one]) for one in order)
