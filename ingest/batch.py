"""What a reader is given and what it hands back.

A reader is a module in ``ingest/sources`` with the name of its declaration and two functions::

    def fetch(location: str | None, context: Context) -> Fetched
    def read(fetched: Fetched, context: Context) -> Batch

A reader without ``fetch`` is given the file or address that the user named.

Readers don't know one another, the store or what was published before.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import file_digest, sha256
from io import BufferedReader, BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from rdflib import Graph

from graph.bulk import StatementFile
from ontology.errors import RecordError, SourceError
from ontology.iris import Iris
from ontology.messages import N_, Language, translate
from ontology.reasons import reason_of

__all__ = ["Batch", "Context", "Fetched", "LargeFile", "Notice", "RawFile"]

_GONE = N_(
    "The file {path} is no longer there or can't be read any more ({reason}), so nothing was published. "
    "Bring it back and run the source again."
)


@dataclass(frozen=True)
class Notice:
    """A sentence for a person: an English template marked with ``N_``, and its facts."""

    template: str
    facts: dict[str, object] = field(default_factory=dict)

    def sentence(self, language: Language) -> str:
        """Return the sentence in one language."""
        return translate(self.template, language, **self.facts)


@dataclass(frozen=True)
class RawFile:
    """Bytes as they came, and the name they had (relative, never a place on this machine)."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes, in hexadecimal."""
        return sha256(self.content).hexdigest()

    def open(self) -> IO[bytes]:
        """Open the bytes for reading, from their beginning."""
        return BytesIO(self.content)


@dataclass(frozen=True)
class LargeFile(RawFile):
    """Bytes that stay on the disk, because they are too many for memory; ``content`` is empty."""

    path: Path = Path()

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes, in hexadecimal."""
        with self._open() as file:
            return file_digest(file, "sha256").hexdigest()

    def open(self) -> IO[bytes]:
        """Open the file for reading.

        Raises
        ------
        SourceError
            It was taken away since it was found.
        """
        return self._open()

    def _open(self) -> BufferedReader:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise SourceError(_GONE, path=self.path, reason=reason_of(error)) from error


@dataclass(frozen=True)
class Fetched:
    """What one source gave.

    Attributes
    ----------
    files
        The bytes as they came.
    address
        Where the source is published; never a place on this machine.
    retrieved_at
        The moment, with its zone.
    errors
        Files that are there but could not be fetched; the reader reports them with its own errors.
    """

    files: tuple[RawFile, ...]
    address: str
    retrieved_at: datetime
    errors: tuple[RecordError, ...] = ()


def tell_nobody(_line: str) -> None:
    """Do nothing with a line of progress."""


def make_folder() -> Path:
    """Return a new folder among the system's temporary ones."""
    return Path(mkdtemp(prefix="kopru-"))


@dataclass(frozen=True)
class Context:
    """What a reader may know beyond its input.

    Attributes
    ----------
    iris
        Mints every IRI.
    records
        The user's records folder.
    city
        Slug of the city whose relations are read.
    graph_of
        The statements of another source, as of this run; empty when it was never run,
        an error when this source declares that it depends on it.
    scratch
        Where a source may keep what it fetched until it has all of it; ``None``: nowhere.
    run_folder
        Gives a folder for files of this run alone.
    tell
        Told how far a long reading is: ``progress NAME DONE ALL``.
    """

    iris: Iris
    records: Path
    city: str
    graph_of: Callable[[str], Graph]
    scratch: Path | None = None
    run_folder: Callable[[], Path] = make_folder
    tell: Callable[[str], None] = tell_nobody


@dataclass(frozen=True)
class Batch:
    """What a reader made: statements, counts of what they describe, and what it could not read.

    ``part`` names what a source that comes piece by piece (one letter of many) gave this time:
    each part has a named graph of its own, so the next one does not replace it. ``file`` has the
    statements instead of ``rdf`` where they are too many for memory.
    """

    rdf: Graph
    counts: dict[str, int] = field(default_factory=dict)
    unread: list[Notice] = field(default_factory=list)
    notes: list[Notice] = field(default_factory=list)
    part: str = ""
    file: StatementFile | None = None
