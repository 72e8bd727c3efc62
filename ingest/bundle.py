"""The bundled records, and their way into the user's folder.

Beside the user's files, ``.installed`` keeps the bundled ones as they were copied, so that those of a later
version can be told from what the user edited.
"""

import shutil
import tempfile
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path

from graph.faults import storage_errors

__all__ = [
    "bundled_files", "copy_bundled_records", "installed_files", "is_upgrade_waiting", "keep_installed",
    "mark_as_seen",
]  # fmt: skip

_INSTALLED, _SEEN = ".installed", "seen"


def bundled_files() -> dict[str, dict[str, bytes]]:
    """Return the bundled records: folder → name of a file → content."""
    with as_file(files("ingest") / "bundled") as bundled:
        folders = sorted(entry for entry in bundled.iterdir() if entry.is_dir() and any(entry.glob("*.yml")))
        return {
            folder.name: {file.name: file.read_bytes() for file in sorted(folder.glob("*.yml"))}
            for folder in folders
        }


def installed_files(records: Path, folder: str) -> dict[str, bytes]:
    """Return the bundled files as they were installed; none when an earlier version installed them."""
    kept = records / _INSTALLED / folder
    return {file.name: file.read_bytes() for file in sorted(kept.glob("*.yml"))} if kept.is_dir() else {}


def keep_installed(records: Path) -> None:
    """Remember the bundled records as those that are installed, whole or not at all."""
    with storage_errors(records, writing=True):
        final = records / _INSTALLED
        temporary = Path(tempfile.mkdtemp(prefix=".copying-", dir=records))
        old = records / ".copying-old"
        try:
            for folder, contents in bundled_files().items():
                (temporary / folder).mkdir()
                for name, content in contents.items():
                    (temporary / folder / name).write_bytes(content)
            (temporary / _SEEN).write_text(_digest())
            temporary.chmod(0o755)
            shutil.rmtree(old, ignore_errors=True)
            if final.exists():
                final.rename(old)
            temporary.rename(final)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def mark_as_seen(records: Path) -> None:
    """Remember that the user has been shown what is new in this version's records."""
    with storage_errors(records, writing=True):
        (records / _INSTALLED).mkdir(exist_ok=True)
        (records / _INSTALLED / _SEEN).write_text(_digest())


def is_upgrade_waiting(records: Path) -> bool:
    """Return whether this version's records differ from what the user was last given or shown."""
    bundled = bundled_files()
    if not any((records / folder).is_dir() for folder in bundled):
        return False
    seen = records / _INSTALLED / _SEEN
    if seen.is_file() and seen.read_text(errors="replace").strip() == _digest():
        return False
    return any(
        not (records / folder / name).is_file() or (records / folder / name).read_bytes() != content
        for folder, contents in bundled.items()
        for name, content in contents.items()
    )


def _digest() -> str:
    digest = sha256()
    for folder, contents in bundled_files().items():
        for name, content in contents.items():
            digest.update(f"{folder}/{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def copy_bundled_records(records: Path) -> bool:
    """Copy the bundled records to a folder that is absent or empty; never touch another.

    A city's folder appears whole or not at all, so that a run that is killed leaves no half records.

    Returns
    -------
    bool
        Whether they were copied.

    Raises
    ------
    StoreNotWritable, StoreFull
        There is no right to write there, or no room.
    """
    with storage_errors(records, writing=True):
        if records.is_file() or (
            records.exists() and any(not entry.name.startswith(".") for entry in records.iterdir())
        ):
            return False
        records.mkdir(parents=True, exist_ok=True)
        for leftover in records.glob(".copying-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        with as_file(files("ingest") / "bundled") as bundled:
            for folder in sorted(entry for entry in bundled.iterdir() if entry.is_dir()):
                if any(folder.glob("*.yml")):
                    _copy_folder(folder, records)
        keep_installed(records)
    return True


def _copy_folder(folder: Path, records: Path) -> None:
    temporary = Path(tempfile.mkdtemp(prefix=".copying-", dir=records))
    try:
        for file in sorted(folder.glob("*.yml")):
            shutil.copyfile(file, temporary / file.name)
        temporary.chmod(0o755)  # mkdtemp makes it the user's alone
        temporary.rename(records / folder.name)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
