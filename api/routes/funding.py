"""Grants and loans."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import FundingDetail, FundingKind, ListModel
from api.dependencies import AsOfDep, CityFilterDep, QDep, QuestionsDep, RevisionDep
from api.lists import ListingDep, with_facts
from api.models import RelationModel
from api.tables import RELATIONS
from graph.model import Page, Relation
from graph.questions import Questions
from ontology.errors import NotFound
from ontology.messages import N_

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["funding"])

KindDep = Annotated[
    FundingKind | None, Query(title="Kind", description="Only grants, or only loans.", examples=["loan"])
]


@router.get("/funding", summary="List grants and loans", response_model=ListModel[RelationModel])
@router.get("/funding.csv", include_in_schema=False)
def list_funding(  # noqa: PLR0913 (the parameters of an address)
    listing: ListingDep,
    questions: QuestionsDep,
    as_of: AsOfDep,
    q: QDep = None,
    city: CityFilterDep = None,
    kind: KindDep = None,
) -> Response:
    """List grants and loans; `q` is looked for in the names of recipient, funder and programme."""

    def find(limit: int, cursor: str | None) -> Page[Relation]:
        return questions.funding(q=q, city=city, kind=kind, as_of=as_of, limit=limit, cursor=cursor)

    return listing.answer("funding", find, RelationModel, RELATIONS)


@router.get("/funding/{slug}", summary="One grant or loan with its evidence")
def read_funding(
    slug: str, questions: QuestionsDep, revision: RevisionDep, as_of: AsOfDep, kind: KindDep = None
) -> FundingDetail:
    """Return a grant or loan; `kind` says which when both have the same slug."""
    kinds: tuple[FundingKind, ...] = (kind,) if kind else ("grant", "loan")
    found = next((iri for one in kinds if _is_there(questions, iri := questions.thing_iri(one, slug))), None)
    if found is None:
        raise NotFound(kind=N_("grant or loan"), name=slug)
    relation = questions.relation(found, as_of=as_of)
    return FundingDetail.model_validate(with_facts(relation, revision=revision.info.number, as_of=as_of))


def _is_there(questions: Questions, iri: str) -> bool:
    return bool(questions.label_of([iri])) or questions.thing(iri) is not None
