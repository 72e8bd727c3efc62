"""Partner recommendations for programs: ranked, with reasons, checks and counter-evidence."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Request

from api.dependencies import AsOfDep, CursorDep, RevisionDep, ThemeFilterDep
from api.models import Model, about
from api.models_recommendation import (
    BatchModel,
    CandidateModel,
    RecommendationsModel,
    to_candidate,
    to_recommendations,
)
from api.recommenders import Recommenders
from graph.questions.paging import make_cursor, read_cursor
from graph.questions.projects import theme_iri
from graph.recommendation.model import CheckName, Purpose
from graph.recommendation.service import Asked, Recommender
from ontology.errors import NotFound
from ontology.messages import N_

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["recommendations"])

_LIST = "recommendations"
_DEFAULT = 20
_MAX = 200
_MAX_BATCH = 50


def _recommender(request: Request, revision: RevisionDep, as_of: AsOfDep) -> Recommender:
    kept: Recommenders = request.app.state.recommenders
    return kept.of(revision, as_of)


RecommenderDep = Annotated[Recommender, Depends(_recommender)]
PurposeDep = Annotated[
    Purpose,
    Query(
        title="Purpose",
        description="A sister city, a project partner, or a city network to join.",
        examples=["twinning"],
    ),
]
CountriesDep = Annotated[
    list[str] | None,
    Query(
        alias="country",
        max_length=60,
        title="Countries",
        description="Only candidates in these (ISO 3166-1); may be repeated.",
        examples=[["BG", "RO"]],
    ),
]
ChecksDep = Annotated[
    list[CheckName] | None,
    Query(
        alias="check",
        title="Checks",
        description="Only candidates for which these lines of the checklist are answered yes.",
        examples=[["shared_network"]],
    ),
]
RecordedDep = Annotated[
    bool,
    Query(title="Recorded", description="Only candidates of which something is recorded.", examples=[True]),
]
DomesticDep = Annotated[
    bool, Query(title="Domestic", description="Also cities of the same country.", examples=[False])
]
CautionedDep = Annotated[
    bool,
    Query(
        title="Cautioned",
        description="Also cities of countries without diplomatic relations with the city's own.",
        examples=[False],
    ),
]
PageDep = Annotated[
    int,
    Query(
        alias="limit", ge=1, le=_MAX, title="Page size", description="Candidates on one page.", examples=[20]
    ),
]


def _asked(  # noqa: PLR0913 (the parameters of an address)
    revision: RevisionDep,
    theme: ThemeFilterDep = None,
    country: CountriesDep = None,
    check: ChecksDep = None,
    recorded: RecordedDep = False,
    domestic: DomesticDep = False,
    cautioned: CautionedDep = False,
    limit: PageDep = _DEFAULT,
    cursor: CursorDep = None,
) -> Asked:
    return Asked(
        theme=str(theme_iri(revision, theme)) if theme else None,
        countries=frozenset(code.upper() for code in country or ()),
        checks=frozenset(check or ()),
        in_graph=recorded,
        domestic=domestic,
        cautioned=cautioned,
        limit=limit,
        offset=int(read_cursor(_LIST, cursor)[0]) if cursor else 0,
    )


AskedDep = Annotated[Asked, Depends(_asked)]


@router.get("/cities/{slug}/recommendations", summary="Ranked partners for a city, with reasons")
def list_recommendations(  # noqa: PLR0913 (the parameters of an address)
    slug: str,
    request: Request,
    recommender: RecommenderDep,
    revision: RevisionDep,
    asked: AskedDep,
    purpose: PurposeDep = "twinning",
) -> RecommendationsModel:
    """Return candidates, best affinity first.

    **Affinity** is a trained score and the exact sum of its `terms`; **fit** is a checklist beside
    it; the two are never blended. With too little known of the city `enough` is false, there are no
    items, and `widen` says what would change that.
    """
    found = recommender.recommend(slug, asked, purpose=purpose)
    after = asked.offset + len(found.items)
    following = None
    if found.items and after < found.total:
        cursor = make_cursor(_LIST, (str(after), "", ""))
        following = str(request.url.include_query_params(cursor=cursor))
    return to_recommendations(found, revision=revision.info.number, following=following)


@router.get("/cities/{slug}/recommendations/{candidate}", summary="What is to be said of one candidate")
def judge_candidate(
    slug: str, candidate: str, recommender: RecommenderDep, asked: AskedDep
) -> CandidateModel:
    """Judge a candidate that somebody named, by the same measures as the list.

    `candidate` is a city's slug, its GeoNames number, or a name; of several cities of a name the
    largest is meant.
    """
    found = recommender.judge(slug, candidate, asked)
    if found is None:
        raise NotFound(kind=N_("city"), name=candidate)
    return CandidateModel.model_validate(to_candidate(found))


class BatchRequest(Model):
    """Which cities."""

    cities: tuple[str, ...] = about("Cities", "Slugs.", ["antalya"], min_length=1, max_length=_MAX_BATCH)


@router.post("/recommendations", summary="Ranked partners for several cities")
def list_batch(
    recommender: RecommenderDep,
    revision: RevisionDep,
    asked: AskedDep,
    batch: Annotated[BatchRequest, Body()],
    purpose: PurposeDep = "twinning",
) -> BatchModel:
    """Return the first page for each city, in the order of the request."""
    number = revision.info.number
    return BatchModel(
        answers=tuple(
            to_recommendations(recommender.recommend(slug, asked, purpose=purpose), revision=number)
            for slug in batch.cities
        )
    )
