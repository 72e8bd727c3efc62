"""The page of pairs of cities: those that wait for a decision, and what offices decided.

Who has signed in decides on a page of pairs at once, or takes decisions back; everybody else reads.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import RevisionDep, SettingsDep, StoreDep
from api.problems import find_kind
from api.routes.pages import PagesDep, ReaderDep, find_reader, make_page
from api.settings import Settings
from api.writing.access import Access
from api.writing.bodies import Sent, SentListDep, get_access
from api.writing.deciding import find_offices
from api.writing.pairs import WAIT, Choice, decide_pairs, field_of, read_choices, take_back
from api.writing.sessions import Session, Written
from api.writing.telling import PairDecision, Told, list_pair_decisions, tell
from graph.identity.judgements import Judgement
from graph.identity.queue import Waiting, read_waiting
from graph.revision import Revision
from graph.store import GraphStore
from ingest.judging import read_decisions, to_name
from ontology.errors import BadParameter, DecidedMeanwhile, InvalidBatch, NotFound
from viz import office as words

__all__ = ["router"]

#: So many pairs stand on a page, and so many decisions.
_PAIRS = 50

router = APIRouter(prefix="/match", include_in_schema=False, default_response_class=HTMLResponse)

PageNumber = Annotated[int, Query(ge=1, le=1_000_000, description="Which page of the pairs.")]
DecidedNumber = Annotated[int, Query(ge=1, le=1_000_000, description="Which page of the decisions.")]

#: What a person can mend on the page itself; anything else has a page of its own.
_MENDED = (BadParameter, NotFound, InvalidBatch, DecidedMeanwhile)


@dataclass(frozen=True)
class Waits:
    """A pair that waits, with what its form holds; ``choice`` is what was filled in before."""

    pair: Waiting
    field: str
    choice: Choice | None


@dataclass(frozen=True)
class Decided:
    """A decision on a pair, told with names; ``field`` is what its form holds."""

    told: Told
    what: PairDecision
    field: str


@router.get("")
def read_match(  # noqa: PLR0913 (what a page is made of)
    request: Request, reader: ReaderDep, pages: PagesDep, revision: RevisionDep, settings: SettingsDep,
    page: PageNumber = 1, decided: DecidedNumber = 1,
) -> Response:  # fmt: skip
    """Return the pairs side by side, and what was decided; with forms for who has signed in."""
    access = get_access(request)
    session = access.find_session(request)
    context = _Tables(revision, settings).read(page, decided)
    context |= _context_of(access, session, revision, settings)
    if session is not None:
        context["written"] = session.take_written()
    return _private(make_page(pages, "match.html", reader, **context), session)


@router.post("/decisions")
def add_decisions(  # noqa: PLR0913 (what a page is made of)
    request: Request, sent: SentListDep, pages: PagesDep, store: StoreDep, settings: SettingsDep,
    page: PageNumber = 1,
) -> Response:  # fmt: skip
    """Write down what was decided of the pairs of the page."""
    return _write(request, sent, pages, store, settings, decide_pairs, page=page)


@router.post("/withdrawals")
def add_withdrawals(  # noqa: PLR0913 (what a page is made of)
    request: Request, sent: SentListDep, pages: PagesDep, store: StoreDep, settings: SettingsDep,
    decided: DecidedNumber = 1,
) -> Response:  # fmt: skip
    """Take back the decisions that were ticked."""
    return _write(request, sent, pages, store, settings, take_back, decided=decided)


def _write(  # noqa: PLR0913 (what a page is made of)
    request: Request, sent: Sent, pages: PagesDep, store: GraphStore, settings: Settings,
    write: Callable[[Sent, GraphStore, Settings], Written], *, page: int = 1, decided: int = 1,
) -> Response:  # fmt: skip
    """Write, and lead on to the page with a notice; what was wrong is told beside what was filled in."""
    reader = replace(find_reader(request), path="/match")
    try:
        written = write(sent, store, settings)
    except _MENDED as error:
        wants_page = request.headers.get("accept", "").startswith("text/html")
        if sent.session is None or not wants_page:
            raise
        revision = store.current()
        context = _Tables(revision, settings, sent).read(page, decided)
        context |= _context_of(get_access(request), sent.session, revision, settings)
        context["problem"] = error.sentence(reader.language)
        context["filled_back" if write is take_back else "filled"] = sent.fields
        status = find_kind(error).status
        return _private(make_page(pages, "match.html", reader, status, **context), sent.session)
    if sent.session is not None:
        sent.session.written = written
    return RedirectResponse(reader.url("/match", **({"page": str(page)} if page > 1 else {})), 303)


def _private(response: Response, session: Session | None) -> Response:
    response.headers["Cache-Control"] = "no-cache" if session is None else "no-store"
    return response


def _context_of(
    access: Access, session: Session | None, revision: Revision, settings: Settings
) -> dict[str, Any]:
    """Return what the page's forms need, with nothing filled in."""
    return {
        "is_open": access.is_open, "csrf": session.csrf if session else None, "words": words, "wait": WAIT,
        "offices": find_offices(revision, settings.city) if session else [], "written": None,
        "problem": None, "filled": {}, "filled_back": {},
    }  # fmt: skip


