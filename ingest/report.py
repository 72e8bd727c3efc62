"""What a run did, for people and programs."""

from dataclasses import dataclass, field
from datetime import datetime

from rdflib import Graph, URIRef

from graph.revision import RevisionInfo
from ingest.batch import Notice
from ingest.declaration import Declaration
from ontology.messages import Language
from ontology.terms import PROV

__all__ = ["IngestReport", "SourceInfo", "count_difference"]


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
    title: dict[Language, str] | None = None


def count_difference(before: Graph, after: Graph, graph_iri: URIRef) -> tuple[int, int]:
    """Return how many statements of a source were added and removed, its PROV record left out."""
    old, new = (_without_provenance(rdf, graph_iri) for rdf in (before, after))
    return len(new - old), len(old - new)


def _without_provenance(rdf: Graph, graph_iri: URIRef) -> set[tuple[object, ...]]:
    runs = set(rdf.objects(graph_iri, PROV.wasGeneratedBy))
    raw = {used for run in runs for used in rdf.objects(run, PROV.used)}
    return {statement for statement in rdf if statement[0] not in {graph_iri, *runs, *raw}}
