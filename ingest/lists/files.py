"""Tables that a user downloaded: found in a folder by their names, left on the disk, read row by row."""

from collections.abc import Mapping
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

from ingest.batch import Fetched, LargeFile, RawFile
from ontology.errors import SourceError
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["fetch_tables", "find_table"]

_ENDINGS = ("", ".gz")


def fetch_tables(location: str, patterns: Mapping[str, str], address: str) -> Fetched:
    """Return the tables of a folder whose names fit; a file that is named has its neighbours beside it.

    Parameters
    ----------
    location
        A folder, or one file of it.
    patterns
        What each table is -> its file's name with wildcards, such as ``twins*.csv``; packed or not.
    address
        Where the tables are published.

    Raises
    ------
    SourceError
        There is no such folder, or none of the tables is in it.
    """
    place = Path(location)
    try:
        entries = sorted(entry for entry in (place if place.is_dir() else place.parent).iterdir())
        files = [
            LargeFile(entry.name, b"", entry)
            for entry in entries
            if entry.is_file() and any(_fits(entry.name, pattern) for pattern in patterns.values())
        ]
        if not place.exists():
            raise FileNotFoundError
    except FileNotFoundError:
        raise SourceError(N_("There is no file or folder {place}. Check the name."), place=place) from None
    except OSError as error:
        raise SourceError(
            N_("{place} can't be read ({reason}). Give this user the right to read it."),
            place=place, reason=reason_of(error),
        ) from error  # fmt: skip
    if not place.is_dir() and all(file.path != place for file in files):
        files = [LargeFile(place.name, b"", place)]  # the user knows what it is, whatever its name
    if not files:
        raise SourceError(
            N_("{place} holds none of the tables {names}. Name the folder into which they were unpacked."),
            place=place, names=", ".join(patterns.values()),
        )  # fmt: skip
    return Fetched(tuple(files), address, datetime.now(UTC))


def find_table(fetched: Fetched, pattern: str) -> RawFile | None:
    """Return the newest (by its name) of the tables that fit a pattern; ``None`` when there is none."""
    return next((file for file in reversed(fetched.files) if _fits(file.name, pattern)), None)


def _fits(name: str, pattern: str) -> bool:
    return any(fnmatch(name.lower(), pattern + ending) for ending in _ENDINGS)
