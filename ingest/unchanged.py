"""What a run need not do again: reading the same bytes, judging the same cities."""

from collections import Counter
from hashlib import sha256
from pathlib import Path

from graph.derivation import program_digest
from graph.draft import Draft
from graph.identity.judgements import RULE, read_judgements
from graph.revision import Revision, RevisionInfo, SourceEntry
from graph.store import GraphStore
from ingest.batch import Fetched
from ingest.declaration import reading_digest
from ingest.judging import GRAPH, read_decisions

__all__ = ["find_same", "has_new_decisions", "make_fingerprint", "remember"]


def make_fingerprint(fetched: Fetched, info: RevisionInfo | None, source: str, city: str) -> str:
    """Return a digest of what decides what is read: bytes, names, records, program, city; or nothing.

    What could not even be fetched has to be told each time.
    """
    if fetched.errors:
        return ""
    # The records don't depend on what they were.
    records = info.sources.get("records") if info and source != "records" else None
    parts = [file.digest for file in fetched.files] + [file.name for file in fetched.files]
    parts += [reading_digest(), program_digest(), records.digest if records else "", city]
    return sha256("\n".join(parts).encode()).hexdigest()


def find_same(store: GraphStore, fingerprint: str) -> SourceEntry | None:
    """Return the source of the published revision that was read with this fingerprint."""
    info = store.current().info
    for name, entry in info.sources.items():
        if store.state.find(f"read:{name}") == [fingerprint, entry.digest, info.program_digest]:
            return entry
    return None


def remember(store: GraphStore, name: str, fingerprint: str, info: RevisionInfo) -> None:
    """Remember from what a source was made."""
    if fingerprint and store.path.is_dir():
        store.state.put(f"read:{name}", [fingerprint, info.sources[name].digest, info.program_digest])


def has_new_decisions(draft: Draft | Revision, records: Path) -> bool:
    """Whether what people decided of two cities differs from what the graph of the judgements has."""
    stored = read_judgements(draft.named_graph(draft.iris.graph(GRAPH)))
    return Counter(read_decisions(records, draft.iris)) != Counter(j for j in stored if j.by != RULE)
