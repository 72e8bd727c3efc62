"""What one small change costs: derived from its surroundings, and from everything, as a Markdown table.

    python bench/bench_change.py [STORE …]      the bundled city, and copies of these stores

Two changes, each published: another name for the first city of the records, and an office's decision that the
first pair that waits is one city (where one waits). Then all is derived anew from the same sources, as every
publish did before; it must come to the same.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox
from rdflib import RDF, Literal, URIRef

from graph.derivation import derive, own_digests
from graph.identity.judgements import Judgement
from graph.identity.queue import read_waiting
from graph.store import GraphStore
from ingest.judging import record_decision
from ingest.pipeline import fill
from ontology.terms import SCHEMA, SKOS

__all__ = ["main"]

_TODAY = datetime.now(UTC)
_STEPS = {"batch-after": "taken in", "merge-after": "derived", "check-after": "checked"}


class _Meter:
    """The processor's seconds of the steps of a run."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {}
        self._begun = process_time()

    def hear(self, step: str) -> None:
        """Note the step that has ended."""
        if step in _STEPS:
            self.note(_STEPS[step])

    def note(self, name: str) -> None:
        """End a step."""
        self.found[name] = process_time() - self._begun
        self._begun = process_time()


def add_name(store: GraphStore, meter: _Meter) -> None:
    """Give the first city of the records another name."""
    with store.writer(meter.hear) as draft:
        records = draft.named_graph(draft.iris.graph("records"))
        city = min(records.subjects(RDF.type, SCHEMA.City))
        records.add((city, SKOS.altLabel, Literal("Another name", lang="en")))
        draft.replace_source("records", records, retrieved_at=_TODAY)
        draft.derive()
        draft.check()
        draft.publish()
    meter.note("published")


def decide(store: GraphStore, meter: _Meter) -> None:
    """Judge the first pair that waits the same."""
    pair = read_waiting(store.current(), 0, 1).pairs[0]
    one, other = sorted((URIRef(pair.one.key), URIRef(pair.other.key)))
    why = {"tr": "Ölçüm.", "en": "A measurement."}
    judgement = Judgement(one, other, "same", "an-office", _TODAY.date(), why)  # type: ignore[arg-type]
    records = store.path / "records"
    records.mkdir(exist_ok=True)
    record_decision(store, records, judgement, meter.hear)
    meter.note("published")


def derive_all(store: GraphStore, scratch: Path) -> float:
    """Return the seconds of deriving everything of the current revision, which must come to the same."""
    current = store.current()
    current.checkpoint(scratch / "db")
    database = ox.Store(str(scratch / "db"))
    is_wide = len(database) > 400_000
    begun = process_time()
    derive(database, store.iris, scratch if is_wide else None)
    taken = process_time() - begun
    if own_digests(database, store.iris) != current.info.own:
        raise SystemExit("Deriving everything came to something else.")
    return taken


def measure(store: GraphStore, folder: Path) -> list[str]:
    """Return the rows of one store."""
    # The first change after a change of the program derives everything: it isn't counted.
    for warm in (False, True):
        with store.writer() as draft:
            records = draft.named_graph(draft.iris.graph("records"))
            mark = URIRef("urn:kopru:bench"), SKOS.note, Literal("x")
            (records.remove if warm else records.add)(mark)  # type: ignore[operator]
            draft.replace_source("records", records, retrieved_at=_TODAY)
            draft.derive()
            draft.publish()
    rows = []
    changes: list[tuple[str, Callable[[GraphStore, _Meter], None]]] = [("another name of a city", add_name)]
    if read_waiting(store.current(), 0, 1).count:
        changes.append(("two cities judged one", decide))
    for name, change in changes:
        meter = _Meter()
        change(store, meter)
        steps = [meter.found.get(step, 0.0) for step in (*_STEPS.values(), "published")]
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            whole = derive_all(store, Path(scratch))
        told = " | ".join(f"{seconds:.2f}" for seconds in steps)
        size = f"{store.current().info.statements:,}"
        rows.append(
            f"| {size} | {name} | {told} | {sum(steps):.1f} | {whole:.1f} | {whole / steps[1]:.0f} × |"
        )
    return rows


def main(stores: list[Path]) -> None:
    """Print the table."""
    heads = ["statements", "change", *(f"{step}, s" for step in _STEPS.values()), "published, s", "all, s"]
    print(f"| {' | '.join(heads)} | everything derived, s | ratio |")
    print("|--:|---|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="kopru-bench-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        bundled = GraphStore(folder / "bundled")
        fill(bundled, records=bundled.path / "records")
        for number, path in enumerate([bundled.path, *stores]):
            copied = path if path == bundled.path else Path(shutil.copytree(path, folder / str(number)))
            for row in measure(GraphStore(copied), folder):
                print(row, flush=True)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
