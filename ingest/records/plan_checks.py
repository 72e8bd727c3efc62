"""What must hold between the records of a plan, where a person is told best with file and line.

What is left to the shapes: which side of its baseline a target lies on, the unit and the period of a
measurement, the order of the stages.
"""

from collections.abc import Iterator

from ingest.records.directory import Directory
from ingest.records.parsing import Place
from ingest.records.plan_models import Activity, Indicator
from ingest.records.reading import Folder
from ingest.records.relation_checks import check_evidence, error_at
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["check_plan_records", "has_money"]


def check_plan_records(folder: Folder, directory: Directory) -> Iterator[RecordError]:
    """Yield every error between the records of a folder's plan."""
    for stage in folder.stages:
        for item in (*stage.contents, *stage.results, *stage.roles):
            yield from check_evidence(item)
    for activity in folder.activities:
        yield from _check_funding(activity, directory)
    for indicator in folder.indicators:
        yield from _check_years(indicator)
    yield from _check_same_measurements(folder)


def has_money(project: str, directory: Directory) -> bool:
    """Return whether a grant or loan is recorded for a project."""
    return any(
        money.project == project for folder in directory.folders for money in (*folder.grants, *folder.loans)
    )


def _check_funding(activity: Activity, directory: Directory) -> Iterator[RecordError]:
    for id_ in activity.funding if directory.is_complete else ():
        is_project = directory.find("projects", id_) and not directory.find("programmes", id_)
        wrong = any(
            folder.wrong_ids.get(name) for folder in directory.folders for name in ("grants", "loans")
        )
        if is_project and not wrong and not has_money(id_, directory):
            yield error_at(
                N_(
                    "'funding' names the project '{value}', but no grant or loan is recorded for it. "
                    "Record one with 'project: {value}', or name a programme."
                ),
                activity.place, "funding", value=id_,
            )  # fmt: skip


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
        first = seen.setdefault((record.indicator, record.period.text), record.place)
        if first is not record.place:
            yield error_at(
                N_("'{indicator}' is measured twice for {period}: here and in {other}. Keep one of them."),
                record.place, "period", indicator=record.indicator, period=record.period.text, other=first.ref,
            )  # fmt: skip
