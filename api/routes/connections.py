"""How things are connected: ways between two of them, circles and brokers of a partner network."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.dependencies import AsOfDep, RevisionDep
from api.models_connections import CirclesModel, PathsModel, to_circles, to_paths
from api.recommenders import Recommenders
from graph.communities import find_circles
from graph.connections import MAX_PATHS, find_node, tell_paths
from graph.questions.names import reference_of
from graph.questions.places import city_iri

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["connections"])

FromDep = Annotated[
    str,
    Query(
        alias="from",
        max_length=300,
        title="From",
        description="A city's slug, or `network/…` or `project/…`.",
        examples=["antalya"],
    ),
]
ToDep = Annotated[
    str,
    Query(
        alias="to",
        max_length=300,
        title="To",
        description="A city's slug, or `network/…` or `project/…`.",
        examples=["skopje"],
    ),
]
MostDep = Annotated[
    int, Query(alias="max", ge=1, le=MAX_PATHS, title="Number", description="Ways at most.", examples=[5])
]


@router.get("/paths", summary="How two things are connected")
def list_paths(  # noqa: PLR0913 (the parameters of an address)
    request: Request, revision: RevisionDep, as_of: AsOfDep, source: FromDep, target: ToDep, most: MostDep = 5
) -> PathsModel:
    """Return ways over ties in force on the day, each step with its dates, grade and documents.

    No way shares what stands between with another. That there is none says that nothing *recorded*
    connects the two.
    """
    kept: Recommenders = request.app.state.recommenders
    projection = kept.of(revision, as_of).projection
    ends = (find_node(revision, projection, source), find_node(revision, projection, target))
    found = tell_paths(revision, projection, *ends, most)
    return to_paths(found, as_of=as_of, revision=revision.info.number)


@router.get("/cities/{slug}/circles", summary="Circles and brokers of a city's partner network")
def list_circles(slug: str, request: Request, revision: RevisionDep, as_of: AsOfDep) -> CirclesModel:
    """Return the communities of the cities within two agreements, and who stands between them."""
    city = str(city_iri(revision, slug))
    kept: Recommenders = request.app.state.recommenders
    projection = kept.of(revision, as_of).projection
    found = find_circles(projection, city)
    named = {iri for circle in found.circles for iri in circle.cities}
    names = {iri: reference_of(revision, iri, projection.cities[iri].label) for iri in named}
    return to_circles(found, names, city=slug, as_of=as_of, revision=revision.info.number)
