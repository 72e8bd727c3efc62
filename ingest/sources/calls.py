"""Calls of the EU Funding & Tenders portal, from a table that a user downloaded."""

from ingest.batch import Batch, Context, Fetched, Notice
from ingest.lists.calls import COLUMNS, OPTIONAL_COLUMNS, Calls
from ingest.lists.reading import begin, conclude
from ingest.tables.rows import open_table
from ontology.terms import KP

__all__ = ["read"]


def read(fetched: Fetched, context: Context) -> Batch:
    """Return calls and their programmes.

    Raises
    ------
    RecordError
        A row can't be read.
    """
    rdf, into = begin("calls", context, KP.confirmed)
    calls = Calls(into)
    notes: list[Notice] = []
    for file in fetched.files:
        with open_table(file) as table:
            table.check_columns(COLUMNS, OPTIONAL_COLUMNS)
            for row in table.rows:
                calls.add(row)
            notes += table.notices
    return conclude(rdf, into, [*notes, *calls.notices()])
