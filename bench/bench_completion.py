"""How long completing a query takes, on the bundled graph and on the world's. A Markdown table.

Usage: python bench/bench_completion.py [--store DIR]

Each figure is asked over HTTP from a running server, as the editor does, without the server's own
keeping of answers: every request has another address. The peer is the same question put as SPARQL to the
same server, which is what an editor without numbers of its own has to do.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from bench_serve import serving

from bench.world import open_world
from graph.store import GraphStore
from ingest.pipeline import fill

BEGINNINGS = [
    "an",
    "ist",
    "nur",
    "bur",
    "kon",
    "par",
    "lon",
    "ber",
    "mad",
    "izm",
    "cor",
    "sis",
    "zz",
    "a",
    "e",
]
CITY = "https://schema.org/City"
WITHIN = "https://schema.org/containedInPlace"
ROUNDS = 5
#: Seconds from the page to the first key.
LOOKING = 3.0
PEER_CLASSES = "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n)"
PEER_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s a <%s> ; ?p ?o } GROUP BY ?p ORDER BY DESC(?n)" % CITY  # noqa: UP031
PEER_THINGS = 'SELECT DISTINCT ?s { ?s kp:searchKey ?k FILTER(CONTAINS(?k, "%s")) } LIMIT 40'


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="a store with the world's graph, instead of building one")
    store = parser.parse_args().store
    print("| graph | statements | what is completed | ours, median | ours, 95 % | as SPARQL, median |")
    print("|---|---:|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        bundled = GraphStore(Path(folder) / "store")
        fill(bundled, records=Path(folder) / "records")
        measure_store("bundled", bundled)
    measure_store("world", GraphStore(store) if store else open_world())


def measure_store(name: str, store: GraphStore) -> None:
    """Print the rows of one graph."""
    statements = store.current().info.statements
    with serving(store.path) as client:
        # The page is opened first, as by a person; what completing needs is read meanwhile.
        client.get("/sparql", headers={"Accept": "text/html"})
        sleep(LOOKING)
        first = timed(lambda: complete(client, place="class", lang="en"))
        print(f"| {name} | {statements:,} | first request after the page | {first * 1000:.0f} ms | | |")
        for what, ours, peer in questions(client):
            own, other = interleaved(ours, peer)
            print(
                f"| {name} | {statements:,} | {what} | {statistics.median(own) * 1000:.1f} ms "
                f"| {statistics.quantiles(own, n=20)[-1] * 1000:.0f} ms "
                f"| {statistics.median(other) * 1000:.0f} ms |"
            )


Ask = Callable[[int], object]


def questions(client: httpx.Client) -> list[tuple[str, Ask, Ask]]:
    """Return what is completed, ours and the peer's; each takes the number of its turn."""

    def word(turn: int) -> str:
        return BEGINNINGS[turn % len(BEGINNINGS)]

    return [
        (
            "classes",
            lambda turn: complete(client, place="class", turn=str(turn)),
            lambda _: query(client, PEER_CLASSES),
        ),
        (
            "properties of a class",
            lambda turn: complete(client, place="property", of=CITY, turn=str(turn)),
            lambda _: query(client, PEER_PROPERTIES),
        ),
        (
            "things by their name",
            lambda turn: complete(client, place="value", q=word(turn), turn=str(turn)),
            lambda turn: query(client, PEER_THINGS % word(turn)),
        ),
        (
            "values of a property by name",
            lambda turn: complete(client, place="value", after=WITHIN, q=word(turn), turn=str(turn)),
            lambda turn: query(client, PEER_THINGS % word(turn)),
        ),
    ]


def interleaved(ours: Ask, peer: Ask) -> tuple[list[float], list[float]]:
    """Return the seconds of both, asked in turns."""
    own, other = [], []
    for turn in range(ROUNDS * len(BEGINNINGS)):
        own.append(timed(lambda turn=turn: ours(turn)))  # type: ignore[misc]
        if turn < len(BEGINNINGS):
            other.append(timed(lambda turn=turn: peer(turn)))  # type: ignore[misc]
    return own, other


def complete(client: httpx.Client, **asked: str) -> None:
    """Complete once; an address that was asked before would be answered from memory."""
    client.get("/api/v1/completion", params=asked).raise_for_status()


def query(client: httpx.Client, text: str) -> None:
    """Ask in SPARQL; one that the deadline ends counts with what it took."""
    answer = client.get("/sparql", params={"query": text, "format": "json"})
    if answer.status_code != httpx.codes.GATEWAY_TIMEOUT:
        answer.raise_for_status()


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of one call."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
