"""``kopru records``: the records that come with a new version, merged with those that you edited."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import RecordsOption, StoreOption, get_session, open_named_store
from api.cli.session import Session
from api.cli.workbook import agrees, show_changes
from ontology.errors import KopruError
from ontology.messages import N_

if TYPE_CHECKING:
    from ingest.upgrade.upgrading import Upgrade

__all__ = ["upgrade"]

HELP = N_("The records that come with the program, beside those that you edit.")
EXAMPLE = N_("Example: kopru records upgrade --dry-run")
UPGRADE_HELP = N_(
    "Show what the bundled records of this version would change in yours, ask, then merge field by field and "
    "publish. Where both changed the same, yours stays until --take names it."
)
UPGRADE_EXAMPLE = N_("Example: kopru records upgrade --take plans/strategic-plan")


def upgrade(  # noqa: PLR0913 (the options of a command)
    ctx: typer.Context,
    store: StoreOption = None,
    records: RecordsOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only show what would change."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Don't ask."))] = False,
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar=N_("RECORD"),
            help=N_("Take the new state of this record (or 'all') in conflicts."),
        ),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help=N_("Keep yours in all other conflicts, and don't tell them again."))
    ] = False,
) -> None:
    """Upgrade the records."""
    from ingest.upgrade.upgrading import apply_upgrade, preview_upgrade

    session = get_session(ctx)
    settings, opened = open_named_store(session, store, records=records)
    found = preview_upgrade(
        settings.records_folder, opened, settings.city, taken=frozenset(take or ()), on_step=session.on_step
    )
    _show(session, found)
    if dry_run:
        session.say(N_("This was a dry run: nothing was changed."))
        return
    if found.preview.files and not (yes or agrees(session)):
        raise KopruError(N_("Nothing was changed. To change it, answer yes, or write --yes."))
    number = apply_upgrade(found, opened, settings.city, settle=keep, on_step=session.on_step)
    if found.preview.files:
        files = ", ".join(sorted(found.preview.files))
        session.say(N_("The records are rewritten: {files}."), files=files)
    if number is not None:
        session.say(N_("Revision {number} is published."), number=number)


def _show(session: Session, found: "Upgrade") -> None:
    if not found.knows_base:
        session.warn(
            session.translate(
                N_(
                    "It is not known which records were installed here: what you deleted from them is "
                    "offered again as new."
                )
            )
        )
    show_changes(session, found.preview.changes)
    for conflict in found.conflicts:
        session.warn(
            session.translate(N_("Yours stays: {conflict}"), conflict=conflict.sentence(session.language))
        )
        session.note("    --take {ref}", ref=conflict.ref)
    if not found.preview.changes and not found.conflicts:
        session.say(N_("Your records have all that comes with this version: nothing to change."))
