"""Any CSV or XLSX table, by a CSVW description of its columns in ``NAME-metadata.json`` beside it."""

from datetime import UTC, datetime
from pathlib import PurePath

from ingest.batch import Batch, Context, Fetched
from ingest.fetching import fetch_location
from ingest.lists.reading import begin, conclude
from ingest.tables.csvw import read_description
from ingest.tables.mapping import RowMapper
from ingest.tables.rows import open_table
from ontology.errors import RecordError, RecordErrors, SourceError
from ontology.messages import N_
from ontology.terms import KP
from ontology.text import slugify

__all__ = ["fetch", "read"]

_ENDING = "-metadata.json"
#: Wrong cells after which the rest of a table is not looked at.
_MOST_ERRORS = 200


def fetch(location: str | None, _context: Context) -> Fetched:
    """Return a table and its description; either may be named.

    Raises
    ------
    SourceError
        One of them is not there.
    """
    if location is None:
        raise SourceError(
            N_("The source '{name}' needs a file or an address: 'kopru ingest {name} FILE'."), name="table"
        )
    if location.endswith(_ENDING):
        description = fetch_location(location)
        url = read_description(description.files[0]).url
        table = fetch_location(location.removesuffix(PurePath(location).name) + url)
    else:
        table = fetch_location(location)
        try:
            description = fetch_location(location + _ENDING)
        except SourceError as error:
            raise SourceError(
                N_(
                    "What the columns of {place} mean stands in {place}-metadata.json, which can't be read. "
                    "docs/tables.md shows how to write one."
                ),
                place=location,
            ) from error
    return Fetched((table.files[0], description.files[0]), table.address, datetime.now(UTC))


def read(fetched: Fetched, context: Context) -> Batch:
    """Return what the rows say.

    Raises
    ------
    RecordErrors, RecordError
        A cell, or the description, is wrong.
    """
    described = next(file for file in fetched.files if file.name.endswith(_ENDING))
    file = next(file for file in fetched.files if file is not described)
    description = read_description(described)
    rdf, into = begin("table", context, KP[description.grade])
    mapper = RowMapper(into, description, described.name)
    errors: list[RecordError] = []
    with open_table(file, description.dialect, description.sheet) as table:
        table.check_columns([column.heading for column in description.columns if not column.virtual])
        count = 0
        for count, row in enumerate(table.rows, 1):  # noqa: B007 (how many there were)
            try:
                mapper.add(row)
            except RecordError as error:
                errors.append(error)
                if len(errors) >= _MOST_ERRORS:
                    break
    if errors:
        raise RecordErrors(errors)
    batch = conclude(rdf, into, table.notices, slugify(PurePath(file.name).stem))
    batch.counts["rows"] = count
    return batch
