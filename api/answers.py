"""What the addresses answer: lists, single things with their relations, comparisons, problems.

Each says which revision was read and, where it matters, the day that a status is told for.
"""

from datetime import date as Day  # noqa: N812 (as in api/models.py)
from typing import Generic, Literal, TypeVar

from pydantic import ConfigDict

from api.models import (
    CityModel,
    CityNetworkModel,
    DocumentModel,
    LabelModel,
    Model,
    ProjectModel,
    RelationModel,
    ThemeModel,
    about,
)
from graph.model import DeclaredKind, Grade, RelationKind, Status
from graph.network import NodeKind

__all__ = [
    "AgreementDetail", "AgreementKind", "CityDetail", "DeclaredModel", "EdgeKind", "EdgeModel",
    "FundingDetail", "FundingKind", "ListModel", "NetworkDetail", "NodeModel", "PictureModel",
    "ProblemModel", "ProjectDetail", "ReconciliationModel", "ThemeDetail",
]  # fmt: skip

T = TypeVar("T")
AgreementKind = Literal[
    "twinning", "protocol", "memorandum", "letter_of_intent", "goodwill_protocol", "friendship_protocol"
]
FundingKind = Literal["grant", "loan"]
EdgeKind = RelationKind | Literal["programme"]


class _FromRevision(Model):
    revision: int = about("Revision", "The published revision that was read.", 3)


class _OnDay(_FromRevision):
    as_of: Day = about("Day", "The day for which each status is told.", "2024-03-04")


class ListModel(_FromRevision, Generic[T]):
    """One page of a list."""

    items: tuple[T, ...] = about("Entries", "In the order of the Turkish alphabet.")
    total: int = about("Total", "Entries on all pages.", 96)
    next: str | None = about(
        "Next page",
        "Its address; null on the last page.",
        "/api/v1/cities?limit=50&cursor=WyJ2Il0",
        default=None,
    )
    as_of: Day = about("Day", "The day for which each status is told.", "2024-03-04")


class CityDetail(CityModel, _OnDay):
    """A city with its relations."""

    relations: tuple[RelationModel, ...] = about("Relations", "With evidence and sources.")


class AgreementDetail(RelationModel, _OnDay):
    """An agreement with its evidence."""


class FundingDetail(RelationModel, _OnDay):
    """A grant or loan with its evidence."""


class NetworkDetail(CityNetworkModel, _OnDay):
    """A network with its memberships."""

    relations: tuple[RelationModel, ...] = about("Memberships", "With evidence and sources.")


class ProjectDetail(ProjectModel, _OnDay):
    """A project with who takes part and who funds it."""

    relations: tuple[RelationModel, ...] = about("Participations", "With evidence and sources.")


class ThemeDetail(ThemeModel, _FromRevision):
    """One theme."""


class DeclaredModel(Model):
    """A declared number against what is recorded for it."""

    kind: DeclaredKind = about("Kind", "What was counted.", "sister_city")
    label: LabelModel = about("Kind's name", "The kind for people.")
    declared: int = about("Declared", "The number in the document.", 12)
    declared_on: Day = about("Declared on", "Day of the document.", "2024-03-04")
    source: str | None = about("Source", "IRI of the document.", "https://w3id.org/kopru/id/document/letter")
    source_document: DocumentModel | None = about("Source in full", "The document.", default=None)
    counted: int = about("Counted", "Recorded relations that are among the number.", 12)
    open: int = about("Open", "Places whose partner is not known yet.", 0)
    by_grade: dict[Grade, int] = about(
        "By grade", "The counted ones by grade.", {"confirmed": 6, "reported": 3, "unverified": 3}
    )
    relations: tuple[str, ...] = about(
        "Relations",
        "IRIs of the counted ones.",
        ["https://w3id.org/kopru/id/agreement/twinning-antalya-nuremberg-1"],
    )
    open_places: tuple[str, ...] = about("Open places", "IRIs of the places without a partner.", [])
    details: tuple[RelationModel, ...] = about("Relations in full", "The counted ones.")
    not_counted: tuple[RelationModel, ...] = about("Not counted", "Of the same kind, left out for a reason.")


class ReconciliationModel(_OnDay):
    """Declared against recorded for one city."""

    city: str = about("City", "Slug of the city.", "antalya")
    declared: tuple[DeclaredModel, ...] = about("Declared", "One entry for each number.")


class NodeModel(Model):
    """A thing in a picture."""

    id: str = about("Id", "IRI; an open place has its relation's.", "https://w3id.org/kopru/id/city/varna")
    kind: NodeKind = about("Kind", "What it is drawn as.", "city")
    slug: str = about("Slug", "Last part of the IRI.", "varna")
    label: LabelModel = about("Name", "Name in both languages.")
    short_label: LabelModel = about("Short name", "What is written under it.")
    country: str | None = about("Country", "ISO code.", "BG", default=None)
    country_label: LabelModel | None = about("Country's name", "Name of that country.", default=None)
    edges: int = about("Edges", "How many edges of the city's own end here.", 2, default=0)
    x: float = about("X", "Pixels from the middle, to the right.", 190.0, default=0.0)
    y: float = about("Y", "Pixels from the middle, downwards.", -88.5, default=0.0)


class EdgeModel(Model):
    """A relation between two things of a picture."""

    id: str = about(
        "Id", "Its own name in the picture.", "https://w3id.org/kopru/id/membership/antalya-medcities-1"
    )
    source: str = about("From", "Id of a node.", "https://w3id.org/kopru/id/city/antalya")
    target: str = about("To", "Id of a node.", "https://w3id.org/kopru/id/network/medcities")
    kind: EdgeKind = about("Kind", "Kind of relation, or the way from a project to its money.", "membership")
    kind_label: LabelModel = about("Kind's name", "The kind for people.")
    label: LabelModel = about("Name", "The relation for people.")
    relation: str | None = about("Relation", "IRI of the relation.", default=None)
    status: Status = about("Status", "On the day asked.", "holds", default="unknown")
    grade: Grade | None = about("Grade", "How sure we are of it.", "confirmed", default=None)
    start: str | None = about("Begin", "As the source gives it.", "1997", default=None)
    end: str | None = about("End", "As the source gives it.", default=None)
    role: LabelModel | None = about("Role", "Role of the member.", default=None)
    counted: bool = about("Counted", "It is one of a declared number.", True, default=False)
    evidence: int = about("Claims", "How many claims speak of it.", 3, default=0)
    context: bool = about("Context", "The asked city has no part in it.", False, default=False)


class PictureModel(_OnDay):
    """Nodes, edges and positions of a city's partner network."""

    city: str = about("City", "Slug of the city in the middle.", "antalya")
    nodes: tuple[NodeModel, ...] = about("Nodes", "In the order in which they stand.")
    edges: tuple[EdgeModel, ...] = about("Edges", "Between these nodes.")


class ProblemModel(Model):
    """What went wrong and what to do (RFC 9457)."""

    model_config = ConfigDict(title="Problem")

    type: str = about("Type", "Stable address of the kind.", "https://w3id.org/kopru/problem/not-found")
    title: str = about("Title", "The kind in words.", "Not found")
    status: int = about("Status", "HTTP status.", 404)
    detail: str = about("Detail", "What happened, what to do.", "There is no city 'atlantis' in the graph.")
