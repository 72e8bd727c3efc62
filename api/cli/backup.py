"""``kopru backup`` and ``kopru restore``: everything in one file, and back."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.app import program_version
from api.cli.options import RecordsOption, StoreOption, get_session, open_named_store
from api.cli.session import Session
from api.settings import Settings
from ontology.errors import BackupError
from ontology.messages import N_

__all__ = ["backup", "restore"]

HELP = N_(
    "Write store, records, decisions and what the program remembers into one file, and verify it; a server "
    "may go on answering."
)
EXAMPLE = N_("Example: kopru backup /mnt/safe/kopru-2026-03-02.zip")
RESTORE_HELP = N_(
    "Restore a backup into an empty folder, all of it or nothing, after each file was compared with its "
    "digest."
)
RESTORE_EXAMPLE = N_("Example: kopru restore kopru-2026-03-02.zip --store var/restored")

_ON_SERVER = N_(
    "The graph lies on the SPARQL server at {address}, so its own tools make and restore the copies of it. "
    "Copy the folder {folder} and the records beside it; 'kopru export --format nq' writes the graph."
)
#: Settings that make a difference to what the store says; told at restoring.
_TOLD = ("city", "base_iri", "lang")


def backup(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            readable=False,
            metavar=N_("FILE"),
            help=N_("File to write; in a folder it gets a name of its own."),
        ),
    ],
    store: StoreOption = None,
    records: RecordsOption = None,
) -> None:
    """Write a backup."""
    from ingest.backup.backing_up import make_backup

    session = get_session(ctx)
    settings, opened = open_named_store(session, store, records=records)
    _check_folder(settings)
    if file.is_dir():
        file = file / f"kopru-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip"
    manifest = make_backup(
        opened, settings.records_folder, file, version=program_version(), settings=_tell(settings)
    )
    session.say(
        N_("{file} is written and verified: revision {number}, {files} files, {size} MB."),
        file=file, number=manifest.revision, files=len(manifest.entries),
        size=f"{file.stat().st_size / 1e6:.1f}",
    )  # fmt: skip


def _tell(settings: Settings) -> dict[str, object]:
    """Return the settings without what is secret and without what belongs to this machine."""
    left_out = {"records", "host", "port", "write_token"}
    left_out |= {name for name in Settings.model_fields if name.startswith("store")}
    return settings.model_dump(mode="json", exclude=left_out)


def _check_folder(settings: Settings) -> None:
    """Raise when the graph lies on a server, whose own tools copy it."""
    if settings.server is not None:
        raise BackupError(_ON_SERVER, address=settings.server.base, folder=settings.folder)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(readable=False, metavar=N_("FILE"), help=N_("The backup."))],
    store: StoreOption = None,
    records: RecordsOption = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help=N_("Move aside what is in the folders; a running server must be started again.")
        ),
    ] = False,
) -> None:
    """Restore a backup."""
    from ingest.backup.restoring import restore_backup

    session = get_session(ctx)
    settings, opened = open_named_store(session, store, records=records)
    _check_folder(settings)
    manifest = restore_backup(file, opened.path, settings.records_folder, replace=replace)
    session.say(
        N_("Revision {number} is restored, as it was on {day}; its content has been counted again."),
        number=manifest.revision, day=f"{manifest.made_at.astimezone():%Y-%m-%d %H:%M}",
    )  # fmt: skip
    _compare_settings(session, settings, manifest.settings)


def _compare_settings(session: Session, settings: Settings, told: dict[str, object]) -> None:
    here = settings.model_dump(mode="json")
    for name in _TOLD:
        if name in told and told[name] != here[name]:
            template = N_("It was made with {name}={value}; here it is '{here}'. Set it before serving.")
            facts = {"name": f"KOPRU_{name.upper()}", "value": told[name], "here": here[name]}
            session.warn(session.translate(template, **facts))
