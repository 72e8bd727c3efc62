"""What the API answers, field by field, with titles, descriptions and examples.

Each model mirrors the frozen value of ``graph/model.py`` of the same name and is made from
it with ``model_validate``; lists and single things add the revision and the day.
"""

from datetime import date as Day  # noqa: N812 (a model has a field of the name date)
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph.model import DeclaredKind, Grade, NetworkKind, Part, RelationKind, Status

__all__ = [
    "AgreementDetail", "AgreementKind", "CityDetail", "CityModel", "CityNetworkModel", "DeclaredModel",
    "FundingDetail", "FundingKind", "ListModel", "NetworkDetail", "ProjectDetail", "ProjectModel",
    "ReconciliationModel", "RelationModel", "ThemeDetail", "ThemeModel",
]  # fmt: skip

T = TypeVar("T")
AgreementKind = Literal[
    "twinning", "protocol", "memorandum", "letter_of_intent", "goodwill_protocol", "friendship_protocol"
]
FundingKind = Literal["grant", "loan"]

_NUREMBERG = "https://w3id.org/kopru/id/city/nuremberg"
_TWINNING = "https://w3id.org/kopru/id/agreement/twinning-antalya-nuremberg-1"


def _field(title: str, description: str, example: object = None, **more: Any) -> Any:
    examples = None if example is None else [example]
    return Field(title=title, description=description, examples=examples, **more)