class _Tables:
    """Reads the two tables of the page.

    Parameters
    ----------
    sent
        What was filled in and could not be written.
    """

    def __init__(self, revision: Revision, settings: Settings, sent: Sent | None = None) -> None:
        self.revision = revision
        self.judgements = read_decisions(settings.records_folder, revision.iris)
        self.choices: dict[tuple[str, str], Choice] = {}
        with suppress(BadParameter):  # then the page says so
            self.choices = {(one.one, one.other): one for one in read_choices(sent.fields if sent else {})}

    def read(self, page: int, decided: int) -> dict[str, Any]:
        """Return both, each from a page on; a page behind the last one is the last one."""
        return self._read_waiting(page) | self._read_decided(decided)

    def _read_waiting(self, page: int) -> dict[str, Any]:
        found = read_waiting(self.revision, (page - 1) * _PAIRS, _PAIRS)
        if not found.pairs and found.count:
            # Pairs that were decided since are gone.
            page = _last_page(found.count)
            found = read_waiting(self.revision, (page - 1) * _PAIRS, _PAIRS)
        seen = Counter(_names(judgement, self.revision) for judgement in self.judgements)
        rows = [
            Waits(pair, field_of(seen[names], *names), self.choices.get(names))
            for pair in found.pairs
            for names in [(pair.one_id, pair.other_id)]
        ]
        return {"waiting": rows, "first": (page - 1) * _PAIRS, "count": found.count} | _around(
            "page", page, found.count
        )

    def _read_decided(self, page: int) -> dict[str, Any]:
        found = list_pair_decisions(self.judgements, self.revision.iris)
        page = min(page, _last_page(len(found)))
        shown = found[(page - 1) * _PAIRS : page * _PAIRS]
        told = tell(self.revision, [one.decision for one in shown])
        rows = [
            Decided(one, what, field_of(what.ordinal, *what.decision.about))
            for one, what in zip(told, shown, strict=True)
        ]
        return {"decided": rows, "decided_first": (page - 1) * _PAIRS, "decided_count": len(found)} | _around(
            "decided_page", page, len(found)
        )


def _names(judgement: Judgement, revision: Revision) -> tuple[str, str]:
    one, other = (to_name(place, revision.iris) for place in judgement.pair)
    return one, other


def _last_page(count: int) -> int:
    return max(-(-count // _PAIRS), 1)


def _around(name: str, page: int, count: int) -> dict[str, Any]:
    """Return the number of a page of a table, and those of the pages around it."""
    return {
        name: page, f"{name}_earlier": page - 1 if page > 1 else None,
        f"{name}_later": page + 1 if page < _last_page(count) else None,
    }  # fmt: skip
