"""City networks, campaigns, reporting schemes and unions, and who is a member of each."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import ListModel, NetworkDetail
from api.dependencies import AsOfDep, QDep, QuestionsDep, RevisionDep
from api.lists import ListingDep, with_facts
from api.models import CityNetworkModel
from api.tables import NETWORKS
from graph.model import CityNetwork, NetworkKind, Page

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["networks"])

KindDep = Annotated[
    NetworkKind | None, Query(title="Kind", description="Only this kind.", examples=["city_network"])
]
MemberDep = Annotated[
    str | None,
    Query(max_length=200, title="Member", description="Slug of a member city.", examples=["antalya"]),
]


@router.get("/networks", summary="List networks", response_model=ListModel[CityNetworkModel])
@router.get("/networks.csv", include_in_schema=False)
def list_networks(  # noqa: PLR0913 (the parameters of an address)
    listing: ListingDep,
    questions: QuestionsDep,
    as_of: AsOfDep,
    q: QDep = None,
    kind: KindDep = None,
    member: MemberDep = None,
) -> Response:
    """List what cities are members of, in the order of the Turkish alphabet."""

    def find(limit: int, cursor: str | None) -> Page[CityNetwork]:
        return questions.networks(q=q, kind=kind, member=member, as_of=as_of, limit=limit, cursor=cursor)

    return listing.answer("networks", find, CityNetworkModel, NETWORKS)


@router.get("/networks/{slug}", summary="One network with its memberships")
def read_network(slug: str, questions: QuestionsDep, revision: RevisionDep, as_of: AsOfDep) -> NetworkDetail:
    """Return a network, its memberships, and the sources of each."""
    found = questions.network(slug, as_of=as_of)
    relations = questions.members_of(found.slug, as_of=as_of, with_evidence=True)
    return NetworkDetail.model_validate(
        with_facts(found, relations=relations, revision=revision.info.number, as_of=as_of)
    )
