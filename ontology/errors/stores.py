"""What is wrong with a store."""

from ontology.errors.base import KopruError
from ontology.messages import N_

__all__ = [
    "RevisionCollected",
    "RevisionNotFound",
    "ServerAway",
    "ServerClosed",
    "ServerFull",
    "ServerOdd",
    "ServerSlow",
    "ServerUnable",
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


class ServerAway(StoreError):
    """The SPARQL server that is the store can't be reached, or says that it is busy.

    ``seconds`` says when to come again.
    """

    sentence_template = N_(
        "The SPARQL server at {address} can't be reached ({reason}). Nothing was changed. Check that it runs "
        "and that --store names its address, then try again."
    )

    def __init__(self, template: str | None = None, /, *, seconds: int = 5, **facts: object) -> None:
        super().__init__(template, seconds=seconds, **facts)


class ServerSlow(ServerAway):
    """It said nothing for too long."""

    sentence_template = N_(
        "The SPARQL server at {address} said nothing for {limit} seconds. Try again later; "
        "KOPRU_STORE_TIMEOUT gives it more time."
    )


class ServerClosed(StoreError):
    """It does not let this user in."""

    sentence_template = N_(
        "The SPARQL server at {address} does not let this user in (HTTP {status}). "
        "Set KOPRU_STORE_USER and KOPRU_STORE_PASSWORD, and give that user the right to read and write."
    )


class ServerFull(StoreFull):
    """It has no room left."""

    sentence_template = N_(
        "The SPARQL server at {address} has no room left ({reason}). Nothing was published. "
        "Free some room there, then try again."
    )


class ServerOdd(StoreError):
    """It answers what no SPARQL server answers, or not all of it."""

    sentence_template = N_(
        "What answers at {address} is no SPARQL 1.1 server, or its answer is not whole ({reason}). Check "
        "--store and the settings KOPRU_STORE_QUERY, KOPRU_STORE_UPDATE and KOPRU_STORE_GRAPHS."
    )


class ServerUnable(StoreError):
    """Its engine can't work out one of our own questions."""

    sentence_template = N_(
        "The engine of the SPARQL server at {address} can't answer this question ({reason}). "
        "docs/backends.md says what each engine can't do."
    )
