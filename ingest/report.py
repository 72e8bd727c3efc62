"""What a run did, for people and programs."""

from dataclasses import dataclass, field
from datetime import datetime

from graph.revision import RevisionInfo
from ingest.batch import Notice
from ingest.declaration import Declaration

__all__ = ["IngestReport", "SourceInfo"]


@dataclass(frozen=True)
class IngestReport:
    """One run.

    Attributes
    ----------
    source
        The source that was asked for.
    published
        The new revision; ``None`` when nothing changed, or in a dry run.
    statements
        Statements of all sources that were read in this run.
    added, removed
        Difference of these statements to the published ones.
    unread, notes
        What a reader could not read, and what it wants a person to know.
    counts
        Things described, by kind.
    sources
        Names of the sources that were read, in their order.
    dry_run
        Whether the run was only to report the difference.
    """

    source: str
    published: RevisionInfo | None
    statements: int
    added: int
    removed: int
    unread: list[Notice] = field(default_factory=list)
    notes: list[Notice] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True)
class SourceInfo:
    """A declared source, and what the published revision has of it."""

    declaration: Declaration
    statements: int | None = None
    retrieved_at: datetime | None = None
    digest: str | None = None
