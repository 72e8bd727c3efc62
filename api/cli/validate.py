"""``kopru validate``: the rules of the model over records, an RDF file, or what is published.

Files are checked in a store of their own that is thrown away, together with what is
published as context; the published revision is never touched.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rdflib import Graph, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax

from api.cli.options import RecordsOption, StoreOption, get_session, open_named_store
from api.cli.session import Session
from api.settings import Settings
from graph.store import GraphStore
from graph.validation import Violation
from graph.validation import validate as check_graph
from ontology.errors import HasSentence, InvalidBatch, KopruError, RecordError, RecordErrors
from ontology.messages import N_
from ontology.reasons import reason_of
from ontology.vocabulary import load_shapes

__all__ = ["validate"]

HELP = N_("Check records, an RDF file (.ttl, .nt) or the published graph against the rules of the model.")
EXAMPLE = N_("Example: kopru validate var/store/records")

_RDF = {".ttl": "turtle", ".nt": "nt"}


def validate(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            readable=False, metavar=N_("PATH"), help=N_("Records or RDF file. Default: the published graph.")
        ),
    ] = None,
    store: StoreOption = None,
    records: RecordsOption = None,
) -> None:
    """Report what breaks a rule; exit 1 when something does."""
    session = get_session(ctx)
    settings, opened = open_named_store(session, store, records=records)
    if path is None:
        found = _check_published(opened)
    elif path.suffix in _RDF:
        found = _check_rdf(path, opened)
    else:
        found = _check_records(path, settings)
    _show(session, found)


def _check_published(store: GraphStore) -> tuple[HasSentence, ...]:
    return check_graph(store.current().default_graph(), load_shapes(store.iris.base)).violations


def _check_rdf(path: Path, store: GraphStore) -> tuple[HasSentence, ...]:
    """Check what an RDF file says of its subjects; what is published is context."""
    rdf = _parse(path)
    with (
        TemporaryDirectory(prefix="kopru-") as folder,
        GraphStore(Path(folder), store.iris).writer() as draft,
    ):
        now = datetime.now(UTC)
        if not store.is_empty():
            revision = store.current()
            for source in revision.info.sources.values():
                draft.replace_source(source.name, revision.named_graph(source.graph), retrieved_at=now)
        draft.replace_source("file", rdf, retrieved_at=now)
        draft.derive()
        found = draft.check().violations
    places = _Places(path)
    own = set(rdf.subjects())
    return tuple(places.located(one) for one in found if one.focus in own)


def _parse(path: Path) -> Graph:
    """Return the statements of a file.

    Raises
    ------
    RecordError
        It can't be opened or read, with the line where the parser says it.
    """
    try:
        return Graph().parse(path, format=_RDF[path.suffix])
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(
            N_("can't be opened: {reason}"), file=str(path), line=None, reason=reason_of(error)
        ) from error
    except (BadSyntax, ParserError) as error:
        line = getattr(error, "lines", None)
        raise RecordError(
            N_("is not RDF in the form that its ending promises. Correct the line, or the ending."),
            file=str(path), line=None if line is None else line + 1,
        ) from error  # fmt: skip


class _Places:
    """Finds the line on which a file begins to speak of a thing."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._lines = path.read_text(encoding="utf-8").splitlines()

    def located(self, violation: Violation) -> Violation:
        """Return the violation with file and line, unless a record's place is known."""
        if violation.record_ref or not isinstance(violation.focus, URIRef):
            return violation
        local = re.split(r"[/#]", violation.focus)[-1]
        subject = re.compile(rf"^\s*(<[^>]*{re.escape(local)}>|\S*:{re.escape(local)})\s")
        line = next((number for number, text in enumerate(self._lines, 1) if subject.match(text + " ")), None)
        return replace(violation, record_ref=f"{self._name}:{line}" if line else self._name)


def _check_records(path: Path, settings: Settings) -> tuple[HasSentence, ...]:
    """Read records into a store that is thrown away, and return what is wrong with them."""
    from ingest.pipeline import ingest

    with TemporaryDirectory(prefix="kopru-") as folder:
        throwaway = GraphStore(Path(folder) / "store", settings.iris)
        try:
            ingest(throwaway, "records", location=str(path), records=path, city=settings.city)
        except RecordErrors as error:
            return error.errors
        except InvalidBatch as error:
            return error.violations
    return ()


def _show(session: Session, found: Sequence[HasSentence]) -> None:
    if not found:
        session.say(N_("No rule of the model is broken."))
        return
    for one in found:
        session.out.print(one.sentence(session.language), markup=False)
    raise KopruError(
        N_("Places that break the rules of the model: {count}. Correct them, then check again."),
        count=len(found),
    )
