"""A letter's facts as statements: the document, its units, themes, plans and declared counts."""

from pathlib import PurePath

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ingest.letter.known import Known, without_genitive
from ingest.letter.parse import Letter, Mention
from ontology.dates import DateBounds, parse_bounds
from ontology.iris import Iris
from ontology.terms import DCTERMS, KP, ORG, PPLAN, PREFIXES, PROV, RDF, RDFS, SCHEMA, XSD

__all__ = ["LetterStatements"]

_DECLARED = {
    "city_network": KP.CityNetwork,
    "sister_city": KP.TwinningAgreement,
    "cooperation_protocol": KP.CooperationProtocol,
}


class LetterStatements:
    """Collects the statements of one letter in ``rdf``; names of themes without a match in ``unmatched``."""

    def __init__(self, letter: Letter, file: str, iris: Iris, known: Known) -> None:
        self.letter, self.file, self.iris, self.known = letter, PurePath(file).name, iris, known
        self.rdf = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            self.rdf.bind(prefix, namespace)
        self.unmatched: list[Mention] = []
        self.document = iris.thing("document", f"letter-{letter.number.text}")
        self.authority = known.find_authority(letter.authority.text) if letter.authority else None
        self._add_document()
        self._add_units()
        self._add_themes()
        self._add_plan()
        self._add_counts()

    def _add(self, subject: URIRef, predicate: URIRef, value: Node) -> None:
        self.rdf.add((subject, predicate, value))

    def _begin(self, subject: URIRef, cls: URIRef, line: int) -> None:
        self._add(subject, RDF.type, cls)
        self._add(subject, KP.recordRef, Literal(f"{self.file}:{line}"))

    def _add_document(self) -> None:
        letter, document = self.letter, self.document
        self._begin(document, SCHEMA.CreativeWork, letter.number.line)
        self._add(document, DCTERMS.identifier, Literal(letter.number.text))
        self._add(document, DCTERMS.issued, Literal(letter.issued))
        if not self.known.has(document):
            number = letter.number.text
            self._add(document, DCTERMS.title, Literal(f"{number} sayılı yazı", lang="tr"))
            self._add(document, DCTERMS.title, Literal(f"Letter {number}", lang="en"))
            publisher = letter.units[0].text if letter.units else letter.authority and letter.authority.text
            self._add(document, DCTERMS.publisher, Literal(publisher or number))
        if letter.subject:
            self._add(document, DCTERMS.description, Literal(letter.subject.text, lang="tr"))
        for law in letter.laws:
            self._add(document, KP.legalBasis, Literal(law.text, lang="tr"))

    def _add_units(self) -> None:
        above = self.authority
        for index, mention in enumerate(self.letter.units):
            unit = self.known.find_unit(mention.text)
            if unit is None:
                unit = self.iris.thing("unit", mention.text)
                self._begin(unit, ORG.OrganizationalUnit, mention.line)
                self._add(unit, RDFS.label, Literal(mention.text, lang="tr"))
                if above:
                    self._add(unit, ORG.unitOf, above)
            if index == 0:
                above = unit  # the unit that writes; the branches that it names are its own
            self._claim(unit, RDF.type, ORG.OrganizationalUnit, mention.line)
            if year := self.letter.founded.get(mention.text):
                self._claim(unit, KP.foundedText, Literal(year), mention.line)

    def _add_themes(self) -> None:
        for mention in [*self.letter.themes, *self.letter.plans]:
            theme = self.known.find_theme(mention.text)
            if theme:
                self._add(self.document, KP.theme, theme)
            else:
                self.unmatched.append(mention)

    def _add_plan(self) -> None:
        if self.letter.period is None:
            return
        first, last, mention = self.letter.period
        plan = self.known.find_plan(mention.text)
        if plan is None:
            name = f"{without_genitive(mention.text)} {first}–{last}"
            plan = self.iris.thing("plan", name)
            self._begin(plan, PPLAN.Plan, mention.line)
            self._add(plan, RDFS.label, Literal(name, lang="tr"))
            if self.authority:
                self._add(plan, KP.planOwner, self.authority)
        self._claim(plan, KP.startDate, Literal(first), mention.line, parse_bounds(first))
        self._claim(plan, KP.endDate, Literal(last), mention.line, parse_bounds(last))

    def _add_counts(self) -> None:
        if self.authority is None:
            return
        city = self.known.city_of(self.authority)
        whose = self.iris.parse(city or self.authority).slug
        for kind, (number, line) in self.letter.counts.items():
            count = self.iris.thing("declared-count", f"{whose}-{kind}-{self.letter.issued}")
            self._begin(count, KP.DeclaredCount, line)
            self._add(count, KP.declaredKind, _DECLARED[kind])
            self._add(count, KP.declaredNumber, Literal(number))
            self._add(count, KP.declaredOn, Literal(self.letter.issued))
            self._add(count, KP.declaredBy, self.authority)
            self._add(count, PROV.hadPrimarySource, self.document)

    def _claim(
        self, about: URIRef, predicate: URIRef, value: Node, line: int, bounds: DateBounds | None = None
    ) -> None:
        """State what the letter, an official document, says about a thing."""
        node = self.iris.evidence(about, self.document, f"{predicate} {value}")
        self._begin(node, KP.Evidence, line)
        self._add(node, KP.about, about)
        self._add(node, PROV.hadPrimarySource, self.document)
        self._add(node, KP.evidenceGrade, KP.confirmed)
        self._add(node, KP.evidenceDate, Literal(self.letter.issued))
        self._add(node, KP.evidenceDateText, Literal(self.letter.issued.isoformat()))
        self._add(node, KP.claimedProperty, predicate)
        self._add(node, KP.claimedValue, value)
        if bounds:
            self._add(node, KP.claimedEarliest, Literal(str(bounds.earliest), datatype=XSD.date))
            self._add(node, KP.claimedLatest, Literal(str(bounds.latest), datatype=XSD.date))
