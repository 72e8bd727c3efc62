"""What is wrong with a store."""

from ontology.errors.base import KopruError
from ontology.messages import N_

__all__ = [
    "RevisionCollected",
    "RevisionNotFound",
    "StoreBroken",
    "StoreEmpty",
    "StoreError",
    "StoreFull",
    "StoreInUse",
    "StoreNotWritable",
]


class StoreError(KopruError):
    """The store folder can't be used as asked."""


class StoreInUse(StoreError):
    """Another run holds the writer's lock."""

    sentence_template = N_(
        "Another run is writing to {path} (process {pid}). Wait until it has finished, then try again."
    )


class StoreNotWritable(StoreError):
    """No right to write there, or a read-only medium."""

    sentence_template = N_(
        "The folder {path} can't be written to ({reason}). "
        "Give this user the right to write there, or choose another folder with --store."
    )


class StoreFull(StoreError):
    """No room left."""

    sentence_template = N_(
        "There is no room left on the disk of {path}. Nothing was published. Free some room, then try again."
    )


class StoreBroken(StoreError):
    """The folder is no store of ours, or damaged."""

    sentence_template = N_(
        "The store in {path} can't be opened: {reason}. "
        "Go back with 'kopru rollback', or restore a backup into an empty folder."
    )


class StoreEmpty(StoreError):
    """Nothing has been published yet."""

    sentence_template = N_(
        "The store in {path} is still empty. Fill it with 'kopru ingest records' or start 'kopru serve'."
    )


class RevisionNotFound(StoreError):
    """No such revision."""

    sentence_template = N_("There is no revision {number}. 'kopru revisions' lists those that there are.")


class RevisionCollected(RevisionNotFound):
    """It was removed by the rule of what is kept."""

    sentence_template = N_(
        "Revision {number} is no longer kept. Kept are the current revision, the newest {newest} beside it, "
        "the last one of each of the last {months} months and the last one of each year. "
        "'kopru revisions' lists those that there are."
    )
