"""Raw bytes, kept in the store's folder under their SHA-256 as they came."""

from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile

from graph.faults import storage_errors
from ingest.batch import RawFile

__all__ = ["keep_raw_files"]


def keep_raw_files(store: Path, files: tuple[RawFile, ...]) -> None:
    """Write each file to ``STORE/raw/<sha256>`` unless it is there; whole or not at all.

    Only for the holder of the writer's lock: what a killed run left half-written is removed.

    Raises
    ------
    StoreNotWritable, StoreFull
        There is no right to write there, or no room.
    """
    folder = store / "raw"
    with storage_errors(store, writing=True):
        folder.mkdir(exist_ok=True)
        for leftover in folder.glob(".*"):
            leftover.unlink(missing_ok=True)
        for file in files:
            target = folder / file.digest
            if not target.exists():
                with (
                    NamedTemporaryFile(dir=folder, prefix=".", delete=False) as temporary,
                    file.open() as content,
                ):
                    copyfileobj(content, temporary)
                Path(temporary.name).replace(target)
