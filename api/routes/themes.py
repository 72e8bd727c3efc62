"""Themes, with how much is done under each."""

from fastapi import APIRouter
from starlette.responses import Response

from api.answers import ListModel, ThemeDetail
from api.dependencies import QDep, QuestionsDep, RevisionDep
from api.lists import ListingDep, with_facts
from api.models import ThemeModel
from api.tables import THEMES
from graph.model import Page, Theme

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["themes"])


@router.get("/themes", summary="List themes", response_model=ListModel[ThemeModel])
@router.get("/themes.csv", include_in_schema=False)
def list_themes(listing: ListingDep, questions: QuestionsDep, q: QDep = None) -> Response:
    """List themes; the numbers include narrower themes."""

    def find(limit: int, cursor: str | None) -> Page[Theme]:
        return questions.themes(q=q, limit=limit, cursor=cursor)

    return listing.answer("themes", find, ThemeModel, THEMES)


@router.get("/themes/{slug}", summary="One theme")
def read_theme(slug: str, questions: QuestionsDep, revision: RevisionDep) -> ThemeDetail:
    """Return a theme."""
    return ThemeDetail.model_validate(with_facts(questions.theme(slug), revision=revision.info.number))
