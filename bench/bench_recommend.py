"""How fast partners are ranked over the world, beside NetworkX asked one by one. Two Markdown tables.

Usage: python bench/bench_recommend.py [--quick]

The world is ``data/twins.csv.gz`` and its companions in the folder of reference data
(KOPRU_REFERENCE_DATA, ../shared by default). The ranker is timed with the parameters that come with
the program; for all cities the real command ``kopru rank`` is run, as a process of its own. ``--quick``
asks for a tenth of the cities and says so.

NetworkX is asked as its users ask it: one city, each of its functions over all candidates. Before
anything is timed, our values for the same cities must be NetworkX's. Two traps: a generator given as
``ebunch`` is consumed by a check of the nodes, and nothing is returned; ``common_neighbor_centrality``
works out all shortest paths of the graph at every call, so it is asked over the cities with most ties
only. Runs of ours and of NetworkX alternate.
"""

import csv
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import networkx as nx
import numpy as np

from graph.ranking.evaluation.baselines import make_baselines
from graph.ranking.evaluation.run import Method
from graph.ranking.parameters_file import shipped_parameters
from graph.ranking.ranker import Ranker
from graph.ranking.tables import WorldTables, read_tables
from graph.ranking.world import make_tables

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("KOPRU_REFERENCE_DATA", ROOT.parent / "shared")) / "data"
FILES = {
    "--twins": DATA / "twins.csv.gz",
    "--memberships": DATA / "memberships.csv.gz",
    "--cities": DATA / "cities.csv.gz",
    "--projects": DATA / "interreg_participations.csv.gz",
}
GOAL_ONE_MS, GOAL_ALL_S, GOAL_MB, GOAL_RATIO = 25.0, 180.0, 2_000.0, 50.0
ASKED, ROUNDS, OWN_ROUNDS, TOP = 200, 5, 3, 50
#: The graph over which common_neighbor_centrality is asked.
SMALL = 2_000
#: Cities that our measures score at once.
BATCH = 64

Scored = Iterator[tuple[int, int, float]]


@dataclass(frozen=True)
class Peer:
    """One of NetworkX's functions, and what it costs us."""

    name: str
    function: Callable[[nx.Graph, list[tuple[int, int]]], Scored]


def common_neighbours(network: nx.Graph, pairs: list[tuple[int, int]]) -> Scored:
    """Count common neighbours pair by pair, as there is no function for many."""
    return ((u, v, len(nx.common_neighbors(network, u, v))) for u, v in pairs)


PEERS = (
    Peer("preferential_attachment", nx.preferential_attachment),
    Peer("common_neighbours", common_neighbours),
    Peer("jaccard", nx.jaccard_coefficient),
    Peer("adamic_adar", nx.adamic_adar_index),
    Peer("resource_allocation", nx.resource_allocation_index),
    Peer("common_neighbour_centrality", nx.common_neighbor_centrality),
)


def tied_world(tables: WorldTables, most: int | None = None) -> WorldTables:
    """Return the cities that have a tie, or those with most ties, with the ties among them alone."""
    degree = np.bincount(tables.twins.ravel(), minlength=len(tables))
    kept = set(np.argsort(-degree, kind="stable")[:most].tolist()) if most else set(range(len(tables)))
    ids = tables.city_ids
    return make_tables({}, [(ids[a], ids[b]) for a, b in tables.twins.tolist() if a in kept and b in kept])


def to_network(tables: WorldTables) -> nx.Graph:
    """Return the ties for NetworkX; a city is its place."""
    network = nx.Graph()
    network.add_nodes_from(range(len(tables)))
    network.add_edges_from(tables.twins.tolist())
    return network


def candidates(network: nx.Graph, city: int) -> list[tuple[int, int]]:
    """Return a city with every other that it is not tied to."""
    return [(city, other) for other in network if other != city and not network.has_edge(city, other)]


def milliseconds(work: Callable[[], object]) -> float:
    """Return what one call takes."""
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)


def check_agreement(peer: Peer, ours: Method, network: nx.Graph, cities: Sequence[int]) -> float:
    """Return the largest relative difference of our values from NetworkX's for some cities."""
    worst = 0.0
    for city in cities:
        row = ours.score(np.array([city], dtype=np.int32))[0]
        pairs = candidates(network, city)
        values = list(peer.function(network, pairs))
        if len(values) != len(pairs):
            raise SystemExit(f"{peer.name}: NetworkX returned {len(values)} values for {len(pairs)} pairs")
        worst = max(worst, *(abs(row[v] - value) / max(abs(value), 1.0) for _, v, value in values))
    return worst


def time_peer(
    peer: Peer, tables: WorldTables, chance: np.random.Generator
) -> tuple[float, float, float, float]:
    """Return ms a city of NetworkX, of ours for one city, of ours in batches, and how far values differ."""
    whole = peer.name != "common_neighbour_centrality"
    world = tied_world(tables, None if whole else SMALL)
    network = to_network(world)
    ours = next(one for one in make_baselines(world) if one.name == peer.name)
    asked = chance.choice(len(world), ROUNDS if whole else 2, replace=False).tolist()
    off = check_agreement(peer, ours, network, asked[: 3 if whole else 1])
    batch = chance.choice(len(world), BATCH, replace=False).astype(np.int32)
    theirs, alone, batches = [], [], []
    for city in asked:
        pairs, one = candidates(network, city), np.array([city], dtype=np.int32)
        theirs.append(milliseconds(partial(consume, peer, network, pairs)))
        alone += [milliseconds(partial(ours.score, one)) for _ in range(OWN_ROUNDS)]
        batches += [milliseconds(partial(ours.score, batch)) / BATCH for _ in range(OWN_ROUNDS)]
    medians = [statistics.median(times) for times in (theirs, alone, batches)]
    return medians[0], medians[1], medians[2], off


