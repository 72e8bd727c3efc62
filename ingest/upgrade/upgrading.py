"""The records that come with this version, merged with a user's: first shown, then done."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from graph.publishing import OnStep
from graph.store import GraphStore, ignore_step
from ingest.batch import RawFile
from ingest.bundle import bundled_files, installed_files, is_upgrade_waiting, keep_installed, mark_as_seen
from ingest.records.parsing import parse_yaml
from ingest.records.reading import fetch_files
from ingest.upgrade.merging import Conflict, merge_upgrade
from ingest.workbook.changes import Change, FieldChange
from ingest.workbook.folder import RecordsFolder, check_files
from ingest.workbook.importing import Preview, apply_import, check_staged
from ingest.workbook.layout import tables
from ingest.workbook.rewriting import rewrite
from ingest.workbook.rows import Rows, to_rows
from ingest.workbook.swapping import recover
from ontology.errors import RecordErrors, WorkbookError
from ontology.iris import Iris
from ontology.messages import N_

__all__ = ["Upgrade", "apply_upgrade", "is_upgrade_waiting", "preview_upgrade"]


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade of the records would do.

    Attributes
    ----------
    preview
        The records as they are, the changes, and the files with their new content.
    conflicts
        Where the user's values stay.
    knows_base
        Whether it is known what was installed; without it nothing tells a record that the user deleted
        from one that is new.
    """

    preview: Preview
    conflicts: tuple[Conflict, ...]
    knows_base: bool


def preview_upgrade(
    records: Path,
    store: GraphStore,
    city: str,
    *,
    taken: Collection[str] = (),
    on_step: OnStep = ignore_step,
) -> Upgrade:
    """Return what the new bundled records would change, after all rules have been checked on it.

    Raises
    ------
    WorkbookError
        The user has no folder of the name of a bundled one, or the records are written in a way that can't be
        changed safely.
    KopruError
        The records can't be read, or the result would break a rule.
    """
    recover(records, store)
    (name, bundled), *_ = bundled_files().items()
    folder = _load(records, name, store.iris)
    installed = installed_files(records, name)
    base = _rows(name, installed) if installed else {table: {} for table in tables()}
    new_files = _find_new_files(folder, bundled, base)
    wider = replace(folder, raw=(*folder.raw, *new_files))
    outcome, conflicts = merge_upgrade(base, wider.rows, _rows(name, bundled), taken)
    added = _added_with(folder, wider)
    files = rewrite(wider, outcome)
    files |= {file.name: file.content for file in new_files if file.name not in files}
    preview = Preview(folder, (*added, *outcome.changes), (), files, {})
    if files:
        check_staged(preview, store, city, on_step)
    return Upgrade(preview, conflicts, bool(installed))


def _load(records: Path, name: str, iris: Iris) -> RecordsFolder:
    raw, errors = fetch_files(records)
    if errors:
        raise RecordErrors(errors)
    if not any(file.name.startswith(f"{name}/") for file in raw):
        raise WorkbookError(
            N_("The folder {folder} has no records of '{name}', so there is nothing to upgrade."),
            folder=records, name=name,
        )  # fmt: skip
    return RecordsFolder(records, name, tuple(raw), check_files(tuple(raw), iris))


def _rows(name: str, files: dict[str, bytes]) -> Rows:
    return to_rows(
        {
            f"{name}/{file}": parse_yaml(content.decode("utf-8-sig"), f"{name}/{file}")
            for file, content in files.items()
        }
    )


def _find_new_files(folder: RecordsFolder, bundled: dict[str, bytes], base: Rows) -> list[RawFile]:
    """Return files that can be copied as they are, comments and all: of records that nobody had yet."""
    found = []
    for file, content in bundled.items():
        rows = _rows(folder.name, {file: content})
        is_new = all(
            not (table_rows.keys() & (folder.rows[table].keys() | base[table].keys()))
            for table, table_rows in rows.items()
        )
        if is_new and any(rows.values()) and f"{folder.name}/{file}" not in folder.contents:
            found.append(RawFile(f"{folder.name}/{file}", content))
    return found


def _added_with(folder: RecordsFolder, wider: RecordsFolder) -> tuple[Change, ...]:
    """Return the records that come with new files, as changes."""
    return tuple(
        Change("added", row, tuple(FieldChange(name, "", text) for name, text in row.cells.items()))
        for table, rows in wider.rows.items()
        for key, row in rows.items()
        if key not in folder.rows[table]
    )


def apply_upgrade(
    upgrade: Upgrade, store: GraphStore, city: str, *, settle: bool = False, on_step: OnStep = ignore_step
) -> int | None:
    """Rewrite the files of records and publish them, all or nothing; remember what was installed.

    Parameters
    ----------
    settle
        Whether the user's values are to stay for good: the conflicts are not told again.

    Returns
    -------
    int or None
        Number of the revision that was published, if one was.
    """
    folder = upgrade.preview.folder
    published = None
    if upgrade.preview.files:
        report = apply_import(upgrade.preview, store=store, city=city, on_step=on_step)
        published = report.published.number if report.published else None
    if settle or not upgrade.conflicts:
        keep_installed(folder.root)
    mark_as_seen(folder.root)
    return published
