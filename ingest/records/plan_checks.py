"""What must hold between the records of a plan, where a person is told best with file and line.

What is left to the shapes: which side of its baseline a target lies on, the unit and the period of a
measurement, the order of the stages.
"""

from collections.abc import Iterator

from ingest.records.directory import Directory
from ingest.records.parsing import Place
from ingest.records.plan_models import Activity, Indicator, Stage, StageItem
from ingest.records.reading import Folder
from ingest.records.relation_checks import check_evidence, error_at
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["check_plan_records"]


def check_plan_records(folder: Folder, directory: Directory) -> Iterator[RecordError]:
    """Yield every error between the records of a folder's plan."""
    for stage in folder.stages:
        yield from _check_own_document(stage, stage.document)
        for item in (*stage.contents, *stage.results, *stage.roles):
            yield from check_evidence(item)
            yield from _check_own_document(item, item.document or stage.document)
    for activity in folder.activities:
        yield from _check_funding(activity, directory)
    for indicator in folder.indicators:
        yield from _check_own_document(indicator, indicator.document)
        yield from _check_years(indicator)
    yield from _check_same_measurements(folder)


def _check_own_document(record: Stage | StageItem | Indicator, document: str) -> Iterator[RecordError]:
    """Find evidence that is the document in which the thing stands: it would grade itself twice."""
    for evidence in record.evidence:
        if evidence.document == document:
            yield error_at(
                N_("This stands in '{value}' itself, so that is no further evidence. Remove it here."),
                evidence.place, "document", value=document,
            )  # fmt: skip


def _check_funding(activity: Activity, directory: Directory) -> Iterator[RecordError]:
    if not _knows_all_money(directory):
        return
    for id_ in activity.funding:
        is_project = directory.find("projects", id_) and not directory.find("programmes", id_)
        if is_project and not _has_money(id_, directory):
            yield error_at(
                N_(
                    "'funding' names the project '{value}', but no grant or loan is recorded for it. "
                    "Record one with 'project: {value}', or name a programme."
                ),
                activity.place, "funding", value=id_,
            )  # fmt: skip


def _knows_all_money(directory: Directory) -> bool:
    """Return whether every grant and loan could be read; if not, one that is not found proves nothing."""
    sections = ("grants", "loans")
    return directory.is_complete and not any(
        folder.wrong_ids.get(section) for folder in directory.folders for section in sections
    )


def _has_money(project: str, directory: Directory) -> bool:
    return any(
        money.project == project for folder in directory.folders for money in (*folder.grants, *folder.loans)
    )


def _check_years(indicator: Indicator) -> Iterator[RecordError]:
    baseline, target = indicator.baseline, indicator.target
    if baseline and target and target.year < baseline.year:
        yield error_at(
            N_("The target's year ({target}) is before the baseline's ({baseline}). Check both years."),
            target.place, "year", target=target.year, baseline=baseline.year,
        )  # fmt: skip


def _check_same_measurements(folder: Folder) -> Iterator[RecordError]:
    seen: dict[tuple[str, str], Place] = {}
    for record in folder.measurements:
        indicator, period = record.indicator, record.period.text
        first = seen.setdefault((indicator, period), record.place)
        if first is not record.place:
            yield error_at(
                N_("'{indicator}' is measured twice for {period}: here and in {other}. Keep one of them."),
                record.place, "period", indicator=indicator, period=period, other=first.ref,
            )  # fmt: skip
