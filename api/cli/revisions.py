"""``kopru revisions`` and ``kopru rollback``: what was published, and going back."""

from typing import Annotated

import typer

from api.cli.options import StoreOption, get_session, open_named_store
from api.cli.session import Session
from graph.history import GoingBack
from ontology.messages import N_

__all__ = ["revisions", "rollback"]

HELP = N_(
    "List the published revisions, newest first; * marks the current one. Old ones are collected when a new "
    "one is published: kept are the current one, the newest 10 beside it (KOPRU_KEEP_REVISIONS), the last "
    "one of each of the last 24 months (KOPRU_KEEP_MONTHS) and the last one of each year."
)
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
    for going in opened.list_goings_back():
        session.say("{sentence}", sentence=_describe(session, going))
    session.note("{rule}", rule=opened.retention.sentence(session.language))


def _describe(session: Session, going: GoingBack) -> str:
    """Return when somebody went to another revision, and why."""
    sentence = session.translate(
        N_("{moment}: back from revision {before} to {after}."),
        moment=f"{going.at.astimezone():%Y-%m-%d %H:%M}", before=going.before or "?", after=going.after,
    )  # fmt: skip
    return " ".join([sentence, *filter(None, (going.office and f"{going.office}:", going.why))])


def rollback(
    ctx: typer.Context,
    revision: Annotated[int, typer.Argument(metavar=N_("REV"), help=N_("Number of the revision."))],
    store: StoreOption = None,
    why: Annotated[
        str, typer.Option("--why", metavar=N_("TEXT"), help=N_("The reason; it is written down."))
    ] = "",
    office: Annotated[
        str,
        typer.Option(
            "--office", metavar=N_("TEXT"), help=N_("The office that decides, never a person's name.")
        ),
    ] = "",
) -> None:
    """Go back to a revision."""
    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    info = opened.rollback(revision, why=why, office=office)
    session.say(
        N_("Revision {number} is the current one again ({statements} statements)."),
        number=info.number, statements=info.statements,
    )  # fmt: skip
    session.note(
        N_("The files of records stay as they are: the next 'kopru ingest records' publishes them again.")
    )
