"""What was decided and what a workbook would change, field by field."""

from datetime import date as Day  # noqa: N812 (as in api/models.py)

from api.models import LabelModel, Model, ReferenceModel, about
from api.writing.deciding import confirmation_of
from api.writing.telling import Told
from graph.model import Label
from ingest.decisions import DecisionKind
from ingest.workbook.changes import ChangeKind, count_changes
from ingest.workbook.importing import Preview
from ontology.messages import LANGUAGES, translate

__all__ = ["DecisionModel", "DecisionsModel", "PreviewModel", "WrittenModel", "to_decision", "to_preview"]


class DecisionModel(Model):
    """What an office decided."""

    kind: DecisionKind = about("Kind", "What it is about.", "partner")
    verdict: str = about("Verdict", "What was decided.", "in_talks")
    office: ReferenceModel = about(
        "Office", "Who decided; never a person. Without an address where only a text was written down."
    )
    why: str = about("Reason", "The reason given.", "Both work on clean energy.")
    on: Day = about("Day", "When.", "2026-03-02")
    # The last one: it takes the name of the function that makes fields.
    about: tuple[ReferenceModel, ...] = about("About", "The cities; none for a workbook.")


class DecisionsModel(Model):
    """What was decided, newest first."""

    items: tuple[DecisionModel, ...] = about("Decisions", "Newest first; a newer one takes an older's place.")


class WorkbookChangeModel(Model):
    """One record that a workbook changes."""

    kind: ChangeKind = about("Change", "What happens to the record.", "added")
    record: str = about("Record", "Table and key.", "protocols/varna.protocol")
    text: LabelModel = about("In words", "What happens to which record.")
    fields: tuple[LabelModel, ...] = about("Fields", "A line for each field that differs.")


class PreviewModel(Model):
    """What a workbook would change; nothing has been written."""

    changes: tuple[WorkbookChangeModel, ...] = about("Changes", "In the order of the sheets.")
    counts: dict[ChangeKind, int] = about("Counts", "How many records.", {"added": 1})
    notices: tuple[LabelModel, ...] = about("Notices", "What a person should know besides.")
    confirm: str = about("Confirmation", "To be sent as `confirm` with the same workbook.", "9f2c…")


class WrittenModel(Model):
    """What a confirmed workbook became."""

    revision: int = about("Revision", "The revision that is read now.", 13)
    verdict: str = about("What changed", "Counts of records.", "added 1, changed 1")


def to_decision(told: Told) -> DecisionModel:
    """Return a decision as the API tells it."""
    return DecisionModel.model_validate({**vars(told.decision), "about": told.about, "office": told.office})


def to_preview(content: bytes, preview: Preview) -> PreviewModel:
    """Return a preview as the API tells it."""
    return PreviewModel.model_validate(
        {
            "changes": [
                {
                    "kind": change.kind, "record": change.row.ref,
                    "text": Label(*(change.sentence(language) for language in LANGUAGES)),
                    "fields": [
                        Label(*lines)
                        for lines in zip(*(change.lines(language) for language in LANGUAGES), strict=True)
                    ],
                }
                for change in preview.changes
            ],
            "counts": count_changes(preview.changes),
            "notices": [
                Label(*(translate(template, language, **facts) for language in LANGUAGES))
                for template, facts in preview.notices
            ],
            "confirm": confirmation_of(content, preview),
        }
    )  # fmt: skip
