"""The partner network as pyvis builds it, and what the explorer's page says around it.

Kinds are told apart by colour and shape, the status by the line, the grade by its width.
Positions come from ``graph/network.py``: nothing moves in the browser. Labels are text.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph.model import GRADES, STATUSES, City, Grade, Relation, Status
from graph.network import Memory, NetworkEdge, NetworkNode, NodeKind, PartnerNetwork, partner_network
from graph.questions import Questions
from graph.revision import Revision
from viz.kinds import FAMILIES, FAMILY_OF, Family

__all__ = ["ExplorerPage", "ask_explorer", "family_of_edge"]

_FAMILY_OF_NODE: dict[NodeKind, Family] = {
    "city_network": "network",
    "campaign": "network",
    "reporting_scheme": "network",
    "national_union": "network",
    "project": "project",
    "programme": "funding",
}


def family_of_edge(edge: NetworkEdge) -> Family:
    """Return which family an edge is drawn as; the way of money from a programme is funding."""
    return "funding" if edge.kind == "programme" else FAMILY_OF[edge.kind]


@dataclass(frozen=True)
class ExplorerPage:
    """The network of one city on one day, and all its relations with their evidence."""

    city: City
    network: PartnerNetwork
    relations: tuple[Relation, ...]
    declared_on: date | None

    @cached_property
    def families(self) -> dict[str, Family]:
        """Which family each node is drawn as: its own, or that of its closest relation."""
        order = list(FAMILIES)
        found: dict[str, Family] = {}
        for edge in sorted(self.network.edges, key=lambda e: (e.context, order.index(family_of_edge(e)))):
            found.setdefault(edge.source, family_of_edge(edge))
            found.setdefault(edge.target, family_of_edge(edge))
        for node in self.network.nodes:
            if node.kind in _FAMILY_OF_NODE:
                found[node.id] = _FAMILY_OF_NODE[node.kind]
        return found

    @cached_property
    def home(self) -> str:
        """The node in the middle."""
        return next(node.id for node in self.network.nodes if node.kind == "own_city")

    @property
    def family_counts(self) -> list[tuple[Family, int]]:
        """How many lines of each family are drawn, for the legend."""
        counts = Counter(family_of_edge(edge) for edge in self.network.edges)
        return [(family, counts[family]) for family in FAMILIES if counts[family]]

    @property
    def status_counts(self) -> list[tuple[Status, int]]:
        """How many relations of each status are drawn; a project's line to its programme is none."""
        counts = Counter(edge.status for edge in self.network.edges if edge.relation)
        return [(status, counts[status]) for status in STATUSES if counts[status]]

    @property
    def grade_counts(self) -> list[tuple[Grade, int]]:
        """How many lines of each grade are drawn."""
        counts = Counter(edge.grade for edge in self.network.edges if edge.grade)
        return [(grade, counts[grade]) for grade in GRADES if counts[grade]]

    @property
    def nodes_by_family(self) -> list[tuple[Family, list[NetworkNode]]]:
        """Partners for the panel's list, each family in the order in which the nodes stand."""
        groups: dict[Family, list[NetworkNode]] = defaultdict(list)
        for node in self.network.nodes:
            if node.kind not in ("own_city", "open_place"):
                groups[self.families[node.id]].append(node)
        return [(family, groups[family]) for family in FAMILIES if groups[family]]

    @property
    def partner_count(self) -> int:
        """How many partners with a name are drawn."""
        return sum(node.kind not in ("own_city", "open_place") for node in self.network.nodes)

    @property
    def open_count(self) -> int:
        """How many declared places have no name yet."""
        return sum(node.kind == "open_place" for node in self.network.nodes)

    @staticmethod
    def key_of(relation: Relation) -> str:
        """Return a relation's key in the page: what an edge points to."""
        return f"{relation.kind_slug}/{relation.slug}"

    @staticmethod
    def document_count(relation: Relation) -> int:
        """Return how many documents speak of a relation."""
        return len({item.document.iri for item in relation.evidence if item.document})


def ask_explorer(
    questions: Questions, revision: Revision, city_slug: str, as_of: date, memory: Memory | None = None
) -> ExplorerPage:
    """Ask the graph for the network and for every relation in it.

    Parameters
    ----------
    questions, revision
        Of the same revision.
    city_slug
        The city in the middle.
    as_of
        The day of the statuses.
    memory
        Where positions are kept from one call to the next.

    Raises
    ------
    NotFound
        The city is not in the graph.
    """
    network = partner_network(revision, city_slug, as_of, memory=memory, digest=revision.info.digest)
    relations = questions.relations_of(city_slug, as_of=as_of, with_evidence=True)
    known = {relation.iri for relation in relations}
    # Ties of partners among themselves are drawn too, so their sources have to be there.
    context = dict.fromkeys(e.relation for e in network.edges if e.relation and e.relation not in known)
    relations += [questions.relation(iri, as_of=as_of) for iri in context]
    declared = questions.reconciliation(city_slug, as_of=as_of).declared
    return ExplorerPage(
        city=questions.city(city_slug),
        network=network,
        relations=tuple(relations),
        declared_on=max((entry.declared_on for entry in declared), default=None),
    )
