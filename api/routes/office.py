"""The office's page: sign in with the token, bring in a workbook, write down decisions."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import RevisionDep, SettingsDep, StoreDep
from api.routes.pages import PagesDep, ReaderDep, find_reader, make_page
from api.writing.access import COOKIE
from api.writing.bodies import SentDep, SentFileDep, get_access
from api.writing.deciding import (
    bring_in,
    confirmation_of,
    decide_partner,
    decide_sameness,
    find_offices,
    look_at,
)
from api.writing.telling import tell_decisions
from graph.identity.queue import read_waiting
from ingest.decisions import PARTNER_VERDICTS, SAMENESS_VERDICTS
from ingest.workbook.changes import count_changes
from ontology.errors import WorkbookError, WrongToken
from ontology.messages import N_
from viz import office as words

__all__ = ["router"]

router = APIRouter(prefix="/office", include_in_schema=False, default_response_class=HTMLResponse)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_FILE = N_("No workbook came along. Choose the file and send it again.")


@router.get("")
def read_office(
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    settings: SettingsDep,
) -> Response:
    """Return the office's page; without a session the form to sign in."""
    access = get_access(request)
    session = access.find_session(request)
    if session is None:
        return _private(make_page(pages, "office_sign_in.html", reader, is_open=access.is_open))
    return _private(
        make_page(
            pages, "office.html", reader, csrf=session.csrf, offices=find_offices(revision, settings.city),
            decisions=tell_decisions(revision, settings, most=100), words=words,
            partner_verdicts=PARTNER_VERDICTS, sameness_verdicts=SAMENESS_VERDICTS,
            waiting=read_waiting(revision, limit=0).count,
        )
    )  # fmt: skip


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _back(request: Request, place: str = "") -> Response:
    return RedirectResponse(find_reader(request).url(f"/office{place}"), 303)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Begin a session for whoever shows the token."""
    from urllib.parse import parse_qs

    from api.bodies import read_body

    access = get_access(request)
    access.check_open(request)
    fields = parse_qs((await read_body(request, 4096)).decode("utf-8", "replace"))
    access.check_token(request, "".join(fields.get("token", [])).strip())
    response = _back(request)
    access.begin(request, response)
    return response


@router.post("/sign-out")
def sign_out(request: Request, sent: SentDep) -> Response:
    """End the session."""
    if sent.session is not None:
        get_access(request).sessions.end(sent.session)
    response = _back(request)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


@router.get("/records.xlsx")
def read_workbook(request: Request, reader: ReaderDep, store: StoreDep, settings: SettingsDep) -> Response:
    """Return the records as a workbook to edit."""
    from ingest.workbook.exporting import export_workbook
    from ingest.workbook.folder import load_folder

    access = get_access(request)
    if access.find_session(request) is None:
        access.check(request)
    folder = load_folder(settings.records_folder, settings.city, store.iris)
    today = date.today()
    content = export_workbook(folder, reader.language, today)
    headers = {"Content-Disposition": f'attachment; filename="{folder.name}-{today.isoformat()}.xlsx"'}
    return _private(Response(content, headers=headers, media_type=_XLSX))


@router.post("/workbook")
def show_workbook(  # noqa: PLR0913 (what a page is made of)
    request: Request, sent: SentFileDep, pages: PagesDep, store: StoreDep, revision: RevisionDep,
    settings: SettingsDep,
) -> Response:  # fmt: skip
    """Show what a workbook would change; it waits in the session to be confirmed."""
    if not sent.content or sent.session is None:
        raise WorkbookError(_NO_FILE)
    preview = look_at(sent.content, store, settings)
    sent.session.upload = sent.content
    context: dict[str, Any] = {
        "csrf": sent.session.csrf, "confirm": confirmation_of(sent.content, preview), "preview": preview,
        "counts": count_changes(preview.changes), "offices": find_offices(revision, settings.city),
        "words": words,
    }  # fmt: skip
    return _private(make_page(pages, "office_preview.html", find_reader(request), **context))


@router.post("/workbook/confirm")
def confirm_workbook(request: Request, sent: SentDep, store: StoreDep, settings: SettingsDep) -> Response:
    """Bring in the workbook that was shown."""
    if sent.session is None:
        raise WrongToken
    if sent.session.upload is None:
        raise WorkbookError(_NO_FILE)
    before = store.current().number
    decision = bring_in(sent, sent.session.upload, sent.get("confirm", 64), store, settings)
    sent.session.upload = None
    after = int(decision.about[0])
    if after == before:
        return _back(request, "#decisions-title")
    reader = find_reader(request)
    return RedirectResponse(reader.url("/changes", **{"from": str(before), "to": str(after)}), 303)


@router.post("/partners")
def add_partner_decision(request: Request, sent: SentDep, store: StoreDep, settings: SettingsDep) -> Response:
    """Write down a decision on a candidate city."""
    decide_partner(sent, store, settings)
    return _back(request, "#decisions-title")


@router.post("/sameness")
def add_sameness_decision(
    request: Request, sent: SentDep, store: StoreDep, settings: SettingsDep
) -> Response:
    """Write down whether two cities are one."""
    decide_sameness(sent, store, settings)
    return _back(request, "#decisions-title")