def consume(peer: Peer, network: nx.Graph, pairs: list[tuple[int, int]]) -> None:
    """Ask NetworkX and take all that comes."""
    for _ in peer.function(network, pairs):
        pass


def compare(tables: WorldTables, chance: np.random.Generator) -> float:
    """Print the table of NetworkX and return the ratio over the functions asked over the whole graph."""
    print("| measure | NetworkX, ms a city | ours, ms | ours in batches, ms | ratio | values differ by |")
    print("|---|---:|---:|---:|---:|---:|")
    rows = {peer.name: time_peer(peer, tables, chance) for peer in PEERS}
    for name, (theirs, alone, batches, off) in rows.items():
        print(
            f"| {name} | {theirs:,.1f} | {alone:.2f} | {batches:.2f} | {theirs / alone:,.0f}× | {off:.0e} |"
        )
    whole = [row for name, row in rows.items() if name != "common_neighbour_centrality"]
    theirs, alone, batches, _ = np.array(whole).sum(axis=0)
    print(f"| all but the last | {theirs:,.1f} | {alone:.2f} | {batches:.2f} | {theirs / alone:,.0f}× | |")
    print(f"\ncommon_neighbour_centrality: over the {SMALL:,} cities with most ties")
    return float(theirs / alone)


def one_city(tables: WorldTables, chance: np.random.Generator) -> tuple[float, float, float]:
    """Return the seconds to get ready, and median and 95th percentile in ms of ranking for one city."""
    start = perf_counter()
    ranker = Ranker(tables, shipped_parameters())
    ready = perf_counter() - start
    asked = chance.choice(np.unique(tables.twins), ASKED + 1, replace=False)
    times = [milliseconds(lambda c=city: ranker.rank(int(c), TOP)) for city in asked][1:]
    return ready, statistics.median(times), float(np.quantile(times, 0.95))


def all_cities(tables: WorldTables, share: float) -> tuple[float, float, int]:
    """Run ``kopru rank`` for all cities with a tie: seconds, peak memory in MB, number of cities."""
    ids = [tables.city_ids[place] for place in np.unique(tables.twins)]
    asked = ids[: max(1, round(share * len(ids)))]
    with tempfile.TemporaryDirectory() as folder:
        queries, out = Path(folder) / "queries.csv", Path(folder) / "out.csv"
        queries.write_text("\n".join(["city_id", *asked]) + "\n", encoding="utf-8")
        words = [word for name, path in FILES.items() for word in (name, str(path))]
        words += ["--queries", str(queries), "--top", str(TOP), "--out", str(out)]
        start, peak = perf_counter(), 0.0
        run = subprocess.Popen(
            [sys.executable, "-m", "api", "rank", *words], cwd=ROOT, stderr=subprocess.DEVNULL
        )
        while run.poll() is None:
            peak = max(peak, megabytes_of(run.pid))
            time.sleep(0.2)
        seconds = perf_counter() - start
        with out.open(encoding="utf-8", newline="") as stream:
            answered = len({row["query_id"] for row in csv.DictReader(stream)})
    if answered != len(asked):
        raise SystemExit(f"kopru rank answered {answered} of {len(asked)} cities")
    return seconds, peak, answered


def megabytes_of(process: int) -> float:
    """Return the memory of a process and of those it started; what they share counts once. Linux only."""
    total, waiting = 0.0, [process]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        try:
            lines = (folder / "smaps_rollup").read_text().splitlines()
            waiting += [
                int(child) for task in folder.glob("task/*/children") for child in task.read_text().split()
            ]
        except OSError:  # it ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def main(words: Sequence[str]) -> int:
    """Print the tables; 1 when a goal is missed."""
    missing = [path.name for path in FILES.values() if not path.is_file()]
    if missing:
        print(f"Reference data not there, nothing measured: {', '.join(missing)} in {DATA}")
        return 0
    share = 0.1 if "--quick" in words else 1.0
    with gzip.open(FILES["--twins"], "rt", encoding="utf-8") as stream:
        lines = sum(1 for _ in stream) - 1
    tables = read_tables(*FILES.values())
    chance = np.random.default_rng(1)
    tied = len(np.unique(tables.twins))
    print(f"{len(tables):,} cities, {tied:,} of them in {lines:,} ties; {os.cpu_count()} cores\n")
    ready, median, high = one_city(tables, chance)
    seconds, megabytes, answered = all_cities(tables, share)
    print("| what | measured | goal |\n|---|---:|---:|")
    print(f"| one city against the world, median of {ASKED} | {median:.1f} ms | ≤ {GOAL_ONE_MS:.0f} ms |")
    print(f"| the same, 95th percentile | {high:.1f} ms | |")
    print(f"| getting ready, once | {ready:.2f} s | |")
    print(f"| {answered:,} cities with `kopru rank`, reading and writing too | {seconds:.0f} s | "
          f"≤ {GOAL_ALL_S * share:.0f} s |")  # fmt: skip
    print(f"| its peak memory | {megabytes:,.0f} MB | ≤ {GOAL_MB:,.0f} MB |\n", flush=True)
    ratio = compare(tables, chance)
    missed = [
        name
        for name, is_met in (
            ("one city", median <= GOAL_ONE_MS),
            ("all cities", seconds <= GOAL_ALL_S * share),
            ("memory", megabytes <= GOAL_MB),
            ("NetworkX", ratio >= GOAL_RATIO),
        )
        if not is_met
    ]
    print(f"\ngoals missed: {', '.join(missed) or 'none'}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
