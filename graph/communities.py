"""Circles and brokers of a city's partner network: who belongs together, and who stands between.

The partner network of a city is made of the cities that it reaches within two agreements, with the living
agreements among them. Communities are found by Louvain's method with several seeds; what differs between
seeds is no circle, so each city tells how steadily it stands with its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.projection import Projection, TieKind

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["SEEDS", "Broker", "Circle", "Circles", "find_circles", "partner_network"]

SEEDS = 10
_BETWEEN: tuple[TieKind, ...] = ("twinning", "protocol", "cooperation")
#: Nodes above which betweenness is estimated from so many of them.
_SAMPLED = 300
_SEED = 1


@dataclass(frozen=True)
class Circle:
    """Cities (IRIs) that are tied to one another more than to the rest.

    ``steadiness`` is the share of seeds, 0 to 1, in which two of its cities are together, on average.
    """

    cities: tuple[str, ...]
    steadiness: float


@dataclass(frozen=True)
class Broker:
    """A city and the share of shortest ways between two others that lead over it, 0 to 1."""

    city: str
    betweenness: float


@dataclass(frozen=True)
class Circles:
    """Circles, the largest first; brokers, the strongest first.

    ``agreement`` is the mean adjusted Rand index of two seeds' answers: 1 where all are the same, about 0
    where they are no more alike than by chance. ``estimated`` tells that betweenness was sampled.
    """

    circles: tuple[Circle, ...]
    brokers: tuple[Broker, ...]
    agreement: float
    seeds: int
    cities: int
    ties: int
    estimated: bool


def partner_network(projection: Projection, city: str) -> "nx.Graph":
    """Return the cities within two living agreements of a city; weights count the agreements of a pair."""
    import networkx as nx

    near = {city, *projection.neighbours(city, *_BETWEEN)}
    wide = near.union(*(projection.neighbours(one, *_BETWEEN) for one in sorted(near)))
    made = nx.Graph()
    made.add_nodes_from(sorted(wide))
    for one in sorted(wide):
        for other, ties in projection.neighbours(one, *_BETWEEN).items():
            if other in wide and one < other:
                made.add_edge(one, other, weight=len(ties))
    return made


def find_circles(projection: Projection, city: str, most: int = 20) -> Circles:
    """Return the circles and the ``most`` strongest brokers of a city's partner network.

    References
    ----------
    Blondel et al. 2008, doi 10.1088/1742-5468/2008/10/P10008; Hubert and Arabie 1985,
    doi 10.1007/BF01908075; Brandes 2001, doi 10.1080/0022250X.2001.9990249; all but the index as NetworkX
    computes them.
    """
    import networkx as nx

    network = partner_network(projection, city)
    answers = [nx.community.louvain_communities(network, weight="weight", seed=seed) for seed in range(SEEDS)]
    labels = [{node: number for number, group in enumerate(answer) for node in group} for answer in answers]
    best = (
        max(answers, key=lambda answer: nx.community.modularity(network, answer))
        if network.edges
        else answers[0]
    )
    circles = [Circle(tuple(sorted(group)), round(_steadiness(group, labels), 3)) for group in best]
    estimated = len(network) > _SAMPLED
    between = nx.betweenness_centrality(network, k=_SAMPLED if estimated else None, seed=_SEED)
    brokers = sorted(between.items(), key=lambda item: (-item[1], item[0]))
    pairs = list(combinations(labels, 2))
    return Circles(
        circles=tuple(sorted(circles, key=lambda circle: (-len(circle.cities), circle.cities))),
        brokers=tuple(Broker(one, round(value, 4)) for one, value in brokers[:most] if value > 0),
        agreement=round(sum(adjusted_rand(a, b) for a, b in pairs) / len(pairs), 3),
        seeds=SEEDS,
        cities=len(network),
        ties=network.number_of_edges(),
        estimated=estimated,
    )


def _steadiness(group: set[str], labels: Sequence[dict[str, int]]) -> float:
    """Return how often two of a group are together; a group of one is as steady as can be."""
    pairs = len(group) * (len(group) - 1) / 2
    if not pairs:
        return 1.0
    together = 0.0
    for label in labels:
        sizes: dict[int, int] = {}
        for node in group:
            sizes[label[node]] = sizes.get(label[node], 0) + 1
        together += sum(size * (size - 1) / 2 for size in sizes.values())
    return together / (pairs * len(labels))


def adjusted_rand(one: dict[str, int], other: dict[str, int]) -> float:
    """Return Hubert and Arabie's index of two partitions of the same things.

    Examples
    --------
    >>> adjusted_rand({"a": 0, "b": 0, "c": 1}, {"a": 1, "b": 1, "c": 0})
    1.0
    """

    def count(labels: Sequence[object]) -> float:
        sizes: dict[object, int] = {}
        for label in labels:
            sizes[label] = sizes.get(label, 0) + 1
        return sum(size * (size - 1) / 2 for size in sizes.values())

    nodes = sorted(one)
    both = count([(one[node], other[node]) for node in nodes])
    mine, theirs = count([one[node] for node in nodes]), count([other[node] for node in nodes])
    pairs = len(nodes) * (len(nodes) - 1) / 2
    chance = mine * theirs / pairs if pairs else 0.0
    span = (mine + theirs) / 2 - chance
    return (both - chance) / span if span else 1.0
