"""keep.eu: Interreg projects and their municipal partners, from the tables that it exports.

Read are a table of participations (``interreg*participations*.csv``) and, beside it, one of projects
(``interreg*projects*.csv``) with themes, dates and money. Partners that are no municipalities are left out.
"""

from ingest.batch import Batch, Context, Fetched, Notice
from ingest.lists.files import fetch_tables, find_table
from ingest.lists.interreg import DETAIL_COLUMNS, PARTICIPATION_COLUMNS, Interreg, read_details
from ingest.lists.reading import begin, conclude
from ingest.tables.rows import open_table
from ontology.errors import SourceError
from ontology.messages import N_

__all__ = ["fetch", "read"]

_PATTERNS = {"participations": "interreg*participations*.csv", "projects": "interreg*projects*.csv"}


def fetch(location: str | None, _context: Context) -> Fetched:
    """Return the tables of the folder that was named.

    Raises
    ------
    SourceError
        None was named, or it holds no such table.
    """
    if location is None:
        raise SourceError(
            N_("The source '{name}' needs a file or an address: 'kopru ingest {name} FILE'."), name="keep"
        )
    return fetch_tables(location, _PATTERNS, "https://keep.eu/")


def read(fetched: Fetched, context: Context) -> Batch:
    """Return projects, programmes and participations.

    Raises
    ------
    RecordError
        A row can't be read.
    """
    rdf, into = begin("keep", context)
    notes: list[Notice] = []
    details = {}
    if table := find_table(fetched, _PATTERNS["projects"]):
        with open_table(table) as rows:
            rows.check_columns(DETAIL_COLUMNS)
            details = read_details(rows.rows)
            notes += rows.notices
    interreg = Interreg(into, details)
    file = find_table(fetched, _PATTERNS["participations"]) or fetched.files[0]
    with open_table(file) as rows:
        rows.check_columns(PARTICIPATION_COLUMNS, ("city_id", "looks_municipal", "source"))
        for row in rows.rows:
            interreg.add(row)
        notes += rows.notices
    return conclude(rdf, into, [*notes, *interreg.notices()])
