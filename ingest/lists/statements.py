"""Relations, projects and calls that a list reports, each with the list as its evidence.

A relation that the records have is not described again: the list only adds what it says about it. Its
grade is that of a list (``unverified`` unless said otherwise), so nothing that rests on lists alone
counts, and no list outweighs a document of the records.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ingest.lists.places import Add, PlaceBook, PlaceHint, to_decimal
from ontology.dates import DateBounds, parse_bounds
from ontology.iris import Iris
from ontology.terms import DCAT, DCTERMS, EURIO, KP, ORG, PROV, RDF, RDFS, SCHEMA, XSD

__all__ = ["ListDocument", "ListStatements"]


@dataclass(frozen=True)
class ListDocument:
    """The list that is the evidence: id, titles, publisher, and for when it speaks (as text)."""

    id: str
    title_tr: str
    title_en: str
    publisher: str
    date: str = ""
    address: str = ""


@dataclass
class ListStatements:
    """Statements of one source.

    Parameters
    ----------
    iris, known, add, source
        As for ``PlaceBook``.
    """

    iris: Iris
    known: Graph
    add: Add
    source: str
    grade: URIRef = KP.unverified
    counts: dict[str, int] = field(default_factory=dict)
    _begun: set[URIRef] = field(default_factory=set)
    _documents: dict[str, URIRef] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = PlaceBook(self.iris, self.known, self.add, self.source)

    def begin(self, iri: URIRef, cls: URIRef, ref: str, name: str = "", counted: str = "") -> bool:
        """State what a thing is and its one name for both languages; ``False`` when that was done before."""
        if iri in self._begun:
            return False
        self._begun.add(iri)
        if counted:
            self.counts[counted] = self.counts.get(counted, 0) + 1
        if (iri, RDF.type, None) in self.known:
            return False
        self.add((iri, RDF.type, cls))
        self.add((iri, KP.recordRef, Literal(ref)))
        if name:
            for language in ("tr", "en"):
                self.add((iri, RDFS.label, Literal(name, lang=language)))
        return True

    def document(self, document: ListDocument) -> URIRef:
        """Return the list's own node, describing it the first time."""
        if document.id not in self._documents:
            iri = self.iris.thing("document", document.id)
            self._documents[document.id] = iri
            self.add((iri, RDF.type, SCHEMA.CreativeWork))
            self.add((iri, RDF.type, DCAT.Dataset))
            self.add((iri, KP.recordRef, Literal(f"{self.source}:{document.id}")))
            self.add((iri, DCTERMS.title, Literal(document.title_tr, lang="tr")))
            self.add((iri, DCTERMS.title, Literal(document.title_en, lang="en")))
            self.add((iri, DCTERMS.publisher, Literal(document.publisher)))
            if document.address:
                self.add((iri, SCHEMA.url, Literal(document.address, datatype=XSD.anyURI)))
        return self._documents[document.id]

    def claim(  # noqa: PLR0913 (what a claim consists of)
        self, about: URIRef, said: tuple[URIRef, Node], document: ListDocument, ref: str,
        *, currency: str = "", bounds: DateBounds | None = None,
    ) -> URIRef:  # fmt: skip
        """State that the list gives a value for a property of a thing; return the evidence."""
        source = self.document(document)
        predicate, value = said
        text = " ".join(filter(None, [str(predicate), str(value), currency]))
        node = self.iris.evidence(about, source, text)
        self.add((node, RDF.type, KP.Evidence))
        self.add((node, KP.about, about))
        self.add((node, PROV.hadPrimarySource, source))
        self.add((node, KP.evidenceGrade, self.grade))
        self.add((node, KP.claimedProperty, predicate))
        self.add((node, KP.claimedValue, value))
        self.add((node, KP.recordRef, Literal(ref)))
        if currency:
            self.add((node, KP.claimedCurrency, Literal(currency)))
        for name, day in _days(bounds):
            self.add((node, name, Literal(str(day), datatype=XSD.date)))
        if document.date:
            date = parse_bounds(document.date)
            self.add((node, KP.evidenceDate, Literal(str(date.latest), datatype=XSD.date)))
            self.add((node, KP.evidenceDateText, Literal(date.text)))
        return node

    def claim_dates(self, about: URIRef, start: str, end: str, document: ListDocument, ref: str) -> bool:
        """State when it began and ended, as far as the list says; ``False`` when that can't be so.

        Raises
        ------
        ValueError
            A text is no date; its only argument is the text.
        """
        begun, over = (parse_bounds(text) if text else None for text in (start, end))
        if begun and over and begun.earliest and over.latest and begun.earliest > over.latest:
            return False
        for predicate, bounds in ((KP.startDate, begun), (KP.endDate, over)):
            if bounds:
                self.claim(about, (predicate, Literal(bounds.text)), document, ref, bounds=bounds)
        return True

    def claim_money(
        self, about: URIRef, predicate: URIRef, amount: str, document: ListDocument, ref: str
    ) -> None:
        """State an amount in euro; nothing when the list has none."""
        value = to_decimal(amount.replace(",", "")) if amount else None
        if value is not None and float(value) >= 0:
            self.claim(about, (predicate, value), document, ref, currency="EUR")

    def twinning(self, pair: tuple[PlaceHint, PlaceHint], document: ListDocument, ref: str) -> URIRef | None:
        """State that two cities are twinned; ``None`` when one of them is not known or both are one."""
        cities = [self.places.city(hint) for hint in pair]
        if None in cities or cities[0] == cities[1]:
            return None
        keys = [self.iris.parse(str(city)).slug for city in cities]
        iri = self.iris.relation("agreement", "twinning", keys)
        if self.begin(iri, KP.TwinningAgreement, ref, counted="sister_cities"):
            for hint in pair:
                if authority := self.places.authority(hint):
                    self.add((iri, KP.party, authority))
        self.claim(iri, (RDF.type, KP.TwinningAgreement), document, ref)
        return iri

    def membership(self, hint: PlaceHint, network: URIRef, document: ListDocument, ref: str) -> URIRef | None:
        """State that a city's authority is a member of a network; ``None`` when the city is not known."""
        return self._participate(
            hint, ("membership", KP.NetworkMembership, ORG.organization, "member", "memberships"),
            network, document, ref,
        )  # fmt: skip

    def participation(
        self, hint: PlaceHint, project: URIRef, document: ListDocument, ref: str, *, lead: bool = False
    ) -> URIRef | None:
        """State that a city's authority takes part in a project; ``None`` when the city is not known."""
        role = "lead" if lead else "partner"
        return self._participate(
            hint,
            ("participation", KP.ProjectParticipation, KP.project, role, "relations"),
            project, document, ref,
        )  # fmt: skip

    def _participate(
        self, hint: PlaceHint, sort: tuple[str, URIRef, URIRef, str, str], whole: URIRef,
        document: ListDocument, ref: str,
    ) -> URIRef | None:  # fmt: skip
        kind, cls, predicate, role, counted = sort
        city, authority = self.places.city(hint), self.places.authority(hint)
        if city is None or authority is None:
            return None
        iri = self.iris.relation(kind, "", [self.iris.parse(city).slug, self.iris.parse(whole).slug])
        if self.begin(iri, cls, ref, counted=counted):
            self.add((iri, ORG.member, authority))
            self.add((iri, predicate, whole))
            self.add((iri, ORG.role, self.iris.thing("role", role)))
        self.claim(iri, (RDF.type, cls), document, ref)
        return iri

    def programme(self, prefix: str, name: str, ref: str) -> URIRef:
        """Return a funding programme; ``prefix`` says who names it so."""
        iri = self.iris.thing("programme", f"{prefix} {name}")
        self.begin(iri, EURIO.FundingScheme, ref, name, "programmes")
        return iri

    def project(self, slug: str, name: str, ref: str, programme: URIRef | None = None) -> URIRef:
        """Return a project, describing it the first time."""
        iri = self.iris.thing("project", slug)
        if self.begin(iri, SCHEMA.Project, ref, name, "projects") and programme is not None:
            self.add((iri, KP.programme, programme))
        return iri

    def network(self, slug: str, name: str, ref: str) -> URIRef:
        """Return a network of cities, describing it the first time."""
        iri = self.iris.thing("network", slug)
        self.begin(iri, KP.CityNetwork, ref, name, "networks")
        return iri

    def themes(self, thing: URIRef, slugs: Iterable[str]) -> None:
        """State the themes of a thing, by their ids."""
        for slug in slugs:
            self.add((thing, KP.theme, self.iris.thing("theme", slug)))


def _days(bounds: DateBounds | None) -> list[tuple[URIRef, object]]:
    if bounds is None:
        return []
    days = ((KP.claimedEarliest, bounds.earliest), (KP.claimedLatest, bounds.latest))
    return [(name, day) for name, day in days if day is not None]
