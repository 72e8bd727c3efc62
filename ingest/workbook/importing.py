"""A workbook into the records: first what would change, checked to the last rule; then all or nothing."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.publishing import OnStep
from graph.store import GraphStore, ignore_step
from ingest.pipeline import ingest
from ingest.records.parsing import parse_yaml
from ingest.report import IngestReport
from ingest.workbook.changes import Change
from ingest.workbook.checking import check_rows
from ingest.workbook.folder import RecordsFolder, load_folder
from ingest.workbook.keys import assign_keys
from ingest.workbook.merging import merge
from ingest.workbook.reading import Book, SheetRow, read_workbook
from ingest.workbook.rewriting import rewrite
from ingest.workbook.rows import to_rows
from ingest.workbook.swapping import finish_swap, records_lock, recover, settle_swap, swap
from ontology.errors import InvalidBatch, KopruError, SheetError, SheetErrors, WorkbookError
from ontology.messages import N_, Language

__all__ = ["Preview", "apply_import", "preview_import"]


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Attributes
    ----------
    folder
        The records as they are.
    changes
        What changes in them, in the order of the sheets.
    notices
        What a person should know besides: a template and its facts each.
    files
        Name of a file → its new content.
    """

    folder: RecordsFolder
    changes: tuple[Change, ...]
    notices: tuple[tuple[str, dict[str, object]], ...]
    files: dict[str, bytes]


def preview_import(
    content: bytes, *, records: Path, store: GraphStore, city: str, on_step: OnStep = ignore_step
) -> Preview:
    """Return what the import of a workbook would change, after all rules have been checked on it.

    Parameters
    ----------
    content
        The bytes of the file.
    records
        The records folder.
    store
        Where the records are published.
    city
        Whose folder of records the workbook is of.
    on_step
        Called with the name of each step as it begins.

    Raises
    ------
    WorkbookError, SheetErrors
        The workbook can't be read, or something in it is wrong; every place is named.
    KopruError
        The records can't be read, or the store can't be used.
    """
    recover(records, store)
    book = read_workbook(content)
    _refuse(book.errors)
    folder = load_folder(records, city, store.iris)
    kept = book.snapshot
    if kept and kept.folder != folder.name:
        raise WorkbookError(
            N_(
                "This workbook is of the records of '{other}', not of '{folder}'. Name the city with "
                "KOPRU_CITY."
            ),
            other=kept.folder, folder=folder.name,
        )  # fmt: skip
    base = kept.rows if kept else folder.rows
    keyed = assign_keys(book, base, folder.rows)
    _refuse(keyed.errors)
    outcome, conflicts = merge(base, folder.rows, keyed, book.language)
    _refuse(conflicts)
    origins = {f"{name}/{key}": row for name, rows in keyed.rows.items() for key, row in rows.items()}
    if not outcome.changes:
        return Preview(folder, (), _notices(book, folder), {})
    _refuse(check_rows(outcome.rows, origins, folder, store.iris, book.language))
    files = rewrite(folder, outcome)
    _check_staged(folder, files, origins, store, city, on_step)
    return Preview(folder, outcome.changes, _notices(book, folder), files)


def _refuse(errors: Sequence[KopruError]) -> None:
    if errors:
        raise SheetErrors(errors)


def _notices(book: Book, folder: RecordsFolder) -> tuple[tuple[str, dict[str, object]], ...]:
    notices = list(book.notices)
    if book.snapshot is None:
        notices.append((
            N_(
                "This workbook does not say from which records it was made; it is compared with those of "
                "today."
            ), {},
        ))  # fmt: skip
    elif book.snapshot.rows != folder.rows:
        notices.append(
            (N_("The records changed since this workbook was exported; both were brought together."), {})
        )
    return tuple(notices)


def _check_staged(  # noqa: PLR0913 (what a run needs, and where its records come from)
    folder: RecordsFolder, files: dict[str, bytes], origins: dict[str, SheetRow], store: GraphStore,
    city: str, on_step: OnStep,
) -> None:  # fmt: skip
    """Run the whole ingest on a copy of the records, and publish nothing.

    Raises
    ------
    SheetErrors
        A rule of the model is broken; the rows are named.
    """
    content = {file.name: file.content for file in folder.raw} | files
    with tempfile.TemporaryDirectory(prefix="kopru-") as staged:
        for name, text in content.items():
            path = Path(staged) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text)
        try:
            ingest(
                store,
                "records",
                records=folder.root,
                location=staged,
                city=city,
                dry_run=True,
                on_step=on_step,
            )
        except InvalidBatch as error:
            raise SheetErrors(_name_rows(error, files, origins)) from error


def _name_rows(
    error: InvalidBatch, files: dict[str, bytes], origins: dict[str, SheetRow]
) -> list[KopruError]:
    """Return the violations with the rows of the workbook that they come from, where they come from one."""
    parsed = {name: parse_yaml(text.decode("utf-8-sig"), name) for name, text in files.items()}
    written = [row for table in to_rows(parsed).values() for row in table.values() if row.place]
    named: list[KopruError] = []
    for violation in error.violations:
        file, _, line = str(getattr(violation, "record_ref", "") or "").rpartition(":")
        above = [
            row
            for row in written
            if row.place and row.place.file == file and row.place.line <= int(line or 0)
        ]
        row = max(above, key=lambda one: one.place.line if one.place else 0, default=None)
        origin = next(
            (
                one
                for ref, one in origins.items()
                if row and ref.startswith(f"{row.table}/") and one.cells == row.cells
            ),
            None,
        )
        message = getattr(violation, "message", {})
        if origin and message:
            named.append(_BrokenRule(message, origin.error("")))
        else:
            named.append(InvalidBatch([violation]))
    return named


class _BrokenRule(SheetError):
    """A rule of the model that a row breaks; the shape says it in both languages."""

    def __init__(self, messages: dict[Language, str], place: SheetError) -> None:
        super().__init__("{message}", **{**place.facts, "message": messages["en"]})  # type: ignore[arg-type]
        self._messages = messages

    def sentence(self, language: Language) -> str:
        """Return place and message."""
        self.facts["message"] = self._messages[language]
        return super().sentence(language)


def apply_import(
    preview: Preview, *, store: GraphStore, city: str, on_step: OnStep = ignore_step
) -> IngestReport:
    """Rewrite the files of records and publish them; on any fault the files are as they were.

    Raises
    ------
    WorkbookError
        The records changed since the preview.
    KopruError
        The files or the store can't be written to.
    """
    folder = preview.folder
    files = {folder.path_of(name): content for name, content in preview.files.items()}
    with records_lock(folder.root):
        _check_unchanged(folder)
        swap(folder.root, files, 0 if store.is_empty() else store.current().info.number)
        try:
            report = ingest(
                store, "records", records=folder.root, location=str(folder.root), city=city, on_step=on_step
            )
        except BaseException:
            settle_swap(folder.root, store)
            raise
        finish_swap(folder.root)
    return report


def _check_unchanged(folder: RecordsFolder) -> None:
    for file in folder.raw:
        path = folder.path_of(file.name)
        if not path.exists() or path.read_bytes() != file.content:
            raise WorkbookError(
                N_("The file {file} changed meanwhile. Nothing was written; import the workbook again."),
                file=file.name,
            )
