"""The things that the API tells of, field by field, with titles, descriptions and examples.

Each model mirrors the frozen value of ``graph/model.py`` of the same name and is made from
it with ``model_validate``; ``api/answers.py`` has the answers that are put together from these.
"""

from datetime import date as Day  # noqa: N812 (a model has a field of the name date)
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.model import Grade, NetworkKind, Part, RelationKind, Status

__all__ = [
    "CityModel", "CityNetworkModel", "CountryModel", "DatesModel", "DocumentModel", "EvidenceModel",
    "LabelModel", "Model", "MoneyModel", "PartyModel", "ProjectModel", "ReferenceModel", "RelationModel",
    "ThemeModel", "about",
]  # fmt: skip

_NUREMBERG = "https://w3id.org/kopru/id/city/nuremberg"
_TWINNING = "https://w3id.org/kopru/id/agreement/twinning-antalya-nuremberg-1"


def about(title: str, description: str, example: object = None, **more: Any) -> Any:
    """Return a field with its title, description and an example."""
    examples = None if example is None else [example]
    return Field(title=title, description=description, examples=examples, **more)


class Model(BaseModel):
    """Made from a value of ``graph/model.py`` by its attributes."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class LabelModel(Model):
    """A text in both languages."""

    tr: str = about("Turkish", "The text in Turkish.", "Nürnberg")
    en: str = about("English", "The text in English.", "Nuremberg")


class ReferenceModel(Model):
    """A thing named in passing."""

    iri: str = about("IRI", "Address of the thing.", "https://w3id.org/kopru/id/theme/tourism")
    kind: str = about("Kind", "Kind in the IRI; empty for a thing that is not ours.", "theme")
    slug: str = about("Slug", "Last part of the IRI.", "tourism")
    label: LabelModel = about("Name", "Name in both languages.", {"tr": "Turizm", "en": "Tourism"})


class CountryModel(Model):
    """A country."""

    iri: str = about("IRI", "Address of the country.", "https://w3id.org/kopru/id/country/de")
    iso: str = about("Code", "ISO 3166-1 code of two letters.", "DE")
    label: LabelModel = about("Name", "Name in both languages.", {"tr": "Almanya", "en": "Germany"})


class CityModel(Model):
    """A city as a place."""

    iri: str = about("IRI", "Address of the city.", _NUREMBERG)
    slug: str = about("Slug", "Last part of the IRI.", "nuremberg")
    label: LabelModel = about("Name", "Name in both languages.", {"tr": "Nürnberg", "en": "Nuremberg"})
    country: CountryModel | None = Field(
        None, title="Country", description="By the source of its coordinates."
    )
    latitude: float | None = about("Latitude", "Degrees north, WGS 84.", 49.45421, default=None)
    longitude: float | None = about("Longitude", "Degrees east, WGS 84.", 11.07752, default=None)
    population: int | None = about("Population", "Inhabitants.", 499237, default=None)
    note: LabelModel | None = about("Note", "Remark on a contested place.", default=None)
    links: tuple[str, ...] = about(
        "Links", "The same place elsewhere.", ["https://sws.geonames.org/2861650/"], default=()
    )


class DatesModel(Model):
    """One end of a relation: the text as given, and the days between which it lies."""

    text: str | None = about("Text", "As the source gives it.", "2011-07", default=None)
    earliest: Day | None = about("Earliest", "First day that it can mean.", "2011-07-01", default=None)
    latest: Day | None = about("Latest", "Last day that it can mean.", "2011-07-31", default=None)
    unknown: bool = about("Unknown", "The record says that it is not known.", False, default=False)


class MoneyModel(Model):
    """An amount of money."""

    amount: Decimal = about("Amount", "The amount.", "19435802")
    currency: str | None = about("Currency", "ISO 4217 code; null when the source gives none.", "EUR")


class DocumentModel(Model):
    """A document in which something is said: a source."""

    iri: str = about(
        "IRI", "Address of the entry.", "https://w3id.org/kopru/id/document/nuernberg-partnership"
    )
    slug: str = about("Slug", "Last part of the IRI.", "nuernberg-partnership")
    title: LabelModel = about("Title", "Title in both languages, in our words.")
    publisher: str | None = about("Publisher", "Who published it.", "City of Nuremberg", default=None)
    url: str | None = about("Address", "Where it can be read.", "https://www.example.org/", default=None)
    issued: str | None = about("Published", "Day of publication, as recorded.", "2022-09-19", default=None)


class EvidenceModel(Model):
    """What one document claims."""

    iri: str = about(
        "IRI",
        "Address of the claim.",
        "https://w3id.org/kopru/id/evidence/twinning-antalya-nuremberg-1-0a1b2c3d4e5f",
    )
    document: DocumentModel | None = about("Source", "The document that says so.")
    grade: Grade = about("Grade", "How far this evidence carries.", "confirmed")
    claim: str = about("Claim", "The property that is claimed, as a prefixed name.", "kp:startDate")
    claim_label: LabelModel = about("Claim's name", "The property for people.")
    value: str = about("Value", "The claimed value as text or IRI.", "2011-07")
    value_label: LabelModel | None = about("Value's name", "Name of a claimed IRI.", default=None)
    accepted: bool = about("Accepted", "Whether the graph goes by this value.", True)
    date: Day | None = about(
        "Day", "Last day for which it can speak; null: not known.", "2022-09-19", default=None
    )
    date_text: str | None = about("Day as given", "As the record has it.", "2016/2019", default=None)
    currency: str | None = about("Currency", "Of a claimed amount.", "EUR", default=None)
    note: LabelModel | None = about("Note", "Remark of the record.", default=None)
    record_ref: str | None = about("Record", "File and line.", "antalya/sister_cities.yml:12", default=None)


class PartyModel(Model):
    """A thing on one side of a relation."""

    iri: str = about("IRI", "Address of the party.", "https://w3id.org/kopru/id/authority/nuremberg")
    kind: str = about("Kind", "Kind in the IRI.", "authority")
    slug: str = about("Slug", "Last part of the IRI.", "nuremberg")
    label: LabelModel = about("Name", "Name in both languages.")
    short_label: LabelModel = about("Short name", "What it is called in passing.")
    part: Part = about("Part", "What it is in the relation.", "party")
    sort: str = about("Sort", "Its classification, or the class of a network.", "district", default="")
    city: str | None = about("City", "Slug of the city of its seat.", "nuremberg", default=None)
    city_label: LabelModel | None = about("City's name", "Name of that city.", default=None)
    country: str | None = about("Country", "ISO code of the country of its seat.", "DE", default=None)
    country_label: LabelModel | None = about("Country's name", "Name of that country.", default=None)
    speaks_for_city: bool = about(
        "Speaks for the city", "It is the city's own municipality.", True, default=False
    )


class RelationModel(Model):
    """Whatever ties parties together: dates, status on the day asked, grade and evidence."""

    iri: str = about("IRI", "Address of the relation.", _TWINNING)
    kind_slug: str = about("Kind in the IRI", "Second part of the IRI.", "agreement")
    slug: str = about("Slug", "Last part of the IRI.", "twinning-antalya-nuremberg-1")
    kind: RelationKind = about("Kind", "Kind of relation.", "twinning")
    label: LabelModel = about("Name", "Made of kind and parties.")
    kind_label: LabelModel = about("Kind's name", "The kind for people.")
    parties: tuple[PartyModel, ...] = about("Parties", "Whom it ties together.")
    other: PartyModel | None = Field(
        None, title="Partner", description="The party that is not the asked city's."
    )
    start: DatesModel = about("Begin", "When it began.")
    end: DatesModel = about("End", "When it ended; empty: no end is claimed.")
    status: Status = about("Status", "On the day asked.", "holds")
    grade: Grade = about("Grade", "How sure we are of it.", "confirmed")
    role: LabelModel | None = about("Role", "Role of the member.", default=None)
    via: ReferenceModel | None = about("Through", "Through whom a membership is held.", default=None)
    name: LabelModel | None = about("Own name", "Name of an event or an award.", default=None)
    ended_by: ReferenceModel | None = about("Ended by", "Who ended it.", default=None)
    intended: bool = about("Only intended", "It was announced but not concluded.", False, default=False)
    grade_reason: LabelModel | None = about("Reason of the grade", "Why this grade.", default=None)
    counted_in: str | None = about(
        "Counted in", "IRI of the declared count that it is one of.",
        "https://w3id.org/kopru/id/declared-count/antalya-sister-city-2024-03-04", default=None,
    )  # fmt: skip
    counting_reason: LabelModel | None = Field(
        None, title="Reason of counting", description="Why (not) counted."
    )
    identified: bool = about("Identified", "False for an open place.", True, default=True)
    amount: MoneyModel | None = about("Amount", "Of a grant or loan.", default=None)
    own_share: MoneyModel | None = Field(
        None, title="Own share", description="The member's part of the budget."
    )
    themes: tuple[ReferenceModel, ...] = about("Themes", "What it is about.", default=())
    note: LabelModel | None = about("Note", "Remark of the record.", default=None)
    record_ref: str | None = about("Record", "File and line.", "antalya/sister_cities.yml:12", default=None)
    evidence_count: int = about("Claims", "How many claims speak of it.", 3, default=0)
    evidence: tuple[EvidenceModel, ...] = Field(
        (), title="Evidence", description="All claims, with their sources."
    )


class CityNetworkModel(Model):
    """Something that cities are members of."""

    iri: str = about("IRI", "Address of the network.", "https://w3id.org/kopru/id/network/medcities")
    slug: str = about("Slug", "Last part of the IRI.", "medcities")
    kind: NetworkKind = about("Kind", "A network in the strict sense, or something like it.", "city_network")
    label: LabelModel = about("Name", "Name in both languages.", {"tr": "MedCities", "en": "MedCities"})
    kind_label: LabelModel = about("Kind's name", "The kind for people.")
    url: str | None = about("Address", "Its page.", "https://medcities.org/", default=None)
    founded: str | None = about("Founded", "As its source gives it.", "1991", default=None)
    seat: ReferenceModel | None = about("Seat", "City of its secretariat.", default=None)
    member_count: int | None = about("Members by its own account", "As it says.", 80, default=None)
    members: int = about("Members in the graph", "That hold or may hold on the day asked.", 4, default=0)
    themes: tuple[ReferenceModel, ...] = about("Themes", "What it is about.", default=())
    note: LabelModel | None = about("Note", "Remark of the record.", default=None)


class ProjectModel(Model):
    """A project."""

    iri: str = about("IRI", "Address of the project.", "https://w3id.org/kopru/id/project/matchup")
    slug: str = about("Slug", "Last part of the IRI.", "matchup")
    label: LabelModel = about("Name", "Name in both languages.")
    acronym: str | None = about("Acronym", "Short name.", "MAtchUP", default=None)
    url: str | None = about("Address", "Its page.", "https://www.example.org/", default=None)
    programme: ReferenceModel | None = about("Programme", "What funds it.", default=None)
    start: DatesModel = about("Begin", "When it began.")
    end: DatesModel = about("End", "When it ended or will end.")
    total_cost: MoneyModel | None = about("Total cost", "Of all participants.", default=None)
    funding: MoneyModel | None = about("Funding", "What the programme gives.", default=None)
    participants: int = about("Participants", "Participations in the graph.", 3, default=0)
    themes: tuple[ReferenceModel, ...] = about("Themes", "What it is about.", default=())
    note: LabelModel | None = about("Note", "Remark of the record.", default=None)


class ThemeModel(Model):
    """A theme, narrower themes included in its numbers."""

    iri: str = about("IRI", "Address of the theme.", "https://w3id.org/kopru/id/theme/tourism")
    slug: str = about("Slug", "Last part of the IRI.", "tourism")
    label: LabelModel = about("Name", "Name in both languages.", {"tr": "Turizm", "en": "Tourism"})
    definition: LabelModel | None = about("Definition", "What it means.", default=None)
    broader: ReferenceModel | None = about("Broader theme", "The theme above it.", default=None)
    relations: int = about("Relations", "Relations with this theme.", 5, default=0)
    networks: int = about("Networks", "Networks with this theme.", 2, default=0)
    projects: int = about("Projects", "Projects with this theme.", 1, default=0)
    is_priority: bool = about(
        "Priority", "Whether a plan names it among its priorities.", True, default=False
    )
