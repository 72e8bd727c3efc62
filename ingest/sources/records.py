"""The records: what people of the city's own offices write down and correct."""

from datetime import UTC, datetime
from pathlib import Path

from ingest.batch import Batch, Context, Fetched
from ingest.records.batch import list_themes, read_records
from ingest.records.reading import fetch_files

__all__ = ["fetch", "read"]


def fetch(location: str | None, context: Context) -> Fetched:
    """Return the files of a folder, by default of the user's records folder.

    Raises
    ------
    RecordError
        The folder can't be read.
    """
    folder = Path(location) if location else context.records
    files, errors = fetch_files(folder)
    return Fetched(tuple(files), "records", datetime.now(UTC), tuple(errors))


def read(fetched: Fetched, context: Context) -> Batch:
    """Return the statements of all records.

    Raises
    ------
    RecordErrors
        Something is wrong in them; everything that is wrong is named.
    """
    return read_records(fetched.files, context.iris, list_themes(), fetched.errors)
