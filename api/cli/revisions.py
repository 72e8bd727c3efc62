"""``kopru revisions`` and ``kopru rollback``: what was published, and going back."""

from typing import Annotated

import typer

from api.cli.options import StoreOption, get_session, open_named_store
from ontology.messages import N_

__all__ = ["revisions", "rollback"]

HELP = N_("List the published revisions, newest first; * marks the current one.")
EXAMPLE = N_("Example: kopru revisions --store var/store")
ROLLBACK_HELP = N_("Make an earlier revision the current one. Later ones stay and can be taken back.")
ROLLBACK_EXAMPLE = N_("Example: kopru rollback 3")


def revisions(ctx: typer.Context, store: StoreOption = None) -> None:
    """List what was published."""
    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    infos = opened.list_revisions()
    if not infos:
        opened.current()  # says whether nothing was published yet, or nothing is whole
    current = None if opened.is_empty() else opened.current().number
    rows = [
        (
            f"{info.number}{' *' if info.number == current else ''}",
            f"{info.created_at.astimezone():%Y-%m-%d %H:%M}",
            info.statements,
            info.parent or "–",
            ", ".join(info.sources),
        )
        for info in reversed(infos)
    ]
    headings = session.translate_all(
        N_("Revision"), N_("Published"), N_("Statements"), N_("Made from"), N_("Sources")
    )
    session.table(headings, rows, right=(2,))


def rollback(
    ctx: typer.Context,
    revision: Annotated[int, typer.Argument(metavar=N_("REV"), help=N_("Number of the revision."))],
    store: StoreOption = None,
) -> None:
    """Go back to a revision."""
    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    info = opened.rollback(revision)
    session.say(
        N_("Revision {number} is the current one again ({statements} statements)."),
        number=info.number, statements=info.statements,
    )  # fmt: skip
