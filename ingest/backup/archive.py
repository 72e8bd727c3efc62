"""The file of a backup: a ZIP whose first part says what is in it, each content once under its digest.

Revisions share most of their files, so that contents are kept by digest and paths name them. Nothing here
knows what the paths mean.
"""

import json
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from graph.folder import sync_path
from ontology.errors import BackupError
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = [
    "FORMAT", "ROOTS", "Entry", "Manifest", "check_archive", "iter_contents", "make_entries", "open_archive",
    "write_archive", "write_content",
]  # fmt: skip

#: Version of the file's form; raised when an older program could misread a newer file.
FORMAT = 1
#: What paths begin with.
ROOTS = ("store", "records")
_MANIFEST = "kopru-backup.json"
_CHUNK = 1 << 20
#: Snappy and LZ4 have been over the database's files; more effort gains little.
_EFFORT = 1

_UNREADABLE = N_("{file} can't be read ({reason}). Check the name, and the right to read it.")
_UNWRITABLE = N_(
    "{file} can't be written ({reason}). Nothing was changed. Choose a folder with room, where this user "
    "may write."
)
_FOREIGN = N_("{file} is no backup of Köprü. Name a file that 'kopru backup' wrote.")
_CUT = N_(
    "{file} is cut off: its end is missing, so nothing was restored. Copy it again from where it was kept, "
    "or take another backup."
)
_DAMAGED = N_(
    "{file} is damaged: '{path}' is not as it was written, so nothing was restored. Copy it again from where "
    "it was kept, or take another backup."
)
_NEWER = N_(
    "{file} was written by a newer version of Köprü ({version}). Install that version or a later one, then "
    "restore again."
)


@dataclass(frozen=True)
class Entry:
    """One file: its path within the backup, the digest of its content, its size in bytes."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Attributes
    ----------
    version
        Of the program that wrote it.
    made_at
        When.
    revision, digest
        Number and digest of the revision that was read then.
    settings
        What an operator had set, without what is secret.
    entries
        All files.
    """

    version: str
    made_at: datetime
    revision: int
    digest: str
    settings: dict[str, Any]
    entries: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """How many bytes the files take, each content once."""
        return sum({entry.digest: entry.size for entry in self.entries}.values())

    def to_json(self) -> bytes:
        """Return it as the first part of the file."""
        fields = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(fields, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "Manifest":
        """Read it.

        Raises
        ------
        ValueError, KeyError, TypeError
            It is none.
        """
        entries = tuple(Entry(str(e["path"]), str(e["digest"]), int(e["size"])) for e in fields["entries"])
        if not all(_is_safe(entry.path) for entry in entries):
            raise ValueError("a path that leads out of the folder")
        made_at = datetime.fromisoformat(fields["made_at"])
        numbers = int(fields["revision"]), str(fields["digest"])
        return cls(str(fields["version"]), made_at, *numbers, dict(fields["settings"]), entries)


def _is_safe(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return len(parts) > 1 and parts[0] in ROOTS and ".." not in parts and "\\" not in path


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def make_entries(files: Mapping[str, Path]) -> tuple[Entry, ...]:
    """Return the entries of files; one with several names is read once."""
    known: dict[tuple[int, int], str] = {}
    entries = []
    for name, path in sorted(files.items()):
        stat = path.stat()
        place = (stat.st_dev, stat.st_ino)
        if place not in known:
            known[place] = digest_of(path)
        entries.append(Entry(name, known[place], stat.st_size))
    return tuple(entries)


def write_archive(
    target: Path, manifest: Manifest, files: Mapping[str, Path], on_step: Callable[[str], None]
) -> None:
    """Write the file, read it again to verify it, and only then give it its name.

    Raises
    ------
    BackupError
        It can't be written; what had that name is as it was.
    """
    temporary = target.with_name(f".{target.name}.writing")
    try:
        on_step("write")
        with ZipFile(temporary, "w", ZIP_DEFLATED, compresslevel=_EFFORT) as package:
            package.writestr(_MANIFEST, manifest.to_json())
            written = set()
            for entry in manifest.entries:
                if entry.digest not in written:
                    package.write(files[entry.path], f"files/{entry.digest}")
                    written.add(entry.digest)
        sync_path(temporary)
        on_step("verify")
        check_archive(temporary)
        temporary.replace(target)
        sync_path(target.parent)
    except OSError as error:
        raise BackupError(_UNWRITABLE, file=target, reason=reason_of(error)) from error
    finally:
        temporary.unlink(missing_ok=True)


class open_archive:  # noqa: N801 (used like the built-in function)
    """Opens a backup for reading: gives its manifest and the package.

    Raises
    ------
    BackupError
        It can't be read, is cut off, or is no backup, or one of a newer version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._package: ZipFile | None = None

    def __enter__(self) -> tuple[Manifest, ZipFile]:
        """Open it."""
        try:
            self._package = ZipFile(self.path)
            fields = json.loads(self._package.read(_MANIFEST))
            if int(fields["format"]) > FORMAT:
                raise BackupError(_NEWER, file=self.path, version=fields.get("version", "?"))
            return Manifest.from_fields(fields), self._package
        except OSError as error:
            raise BackupError(_UNREADABLE, file=self.path, reason=reason_of(error)) from error
        except BadZipFile as error:
            template = _CUT if _begins_as_ours(self.path) else _FOREIGN
            raise BackupError(template, file=self.path) from error
        except (ValueError, KeyError, TypeError, AttributeError, zlib.error, EOFError) as error:
            raise BackupError(_FOREIGN, file=self.path) from error

    def __exit__(self, *exception: object) -> None:
        """Close it."""
        if self._package is not None:
            self._package.close()


def _begins_as_ours(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(200)
    return head.startswith(b"PK\x03\x04") and _MANIFEST.encode() in head


def check_archive(path: Path) -> Manifest:
    """Read all of a backup and compare each content with its digest.

    Raises
    ------
    BackupError
        As ``open_archive``; or a content is not as it was written.
    """
    with open_archive(path) as (manifest, package):
        for entry in {entry.digest: entry for entry in manifest.entries}.values():
            for _ in iter_contents(path, package, entry):
                pass
        return manifest


def iter_contents(path: Path, package: ZipFile, entry: Entry) -> Iterator[bytes]:
    """Yield the content of a file piece by piece; after the last one it is known to be right.

    Raises
    ------
    BackupError
        It is not as it was written.
    """
    digest, size = sha256(), 0
    try:
        with package.open(f"files/{entry.digest}") as part:
            while chunk := part.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > entry.size:
                    break
                yield chunk
    except (BadZipFile, KeyError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupError(_DAMAGED, file=path, path=entry.path) from error
    if digest.hexdigest() != entry.digest or size != entry.size:
        raise BackupError(_DAMAGED, file=path, path=entry.path)


def write_content(target: Path, chunks: Iterator[bytes]) -> None:
    """Write a file and wait until it is on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
