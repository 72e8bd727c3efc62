"""The folder of records that a workbook is of: its files as they are, checked, and as rows."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ingest.batch import RawFile
from ingest.records.batch import list_themes
from ingest.records.checks import check_records
from ingest.records.directory import Directory
from ingest.records.parsing import parse_yaml
from ingest.records.reading import fetch_files, read_folders
from ingest.workbook.rows import Rows, to_rows
from ontology.errors import BadParameter, RecordErrors
from ontology.iris import Iris
from ontology.messages import N_

__all__ = ["RecordsFolder", "check_files", "load_folder"]


@dataclass(frozen=True)
class RecordsFolder:
    """All files of records, and which folder of them is meant.

    Attributes
    ----------
    root
        The records folder, as the settings name it.
    name
        Name of the folder of one city.
    raw
        The files of all folders, each named ``folder/file``.
    directory
        All records by their ids.
    """

    root: Path
    name: str
    raw: tuple[RawFile, ...]
    directory: Directory

    @cached_property
    def contents(self) -> dict[str, dict[str, Any]]:
        """Return the files of this folder, parsed: name as in ``raw`` → sections."""
        own = [file for file in self.raw if file.name.startswith(f"{self.name}/")]
        return {file.name: parse_yaml(file.content.decode("utf-8-sig"), file.name) for file in own}

    @cached_property
    def rows(self) -> Rows:
        """Return the records of this folder as rows."""
        return to_rows(self.contents)

    def path_of(self, name: str) -> Path:
        """Return where a file of ``raw`` lies; the root may itself be the folder of the city."""
        is_single = self.root.absolute().name == self.name and not (self.root / self.name).is_dir()
        return self.root / name.partition("/")[2] if is_single else self.root / name


def check_files(raw: tuple[RawFile, ...], iris: Iris) -> Directory:
    """Return all records by their ids.

    Raises
    ------
    RecordErrors
        Something is wrong in them.
    """
    folders, errors = read_folders(raw)
    directory = Directory(folders, iris, list_themes())
    errors = [*errors, *check_records(directory)]
    if errors:
        raise RecordErrors(errors)
    return directory


def load_folder(root: Path, city: str, iris: Iris) -> RecordsFolder:
    """Return the folder of a city.

    Raises
    ------
    RecordError, RecordErrors
        The records can't be read, or are wrong.
    BadParameter
        No folder holds the records of this city.
    """
    raw, errors = fetch_files(root)
    if errors:
        raise RecordErrors(errors)
    directory = check_files(tuple(raw), iris)
    named = {folder.city: folder.name for folder in directory.folders}
    if city not in named:
        raise BadParameter(
            N_("No folder of records is that of the city '{value}'. There are: {known}."),
            value=city, known=", ".join(named),
        )  # fmt: skip
    return RecordsFolder(root, named[city], tuple(raw), directory)
