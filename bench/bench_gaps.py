"""How fast gaps, ways and consortia are found, and how that grows with the graph. Two Markdown tables.

Usage: python bench/bench_gaps.py [--store DIR] [--city SLUG] [--quick]

Without ``--store`` the world's graph of ``bench/world.py`` is asked (built at the first run from the
reference data, KOPRU_REFERENCE_DATA). The projection and the rankers of the day are made once, as a server
keeps them, and are told apart. For the growth the projection is thinned out: a half, a quarter, an eighth of
the other cities, with the ties among those that are left. Ways are compared with NetworkX's
``shortest_simple_paths`` on the same ties, for the same cities.
"""

import argparse
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

import networkx as nx

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph.communities import find_circles
from graph.connections import find_paths
from graph.consortium.model import Terms
from graph.consortium.problem import Option, Problem, solve
from graph.consortium.service import propose
from graph.gaps.service import find_gaps
from graph.projection import Projection
from graph.recommendation.service import Recommender
from graph.revision import Revision
from graph.store import GraphStore

DAY = date(2024, 3, 4)
GOAL_GAPS_S, GOAL_PATHS_MS, GOAL_CONSORTIUM_S = 2.0, 100.0, 2.0
PAIRS, ROUNDS, PEER_PAIRS, PEER_SECONDS = 60, 3, 5, 10.0


def seconds(work: Callable[[], object]) -> float:
    """Return what one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def thin_out(projection: Projection, city: str, share: float) -> Projection:
    """Return the projection with a share of the other cities, and what ties them to one another."""
    chance = random.Random(1)
    kept = {one for one in sorted(projection.cities) if one == city or chance.random() < share}
    ties = tuple(tie for tie in projection.ties if set(tie.cities) <= kept)
    return Projection(projection.as_of, {one: projection.cities[one] for one in sorted(kept)}, ties)


def time_paths(projection: Projection, city: str) -> tuple[float, float, float]:
    """Return median and worst ms of five ways to some cities, and the share of them that is reached."""
    chance = random.Random(2)
    targets = chance.sample(sorted(set(projection.cities) - {city}), min(PAIRS, len(projection.cities) - 1))
    projection.ties_of(city)
    times, reached = [], 0
    for target in targets:
        start = perf_counter()
        reached += bool(find_paths(projection, city, target, 5))
        times.append(1000 * (perf_counter() - start))
    return statistics.median(times), max(times), reached / len(targets)


def time_peer(projection: Projection, city: str) -> tuple[float, float, int]:
    """Return median ms of NetworkX and of ours for five ways to the same cities, and how many it gave up."""
    network = nx.Graph(projection.to_networkx())
    connected = nx.node_connected_component(network, city)
    targets = random.Random(3).sample(sorted(connected & set(projection.cities) - {city}), PEER_PAIRS)
    theirs, ours, given_up = [], [], 0
    for target in targets:
        found = nx.shortest_simple_paths(network, city, target)
        start = perf_counter()
        for _ in islice(found, 5):
            if perf_counter() - start > PEER_SECONDS:
                given_up += 1
                break
        theirs.append(1000 * (perf_counter() - start))
        ours.append(1000 * seconds(lambda to=target: find_paths(projection, city, to, 5)))
    return statistics.median(theirs), statistics.median(ours), given_up


def make_call(candidates: int) -> Problem:
    """Return a call for a consortium of eight: six countries, four themes, two of a country at most."""
    chance = random.Random(candidates)
    options = tuple(
        Option(chance.random(), f"C{chance.randrange(40)}", frozenset(chance.sample("abcdefgh", 2)))
        for _ in range(candidates)
    )
    return Problem(options, 7, "C0", 6, themes=frozenset("abcd"), most_per_country=2)


def measure(revision: Revision, recommender: Recommender, slug: str, city: str) -> Iterator[tuple[str, bool]]:
    """Yield a line of the table, and whether its goal is met."""
    projection = recommender.projection

    def ask() -> object:
        return find_gaps(revision, projection, slug, recommender=recommender)

    first, busy = seconds(ask), process_time()
    gaps = statistics.median(seconds(ask) for _ in range(ROUNDS))
    busy = (process_time() - busy) / ROUNDS
    took = f"{gaps:.2f} s, {busy:.2f} s of the processor"
    yield f"all gaps, median of {ROUNDS} | {took} | ≤ {GOAL_GAPS_S:.0f} s", gaps <= GOAL_GAPS_S
    yield f"the first time, rankers of the day included | {first:.1f} s | ", True
    busy = process_time()
    median, worst, reached = time_paths(projection, city)
    busy = 1000 * (process_time() - busy) / PAIRS
    goal = f"≤ {GOAL_PATHS_MS:.0f} ms"
    yield f"five ways, mean time of the processor | {busy:.1f} ms | ", True
    yield f"five ways to one of {PAIRS} cities, median | {median:.1f} ms | {goal}", median <= GOAL_PATHS_MS
    yield f"the slowest of them ({reached:.0%} reached) | {worst:.1f} ms | {goal}", worst <= GOAL_PATHS_MS
    problem = make_call(200)
    call = statistics.median(seconds(lambda: solve(problem)) for _ in range(ROUNDS))
    goal = f"≤ {GOAL_CONSORTIUM_S:.0f} s"
    yield f"eight of 200 candidates, proven best | {call:.2f} s | {goal}", call <= GOAL_CONSORTIUM_S
    terms = Terms(minimum_partners=6, minimum_countries=5, size=8, most_per_country=2)
    whole = seconds(lambda: propose(recommender, slug, terms))
    yield f"three consortia of eight from the graph | {whole:.2f} s | ", True
    yield f"circles and brokers | {seconds(lambda: find_circles(projection, city)):.2f} s | ", True


def grow(revision: Revision, recommender: Recommender, slug: str, city: str) -> None:
    """Print how the times grow with the cities that are there."""
    print("\n| cities | ties | all gaps, no ranker, s | five ways, median ms | slowest, ms |")
    print("|---:|---:|---:|---:|---:|")
    for share in (1.0, 0.5, 0.25, 0.125):
        projection = thin_out(recommender.projection, city, share)
        gaps = seconds(lambda p=projection: find_gaps(revision, p, slug))
        median, worst, _ = time_paths(projection, city)
        size = f"{len(projection.cities):,} | {len(projection.ties):,}"
        print(f"| {size} | {gaps:.2f} | {median:.1f} | {worst:.1f} |", flush=True)
    print("\n| candidates | eight of them, s |\n|---:|---:|")
    for candidates in (200, 400, 800, 1600, 3200):
        problem = make_call(candidates)
        print(f"| {candidates:,} | {seconds(lambda p=problem: solve(p)):.2f} |")


def open_graph(store: str | None) -> GraphStore:
    """Return the store that was named, or the world's."""
    if store:
        return GraphStore(Path(store))
    try:
        from bench.world import open_world
    except ImportError:
        sys.exit("bench/world.py is not there. Name a store with --store.")
    found: GraphStore = open_world()
    return found


