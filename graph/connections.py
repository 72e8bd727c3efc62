r"""How two things are connected: the cheapest ways over living ties, each through others than those before.

Nodes are cities, networks and projects; a step is a tie, with all relations that make it. A step costs

.. math:: 1 + \tfrac12 (h(u) + h(v)) + l, \qquad h(n) = \tfrac14 \log_2 d(n)

with the number :math:`d` of a node's ties: a network of ten thousand members says less than a project of
five; :math:`l` is 1 where nothing but an unverified entry of a list tells of the step, else 0.

Ways are found one after another by Dijkstra's algorithm from both ends; what stood between in one way is
taken out before the next is looked for, so that each way is another (successive removal, not Yen's k
shortest paths, whose later ones differ in one step only and cost a search for each of them).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from math import inf, log2

from rdflib import URIRef
from rdflib.term import Identifier

from graph.library import load_query, rebase
from graph.model import Reference
from graph.projection import Projection, Tie
from graph.questions.names import existing_iri, reference_of
from graph.questions.reading import Readable, read_labels
from graph.questions.relations import read_relations
from graph.recommendation.model import Step
from graph.recommendation.reasons import tell_step
from graph.recommendation.universe import is_acknowledged
from ontology.errors import BadParameter, NotFound
from ontology.messages import N_, Phrase

__all__ = ["MAX_PATHS", "Hop", "Path", "PathTold", "Paths", "find_node", "find_paths", "tell_paths"]

MAX_PATHS = 20
#: Nodes that a search settles at most; past it the two count as not connected within reach.
REACH = 20_000
#: What a step costs more of which nothing but an unverified entry of a list tells.
DOUBT = 1.0
_KINDS = {"city": N_("city"), "network": N_("network"), "project": N_("project")}
_GRADES = ("confirmed", "reported", "unverified")


@dataclass(frozen=True)
class Hop:
    """One step: between which nodes, and the ties that make it, the best evidence first."""

    source: str
    target: str
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Path:
    """One way with its hops in order, and its cost."""

    hops: tuple[Hop, ...]
    cost: float

    @property
    def through(self) -> tuple[str, ...]:
        """What stands between, in order."""
        return tuple(hop.target for hop in self.hops[:-1])


@dataclass(frozen=True)
class PathTold:
    """A way for people: what stands between, and each step with its dates, grade and documents.

    ``steps`` holds for each hop its relations; ``query`` lists all their statements.
    """

    nodes: tuple[Reference, ...]
    hops: tuple[tuple[Step, ...], ...]
    cost: float
    query: str


@dataclass(frozen=True)
class Paths:
    """The answer: the ways, and through whom the target is reached, the best first."""

    source: Reference
    target: Reference
    paths: tuple[PathTold, ...]
    through: tuple[Reference, ...]


def find_paths(projection: Projection, source: str, target: str, most: int = 5) -> tuple[Path, ...]:
    """Return the cheapest ways between two nodes, none sharing what stands between with another.

    Parameters
    ----------
    source, target
        IRIs of cities, networks or projects.
    most
        How many ways.

    Returns
    -------
    tuple of Path
        Cheapest first; empty when nothing recorded connects the two.
    """
    search = _Search(projection, source, target)
    found: list[Path] = []
    while len(found) < most and (path := search.next()) is not None:
        found.append(path)
    return tuple(found)


class _Search:
    """Searches of one pair of nodes; remembers what earlier ways have used."""

    def __init__(self, projection: Projection, source: str, target: str) -> None:
        self.projection = projection
        self.ends = (source, target)
        self.used: set[str] = set()
        self.has_direct = False
        self._crowds: dict[str, float] = {}

    def next(self) -> Path | None:
        """Return the next way, and take out what stands between."""
        nodes, cost = self._cheapest()
        if not nodes:
            return None
        hops = tuple(self._hop(a, b) for a, b in pairwise(nodes))
        self.used.update(nodes[1:-1])
        self.has_direct |= len(nodes) == 2
        return Path(hops, round(cost, 4))

    def _cheapest(self) -> tuple[list[str], float]:
        """Return the nodes of the cheapest way, and its cost, by Dijkstra's algorithm from both ends."""
        if self.ends[0] == self.ends[1]:
            return [], 0.0
        costs: tuple[dict[str, float], ...] = ({self.ends[0]: 0.0}, {self.ends[1]: 0.0})
        before: tuple[dict[str, str], ...] = ({}, {})
        heaps: tuple[list[tuple[float, str]], ...] = ([(0.0, self.ends[0])], [(0.0, self.ends[1])])
        done: tuple[set[str], ...] = (set(), set())
        best, meeting = inf, ""
        while heaps[0] and heaps[1] and len(done[0]) + len(done[1]) < REACH:
            if heaps[0][0][0] + heaps[1][0][0] >= best:
                break
            side = 0 if heaps[0][0] <= heaps[1][0] else 1
            cost, node = heappop(heaps[side])
            if node in done[side]:
                continue
            done[side].add(node)
            for other, step in self._around(node):
                if other in self.used or (self.has_direct and {node, other} == set(self.ends)):
                    continue
                reached = cost + step
                if reached < best and reached < costs[side].get(other, inf):
                    costs[side][other] = reached
                    before[side][other] = node
                    heappush(heaps[side], (reached, other))
                    if (whole := reached + costs[1 - side].get(other, inf)) < best:
                        best, meeting = whole, other
        return [*_walk(before[0], meeting)][::-1] + [*_walk(before[1], meeting)][1:], best

    def _around(self, node: str) -> tuple[tuple[str, float], ...]:
        known = self.projection.steps
        if node not in known:
            doubts: dict[str, float] = {}
            for tie in self.projection.ties_of(node):
                if tie.is_living:
                    for other in _others(tie, node):
                        doubts[other] = min(doubts.get(other, DOUBT), 0.0 if is_acknowledged(tie) else DOUBT)
            own = self._crowd(node)
            known[node] = tuple(
                (other, 1 + (own + self._crowd(other)) / 2 + doubt) for other, doubt in sorted(doubts.items())
            )
        return known[node]

    def _crowd(self, node: str) -> float:
        if (known := self._crowds.get(node)) is None:
            known = self._crowds[node] = log2(max(len(self.projection.ties_of(node)), 1)) / 4
        return known

    def _hop(self, one: str, other: str) -> Hop:
        nearer = min((one, other), key=lambda node: len(self.projection.ties_of(node)))
        across = other if nearer == one else one
        ties = [t for t in self.projection.ties_of(nearer) if t.is_living and across in _others(t, nearer)]
        return Hop(one, other, tuple(sorted(ties, key=lambda t: (_GRADES.index(t.grade), t.relation))))


