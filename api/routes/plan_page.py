"""The plan's page."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from api.dependencies import AsOfDep
from api.routes.pages import PagesDep, ReaderDep, make_page
from api.routes.plan import PlanDep
from viz import plan as labels
from viz.plan import ask_plan

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/plan")
def read_plan(reader: ReaderDep, pages: PagesDep, plan: PlanDep, as_of: AsOfDep) -> Response:
    """Return the plan: its stages, what is open, its indicators."""
    return make_page(pages, "plan.html", reader, page=ask_plan(plan, as_of), labels=labels)