def main() -> int:
    """Print the tables; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="Measure gaps, ways and consortia.")
    parser.add_argument("--store")
    parser.add_argument("--city", default="antalya")
    parser.add_argument("--quick", action="store_true", help="no comparison with NetworkX")
    asked = parser.parse_args()
    revision = open_graph(asked.store).current()
    start = perf_counter()
    recommender = Recommender(revision, DAY)
    city = str(revision.iris.thing("city", asked.city))
    projection = recommender.projection
    size = f"{revision.info.statements:,} statements, {len(projection.cities):,} cities"
    made = perf_counter() - start
    print(f"{size}, {len(projection.ties):,} ties; the projection of a day takes {made:.1f} s\n")
    print("| what | measured | goal |\n|---|---:|---:|")
    missed = []
    for line, is_met in measure(revision, recommender, asked.city, city):
        print(f"| {line} |", flush=True)
        if not is_met:
            missed.append(line.split("|")[0].strip())
    if not asked.quick:
        theirs, ours, given_up = time_peer(projection, city)
        print(f"| NetworkX `shortest_simple_paths`, {PEER_PAIRS} cities | {theirs:,.0f} ms | |")
        given = f"{given_up} given up by NetworkX after {PEER_SECONDS:.0f} s"
        print(f"| ours for the same ({given}) | {ours:.1f} ms | |")
    grow(revision, recommender, asked.city, city)
    print(f"\ngoals missed: {', '.join(missed) or 'none'}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
