"""Evidence records to evidence nodes: one node a claim, each with its document, date and grade."""

from dataclasses import dataclass
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.model import AGREEMENT_KINDS
from graph.questions.wording import RELATION_CLASSES
from ingest.records.fields import Money
from ingest.records.models import City, Document, Evidence, Grade, Says
from ingest.records.parsing import Place
from ingest.records.statements import Statements
from ontology.dates import DateBounds
from ontology.iris import Iris
from ontology.terms import KP, ORG, PROV, RDF, SCHEMA, SKOS, XSD

__all__ = ["add_city_numbers", "add_claim", "add_evidence", "to_decimal"]

_DATES = {"start": KP.startDate, "end": KP.endDate}
_DAYS = {"opening": KP.opening, "deadline": KP.deadline}
_AMOUNTS = {
    "share": KP.ownShare,
    "amount": SCHEMA.amount,
    "budget": KP.fundingAmount,
    "total_cost": KP.totalCost,
    "eu_contribution": KP.fundingAmount,
}
_CLASSES = {
    **{str(kind): RELATION_CLASSES[kind] for kind in AGREEMENT_KINDS},
    "partner": KP.Cooperation,
}


@dataclass(frozen=True)
class _Claim:
    """A property and the value that a document gives for it."""

    about: URIRef
    predicate: URIRef
    value: Node
    currency: str | None = None
    bounds: DateBounds | None = None

    @property
    def text(self) -> str:
        """Return what tells this claim from others of the same document."""
        return " ".join(filter(None, [str(self.predicate), str(self.value), self.currency]))


def add_evidence(into: Statements, about: URIRef, cls: URIRef, evidence: list[Evidence]) -> None:
    """State what each document claims, and once a document that the thing exists and what it is."""
    typed: set[str] = set()
    for record in evidence:
        claims = _read_claims(about, cls, record.says, into.iris) if record.says else []
        says_kind = record.says.kind if record.says else None
        if says_kind or record.document not in typed:
            claims.insert(0, _Claim(about, RDF.type, _CLASSES[says_kind] if says_kind else cls))
            typed.add(record.document)
        nodes = [_add_claim(into, record, claim) for claim in claims]
        if nodes:  # once a record, not once a claim: a page shows them together
            into.add_text(nodes[0], SKOS.note, record.note)


def _read_claims(about: URIRef, cls: URIRef, says: Says, iris: Iris) -> list[_Claim]:
    claims = []
    for field, predicate in _DATES.items():
        if bounds := getattr(says, field):
            claims.append(_Claim(about, predicate, Literal(bounds.text), bounds=bounds))
    for field, predicate in _DAYS.items():
        if bounds := getattr(says, field):
            claims.append(_Claim(about, predicate, Literal(bounds.latest)))
    for field, predicate in _AMOUNTS.items():
        money: Money | None = getattr(says, field)
        if field == "budget" and cls == KP.Call:
            predicate = KP.budget  # what a call gives out is no support for one project
        if money:
            claims.append(_Claim(about, predicate, to_decimal(money.amount), currency=money.currency))
    values: dict[URIRef, Node | None] = {
        ORG.role: iris.thing("role", says.role) if says.role else None,
        KP.foundedText: Literal(says.founded.text) if says.founded else None,
        KP.seat: iris.thing("city", says.seat) if says.seat else None,
        KP.memberCount: Literal(says.members) if says.members is not None else None,
        KP.planState: iris.thing("plan-state", says.state) if says.state else None,
    }
    return claims + [
        _Claim(about, predicate, value) for predicate, value in values.items() if value is not None
    ]


def _add_claim(into: Statements, record: Evidence, claim: _Claim) -> URIRef:
    node = _begin(into, claim, record.document, record.grade)
    into.add(node, KP.recordRef, Literal(record.place.ref))
    if record.date:
        _add_date(into, node, record.date)
    return node


def _begin(into: Statements, claim: _Claim, document_id: str, grade: str) -> URIRef:
    document = into.iris.thing("document", document_id)
    node = into.iris.evidence(claim.about, document, claim.text)
    into.add(node, RDF.type, KP.Evidence)
    into.add(node, KP.about, claim.about)
    into.add(node, PROV.hadPrimarySource, document)
    into.add(node, KP.evidenceGrade, KP[grade])
    into.add(node, KP.claimedProperty, claim.predicate)
    into.add(node, KP.claimedValue, claim.value)
    if claim.currency:
        into.add(node, KP.claimedCurrency, Literal(claim.currency))
    if claim.bounds:
        into.add(node, KP.claimedEarliest, _day(claim.bounds.earliest))
        into.add(node, KP.claimedLatest, _day(claim.bounds.latest))
    return node


def _add_date(into: Statements, node: URIRef, date: DateBounds) -> None:
    into.add(node, KP.evidenceDate, _day(date.latest))
    into.add(node, KP.evidenceDateText, Literal(date.text))


def add_claim(  # noqa: PLR0913 (what a claim consists of)
    into: Statements,
    about: URIRef,
    said: tuple[URIRef, Node],
    document_id: str,
    place: Place,
    grade: Grade = "confirmed",
    *,
    date: DateBounds | None,
) -> URIRef:
    """State one claim, a property and its value, of one document; return its evidence node."""
    node = _begin(into, _Claim(about, *said), document_id, grade)
    into.add(node, KP.recordRef, Literal(place.ref))
    if date:
        _add_date(into, node, date)
    return node


def add_city_numbers(into: Statements, about: URIRef, city: City, document: Document) -> None:
    """State the coordinates and the population that a document gives for a city."""
    numbers: dict[URIRef, Node | None] = {
        SCHEMA.latitude: to_decimal(city.latitude) if city.latitude is not None else None,
        SCHEMA.longitude: to_decimal(city.longitude) if city.longitude is not None else None,
        KP.population: Literal(city.population) if city.population is not None else None,
    }
    for predicate, value in numbers.items():
        if value is not None:
            add_claim(into, about, (predicate, value), document.id, city.place, date=document.published)


def to_decimal(number: Decimal) -> Literal:
    """Return a number as an ``xsd:decimal``, written out."""
    return Literal(format(number, "f"), datatype=XSD.decimal)


def _day(day: object) -> Literal | None:
    return None if day is None else Literal(str(day), datatype=XSD.date)
