"""Revisions of a large graph: times and sizes beside those of plain rdflib, as a Markdown table.

Usage: python bench/bench_revisions.py [STATEMENTS]

The peer does the same with an rdflib ``Dataset`` and N-Quads files: publishing writes the
whole file, opening parses it. It has no counterpart for what is derived, so that is left out
of the compared rows and told apart.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import rdflib
from rdflib import RDF, RDFS, Dataset, Graph, Literal

from graph.store import GraphStore
from ontology.iris import Iris
from ontology.terms import KP, M8G, PROV, XSD

IRIS = Iris()
NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
Times = dict[str, float]


def make_graph(statements: int, *, changed: bool = False) -> Graph:
    """Return agreements with their evidence, nine statements each; every tenth one differs if asked."""
    rdf = Graph()
    document = IRIS.thing("document", "list")
    for number in range(statements // 9):
        parties = [f"c{number % 997}", f"c{number % 991 + 1000}"]
        agreement = IRIS.relation("agreement", "twinning", parties, number)
        year = 1990 + number % 30 + (40 if changed and number % 10 == 0 else 0)
        evidence = IRIS.evidence(agreement, document, str(number))
        authority = IRIS.thing("authority", parties[0])
        for statement in (
            (agreement, RDF.type, KP.TwinningAgreement),
            (agreement, KP.party, authority),
            (agreement, KP.party, IRIS.thing("authority", parties[1])),
            (agreement, KP.recordRef, Literal(f"sister_cities.yml:{number}:{year}")),
            (evidence, KP.about, agreement),
            (evidence, PROV.hadPrimarySource, document),
            (evidence, KP.claimedProperty, KP.startDate),
            (evidence, KP.claimedValue, Literal(str(year))),
            (evidence, KP.evidenceDate, Literal(f"{year + 1}-01-01", datatype=XSD.date)),
        ):
            rdf.add(statement)
        rdf.add((authority, RDF.type, M8G.PublicOrganisation))
        rdf.add((authority, RDFS.label, Literal(f"Belediye {parties[0]}", lang="tr")))
    return rdf


def measure(work: Callable[..., object], *arguments: object, **named: object) -> float:
    """Return how long a call takes, in seconds."""
    begun = perf_counter()
    work(*arguments, **named)
    return perf_counter() - begun


def size(path: Path) -> float:
    """Return the megabytes of a file, or of a folder with hard-linked files counted once."""
    files = [path] if path.is_file() else [entry for entry in path.rglob("*") if entry.is_file()]
    return sum({file.stat().st_ino: file.stat().st_size for file in files}.values()) / 1e6


def measure_store(folder: Path, first: Graph, second: Graph) -> Times:
    """Build, replace and publish with the store."""
    store = GraphStore(folder)
    times: Times = {}
    for name, rdf in (("build from empty", first), ("replace, 10 % changed", second)):
        with store.writer() as draft:
            times[name] = measure(draft.replace_source, "batch", rdf, retrieved_at=NOON)
            times[f"derive: {name}"] = measure(draft.derive)
            times[f"publish: {name}"] = measure(draft.publish)
        times[f"disk after: {name}"] = size(folder / "revisions")
    times["open"] = measure(lambda: GraphStore(folder).current().ask("ASK { ?s ?p ?o }"))
    times["roll back and open"] = measure(lambda: (store.rollback(1), GraphStore(folder).current()))
    return times


def measure_peer(folder: Path, first: Graph, second: Graph) -> Times:
    """Do the same with an rdflib dataset, one N-Quads file a revision."""
    dataset, times = Dataset(), {}
    name = IRIS.graph("batch")

    def replace(rdf: Graph) -> None:
        dataset.remove_graph(name)
        dataset.addN((s, p, o, dataset.graph(name)) for s, p, o in rdf)

    def read(number: int) -> None:
        Dataset().parse(folder / f"{number}.nq", format="nquads")

    for number, (step, rdf) in enumerate((("build from empty", first), ("replace, 10 % changed", second)), 1):
        times[step] = measure(replace, rdf)
        file = folder / f"{number}.nq"
        times[f"publish: {step}"] = measure(dataset.serialize, file, format="nquads")
        times[f"disk after: {step}"] = size(folder)
    times["open"] = measure(read, 2)
    times["roll back and open"] = measure(read, 1)
    return times


def make_table(statements: int, ours: Times, peers: Times) -> str:
    """Return the Markdown table."""
    lines = [
        f"{statements:,} statements in one source; rdflib {rdflib.__version__}.",
        "",
        "| step | Köprü | rdflib | ratio |",
        "|---|--:|--:|--:|",
    ]
    for name, value in ours.items():
        unit = "MB" if name.startswith("disk") else "s"
        peer = peers.get(name)
        compared = f"{peer:.2f} {unit} | {peer / value:.1f}" if peer is not None else "– | –"
        lines.append(f"| {name} | {value:.2f} {unit} | {compared} |")
    return "\n".join(lines)


def main(statements: int = 300_000) -> None:
    """Print the table."""
    first, second = make_graph(statements), make_graph(statements, changed=True)
    folder = Path(tempfile.mkdtemp(prefix="kopru-bench-"))
    try:
        (folder / "peer").mkdir()
        ours = measure_store(folder / "store", first, second)
        peers = measure_peer(folder / "peer", first, second)
    finally:
        shutil.rmtree(folder)
    print(make_table(len(first), ours, peers))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
