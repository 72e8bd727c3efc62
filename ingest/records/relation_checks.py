"""What must hold within one record: its parties, its dates, its claims, its counting."""

from collections.abc import Iterator
from datetime import date

from ingest.records.directory import Tie
from ingest.records.models import (
    Call,
    Cooperation,
    Counted,
    Evidence,
    Protocol,
    Relation,
    SisterCity,
    Thing,
)  # fmt: skip
from ingest.records.parsing import Place
from ingest.records.plan_models import StageItem
from ontology.dates import DateBounds
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["COUNTED_KIND", "check_evidence", "check_relation", "error_at"]

#: Section of counted relations → kind of declared count.
COUNTED_KIND = {
    "sister_cities": "sister_city",
    "protocols": "cooperation_protocol",
    "memberships": "city_network",
}


def error_at(template: str, place: Place, key: str = "", **facts: object) -> RecordError:
    """Return an error at the line of a field, or at the first line of the record."""
    return RecordError(template, file=place.file, line=place.line_of(key), **facts)


def check_relation(tie: Tie) -> Iterator[RecordError]:
    """Yield every error within one relation."""
    yield from _check_parties(tie)
    yield from _check_start(tie.record)
    yield from check_evidence(tie.record)
    if isinstance(tie.record, Counted):
        yield from _check_counting(tie, tie.record)
    if bool(tie.record.grade) != bool(tie.record.grade_reason):
        yield error_at(
            N_("'grade' and 'grade_reason' go together. Add the missing one, or remove both."),
            tie.record.place, "grade" if tie.record.grade else "grade_reason",
        )  # fmt: skip


def check_evidence(record: Relation | Thing | StageItem) -> Iterator[RecordError]:
    """Yield every error between the claims about one relation or thing."""
    yield from _check_order(record)
    yield from _check_claims(record)
    yield from _check_days(record)


def _check_parties(tie: Tie) -> Iterator[RecordError]:
    record = tie.record
    if not isinstance(record, SisterCity | Protocol | Cooperation):
        return
    own = {tie.folder.city, tie.folder.authority}
    if record.of == record.partner or (record.of in {None, *own} and record.partner in own):
        yield error_at(
            N_("'partner' is the same party as this relation's own. Name the other party."),
            record.place, "partner",
        )  # fmt: skip


def _claims(record: Relation | Thing | StageItem, field: str) -> list[tuple[DateBounds, Evidence]]:
    return [
        (value, evidence)
        for evidence in record.evidence
        if evidence.says and (value := getattr(evidence.says, field)) is not None
    ]


def _check_start(record: Relation) -> Iterator[RecordError]:
    starts = _claims(record, "start")
    if starts and record.start:
        yield error_at(
            N_("'start: unknown' stands here, but the evidence in line {other} says a start. Remove one."),
            record.place, "start", other=starts[0][1].place.line,
        )  # fmt: skip
    if not starts and not record.start:
        yield error_at(
            N_(
                "No evidence says when this began. Add 'says: {{start: …}}' to the evidence, "
                "or 'start: unknown' here."
            ),
            record.place,
        )  # fmt: skip


def _check_order(record: Relation | Thing | StageItem) -> Iterator[RecordError]:
    """Find ends before starts: within one document, or when all documents together leave no doubt."""
    wrong = [e for e in record.evidence if e.says and _is_before(e.says.end, e.says.start)]
    starts, ends = _claims(record, "start"), _claims(record, "end")
    if (
        not wrong
        and starts
        and ends
        and all(_is_before(end, start) for end, _ in ends for start, _ in starts)
    ):
        wrong = [ends[0][1]]
    for evidence in wrong:
        place = evidence.says.place if evidence.says else evidence.place
        end = evidence.says.end if evidence.says else None
        yield error_at(
            N_("The end ({end}) is before the start ({start}). Check both dates."),
            place, "end", end=end.text if end else "", start=starts[0][0].text,
        )  # fmt: skip


def _is_before(end: DateBounds | None, start: DateBounds | None) -> bool:
    return bool(end and start) and _latest(end) < _earliest(start)


def _latest(bounds: DateBounds | None) -> date:
    return (bounds and bounds.latest) or date.max


def _earliest(bounds: DateBounds | None) -> date:
    return (bounds and bounds.earliest) or date.min


def _check_days(record: Relation | Thing | StageItem) -> Iterator[RecordError]:
    """Find days that the kind of record does not have: a call opens and closes, all else begins and ends."""
    of_calls, of_others = ("opening", "deadline"), ("start", "end")
    wrong = of_others if isinstance(record, Call) else of_calls
    for evidence in record.evidence:
        for field in wrong:
            if evidence.says and getattr(evidence.says, field) is not None:
                yield error_at(
                    N_("A call has 'opening' and 'deadline', all else 'start' and 'end'. Rename '{field}'."),
                    evidence.says.place, field, field=field,
                )  # fmt: skip


def _check_claims(record: Relation | Thing | StageItem) -> Iterator[RecordError]:
    seen: dict[tuple[str, str, str], Evidence] = {}
    for evidence in record.evidence:
        for field in type(evidence.says).model_fields if evidence.says else ():
            value = getattr(evidence.says, field)
            if field == "place" or value is None:
                continue
            claim = (evidence.document, field, getattr(value, "text", str(value)))
            if claim in seen:
                yield error_at(
                    N_("'{document}' says the same '{field}' twice: here and in {other}. Keep one of them."),
                    evidence.place, document=evidence.document, field=field, other=seen[claim].place.ref,
                )  # fmt: skip
            seen[claim] = evidence


def _check_counting(tie: Tie, record: Counted) -> Iterator[RecordError]:
    owner = getattr(record, "of" if isinstance(record, SisterCity | Protocol) else "member")
    is_own = owner in {None, tie.folder.city, tie.folder.authority}
    if is_own and record.counted is None:
        yield error_at(N_("'counted' is missing. Write true or false, and the reason."), record.place)
    if (record.counted is not None) != (record.counting_reason is not None):
        yield error_at(
            N_("'counted' and 'counting_reason' go together. Add the missing one."), record.place, "counted"
        )
    if not is_own and record.counted:
        yield error_at(
            N_("Only relations of the folder's own authority can be counted. Write 'counted: false'."),
            record.place, "counted",
        )  # fmt: skip
    kind = COUNTED_KIND[tie.section]
    if record.counted and not any(count.kind == kind for count in tie.folder.declared_counts):
        yield error_at(
            N_("This is counted, but 'declared_counts' has no number of the kind '{kind}'. Add it there."),
            record.place, "counted", kind=kind,
        )  # fmt: skip
    declared = {count.on.latest for count in tie.folder.declared_counts if count.kind == kind}
    for day in sorted(record.counted_on - declared) if declared else ():
        yield error_at(
            N_("'counted' names {day}, but no number of the kind '{kind}' is declared for that day. "
               "Correct the day, or add the number to 'declared_counts'."),
            record.place, "counted", day=day.isoformat(), kind=kind,
        )  # fmt: skip
