"""Sister-city agreements and cooperation protocols."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import AgreementDetail, AgreementKind, ListModel
from api.dependencies import AsOfDep, CityFilterDep, QDep, QuestionsDep, RevisionDep, StatusDep
from api.lists import ListingDep, with_facts
from api.models import RelationModel
from api.tables import RELATIONS
from graph.model import Page, Relation

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["agreements"])

KindDep = Annotated[
    AgreementKind | None,
    Query(title="Kind", description="Only agreements of this kind.", examples=["twinning"]),
]


@router.get("/agreements", summary="List agreements", response_model=ListModel[RelationModel])
@router.get("/agreements.csv", include_in_schema=False)
def list_agreements(  # noqa: PLR0913 (the parameters of an address)
    listing: ListingDep,
    questions: QuestionsDep,
    as_of: AsOfDep,
    q: QDep = None,
    city: CityFilterDep = None,
    kind: KindDep = None,
    status: StatusDep = None,
) -> Response:
    """List sister-city agreements and protocols; `q` is looked for in the parties' names."""

    def find(limit: int, cursor: str | None) -> Page[Relation]:
        return questions.agreements(
            q=q, city=city, kind=kind, status=status, as_of=as_of, limit=limit, cursor=cursor
        )

    return listing.answer("agreements", find, RelationModel, RELATIONS)


@router.get("/agreements/{slug}", summary="One agreement with its evidence")
def read_agreement(
    slug: str, questions: QuestionsDep, revision: RevisionDep, as_of: AsOfDep
) -> AgreementDetail:
    """Return an agreement, what each document claims of it, and the sources."""
    agreement = questions.agreement(slug, as_of=as_of)
    return AgreementDetail.model_validate(with_facts(agreement, revision=revision.info.number, as_of=as_of))
