"""The records format: one model a kind of record.

Nothing here can hold a natural person: parties are authorities, organisations and cities.
What a field means in the graph is said in ``things``, ``relations`` and ``claims``; the records of a
plan have models of their own in ``plan_models``, and ``sections`` lists them all.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from ingest.records.fields import (
    Amount,
    CountedOn,
    DateText,
    Day,
    DayText,
    Id,
    Ids,
    Number,
    Record,
    Text,
    Unknown,
    Url,
    Words,
)  # fmt: skip

__all__ = [
    "Authority", "Award", "Call", "City", "Cooperation", "Counted", "DeclaredCount", "Document", "Event",
    "Evidence", "Funding", "Grade", "Membership", "Network", "Organization", "Participation", "Plan",
    "Priorities", "Programme", "Project", "Protocol", "Relation", "Says", "SisterCity", "Thing", "Unit",
]  # fmt: skip

#: A country's code, ISO 3166-1.
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Grade = Literal["confirmed", "reported", "unverified"]
ProtocolKind = Literal[
    "protocol", "memorandum", "letter_of_intent", "goodwill_protocol", "friendship_protocol"
]
MemberRole = Literal[
    "member", "associate_member", "signatory", "participant", "non_demonstration_city", "reporter"
]  # fmt: skip
ProjectRole = Literal["coordinator", "lead", "lighthouse", "follower", "partner", "beneficiary", "pilot"]


class Says(Record):
    """What one document says of one thing; only what it says."""

    start: DateText | None = None
    end: DateText | None = None
    kind: Literal[ProtocolKind, "twinning", "partner"] | None = None
    role: Literal[MemberRole, ProjectRole] | None = None
    share: Amount | None = None
    amount: Amount | None = None
    budget: Amount | None = None
    total_cost: Amount | None = None
    eu_contribution: Amount | None = None
    founded: DateText | None = None
    seat: Id | None = None
    members: Number | None = None
    opening: Day | None = None
    deadline: Day | None = None
    state: Literal["adopted", "in_preparation", "planned"] | None = None


class Evidence(Record):
    """One document for one thing: the day it speaks for, how sure it is, what it says."""

    document: Id
    date: DayText
    grade: Grade
    says: Says | None = None
    note: Text | None = None


class Thing(Record):
    """A record with an id, a name and, where something was claimed of it, evidence."""

    id: Id
    name: Text
    note: Text | None = None
    evidence: Annotated[list[Evidence], Field(default_factory=list)]


class Document(Record):
    """A source: a page, a paper, a letter."""

    id: Id
    title: Text
    publisher: Words
    url: Url | None
    published: DayText
    retrieved: DayText
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")] | None = None
    note: Text | None = None


class City(Thing):
    """The territory, not its authority."""

    country: Country
    geonames: Number | None = None
    wikidata: Annotated[str, Field(pattern="^Q[0-9]+$")] | None = None
    also: Annotated[list[Words], Field(default_factory=list)]
    designation: Text | None = None
    latitude: Annotated[Decimal, Field(strict=False, ge=-90, le=90)] | None = None
    longitude: Annotated[Decimal, Field(strict=False, ge=-180, le=180)] | None = None
    population: Number | None = None
    document: Id | None = None


class Authority(Thing):
    """A public body that signs, joins and is funded."""

    kind: Literal[
        "metropolitan_municipality", "municipality", "district", "governorship", "administrative_okrug"
    ]
    city: Id


class Unit(Thing):
    """A department or branch office of an authority."""

    of: Id


class Organization(Thing):
    """Any other body."""

    kind: Literal[
        "university", "chamber", "development_agency", "association", "company", "utility", "foundation",
        "ministry", "bank", "international_organization", "union", "council", "committee",
        "stakeholder_group",
    ]  # fmt: skip
    city: Id | None = None
    url: Url | None = None


class Network(Thing):
    """What cities are members of."""

    kind: Literal["city_network", "campaign", "reporting_scheme", "national_union"]
    url: Url | None = None
    themes: Ids


class Priorities(Record):
    """The themes that a document names as a plan's priorities."""

    document: Id
    themes: Annotated[list[Id], Field(min_length=1)]


class Plan(Thing):
    """A strategic or action plan of an authority."""

    owner: Id | None = None
    themes: Ids
    priorities: Priorities | None = None
    legal_basis: Annotated[list[Text], Field(default_factory=list)]


class Programme(Thing):
    """A scheme that funds."""

    funder: Id | None = None
    url: Url | None = None
    themes: Ids


class Call(Thing):
    """A programme's invitation to apply; its days and its budget stand in the evidence that says them."""

    programme: Id | None = None
    url: Url | None = None
    eligible_countries: Annotated[list[Country], Field(default_factory=list)]
    minimum_partners: Annotated[int, Field(ge=1)] | None = None
    minimum_countries: Annotated[int, Field(ge=1)] | None = None
    themes: Ids
    evidence: Annotated[list[Evidence], Field(min_length=1)]


class Relation(Record):
    """What all relations have in common."""

    ordinal: Annotated[int, Field(ge=1)] = 1
    start: Unknown | None = None
    intended: bool = False
    ended_by: Id | None = None
    themes: Ids
    note: Text | None = None
    grade: Grade | None = None
    grade_reason: Text | None = None
    evidence: Annotated[list[Evidence], Field(min_length=1)]


class Counted(Relation):
    """A relation that may be among those that an authority declared by number only.

    ``counted`` is whether it is, on whichever declared day it goes on; or the declared days themselves.
    """

    counted: CountedOn | None = None
    counting_reason: Text | None = None

    @property
    def counted_on(self) -> frozenset[date]:
        """Return the declared days that the record names."""
        days = self.counted if isinstance(self.counted, tuple) else ()
        return frozenset(day.latest for day in days if day.latest)


class SisterCity(Counted):
    """A twinning agreement."""

    of: Id | None = None
    partner: Id


class Protocol(Counted):
    """A cooperation protocol of one of its kinds."""

    of: Id | None = None
    partner: Id
    kind: ProtocolKind


class Membership(Counted):
    """Membership in a network, campaign, scheme or union; perhaps through an organisation."""

    member: Id | None = None
    network: Id
    role: MemberRole
    via: Id | None = None


class Participation(Relation):
    """A member's part in a project."""

    member: Id | None = None
    role: ProjectRole


class Project(Thing):
    """A project and who takes part."""

    acronym: Words | None = None
    url: Url | None = None
    programme: Id | None = None
    themes: Ids
    plans: Ids
    participations: Annotated[list[Participation], Field(default_factory=list)]


class Funding(Relation):
    """A grant or a loan."""

    recipient: Id | None = None
    funder: Id
    programme: Id | None = None
    project: Id | None = None


class Cooperation(Relation):
    """Documented working together without a known instrument."""

    of: Id | None = None
    partner: Id


class Event(Relation):
    """Something that parties did together, at a place."""

    id: Id
    name: Text
    parties: Annotated[list[Id], Field(min_length=1)]
    city: Id | None = None


class Award(Relation):
    """An award and who gave it."""

    id: Id
    name: Text
    recipient: Id | None = None
    awarded_by: Id


class DeclaredCount(Record):
    """A number that a document declares without naming what it counts."""

    kind: Literal["city_network", "sister_city", "cooperation_protocol"]
    number: Number
    on: Day
    document: Id
