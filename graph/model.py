"""What questions answer: plain frozen values for the API, the pages and the command line.

Nothing here knows SPARQL or RDF terms: IRIs are strings, days are ``datetime.date``, texts for
people come in Turkish and English. The values say what the graph says; they decide nothing.
``dataclasses.asdict`` turns each into what JSON can carry (days and amounts as text).
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, Literal, TypeVar, get_args

from ontology.messages import Language

__all__ = [
    "AGREEMENT_KINDS", "DECLARED_KINDS", "GRADES", "NETWORK_KINDS", "RELATION_KINDS", "STATUSES", "City",
    "CityNetwork", "Country", "CountryCount", "Dates", "Declared", "DeclaredKind", "Document", "Evidence",
    "Grade", "Label", "Money", "NetworkKind", "NumberOf", "Page", "Part", "Party", "Project",
    "Reconciliation", "Reference", "Relation", "RelationKind", "Statement", "Status",
    "Summary", "Theme", "Thing", "Value",
]  # fmt: skip

T = TypeVar("T")

Grade = Literal["confirmed", "reported", "unverified"]
Status = Literal["holds", "may_hold", "planned", "ended", "unknown"]
RelationKind = Literal[
    "twinning", "protocol", "memorandum", "letter_of_intent", "goodwill_protocol", "friendship_protocol",
    "membership", "participation", "grant", "loan", "cooperation", "event", "award",
]  # fmt: skip
NetworkKind = Literal["city_network", "campaign", "reporting_scheme", "national_union"]
DeclaredKind = Literal["city_network", "sister_city", "cooperation_protocol"]
#: What a party is in a relation.
Part = Literal["party", "member", "network", "project", "recipient", "funder", "programme", "awarded_by"]

GRADES: tuple[Grade, ...] = get_args(Grade)
STATUSES: tuple[Status, ...] = get_args(Status)
RELATION_KINDS: tuple[RelationKind, ...] = get_args(RelationKind)
AGREEMENT_KINDS: tuple[RelationKind, ...] = RELATION_KINDS[:6]
NETWORK_KINDS: tuple[NetworkKind, ...] = get_args(NetworkKind)
DECLARED_KINDS: tuple[DeclaredKind, ...] = get_args(DeclaredKind)


@dataclass(frozen=True)
class Label:
    """A text for people in both languages.

    Examples
    --------
    >>> Label("Nürnberg", "Nuremberg").get("en")
    'Nuremberg'
    """

    tr: str
    en: str

    def get(self, language: Language) -> str:
        """Return the text in one language."""
        return self.tr if language == "tr" else self.en


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some items of a list, how many there are in all, and the cursor of what follows."""

    items: tuple[T, ...]
    total: int
    next: str | None = None

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class Reference:
    """A thing named in passing: ``kind`` and ``slug`` of its IRI, both empty when it is not ours."""

    iri: str
    kind: str
    slug: str
    label: Label


@dataclass(frozen=True)
class Country:
    """A country; ``iso`` is its two-letter code."""

    iri: str
    iso: str
    label: Label


@dataclass(frozen=True)
class City:
    """A city as a place; its municipality is another thing.

    ``latitude`` and ``longitude`` are degrees (WGS 84), ``links`` the same place elsewhere
    (Wikidata, GeoNames), ``note`` the remark on a contested place.
    """

    iri: str
    slug: str
    label: Label
    country: Country | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    note: Label | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dates:
    """One end of a relation: the text as the source gives it and the days between which it lies.

    ``unknown`` says that the record states not to know it; without text and without
    ``unknown`` nothing is claimed at all (no end).
    """

    text: str | None = None
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    unknown: bool = False

    @property
    def is_given(self) -> bool:
        """Whether anything is claimed."""
        return self.text is not None or self.earliest is not None or self.latest is not None


@dataclass(frozen=True)
class Money:
    """An amount and its ISO 4217 currency (``None``: the source gives none)."""

    amount: Decimal
    currency: str | None


@dataclass(frozen=True)
class Document:
    """A document in which something is said; ``issued`` as the record gives it."""

    iri: str
    slug: str
    title: Label
    publisher: str | None = None
    url: str | None = None
    issued: str | None = None


@dataclass(frozen=True)
class Evidence:
    """What one document claims about a relation or a thing.

    ``claim`` is the property as a prefixed name (``kp:startDate``, ``rdf:type``), ``value`` its
    text or IRI, ``value_label`` the name of that IRI. ``date`` is the last day for which the
    evidence can speak. ``accepted``: the value that the graph goes by.
    """

    iri: str
    about: str
    document: Document | None
    grade: Grade
    claim: str
    claim_label: Label
    value: str
    value_label: Label | None
    accepted: bool
    date: datetime.date | None = None
    date_text: str | None = None
    currency: str | None = None
    note: Label | None = None
    record_ref: str | None = None


