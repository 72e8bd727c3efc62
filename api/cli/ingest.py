"""``kopru ingest`` and ``kopru sources``: running a source, and which there are."""

from typing import Annotated

import typer

from api.cli.options import RecordsOption, StoreOption, get_session, open_named_store
from api.cli.session import Session
from ingest.report import IngestReport, SourceInfo
from ontology.messages import N_

__all__ = ["ingest", "sources"]

HELP = N_("Run one source. Publishes a revision when something changed, else nothing.")
EXAMPLE = N_("Example: kopru ingest records --dry-run")
SOURCES_HELP = N_("List the known sources with licence, last run and size.")
SOURCES_EXAMPLE = N_("Example: kopru sources --store var/store")

#: What a report counts, for people.
_COUNTED = {
    "activities": N_("Activities"),
    "authorities": N_("Authorities"),
    "awards": N_("Awards"),
    "calls": N_("Calls"),
    "cities": N_("Cities"),
    "cooperations": N_("Cooperations"),
    "countries": N_("Countries"),
    "declared_counts": N_("Declared numbers"),
    "documents": N_("Documents"),
    "events": N_("Events"),
    "grants": N_("Grants"),
    "indicators": N_("Indicators"),
    "letters": N_("Letters"),
    "loans": N_("Loans"),
    "measurements": N_("Measurements"),
    "memberships": N_("Memberships"),
    "networks": N_("Networks"),
    "organizations": N_("Organisations"),
    "plans": N_("Plans"),
    "programmes": N_("Programmes"),
    "projects": N_("Projects"),
    "protocols": N_("Protocols"),
    "relations": N_("Relations in all"),
    "rows": N_("Rows"),
    "sister_cities": N_("Sister cities"),
    "stage_items": N_("Items of the stages"),
    "stages": N_("Stages of the plan"),
    "statements": N_("Statements"),
    "themes": N_("Themes"),
    "units": N_("Departments"),
}


def ingest(  # noqa: PLR0913 (the options of a command)
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar=N_("SOURCE"), help=N_("Name; see 'kopru sources'."))],
    location: Annotated[
        str | None,
        typer.Argument(metavar=N_("PATH|URL"), help=N_("File or address to read instead.")),
    ] = None,
    store: StoreOption = None,
    records: RecordsOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only report the difference; publish nothing."))
    ] = False,
    drop_missing: Annotated[
        bool,
        typer.Option("--drop-missing", help=N_("Take out what a list no longer has, instead of keeping it.")),
    ] = False,
) -> None:
    """Run a source."""
    from ingest.pipeline import ingest as run_source

    session = get_session(ctx)
    settings, opened = open_named_store(session, store, records=records)
    report = run_source(
        opened, source, records=settings.records_folder, location=location, city=settings.city,
        dry_run=dry_run, drop_missing=drop_missing, on_step=session.on_step,
    )  # fmt: skip
    _show(session, report)


def _show(session: Session, report: IngestReport) -> None:
    facts: dict[str, object] = {
        N_("Sources read"): ", ".join(report.sources) or report.source,
        N_("Statements read"): report.statements,
        N_("Added"): report.added,
        N_("Removed"): report.removed,
    }
    facts |= {_COUNTED.get(kind, kind): count for kind, count in report.counts.items()}
    rows = [(session.translate(name), fact) for name, fact in facts.items()]
    session.table((session.translate(N_("Report")), ""), rows, right=(1,))
    for notice in report.notes:
        session.note(notice.sentence(session.language))
    not_read = session.translate(N_("Not read"))
    for notice in report.unread:
        session.warn(f"{not_read}: {notice.sentence(session.language)}")
    _conclude(session, report)


def _conclude(session: Session, report: IngestReport) -> None:
    if report.published is not None:
        session.say(N_("Revision {number} is published."), number=report.published.number)
    elif report.dry_run and (report.added or report.removed):
        session.say(N_("This was a dry run: nothing was published."))
    else:
        session.say(N_("Nothing new: nothing was published."))


def sources(ctx: typer.Context, store: StoreOption = None) -> None:
    """List the sources."""
    from ingest.pipeline import list_sources

    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    headings = session.translate_all(
        N_("Source"), N_("What"), N_("Publisher"), N_("Licence"), N_("Last run"), N_("Statements")
    )
    session.table(headings, [_row(session, info) for info in list_sources(opened)], right=(5,))


def _row(session: Session, info: SourceInfo) -> tuple[object, ...]:
    declaration = info.declaration
    return (
        declaration.name,
        declaration.title.get(session.language),
        declaration.publisher,
        declaration.licence,
        f"{info.retrieved_at.astimezone():%Y-%m-%d %H:%M}" if info.retrieved_at else "–",
        "–" if info.statements is None else info.statements,
    )
