"""The world profile: tables of cities, twins, memberships, projects and calls in one folder, row by row.

Each table is optional. Statements go to a file, not to memory; every tie is ``unverified``.
"""

from collections.abc import Callable, Iterator
from contextlib import closing

from rdflib import Graph

from graph.bulk import StatementFile
from graph.faults import storage_errors
from ingest.batch import Batch, Context, Fetched, Notice, RawFile
from ingest.lists.calls import Calls
from ingest.lists.files import fetch_tables, find_table
from ingest.lists.interreg import Interreg, read_details
from ingest.lists.reading import Skipped
from ingest.lists.statements import ListStatements
from ingest.lists.world import Cities, Memberships, Twins, Urbact
from ingest.tables.rows import Row, RowTable, open_lines, open_table
from ontology.errors import SourceError
from ontology.messages import N_

__all__ = ["fetch", "read"]

_PATTERNS = {
    "cities": "cities*.csv", "twins": "twins*.csv", "memberships": "memberships*.csv",
    "details": "interreg_projects*.csv", "interreg": "interreg_participations*.csv",
    "urbact": "urbact*.csv", "calls": "eu_calls*.csv",
}  # fmt: skip
#: Rows between two lines of progress.
_STEP = 2_000


def fetch(location: str | None, _context: Context) -> Fetched:
    """Return the tables of the folder that was named.

    Raises
    ------
    SourceError
        None was named, or it holds no table.
    """
    if location is None:
        raise SourceError(N_("The source 'world' needs a folder with tables: 'kopru ingest world FOLDER'."))
    return fetch_tables(location, _PATTERNS, "lists")


def read(fetched: Fetched, context: Context) -> Batch:
    """Return the statements of all tables, in a file.

    Raises
    ------
    RecordError, SourceError
        A row or a file can't be read.
    StoreFull
        There is no room for the statements.
    """
    folder = context.run_folder()
    with storage_errors(folder, writing=True), closing(StatementFile(folder / "statements.nt")) as file:
        into = ListStatements(context.iris, context.graph_of("records"), file.add, "world")
        notes = list(_read_all(fetched, into, context.tell))
    return Batch(Graph(), {**into.counts, "cities": len(into.places)}, notes, file=file)


def _read_all(fetched: Fetched, into: ListStatements, tell: Callable[[str], None]) -> Iterator[Notice]:
    details = {}
    if file := find_table(fetched, _PATTERNS["details"]):
        with open_table(file) as table:
            details = read_details(_told(table, file, tell))
    skipped = Skipped()
    readers: dict[str, Callable[[Row], None]] = {
        "cities": Cities(into, skipped).add,
        "twins": Twins(into, skipped).add,
        "memberships": Memberships(into, skipped).add,
        "interreg": (interreg := Interreg(into, details)).add,
        "urbact": Urbact(into, skipped).add,
        "calls": (calls := Calls(into)).add,
    }
    for name, add in readers.items():
        if file := find_table(fetched, _PATTERNS[name]):
            with open_table(file) as table:
                for row in _told(table, file, tell):
                    add(row)
    yield from (*skipped.notices(), *interreg.notices(), *calls.notices())


def _told(table: RowTable, file: RawFile, tell: Callable[[str], None]) -> Iterator[Row]:
    """Yield the rows, telling how many there were, and of how many: a quick count of the file's lines."""
    count = 0
    with open_lines(file) as lines:
        whole = sum(1 for _ in lines)
    for count, row in enumerate(table.rows, 1):
        if count % _STEP == 0:
            tell(f"progress {file.name} {count} {max(whole, count)}")
        yield row
    tell(f"progress {file.name} {count} {count}")