@dataclass(frozen=True)
class Party:
    """A thing on one side of a relation.

    ``short_label`` is what it is called in passing (a municipality by its city's name), ``sort`` its
    classification (``district``, ``university``) or the class of a network (``Campaign``). ``city``
    is the slug of the city where it sits, ``country`` that city's ISO code. ``speaks_for_city``: it is
    the city's own municipality, not a district, a governorship or another body.
    """

    iri: str
    kind: str
    slug: str
    label: Label
    short_label: Label
    part: Part = "party"
    sort: str = ""
    city: str | None = None
    city_label: Label | None = None
    country: str | None = None
    country_label: Label | None = None
    speaks_for_city: bool = False


@dataclass(frozen=True)
class Relation:
    """Whatever ties parties together, with its dates, its status on the day asked and its evidence.

    ``other`` is the party that is not the asked city's (``None``: nobody asked for a city, or the
    place is still open). ``identified`` is false only for such an open place. ``kind_slug`` and
    ``slug`` are those of the IRI. ``via`` is the body through which a membership is held. ``name`` is
    a name of its own (events, awards). ``evidence`` stays empty in lists unless asked for.
    """

    iri: str
    kind_slug: str
    slug: str
    kind: RelationKind
    label: Label
    kind_label: Label
    parties: tuple[Party, ...]
    other: Party | None
    start: Dates
    end: Dates
    status: Status
    grade: Grade
    role: Label | None = None
    name: Label | None = None
    via: Reference | None = None
    ended_by: Reference | None = None
    intended: bool = False
    grade_reason: Label | None = None
    counted_in: str | None = None
    counting_reason: Label | None = None
    identified: bool = True
    amount: Money | None = None
    own_share: Money | None = None
    themes: tuple[Reference, ...] = ()
    note: Label | None = None
    record_ref: str | None = None
    evidence_count: int = 0
    evidence: tuple[Evidence, ...] = ()

    def party_in(self, part: Part) -> Party | None:
        """Return the first party with that part, e.g. the ``network`` of a membership."""
        return next((party for party in self.parties if party.part == part), None)


@dataclass(frozen=True)
class CityNetwork:
    """Something that cities are members of.

    ``member_count`` is what it says of itself, ``members`` counts those recorded for the day asked.
    """

    iri: str
    slug: str
    kind: NetworkKind
    label: Label
    kind_label: Label
    url: str | None = None
    founded: str | None = None
    seat: Reference | None = None
    member_count: int | None = None
    members: int = 0
    themes: tuple[Reference, ...] = ()
    note: Label | None = None


@dataclass(frozen=True)
class Project:
    """A project; money as its documents give it."""

    iri: str
    slug: str
    label: Label
    acronym: str | None = None
    url: str | None = None
    programme: Reference | None = None
    start: Dates = field(default_factory=Dates)
    end: Dates = field(default_factory=Dates)
    total_cost: Money | None = None
    funding: Money | None = None
    participants: int = 0
    themes: tuple[Reference, ...] = ()
    note: Label | None = None


@dataclass(frozen=True)
class Theme:
    """A theme with how much it has, narrower themes included; a plan may name it among its priorities."""

    iri: str
    slug: str
    label: Label
    definition: Label | None = None
    broader: Reference | None = None
    relations: int = 0
    networks: int = 0
    projects: int = 0
    is_priority: bool = False


@dataclass(frozen=True)
class Declared:
    """A number that a document declares, against what is recorded for it.

    ``counted`` relations have a named partner, ``open`` places have none yet: together they make
    ``declared``. ``by_grade`` counts the counted ones. ``not_counted`` are relations of the same
    kind that somebody left out for a reason.
    """

    kind: DeclaredKind
    label: Label
    declared: int
    declared_on: datetime.date
    source: Document | None
    counted: int
    open: int
    by_grade: dict[Grade, int]
    relations: tuple[Relation, ...]
    open_places: tuple[Relation, ...]
    not_counted: tuple[Relation, ...] = ()


@dataclass(frozen=True)
class Reconciliation:
    """Declared against recorded for one city; the statuses are those of ``as_of``."""

    city: City
    as_of: datetime.date
    declared: tuple[Declared, ...]


@dataclass(frozen=True)
class Value:
    """One value of a statement: a thing (``reference``) or a text with its language or datatype."""

    text: str
    reference: Reference | None = None
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True)
class Statement:
    """A property and its values (or, read backwards, the things that point here)."""

    property: Reference
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Thing:
    """Everything the graph says of one IRI, for the page that the IRI answers with.

    ``pointed_from`` is cut at some hundred values a property; ``cut`` says whether it was.
    """

    iri: str
    kind: str
    slug: str
    label: Label
    types: tuple[Reference, ...]
    statements: tuple[Statement, ...]
    pointed_from: tuple[Statement, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    cut: bool = False


@dataclass(frozen=True)
class CountryCount:
    """How many partner cities a country has, and their slugs."""

    country: Country
    cities: tuple[Reference, ...]
    relations: int


@dataclass(frozen=True)
class NumberOf:
    """How many things of one sort there are; ``by_grade`` for relations only."""

    name: str
    label: Label
    number: int
    by_grade: dict[Grade, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Summary:
    """What is in the graph: things by class, relations by kind and grade, countries, documents."""

    things: tuple[NumberOf, ...]
    relations: tuple[NumberOf, ...]
    countries: int
    documents: int
    evidence: int
    open_places: int
