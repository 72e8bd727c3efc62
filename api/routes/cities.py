"""Cities, and what each is tied to."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import CityDetail, ListModel
from api.dependencies import AsOfDep, QDep, QuestionsDep, RevisionDep, StatusDep
from api.lists import ListingDep, with_facts
from api.models import CityModel
from api.tables import CITIES
from graph.model import City, Page, RelationKind

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["cities"])

CountryDep = Annotated[
    str | None,
    Query(min_length=2, max_length=2, title="Country", description="ISO 3166-1 code.", examples=["DE"]),
]
KindDep = Annotated[
    RelationKind | None,
    Query(title="Kind", description="Only this kind.", examples=["twinning"]),
]


@router.get("/cities", summary="List cities", response_model=ListModel[CityModel])
@router.get("/cities.csv", include_in_schema=False)
def list_cities(
    listing: ListingDep, questions: QuestionsDep, q: QDep = None, country: CountryDep = None
) -> Response:
    """List cities in the order of the Turkish alphabet."""
    code = country and country.upper()

    def find(limit: int, cursor: str | None) -> Page[City]:
        return questions.cities(q=q, country=code, limit=limit, cursor=cursor)

    return listing.answer("cities", find, CityModel, CITIES)


@router.get("/cities/{slug}", summary="One city with its relations")
def read_city(  # noqa: PLR0913 (the parameters of an address)
    slug: str,
    questions: QuestionsDep,
    revision: RevisionDep,
    as_of: AsOfDep,
    kind: KindDep = None,
    status: StatusDep = None,
) -> CityDetail:
    """Return a city, each of its relations, and the sources of each."""
    city = questions.city(slug)
    relations = questions.relations_of(city.slug, as_of=as_of, kind=kind, status=status, with_evidence=True)
    return CityDetail.model_validate(
        with_facts(city, relations=relations, revision=revision.info.number, as_of=as_of)
    )
