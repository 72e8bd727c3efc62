"""Projects, and who takes part in each."""

from fastapi import APIRouter
from starlette.responses import Response

from api.answers import ListModel, ProjectDetail
from api.dependencies import AsOfDep, CityFilterDep, QDep, QuestionsDep, RevisionDep, ThemeFilterDep
from api.lists import ListingDep, with_facts
from api.models import ProjectModel
from api.tables import PROJECTS
from graph.model import Page, Project

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["projects"])


@router.get("/projects", summary="List projects", response_model=ListModel[ProjectModel])
@router.get("/projects.csv", include_in_schema=False)
def list_projects(
    listing: ListingDep,
    questions: QuestionsDep,
    q: QDep = None,
    city: CityFilterDep = None,
    theme: ThemeFilterDep = None,
) -> Response:
    """List projects in the order of the Turkish alphabet."""

    def find(limit: int, cursor: str | None) -> Page[Project]:
        return questions.projects(q=q, city=city, theme=theme, limit=limit, cursor=cursor)

    return listing.answer("projects", find, ProjectModel, PROJECTS)


@router.get("/projects/{slug}", summary="One project with its participations")
def read_project(slug: str, questions: QuestionsDep, revision: RevisionDep, as_of: AsOfDep) -> ProjectDetail:
    """Return a project, who takes part in it and who funds it, and the sources of each."""
    project = questions.project(slug)
    relations = questions.participations_in(project.slug, as_of=as_of, with_evidence=True)
    return ProjectDetail.model_validate(
        with_facts(project, relations=relations, revision=revision.info.number, as_of=as_of)
    )
