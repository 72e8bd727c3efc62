"""``kopru diff``: what changed between two revisions or two days, for a screen or for a yearly review."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli.options import StoreOption, get_session, open_named_store
from api.cli.session import Session
from graph.changes.model import Comparison
from ontology.errors import StoreNotWritable
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["diff"]

HELP = N_(
    "Show in words what changed between two revisions or two days: what came, went, changed or stands on "
    "better evidence, with sources."
)
EXAMPLE = N_("Example: kopru diff 2025-01-01 2026-01-01 --out review.xlsx")

#: Things of each kind on a screen, and in a file.
_ON_SCREEN, _IN_FILE = 40, 20_000
_ENDINGS = {".html": "html", ".xlsx": "xlsx", ".json": "json"}


def diff(  # noqa: PLR0913 (the options of a command)
    ctx: typer.Context,
    before: Annotated[
        str | None,
        typer.Argument(
            metavar="REV1",
            help=N_("Revision, or a day (YYYY-MM-DD). Default: what was read before the current one."),
        ),
    ] = None,
    after: Annotated[
        str | None,
        typer.Argument(metavar="REV2", help=N_("Revision, or a day. Default: the current revision.")),
    ] = None,
    form: Annotated[
        Literal["table", "json", "html", "xlsx"] | None,
        typer.Option("--format", help=N_("Form of the answer. Default: the ending of --out, or table.")),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="F", help=N_("File to write to."))] = None,
    store: StoreOption = None,
) -> None:
    """Compare two revisions."""
    from graph.changes.choice import choose_revisions
    from graph.changes.service import compare

    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    chosen = form or (_ENDINGS.get(out.suffix.lower(), "json") if out else "table")
    pair = choose_revisions(opened, before, after)
    comparison = compare(*pair, _ON_SCREEN if chosen == "table" else _IN_FILE)
    if chosen == "table":
        _show(session, comparison)
        return
    content = _make(comparison, chosen, session)
    if out is None:
        session.write(content)
    else:
        _write(out, content)
        session.say(N_("{file} is written."), file=out)


def _make(comparison: Comparison, form: str, session: Session) -> bytes:
    from viz.changes_file import to_html, to_workbook

    if form == "html":
        return to_html(comparison, session.language).encode()
    if form == "xlsx":
        return to_workbook(comparison, session.language)
    from api.models_changes import to_model

    return (to_model(comparison).model_dump_json(indent=2) + "\n").encode()


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise StoreNotWritable(
            N_("{path} can't be written ({reason}). Choose another place with --out."),
            path=file, reason=reason_of(error),
        ) from error  # fmt: skip


def _show(session: Session, comparison: Comparison) -> None:
    from viz import changes

    language = session.language
    session.show(changes.name_of(comparison, language), "bold")
    if not comparison.total:
        session.say(N_("Both say the same: nothing that people keep differs between these revisions."))
    for group in comparison.groups:
        session.show(f"\n{session.translate(changes.GROUP_LABELS[group.key])} ({group.total})", "bold")
        for item in group.items:
            label = session.translate(changes.CHANGE_LABELS[item.change])
            session.show(f"  {label}: {item.thing.label.get(language)}")
            for line in changes.describe_change(item, language):
                session.show(f"      {line}")
            for source in item.sources:
                session.show(
                    "      " + session.translate(N_("source: {title}"), title=source.title.get(language))
                )
        if group.left_out:
            session.say(N_("… and {n} more."), n=group.left_out)
    if comparison.is_of_program:
        session.note(N_("Between the two the program itself was renewed: rules and words may differ, too."))
