"""Changing something from a program: decisions, and a workbook in two steps. Needs the write token."""

from typing import Any

from fastapi import APIRouter

from api.dependencies import RevisionDep, SettingsDep, StoreDep
from api.models_writing import (
    DecisionModel,
    DecisionsModel,
    PreviewModel,
    WrittenModel,
    to_decision,
    to_preview,
)
from api.settings import Settings
from api.writing.bodies import SentDep, SentFileDep
from api.writing.deciding import bring_in, decide_partner, decide_sameness, look_at
from api.writing.telling import tell_decisions
from graph.store import GraphStore
from ingest.decisions import Decision

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["writing"])

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT = {"type": "string"}


def _body(**fields: str) -> dict[str, Any]:
    """Return the description of a JSON body: name of a field → an example."""
    described = {name: {**_TEXT, "examples": [example]} for name, example in fields.items()}
    schema = {"type": "object", "required": list(fields), "properties": described}
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "security": [{"bearer": []}],
    }


@router.get("/decisions", summary="What offices decided")
def list_decisions(revision: RevisionDep, settings: SettingsDep) -> DecisionsModel:
    """Return decisions on candidate cities, on sameness and on workbooks, newest first."""
    return DecisionsModel(items=tuple(map(to_decision, tell_decisions(revision, settings))))


@router.post(
    "/decisions/partners", status_code=201, summary="Decide on a candidate city",
    openapi_extra=_body(city="zagreb", verdict="in_talks", office="eu-projects-unit", why="Clean energy."),
)  # fmt: skip
def add_partner_decision(sent: SentDep, store: StoreDep, settings: SettingsDep) -> DecisionModel:
    """Write down that a candidate city was `accepted`, `declined`, or is `in_talks`."""
    decision = decide_partner(sent, store, settings)
    return _told(decision, store, settings)


@router.post(
    "/decisions/sameness", status_code=201, summary="Decide whether two cities are one",
    openapi_extra=_body(one="zagreb", other="agram", verdict="same", office="eu-projects-unit", why="One."),
)  # fmt: skip
def add_sameness_decision(sent: SentDep, store: StoreDep, settings: SettingsDep) -> DecisionModel:
    """Write down that two cities are the `same` or `different`, or that such a decision is `withdrawn`.

    A city is named by its id, or by its whole address when another publisher has given it one.
    """
    decision = decide_sameness(sent, store, settings)
    return _told(decision, store, settings)


def _told(decision: Decision, store: GraphStore, settings: Settings) -> DecisionModel:
    told = tell_decisions(store.current(), settings, decision.kind)
    return to_decision(next(one for one in told if one.decision == decision))


_WORKBOOK = {
    "requestBody": {
        "required": True,
        "content": {_XLSX: {"schema": {"type": "string", "format": "binary"}}},
    },
    "security": [{"bearer": []}],
}


@router.post("/workbook/preview", summary="What a workbook would change", openapi_extra=_WORKBOOK)
def preview_workbook(sent: SentFileDep, store: StoreDep, settings: SettingsDep) -> PreviewModel:
    """Return what a workbook would change, after all rules have been checked on it; nothing is written."""
    return to_preview(sent.content, look_at(sent.content, store, settings))


#: What goes with a workbook that is brought in.
_CONFIRMED = (
    ("confirm", "That of the preview: for the same workbook and the same records.", "0c1f" * 8),
    ("office", "Id of a unit or authority of the records.", "eu-projects-unit"),
    ("why", "The reason, for the record.", "Yearly review."),
)


@router.post(
    "/workbook", summary="Bring a workbook into the records",
    openapi_extra=_WORKBOOK | {
        "parameters": [
            {
                "name": name, "in": "query", "required": True, "schema": _TEXT, "description": text,
                "example": example,
            }
            for name, text, example in _CONFIRMED
        ]
    },
)  # fmt: skip
def import_workbook(sent: SentFileDep, store: StoreDep, settings: SettingsDep) -> WrittenModel:
    """Rewrite the records and publish, all or nothing, if `confirm` is that of the preview."""
    decision = bring_in(sent, sent.content, sent.get("confirm", 64), store, settings)
    return WrittenModel(revision=int(decision.about[0]), verdict=decision.verdict)
