"""The way of the data: declare, fetch, read, identify, check, store, derive, publish.

One run publishes one revision or nothing. This module knows the order of the steps;
what a source says is known by its reader alone.
"""

from pathlib import Path

from graph.draft import OnStep
from graph.store import GraphStore
from ingest.report import IngestReport, SourceInfo

__all__ = ["fill", "ingest", "list_sources"]


def _silent(step: str) -> None:
    """Ignore a step."""


def ingest(
    store: GraphStore,
    source: str,
    *,
    records: Path,
    location: str | None = None,
    city: str = "antalya",
    dry_run: bool = False,
    on_step: OnStep = _silent,
) -> IngestReport:
    """Run one source, and those that depend on it; publish one revision or nothing.

    Parameters
    ----------
    store
        The store to publish to.
    source
        Name of a declared source.
    records
        The user's records folder.
    location
        A file, folder or address to read instead of the source's own.
    city
        Slug of the city whose relations are read.
    dry_run
        Report the difference, publish nothing.
    on_step
        Called with the name of each step as it begins.

    Raises
    ------
    KopruError
        The input is wrong, or the store can't be written to; nothing was published.
    """
    raise NotImplementedError


def fill(
    store: GraphStore, *, records: Path, city: str = "antalya", on_step: OnStep = _silent
) -> IngestReport:
    """Fill a store from the records and what depends on them, in one revision.

    The bundled records are copied to ``records`` first when that folder is absent or empty.
    """
    raise NotImplementedError


def list_sources(store: GraphStore) -> list[SourceInfo]:
    """Return all declared sources with what the published revision has of them."""
    raise NotImplementedError