class _Model(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class LabelModel(_Model):
    """A text in both languages."""

    tr: str = _field("Turkish", "The text in Turkish.", "Nürnberg")
    en: str = _field("English", "The text in English.", "Nuremberg")


class ReferenceModel(_Model):
    """A thing named in passing."""

    iri: str = _field("IRI", "Address of the thing.", "https://w3id.org/kopru/id/theme/tourism")
    kind: str = _field("Kind", "Kind in the IRI; empty for a thing that is not ours.", "theme")
    slug: str = _field("Slug", "Last part of the IRI.", "tourism")
    label: LabelModel = _field("Name", "Name in both languages.", {"tr": "Turizm", "en": "Tourism"})


class CountryModel(_Model):
    """A country."""

    iri: str = _field("IRI", "Address of the country.", "https://w3id.org/kopru/id/country/de")
    iso: str = _field("Code", "ISO 3166-1 code of two letters.", "DE")
    label: LabelModel = _field("Name", "Name in both languages.", {"tr": "Almanya", "en": "Germany"})


class CityModel(_Model):
    """A city as a place."""

    iri: str = _field("IRI", "Address of the city.", _NUREMBERG)
    slug: str = _field("Slug", "Last part of the IRI.", "nuremberg")
    label: LabelModel = _field("Name", "Name in both languages.", {"tr": "Nürnberg", "en": "Nuremberg"})
    country: CountryModel | None = Field(
        None, title="Country", description="By the source of its coordinates."
    )
    latitude: float | None = _field("Latitude", "Degrees north, WGS 84.", 49.45421, default=None)
    longitude: float | None = _field("Longitude", "Degrees east, WGS 84.", 11.07752, default=None)
    population: int | None = _field("Population", "Inhabitants.", 499237, default=None)
    note: LabelModel | None = _field("Note", "Remark on a contested place.", default=None)
    links: tuple[str, ...] = _field(
        "Links", "The same place elsewhere.", ["https://sws.geonames.org/2861650/"], default=()
    )


class DatesModel(_Model):
    """One end of a relation: the text as given, and the days between which it lies."""

    text: str | None = _field("Text", "As the source gives it.", "2011-07", default=None)
    earliest: Day | None = _field("Earliest", "First day that it can mean.", "2011-07-01", default=None)
    latest: Day | None = _field("Latest", "Last day that it can mean.", "2011-07-31", default=None)
    unknown: bool = _field("Unknown", "The record says that it is not known.", False, default=False)


class MoneyModel(_Model):
    """An amount of money."""

    amount: Decimal = _field("Amount", "The amount.", "19435802")
    currency: str | None = _field("Currency", "ISO 4217 code; null when the source gives none.", "EUR")


class DocumentModel(_Model):
    """A document in which something is said: a source."""

    iri: str = _field(
        "IRI", "Address of the entry.", "https://w3id.org/kopru/id/document/nuernberg-partnership"
    )
    slug: str = _field("Slug", "Last part of the IRI.", "nuernberg-partnership")
    title: LabelModel = _field("Title", "Title in both languages, in our words.")
    publisher: str | None = _field("Publisher", "Who published it.", "City of Nuremberg", default=None)
    url: str | None = _field("Address", "Where it can be read.", "https://www.example.org/", default=None)
    issued: str | None = _field("Published", "Day of publication, as recorded.", "2022-09-19", default=None)


class EvidenceModel(_Model):
    """What one document claims."""

    iri: str = _field(
        "IRI",
        "Address of the claim.",
        "https://w3id.org/kopru/id/evidence/twinning-antalya-nuremberg-1-0a1b2c3d4e5f",
    )
    document: DocumentModel | None = _field("Source", "The document that says so.")
    grade: Grade = _field("Grade", "How far this evidence carries.", "confirmed")
    claim: str = _field("Claim", "The property that is claimed, as a prefixed name.", "kp:startDate")
    claim_label: LabelModel = _field("Claim's name", "The property for people.")
    value: str = _field("Value", "The claimed value as text or IRI.", "2011-07")
    value_label: LabelModel | None = _field("Value's name", "Name of a claimed IRI.", default=None)
    accepted: bool = _field("Accepted", "Whether the graph goes by this value.", True)
    date: Day | None = _field(
        "Day", "Last day for which it can speak; null: not known.", "2022-09-19", default=None
    )
    date_text: str | None = _field("Day as given", "As the record has it.", "2016/2019", default=None)
    currency: str | None = _field("Currency", "Of a claimed amount.", "EUR", default=None)
    note: LabelModel | None = _field("Note", "Remark of the record.", default=None)
    record_ref: str | None = _field("Record", "File and line.", "antalya/sister_cities.yml:12", default=None)


class PartyModel(_Model):
    """A thing on one side of a relation."""

    iri: str = _field("IRI", "Address of the party.", "https://w3id.org/kopru/id/authority/nuremberg")
    kind: str = _field("Kind", "Kind in the IRI.", "authority")
    slug: str = _field("Slug", "Last part of the IRI.", "nuremberg")
    label: LabelModel = _field("Name", "Name in both languages.")
    part: Part = _field("Part", "What it is in the relation.", "party")
    city: str | None = _field("City", "Slug of the city of its seat.", "nuremberg", default=None)
    city_label: LabelModel | None = _field("City's name", "Name of that city.", default=None)
    country: str | None = _field("Country", "ISO code of the country of its seat.", "DE", default=None)


class RelationModel(_Model):
    """Whatever ties parties together: dates, status on the day asked, grade and evidence."""

    iri: str = _field("IRI", "Address of the relation.", _TWINNING)
    kind_slug: str = _field("Kind in the IRI", "Second part of the IRI.", "agreement")
    slug: str = _field("Slug", "Last part of the IRI.", "twinning-antalya-nuremberg-1")
    kind: RelationKind = _field("Kind", "Kind of relation.", "twinning")
    label: LabelModel = _field("Name", "Made of kind and parties.")
    kind_label: LabelModel = _field("Kind's name", "The kind for people.")
    parties: tuple[PartyModel, ...] = _field("Parties", "Whom it ties together.")
    other: PartyModel | None = Field(
        None, title="Partner", description="The party that is not the asked city's."
    )
    start: DatesModel = _field("Begin", "When it began.")
    end: DatesModel = _field("End", "When it ended; empty: no end is claimed.")
    status: Status = _field("Status", "On the day asked.", "holds")
    grade: Grade = _field("Grade", "How sure we are of it.", "confirmed")
    role: LabelModel | None = _field("Role", "Role of the member.", default=None)
    name: LabelModel | None = _field("Own name", "Name of an event or an award.", default=None)
    ended_by: ReferenceModel | None = _field("Ended by", "Who ended it.", default=None)
    intended: bool = _field("Only intended", "It was announced but not concluded.", False, default=False)
    grade_reason: LabelModel | None = _field("Reason of the grade", "Why this grade.", default=None)
    counted_in: str | None = _field(
        "Counted in", "IRI of the declared count that it is one of.",
        "https://w3id.org/kopru/id/declared-count/antalya-sister-city-2024-03-04", default=None,
    )  # fmt: skip
    counting_reason: LabelModel | None = Field(
        None, title="Reason of counting", description="Why (not) counted."
    )
    identified: bool = _field("Identified", "False for an open place.", True, default=True)
    amount: MoneyModel | None = _field("Amount", "Of a grant or loan.", default=None)
    own_share: MoneyModel | None = Field(
        None, title="Own share", description="The member's part of the budget."
    )
    themes: tuple[ReferenceModel, ...] = _field("Themes", "What it is about.", default=())
    note: LabelModel | None = _field("Note", "Remark of the record.", default=None)
    record_ref: str | None = _field("Record", "File and line.", "antalya/sister_cities.yml:12", default=None)
    evidence_count: int = _field("Claims", "How many claims speak of it.", 3, default=0)
    evidence: tuple[EvidenceModel, ...] = Field(
        (), title="Evidence", description="All claims, with their sources."
    )


class CityNetworkModel(_Model):
    """Something that cities are members of."""

    iri: str = _field("IRI", "Address of the network.", "https://w3id.org/kopru/id/network/medcities")
    slug: str = _field("Slug", "Last part of the IRI.", "medcities")
    kind: NetworkKind = _field("Kind", "A network in the strict sense, or something like it.", "city_network")
    label: LabelModel = _field("Name", "Name in both languages.", {"tr": "MedCities", "en": "MedCities"})
    kind_label: LabelModel = _field("Kind's name", "The kind for people.")
    url: str | None = _field("Address", "Its page.", "https://medcities.org/", default=None)
    founded: str | None = _field("Founded", "As its source gives it.", "1991", default=None)
    seat: ReferenceModel | None = _field("Seat", "City of its secretariat.", default=None)
    member_count: int | None = _field("Members by its own account", "As it says.", 80, default=None)
    members: int = _field("Members in the graph", "That hold or may hold on the day asked.", 4, default=0)
    themes: tuple[ReferenceModel, ...] = _field("Themes", "What it is about.", default=())
    note: LabelModel | None = _field("Note", "Remark of the record.", default=None)


class ProjectModel(_Model):
    """A project."""

    iri: str = _field("IRI", "Address of the project.", "https://w3id.org/kopru/id/project/matchup")
    slug: str = _field("Slug", "Last part of the IRI.", "matchup")
    label: LabelModel = _field("Name", "Name in both languages.")
    acronym: str | None = _field("Acronym", "Short name.", "MAtchUP", default=None)
    url: str | None = _field("Address", "Its page.", "https://www.example.org/", default=None)
    programme: ReferenceModel | None = _field("Programme", "What funds it.", default=None)
    start: DatesModel = _field("Begin", "When it began.")
    end: DatesModel = _field("End", "When it ended or will end.")
    total_cost: MoneyModel | None = _field("Total cost", "Of all participants.", default=None)
    funding: MoneyModel | None = _field("Funding", "What the programme gives.", default=None)
    participants: int = _field("Participants", "Participations in the graph.", 3, default=0)
    themes: tuple[ReferenceModel, ...] = _field("Themes", "What it is about.", default=())
    note: LabelModel | None = _field("Note", "Remark of the record.", default=None)


class ThemeModel(_Model):
    """A theme, narrower themes included in its numbers."""

    iri: str = _field("IRI", "Address of the theme.", "https://w3id.org/kopru/id/theme/tourism")
    slug: str = _field("Slug", "Last part of the IRI.", "tourism")
    label: LabelModel = _field("Name", "Name in both languages.", {"tr": "Turizm", "en": "Tourism"})
    definition: LabelModel | None = _field("Definition", "What it means.", default=None)
    broader: ReferenceModel | None = _field("Broader theme", "The theme above it.", default=None)
    relations: int = _field("Relations", "Relations with this theme.", 5, default=0)
    networks: int = _field("Networks", "Networks with this theme.", 2, default=0)
    projects: int = _field("Projects", "Projects with this theme.", 1, default=0)


class _FromRevision(_Model):
    revision: int = _field("Revision", "The published revision that was read.", 3)


class _OnDay(_FromRevision):
    as_of: Day = _field("Day", "The day for which each status is told.", "2024-03-04")


class ListModel(_FromRevision, Generic[T]):
    """One page of a list."""

    items: tuple[T, ...] = _field("Entries", "In the order of the Turkish alphabet.")
    total: int = _field("Total", "Entries on all pages.", 96)
    next: str | None = _field(
        "Next page",
        "Its address; null on the last page.",
        "/api/v1/cities?limit=50&cursor=WyJ2Il0",
        default=None,
    )
    as_of: Day = _field("Day", "The day for which each status is told.", "2024-03-04")


class CityDetail(CityModel, _OnDay):
    """A city with its relations."""

    relations: tuple[RelationModel, ...] = _field("Relations", "With evidence and sources.")


class AgreementDetail(RelationModel, _OnDay):
    """An agreement with its evidence."""


class FundingDetail(RelationModel, _OnDay):
    """A grant or loan with its evidence."""


class NetworkDetail(CityNetworkModel, _OnDay):
    """A network with its memberships."""

    relations: tuple[RelationModel, ...] = Field(
        title="Memberships", description="With evidence and sources."
    )


class ProjectDetail(ProjectModel, _OnDay):
    """A project with who takes part and who funds it."""

    relations: tuple[RelationModel, ...] = Field(
        title="Participations", description="With evidence and sources."
    )


class ThemeDetail(ThemeModel, _FromRevision):
    """One theme."""


class DeclaredModel(_Model):
    """A declared number against what is recorded for it."""

    kind: DeclaredKind = _field("Kind", "What was counted.", "sister_city")
    label: LabelModel = _field("Kind's name", "The kind for people.")
    declared: int = _field("Declared", "The number in the document.", 12)
    declared_on: Day = _field("Declared on", "Day of the document.", "2024-03-04")
    source: str | None = _field("Source", "IRI of the document.", "https://w3id.org/kopru/id/document/letter")
    source_document: DocumentModel | None = _field("Source in full", "The document.", default=None)
    counted: int = _field("Counted", "Recorded relations that are among the number.", 12)
    open: int = _field("Open", "Places whose partner is not known yet.", 0)
    by_grade: dict[Grade, int] = _field(
        "By grade", "The counted ones by grade.", {"confirmed": 6, "reported": 3, "unverified": 3}
    )
    relations: tuple[str, ...] = _field("Relations", "IRIs of the counted ones.", [_TWINNING])
    open_places: tuple[str, ...] = _field("Open places", "IRIs of the places without a partner.", [])
    details: tuple[RelationModel, ...] = _field("Relations in full", "The counted ones.")
    not_counted: tuple[RelationModel, ...] = Field(
        title="Not counted", description="Of the same kind, left out, with the reason."
    )


class ReconciliationModel(_OnDay):
    """Declared against recorded for one city."""

    city: str = _field("City", "Slug of the city.", "antalya")
    declared: tuple[DeclaredModel, ...] = _field("Declared", "One entry for each number.")