def _others(tie: Tie, node: str) -> tuple[str, ...]:
    """Return what a tie leads to from one of its ends."""
    if tie.group:
        return tie.cities if node == tie.group else (tie.group,)
    return tuple(city for city in tie.cities if city != node)


def _walk(before: dict[str, str], node: str) -> Iterator[str]:
    while node:
        yield node
        node = before.get(node, "")


def find_node(revision: Readable, projection: Projection, named: str) -> str:
    """Return the IRI of a city by its slug, or of a network or a project as ``network/slug``.

    Raises
    ------
    NotFound
        There is no such thing; the nearest names are offered.
    BadParameter
        It is another kind of thing.
    """
    kind, _, slug = named.removeprefix(f"{revision.iris.base}id/").rpartition("/")
    if (kind or "city") not in _KINDS:
        raise BadParameter(
            value=named, name="from, to", remedy=Phrase(N_("name a city, network/… or project/…"))
        )
    called = _KINDS[kind or "city"]
    iri = str(
        existing_iri(revision, kind or "city", slug, lambda fact: any(fact.properties()), called=called)
    )
    if kind in ("", "city") and iri not in projection.cities:
        raise NotFound(kind=called, name=named)
    return iri


def tell_paths(revision: Readable, projection: Projection, source: str, target: str, most: int = 5) -> Paths:
    """Return the ways between two nodes (IRIs) with names, dates, grades and documents."""
    found = find_paths(projection, source, target, most)
    named = {source, target, *(node for path in found for node in path.through)}
    labels = read_labels(revision, named)

    def refer(iri: str) -> Reference:
        return reference_of(revision, iri, labels.get(iri))

    iris = sorted({tie.relation for path in found for hop in path.hops for tie in hop.ties})
    relations = read_relations(revision, iris, projection.as_of, with_evidence=True)
    steps = {relation.iri: tell_step(relation) for relation in relations}
    told = tuple(
        PathTold(
            nodes=tuple(map(refer, (source, *path.through, target))),
            hops=tuple(
                tuple(steps[t.relation] for t in hop.ties if t.relation in steps) for hop in path.hops
            ),
            cost=path.cost,
            query=_statements(revision, path),
        )
        for path in found
    )
    through = dict.fromkeys(path.through[0] for path in found if path.through)
    return Paths(refer(source), refer(target), told, tuple(map(refer, through)))


def _statements(revision: Readable, path: Path) -> str:
    relations: list[Identifier] = [
        URIRef(one) for one in sorted({tie.relation for hop in path.hops for tie in hop.ties})
    ]
    return rebase(load_query("statements_of_ties").bind(relation=relations), revision.iris)
