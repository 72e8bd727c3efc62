"""``kopru workbook``: the records as a spreadsheet, and a spreadsheet back into the records."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import RecordsOption, StoreOption, get_session, open_named_store
from api.cli.session import Session
from ontology.errors import BadParameter, KopruError, WorkbookError
from ontology.messages import N_
from ontology.reasons import reason_of
from ontology.text import fold

if TYPE_CHECKING:
    from ingest.workbook.changes import Change
    from ingest.workbook.importing import Preview

__all__ = ["agrees", "export", "import_", "show_changes"]

HELP = N_("The records as a spreadsheet (.xlsx) to edit, and back into the records.")
EXAMPLE = N_("Example: kopru workbook export records.xlsx, edit it, kopru workbook import records.xlsx")
EXPORT_HELP = N_(
    "Write all records into a spreadsheet, one sheet for each kind, with drop-downs, notes and instructions; "
    "--lang says in which language."
)
EXPORT_EXAMPLE = N_("Example: kopru workbook export records.xlsx --lang en")
IMPORT_HELP = N_(
    "Show what an edited spreadsheet changes, ask, then rewrite the records and publish them: all of it or "
    "nothing."
)
IMPORT_EXAMPLE = N_("Example: kopru workbook import records.xlsx --dry-run")

FileArgument = Annotated[
    Path, typer.Argument(readable=False, metavar=N_("FILE.xlsx"), help=N_("The spreadsheet."))
]

#: Answers that mean yes.
_YES = {"e", "evet", "y", "yes"}


def export(
    ctx: typer.Context,
    file: FileArgument,
    store: StoreOption = None,
    records: RecordsOption = None,
) -> None:
    """Write the workbook."""
    from ingest.workbook.exporting import export_workbook
    from ingest.workbook.folder import load_folder
    from ingest.workbook.swapping import recover

    session = get_session(ctx)
    settings, opened = open_named_store(session, store, records=records)
    if file.suffix.lower() != ".xlsx":
        raise BadParameter(
            N_("A workbook is written as .xlsx: name a file such as records.xlsx, not '{value}'."), value=file
        )
    recover(settings.records_folder, opened)
    folder = load_folder(settings.records_folder, settings.city, opened.iris)
    content = export_workbook(folder, session.language, datetime.now(UTC).astimezone().date())
    _write(file, content)
    count = sum(len(rows) for rows in folder.rows.values())
    session.say(
        N_("{file} is written: {count} rows of the records of {folder}."),
        file=file,
        count=count,
        folder=folder.name,
    )


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = file.with_name(f".{file.name}.writing")
    try:
        temporary.write_bytes(content)
        temporary.replace(file)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise WorkbookError(
            N_("{file} can't be written ({reason}). Name a file in a folder where this user may write."),
            file=file, reason=reason_of(error),
        ) from error  # fmt: skip


def import_(  # noqa: PLR0913 (the options of a command)
    ctx: typer.Context,
    file: FileArgument,
    store: StoreOption = None,
    records: RecordsOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only show what would change."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Don't ask."))] = False,
) -> None:
    """Bring a workbook into the records."""
    from ingest.workbook.importing import apply_import, preview_import

    session = get_session(ctx)
    settings, opened = open_named_store(session, store, records=records)
    preview = preview_import(
        _read(file),
        records=settings.records_folder,
        store=opened,
        city=settings.city,
        on_step=session.on_step,
    )
    _show(session, preview)
    if not preview.changes:
        session.say(N_("The workbook says what the records say: nothing to change."))
    elif dry_run:
        session.say(N_("This was a dry run: nothing was changed."))
    elif yes or agrees(session):
        report = apply_import(preview, store=opened, city=settings.city, on_step=session.on_step)
        session.say(N_("The records are rewritten: {files}."), files=", ".join(sorted(preview.files)))
        if report.published is not None:
            session.say(N_("Revision {number} is published."), number=report.published.number)
    else:
        raise KopruError(N_("Nothing was changed. To change it, answer yes, or write --yes."))


def _read(file: Path) -> bytes:
    from ingest.workbook.opening import LARGEST

    try:
        if file.is_file() and file.stat().st_size > LARGEST:
            with file.open("rb") as opened:
                return opened.read(LARGEST + 1)  # enough to be refused by its size
        return file.read_bytes()
    except OSError as error:
        raise WorkbookError(
            N_("{file} can't be read ({reason}). Check the name, and the right to read it."),
            file=file, reason=reason_of(error),
        ) from error  # fmt: skip


def _show(session: Session, preview: "Preview") -> None:
    for template, facts in preview.notices:
        session.warn(session.translate(template, **facts))
    show_changes(session, preview.changes)


def show_changes(session: Session, changes: "tuple[Change, ...]") -> None:
    """Write what happens to each record, and how many there are."""
    from ingest.workbook.changes import count_changes

    for change in changes:
        _show_change(session, change)
    if changes:
        counts = count_changes(changes)
        session.say(
            N_("{added} added, {changed} changed, {ended} ended, {removed} removed."),
            **{str(kind): count for kind, count in counts.items()},
        )


def _show_change(session: Session, change: "Change") -> None:
    session.say("{sentence}", sentence=change.sentence(session.language))
    if change.kind != "removed":
        for line in change.lines(session.language):
            session.say("  {line}", line=line)


def agrees(session: Session) -> bool:
    """Ask whether the records are to be changed so; no answer is a no."""
    session.note(N_("Change the records so, and publish them? [y/N]"))
    try:
        return fold(input()) in _YES
    except EOFError:
        return False
