"""A letter's facts as statements: the document, its units, themes, plans and declared counts.

The stages of a plan are stated by ``ingest.letter.stages``.
"""

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
        self.plan: URIRef | None = None
        self._add_plan()
        self._add_counts()

    def add(self, subject: URIRef, predicate: URIRef, value: Node) -> None:
        """State something."""
        self.rdf.add((subject, predicate, value))

    def begin(self, subject: URIRef, cls: URIRef, line: int) -> None:
        """State what a node is and where the letter has it."""
        self.add(subject, RDF.type, cls)
        self.add(subject, KP.recordRef, Literal(f"{self.file}:{line}"))

    def _add_document(self) -> None:
        letter, document = self.letter, self.document
        self.begin(document, SCHEMA.CreativeWork, letter.number.line)
        self.add(document, DCTERMS.identifier, Literal(letter.number.text))
        self.add(document, DCTERMS.issued, Literal(letter.issued))
        if not self.known.has(document):
            number = letter.number.text
            self.add(document, DCTERMS.title, Literal(f"{number} sayılı yazı", lang="tr"))
            self.add(document, DCTERMS.title, Literal(f"Letter {number}", lang="en"))
            publisher = letter.units[0].text if letter.units else letter.authority and letter.authority.text
            self.add(document, DCTERMS.publisher, Literal(publisher or number))
        if letter.subject:
            self.add(document, DCTERMS.description, Literal(letter.subject.text, lang="tr"))
        for law in letter.laws:
            self.add(document, KP.legalBasis, Literal(law.text, lang="tr"))

    def _add_units(self) -> None:
        above = self.authority
        for index, mention in enumerate(self.letter.units):
            unit = self.known.find_unit(mention.text)
            if unit is None:
                unit = self.iris.thing("unit", mention.text)
                self.begin(unit, ORG.OrganizationalUnit, mention.line)
                self.add(unit, RDFS.label, Literal(mention.text, lang="tr"))
                if above:
                    self.add(unit, ORG.unitOf, above)
            if index == 0:
                above = unit  # the unit that writes; the branches that it names are its own
            self.claim(unit, RDF.type, ORG.OrganizationalUnit, mention.line)
            if year := self.letter.founded.get(mention.text):
                self.claim(unit, KP.foundedText, Literal(year), mention.line)

    def _add_themes(self) -> None:
        for mention in [*self.letter.themes, *self.letter.plans]:
            theme = self.known.find_theme(mention.text)
            if theme:
                self.add(self.document, KP.theme, theme)
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
            self.begin(plan, PPLAN.Plan, mention.line)
            self.add(plan, RDFS.label, Literal(name, lang="tr"))
            if self.authority:
                self.add(plan, KP.planOwner, self.authority)
        self.plan = plan
        self.claim(plan, KP.startDate, Literal(first), mention.line, parse_bounds(first))
        self.claim(plan, KP.endDate, Literal(last), mention.line, parse_bounds(last))

    def _add_counts(self) -> None:
        if self.authority is None:
            return
        city = self.known.city_of(self.authority)
        whose = self.iris.parse(city or self.authority).slug
        for kind, (number, line) in self.letter.counts.items():
            count = self.iris.thing("declared-count", f"{whose}-{kind}-{self.letter.issued}")
            self.begin(count, KP.DeclaredCount, line)
            self.add(count, KP.declaredKind, _DECLARED[kind])
            self.add(count, KP.declaredNumber, Literal(number))
            self.add(count, KP.declaredOn, Literal(self.letter.issued))
            self.add(count, KP.declaredBy, self.authority)
            self.add(count, PROV.hadPrimarySource, self.document)

    def claim(
        self, about: URIRef, predicate: URIRef, value: Node, line: int, bounds: DateBounds | None = None
    ) -> URIRef:
        """State what the letter, an official document, says about a thing; return the evidence node."""
        node = self.iris.evidence(about, self.document, f"{predicate} {value}")
        self.begin(node, KP.Evidence, line)
        self.add(node, KP.about, about)
        self.add(node, PROV.hadPrimarySource, self.document)
        self.add(node, KP.evidenceGrade, KP.confirmed)
        self.add(node, KP.evidenceDate, Literal(self.letter.issued))
        self.add(node, KP.evidenceDateText, Literal(self.letter.issued.isoformat()))
        self.add(node, KP.claimedProperty, predicate)
        self.add(node, KP.claimedValue, value)
        if bounds:
            self.add(node, KP.claimedEarliest, Literal(str(bounds.earliest), datatype=XSD.date))
            self.add(node, KP.claimedLatest, Literal(str(bounds.latest), datatype=XSD.date))
        return node
