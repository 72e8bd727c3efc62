"""A workbook into the records: first what would change, checked to the last rule; then all or nothing."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.publishing import OnStep
from graph.store import GraphStore, ignore_step
from graph.validation import Violation
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
from ingest.workbook.rows import Row, to_rows
from ingest.workbook.swapping import finish_swap, records_lock, recover, settle_swap, swap
from ontology.errors import (
    HasSentence,
    InvalidBatch,
    KopruError,
    RecordError,
    RecordErrors,
    SheetError,
    SheetErrors,
    WorkbookError,
)
from ontology.iris import Iris
from ontology.messages import N_, Language

__all__ = ["Preview", "apply_import", "check_staged", "plan_import", "preview_import"]


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
    origins
        A record, as ``table/key`` → the row of the workbook that it comes from.
    """

    folder: RecordsFolder
    changes: tuple[Change, ...]
    notices: tuple[tuple[str, dict[str, object]], ...]
    files: dict[str, bytes]
    origins: dict[str, SheetRow]


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
    preview = plan_import(content, load_folder(records, city, store.iris), store.iris)
    if preview.files:
        check_staged(preview, store, city, on_step)
    return preview


def plan_import(content: bytes, folder: RecordsFolder, iris: Iris) -> Preview:
    """Return what a workbook changes in the records; only the rules that need a store are not checked.

    Raises
    ------
    WorkbookError, SheetErrors
        As ``preview_import``.
    """
    book = read_workbook(content)
    _refuse(book.errors)
    kept = book.snapshot
    if kept and kept.folder != folder.name:
        template = N_(
            "This workbook is of the records of '{other}', not of '{folder}'. Name the city with KOPRU_CITY."
        )
        raise WorkbookError(template, other=kept.folder, folder=folder.name)
    base = kept.rows if kept else folder.rows
    keyed = assign_keys(book, base, folder.rows)
    _refuse(keyed.errors)
    outcome, conflicts = merge(base, folder.rows, keyed, book.language)
    _refuse(conflicts)
    origins = {f"{name}/{key}": row for name, rows in keyed.rows.items() for key, row in rows.items()}
    notices = _notices(book, folder)
    if not outcome.changes:
        return Preview(folder, (), notices, {}, origins)
    _refuse(check_rows(outcome.rows, origins, folder, iris, book.language))
    return Preview(folder, outcome.changes, notices, rewrite(folder, outcome), origins)


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


def check_staged(preview: Preview, store: GraphStore, city: str, on_step: OnStep) -> None:
    """Run the whole ingest on a copy of the records, and publish nothing.

    Raises
    ------
    SheetErrors
        A rule of the model is broken; the rows are named.
    """
    root = preview.folder.root
    content = {file.name: file.content for file in preview.folder.raw} | preview.files
    with tempfile.TemporaryDirectory(prefix="kopru-") as staged:
        for name, text in content.items():
            path = Path(staged) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text)
        try:
            ingest(store, "records", records=root, location=staged, city=city, dry_run=True, on_step=on_step)
        except (InvalidBatch, RecordErrors) as error:
            raise SheetErrors(_name_rows(error, preview)) from error


def _name_rows(error: InvalidBatch | RecordErrors, preview: Preview) -> list[KopruError]:
    """Return what is wrong with the rows of the workbook that it comes from, where it comes from one."""
    own = {file.name: file.content for file in preview.folder.raw if file.name in preview.folder.contents}
    texts = {name: content.decode("utf-8-sig") for name, content in (own | preview.files).items()}
    parsed = {name: parse_yaml(text, name) for name, text in texts.items()}
    written = [row for table in to_rows(parsed).values() for row in table.values()]
    return [_name_row(found, written, preview.origins) for found in error.found]


def _name_row(found: HasSentence, written: list[Row], origins: dict[str, SheetRow]) -> KopruError:
    if isinstance(found, RecordError):
        facts = {name: fact for name, fact in found.facts.items() if name not in {"file", "line"}}
        origin = _find_origin(f"{found.facts['file']}:{found.facts['line'] or 0}", written, origins)
        return origin.error(found.template, str(facts.get("field", "")), **facts) if origin else found
    ref = found.record_ref if isinstance(found, Violation) else None
    origin = _find_origin(ref, written, origins) if ref else None
    if origin and isinstance(found, Violation):
        return _BrokenRule(found.message, origin.error(""))
    return InvalidBatch([found])


def _find_origin(ref: str, written: list[Row], origins: dict[str, SheetRow]) -> SheetRow | None:
    """Return the row of the workbook whose record is written at ``file:line``."""
    file, _, line = ref.rpartition(":")
    above = [(row.place.line, row) for row in written if row.place and row.place.file == file]
    at_or_above = [(start, row) for start, row in above if start <= int(line)]
    row = max(at_or_above, key=lambda one: one[0], default=(0, None))[1]
    if row is None:
        return None
    same = (one for ref, one in origins.items() if ref.startswith(f"{row.table}/") and one.cells == row.cells)
    return next(same, None)


class _BrokenRule(SheetError):
    """A rule of the model that a row breaks; the shape says it in both languages."""

    def __init__(self, messages: dict[Language, str], place: SheetError) -> None:
        self._messages = messages
        super().__init__("{message}", **{**place.facts, "message": messages["en"]})  # type: ignore[arg-type]

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
