"""What changed between two revisions, field by field."""

from datetime import datetime

from api.models import DocumentModel, LabelModel, Model, ReferenceModel, about
from graph.changes.model import Change, Comparison, GroupKey, ThingChange
from graph.model import Grade, Label
from ontology.messages import LANGUAGES, translate
from viz import changes

__all__ = ["ComparisonModel", "to_model"]


class RevisionModel(Model):
    """A published revision, named in passing."""

    number: int = about("Number", "Of the revision.", 12)
    created_at: datetime = about("Published", "When it was published.", "2026-03-02T09:00:00Z")
    digest: str = about("Digest", "Of its content.", "ab12…")


class FieldChangeModel(Model):
    """A property whose accepted value differs."""

    label: LabelModel = about("Property", "Its name for people.")
    before: tuple[LabelModel, ...] = about("Before", "Values that only the earlier revision goes by.")
    after: tuple[LabelModel, ...] = about("After", "Values that only the later revision goes by.")


class ThingChangeModel(Model):
    """One thing that came, went or changed."""

    thing: ReferenceModel = about("Thing", "The thing under its name.")
    change: Change = about("Change", "`stronger` and `weaker`: the same values on other evidence.", "came")
    text: LabelModel = about("In words", "What differs, as one text.")
    fields: tuple[FieldChangeModel, ...] = about("Values", "Accepted values that differ.")
    grade_before: Grade | None = about("Grade before", "How sure it was.", "reported", default=None)
    grade_after: Grade | None = about("Grade after", "How sure it is.", "confirmed", default=None)
    sources: tuple[DocumentModel, ...] = about("Sources", "Documents that speak of it only now.")
    sources_gone: tuple[DocumentModel, ...] = about("Sources gone", "Documents that no longer do.")


class ChangeGroupModel(Model):
    """All changes of one kind."""

    key: GroupKey = about("Kind", "Stable name of the kind.", "protocol")
    label: LabelModel = about("Kind's name", "The kind for people.")
    counts: dict[Change, int] = about("Counts", "How many things came, went and so on.", {"came": 1})
    total: int = about("Total", "How many things of this kind changed.", 1)
    items: tuple[ThingChangeModel, ...] = about("Changes", "At most `limit` of them.")


class ComparisonModel(Model):
    """What changed from one revision to another."""

    before: RevisionModel = about("From", "The earlier revision of the comparison.")
    after: RevisionModel = about("To", "The later revision of the comparison.")
    counts: dict[Change, int] = about("Counts", "Of all kinds together.", {"came": 3, "changed": 1})
    total: int = about("Total", "How many things changed.", 4)
    is_of_program: bool = about(
        "Program renewed", "Whether another version of the program made the later one.", False
    )
    groups: tuple[ChangeGroupModel, ...] = about("Kinds", "Those in which something changed.")


def to_model(comparison: Comparison) -> ComparisonModel:
    """Return a comparison as the API tells it."""
    return ComparisonModel.model_validate(
        {
            "before": comparison.before, "after": comparison.after, "counts": comparison.counts,
            "total": comparison.total, "is_of_program": comparison.is_of_program,
            "groups": [
                {
                    "key": group.key, "label": _label(changes.GROUP_LABELS[group.key]),
                    "counts": group.counts, "total": group.total,
                    "items": [_to_item(item) for item in group.items],
                }
                for group in comparison.groups
            ],
        }
    )  # fmt: skip


def _to_item(item: ThingChange) -> dict[str, object]:
    texts = ["; ".join(changes.describe_change(item, language)) for language in LANGUAGES]
    return {
        **vars(item), "text": Label(*texts),
        "grade_before": item.grades[0], "grade_after": item.grades[1],
    }  # fmt: skip


def _label(message: str) -> Label:
    return Label(*(translate(message, language) for language in LANGUAGES))
