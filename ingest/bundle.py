"""The bundled records, and their way into the user's folder."""

import shutil
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from graph.faults import storage_errors

__all__ = ["copy_bundled_records"]


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
