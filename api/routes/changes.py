"""What changed between two revisions or two days: a page, files for a review, the same for programs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.comparisons import Comparisons
from api.dependencies import LanguageDep, StoreDep
from api.models_changes import ComparisonModel, to_model
from api.parameters import check_parameter_names
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.changes.service import SHOWN
from viz import changes

__all__ = ["router"]

router = APIRouter()

#: Rows of a workbook or file at most for each kind.
_IN_FILES = 20_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FromDep = Annotated[
    str | None,
    Query(
        alias="from", max_length=20, title="From", examples=["11"],
        description="A revision's number, or a day (YYYY-MM-DD): what was read at its end. "
        "Default: what was read before `to`.",
    ),
]  # fmt: skip
ToDep = Annotated[
    str | None,
    Query(
        alias="to", max_length=20, title="To", examples=["2026-01-01"],
        description="The same. Default: the current revision.",
    ),
]  # fmt: skip
MostDep = Annotated[
    int,
    Query(
        alias="limit", ge=1, le=_IN_FILES, title="Number", examples=[200],
        description="Things of each kind at most.",
    ),
]  # fmt: skip


def _comparisons(request: Request) -> Comparisons:
    kept: Comparisons = request.app.state.comparisons
    return kept


ComparisonsDep = Annotated[Comparisons, Depends(_comparisons)]


@router.get("/changes", include_in_schema=False)
def read_changes(  # noqa: PLR0913 (what a page is made of)
    reader: ReaderDep,
    pages: PagesDep,
    store: StoreDep,
    kept: ComparisonsDep,
    before: FromDep = None,
    after: ToDep = None,
) -> Response:
    """Return what changed as a page."""
    comparison = kept.get(store, before, after, SHOWN)
    return make_page(
        pages, "changes.html", reader, comparison=comparison, words=changes, standalone=False,
        revisions=store.list_revisions()[::-1], rule=store.retention.sentence(reader.language),
    )  # fmt: skip


@router.get("/changes.{form}", include_in_schema=False)
def read_changes_as(  # noqa: PLR0913 (what a file is made of)
    form: str,
    reader: ReaderDep,
    store: StoreDep,
    kept: ComparisonsDep,
    before: FromDep = None,
    after: ToDep = None,
) -> Response:
    """Return what changed as a file: ``html`` or ``xlsx``."""
    from viz.changes_file import to_html, to_workbook

    if form not in ("html", "xlsx"):
        raise HTTPException(404)
    comparison = kept.get(store, before, after, _IN_FILES)
    name = f"kopru-{comparison.before.number}-{comparison.after.number}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "html":
        return Response(to_html(comparison, reader.language), headers=headers, media_type="text/html")
    return Response(to_workbook(comparison, reader.language), headers=headers, media_type=_XLSX)


@router.get("/api/v1/changes", tags=["changes"], summary="What changed between two revisions or days")
def list_changes(  # noqa: PLR0913 (the parameters of an address)
    request: Request,
    store: StoreDep,
    kept: ComparisonsDep,
    language: LanguageDep,
    before: FromDep = None,
    after: ToDep = None,
    most: MostDep = SHOWN,
) -> ComparisonModel:
    """Return what came, went, changed or stands on other evidence, by kind and with sources.

    Compared are accepted values, grades and claims; what only machines need is left out.
    """
    del language
    check_parameter_names(request)
    return to_model(kept.get(store, before, after, most))
