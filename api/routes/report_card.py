"""How good the recommendations are: a page for people, the same figures for programs."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from api.models_report_card import ReportCardModel
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.ranking.evaluation.card import shipped_card
from ontology.errors import NotFound
from ontology.messages import N_

__all__ = ["router"]

router = APIRouter()


_NONE = N_("No report card comes with this version. 'kopru evaluate --twins F' makes one.")


@router.get("/partners/report-card", include_in_schema=False, response_class=HTMLResponse)
def read_report_card_page(reader: ReaderDep, pages: PagesDep) -> Response:
    """Return the report card as a page."""
    from viz.report_card import make_sections

    card = shipped_card()
    sections = make_sections(card, reader.language) if card else ()
    return make_page(pages, "report_card.html", reader, sections=sections, without=_NONE)


@router.get("/api/v1/report-card", tags=["recommendations"], summary="How good the recommendations are")
def read_report_card() -> ReportCardModel:
    """Return the report card that comes with this version: the ranking and others on held-out ties."""
    card = shipped_card()
    if card is None:
        raise NotFound(_NONE, kind=N_("report card"), name="")
    return ReportCardModel.model_validate(card)
