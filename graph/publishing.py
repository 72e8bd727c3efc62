"""From a staged database to a revision that readers see, so that death at any moment is harmless.

Everything of a revision is on the disk, synced, before the pointer moves; moving it is one
rename. Dying before leaves the old revision, dying after leaves the new one.
"""

import shutil
from collections.abc import Callable

import pyoxigraph as ox

from graph.faults import storage_errors
from graph.folder import Folder, Pointer, sync_path, sync_tree
from graph.revision import RevisionInfo

__all__ = ["STEPS", "OnStep", "publish"]

#: Told where a run is; gets one of ``STEPS``, or a line of progress.
OnStep = Callable[[str], None]

#: The named points of a run, in order.
STEPS = (
    "batch-before", "batch-after", "merge-after", "check-after", "checkpoint-before",
    "checkpoint-after", "sync-after", "pointer-before", "pointer-after",
)  # fmt: skip


def publish(folder: Folder, database: ox.Store, info: RevisionInfo, on_step: OnStep) -> None:
    """Make a checkpoint of ``database`` the current revision ``info.number``."""
    final = folder.revision_path(info.number)
    unfinished = final.with_suffix(".tmp")
    try:
        on_step("checkpoint-before")
        with storage_errors(folder.path, writing=True):
            unfinished.mkdir()
            database.backup(str(unfinished / "db"))
            info.write(unfinished)
        on_step("checkpoint-after")
        with storage_errors(folder.path, writing=True):
            sync_tree(unfinished)
            unfinished.rename(final)
            sync_path(folder.revisions)
        on_step("sync-after")
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)  # gone already when all went well
    on_step("pointer-before")
    with storage_errors(folder.path, writing=True):
        folder.write_pointer(Pointer(revision=info.number, highest=info.number))
    on_step("pointer-after")
    folder.collect()
