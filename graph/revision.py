"""A published revision: immutable, read by any number of readers at once."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib.term import Identifier

from graph.derivation import own_digests
from graph.difference import find_difference
from graph.digest import compute_digests, digest_of_graphs
from graph.faults import storage_errors
from graph.reader import Reader
from graph.terms_ox import from_ox
from ontology.errors import StoreBroken
from ontology.iris import Iris
from ontology.messages import N_, Language, Phrase
from ontology.reasons import reason_of

__all__ = ["Revision", "RevisionInfo", "SourceEntry", "Statement", "read_info"]

#: Subject, property and value.
Statement = tuple[Identifier, Identifier, Identifier]

_MANIFEST = N_(
    "Revision {number} of the store in {path} is damaged ({reason}). "
    "Go back with 'kopru rollback', or restore a backup into an empty folder."
)


_FILE = N_(
    "Revision {number} of the store in {path} is damaged: its file {file} is not as it was published. "
    "Go back with 'kopru rollback', or restore a backup into an empty folder."
)


class _ChangedFileError(ValueError):
    """A database file is missing, too many, or of another size; its name is the argument."""


@dataclass(frozen=True)
class SourceEntry:
    """What a revision holds of one source.

    ``digest`` is of the content without run times; ``statements`` counts its named graph.
    """

    name: str
    graph: str
    digest: str
    statements: int
    retrieved_at: datetime
    title: dict[Language, str] | None = None


@dataclass(frozen=True)
class RevisionInfo:
    """The manifest of a revision.

    ``parent`` is the number of the revision that it was made from; ``statements`` counts the
    default graph; ``program_digest`` tells with which vocabulary and rules it was derived; ``own`` has the
    digests of the graphs that no source brings, by IRI (empty in a revision made before these were kept).
    """

    number: int
    created_at: datetime
    parent: int | None
    digest: str
    statements: int
    sources: dict[str, SourceEntry]
    program_digest: str
    own: dict[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the manifest into a revision's folder."""
        fields = self.to_fields() | {"files": _list_files(path)}
        text = json.dumps(fields, ensure_ascii=False, indent=1)
        (path / "manifest.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "RevisionInfo":
        """Read the manifest in a revision's folder, which must be whole.

        Raises
        ------
        OSError, ValueError, KeyError, TypeError, AttributeError
            There is none, it is damaged, or a file is missing or of another size (the database
            itself would take a cut list of its files for an empty graph).
        """
        fields = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        differing = dict(fields.pop("files").items() ^ _list_files(path).items())
        if differing:
            raise _ChangedFileError(f"db/{min(differing)}")
        return cls.from_fields(fields)

    def to_fields(self) -> dict[str, Any]:
        """Return what JSON can carry."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=datetime.isoformat))
        return plain

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "RevisionInfo":
        """Return what ``to_fields`` gave."""
        fields["created_at"] = datetime.fromisoformat(fields["created_at"])
        fields["sources"] = {
            name: replace(entry, retrieved_at=datetime.fromisoformat(str(entry.retrieved_at)))
            for name, entry in ((name, SourceEntry(**entry)) for name, entry in fields["sources"].items())
        }
        return cls(**fields)


def _list_files(path: Path) -> dict[str, int]:
    """Return name and size in bytes of each database file of a revision."""
    return {file.name: file.stat().st_size for file in (path / "db").iterdir()}


class Revision(Reader):
    """One published revision, opened for reading.

    Parameters
    ----------
    path
        Its folder; the embedded database is in ``database``.
    iris
        The IRIs of the store.

    Raises
    ------
    StoreBroken
        The manifest or the database is missing or damaged.
    """

    def __init__(self, path: Path, iris: Iris) -> None:
        self.path = path
        self.database = path / "db"
        self.info = read_info(path)
        with storage_errors(path, writing=False):
            opened = ox.Store.read_only(str(self.database))
        super().__init__(opened, iris, path)
        self._database: ox.Store = opened

    @property
    def location(self) -> str:
        """What a process that answers queries opens."""
        return str(self.database)

    @property
    def number(self) -> int:
        """Number of the revision, from 1."""
        return self.info.number

    def compute_digest(self) -> str:
        """Return the digest of what is really in the database; equal to ``info.digest`` when whole."""
        names = [entry.graph for entry in self.info.sources.values()]
        with storage_errors(self.path, writing=False):
            own = own_digests(self._database, self.iris)
            return digest_of_graphs(compute_digests(self._database, names) | own)

    def difference_to(self, later: "Revision") -> tuple[list[Statement], list[Statement]]:
        """Return the statements that are missing in another revision, and those that are new in it.

        Only the default graph is compared: what readers go by.
        """
        with storage_errors(self.path, writing=False):
            lost, gained = find_difference(self._database, later._database)
        return _plain(lost), _plain(gained)

    def checkpoint(self, target: Path) -> None:
        """Make a database in ``target`` that begins as this one and can be written to (hard links)."""
        self._database.backup(str(target))


def _plain(triples: list[ox.Triple]) -> list[Statement]:
    return [(from_ox(one.subject), from_ox(one.predicate), from_ox(one.object)) for one in triples]


def _why(error: Exception) -> Phrase:
    """Return what is wrong with a manifest, for people: not the words of a parser."""
    if isinstance(error, OSError):
        return reason_of(error)
    return Phrase(N_("its files are not as they were published"))


def read_info(path: Path) -> RevisionInfo:
    """Return the manifest of the revision in ``path``.

    Raises
    ------
    StoreBroken
        There is none, it is damaged, or it is that of another revision.
    """
    try:
        info = RevisionInfo.read(path)
        if info.number != int(path.name):
            raise ValueError(f"manifest of revision {info.number}")
    except _ChangedFileError as error:
        raise StoreBroken(_FILE, path=path.parents[1], number=path.name, file=error) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreBroken(_MANIFEST, path=path.parents[1], number=path.name, reason=_why(error)) from error
    return info
