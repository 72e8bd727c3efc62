"""``kopru query``: one SPARQL query to the published graph.

The text is foreign: it is read and run in a child process with the limits of the settings,
as over HTTP. All rows are given.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from api.app import query_limits
from api.cli.options import StoreOption, get_session, open_named_store
from api.cli.session import Session
from ontology.errors import BadParameter, SourceError
from ontology.messages import N_
from ontology.reasons import reason_of
from ontology.terms import PREFIXES

__all__ = ["query"]

HELP = N_("Put one SPARQL query to the published graph: from a file, or from the standard input.")
EXAMPLE = N_("Example: kopru query partners.rq --format csv")

Form = Literal[
    "table", "csv", "tsv", "xlsx", "json", "xml", "turtle", "nt", "jsonld", "rdfxml", "nquads", "trig"
]
#: Form to the formats of a table and of RDF (``graph.formats``); ``None``: not in this form.
_FORMATS: dict[Form, tuple[str | None, str | None]] = {
    "table": ("json", "turtle"),
    "csv": ("csv", None),
    "tsv": ("tsv", None),
    "xlsx": ("xlsx", None),
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdfxml"),
    "turtle": (None, "turtle"),
    "nt": (None, "nt"),
    "jsonld": (None, "jsonld"),
    "rdfxml": (None, "rdfxml"),
    "nquads": (None, "nquads"),
    "trig": (None, "trig"),
}
_NO_TEXT = N_(
    "A workbook is no text. Send it into a file, such as: kopru query FILE --format xlsx > FILE.xlsx"
)
_ADDED = N_("Prefixes added to the query: {prefixes}.")


def query(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar=N_("FILE|-"), help=N_("File with the query; - is the standard input."))
    ] = "-",
    store: StoreOption = None,
    form: Annotated[Form, typer.Option("--format", help=N_("Form of the answer."))] = "table",
) -> None:
    """Put one query."""
    from graph.explanation import explain_sync
    from graph.single import run_query_sync
    from graph.workers import QueryRequest

    session = get_session(ctx)
    if form == "xlsx" and sys.stdout is not None and sys.stdout.isatty():
        raise BadParameter(_NO_TEXT)
    settings, opened = open_named_store(session, store)
    table, rdf = _FORMATS[form]
    request = QueryRequest(
        _read(session, file), table=table, rdf=rdf, wanted=form, base_iri=settings.base_iri
    )
    limits = replace(query_limits(settings), max_rows=None)
    answer = run_query_sync(opened, request, limits)
    if answer.added_prefixes:
        session.note(_ADDED, prefixes=", ".join(f"{prefix}:" for prefix in answer.added_prefixes))
    if form == "table" and answer.format.shape == "table":
        _show_table(session, json.loads(answer.body))
    elif answer.format.is_packed:
        session.write(answer.body)
    else:
        session.write(answer.body.rstrip(b"\r\n") + b"\n")
    if answer.rows == 0:
        for reason in explain_sync(opened, request, limits).reasons:
            session.warn(session.translate(reason.template, **reason.facts))


def _read(session: Session, file: str) -> str:
    """Return the text of the query; a person at the keyboard is told that it is waited for.

    Raises
    ------
    SourceError
        It can't be read, or is not UTF-8.
    """
    if file == "-":
        if sys.stdin is None:
            raise SourceError(N_("There is no standard input to read the query from. Name a file."))
        if sys.stdin.isatty():
            session.note(N_("Write the query, then press Enter and Ctrl-D."))
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise SourceError(
            N_("The query in {file} can't be read: {reason}."), file=file, reason=reason_of(error)
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(N_("The query in {file} is not UTF-8. Save it as UTF-8."), file=file) from error


def _show_table(session: Session, answer: dict[str, Any]) -> None:
    if "boolean" in answer:
        session.say(N_("yes") if answer["boolean"] else N_("no"))
        return
    names, rows = answer["head"]["vars"], answer["results"]["bindings"]
    session.table(names, [[_shorten(row.get(name)) for name in names] for row in rows])
    session.note(N_("{count} rows."), count=len(rows))


def _shorten(term: dict[str, str] | None) -> str:
    """Return a value as people read it: an IRI by its prefix, a literal without its type."""
    if term is None:
        return ""
    value = term["value"]
    if term["type"] != "uri":
        return value
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value
