"""The explorer's picture and what its page says around it.

Kinds are told apart by colour and shape, the status by the line, the grade by its width.
Positions come from ``graph/view.py``: nothing moves in the browser. Labels are text.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from graph.model import Label, Relation
from graph.network_model import Memory, NetworkEdge, NetworkNode, NodeKind
from graph.projection import Projection
from graph.questions import Questions
from graph.questions.reading import local_name, read_labels
from graph.revision import Revision
from graph.view import Changes, Drawn, Kept, draw_view, hops_of
from ontology.errors import KopruError
from viz.address import Asked
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
    """A picture on one day, and its relations with their evidence.

    ``declared_on`` is the day of the city's own numbers; ``theme_labels`` names main themes by slug;
    ``hops`` are the relations of the way that is shown.
    """

    drawn: Drawn
    as_of: date
    asked: Asked
    declared_on: date | None = None
    theme_labels: dict[str, Label] = field(default_factory=dict)
    hops: frozenset[str] = frozenset()

    @property
    def nodes(self) -> tuple[NetworkNode, ...]:
        """What is drawn."""
        return self.drawn.network.nodes

    @property
    def edges(self) -> tuple[NetworkEdge, ...]:
        """The lines between."""
        return self.drawn.network.edges

    @property
    def relations(self) -> tuple[Relation, ...]:
        """All relations of the picture."""
        return self.drawn.relations

    @cached_property
    def centre(self) -> NetworkNode:
        """The thing in the middle."""
        return next(node for node in self.nodes if node.id == str(self.drawn.centre.iri))

    @cached_property
    def families(self) -> dict[str, Family]:
        """Which family each node is drawn as: its own, or that of its closest relation."""
        order = list(FAMILIES)
        found: dict[str, Family] = {}
        for edge in sorted(self.edges, key=lambda e: (e.context, order.index(family_of_edge(e)))):
            found.setdefault(edge.source, family_of_edge(edge))
            found.setdefault(edge.target, family_of_edge(edge))
        for node in self.nodes:
            if node.kind in _FAMILY_OF_NODE:
                found[node.id] = _FAMILY_OF_NODE[node.kind]
        return found

    @property
    def home(self) -> str:
        """The node in the middle."""
        return self.centre.id

    @property
    def nodes_by_family(self) -> list[tuple[Family, list[NetworkNode]]]:
        """Partners for a list, each family in the order in which the nodes stand."""
        groups: dict[Family, list[NetworkNode]] = defaultdict(list)
        for node in self.nodes:
            if node.id != self.home and node.kind != "open_place":
                groups[self.families[node.id]].append(node)
        return [(family, groups[family]) for family in FAMILIES if groups[family]]

    @property
    def partner_count(self) -> int:
        """How many partners with a name are drawn."""
        return sum(node.id != self.home and node.kind != "open_place" for node in self.nodes)

    @property
    def open_count(self) -> int:
        """How many declared places have no name yet."""
        return sum(node.kind == "open_place" for node in self.nodes)

    def changes_of(self, edge: NetworkEdge) -> Changes:
        """Return from which day on an edge has which status; that of no relation has none."""
        return self.drawn.changes.get(edge.relation or "", ())

    def themes_of(self, edge: NetworkEdge) -> list[str]:
        """Return the slugs of the main themes of an edge."""
        return [local_name(iri) for iri in self.drawn.themes.get(edge.relation or "", ())]

    @staticmethod
    def key_of(relation: Relation) -> str:
        """Return a relation's key in the page: what an edge points to."""
        return f"{relation.kind_slug}/{relation.slug}"

    @staticmethod
    def document_count(relation: Relation) -> int:
        """Return how many documents speak of a relation."""
        return len({item.document.iri for item in relation.evidence if item.document})


def ask_explorer(
    revision: Revision, asked: Asked, as_of: date, state: Memory, projection: Projection | None = None
) -> ExplorerPage:
    """Ask the graph for a picture and every relation in it.

    Parameters
    ----------
    as_of
        The day of the statuses.
    state
        Where positions are kept from one call to the next.
    projection
        Of the same revision and day; without it a way is not shown.

    Raises
    ------
    NotFound, BadParameter
        What is to stand in the middle is not in the graph, or has no ties.
    """
    hops = _find_hops(revision, asked, projection)
    view = asked.with_hops(hops)
    kept = Kept(state, revision.info.digest)
    drawn = draw_view(revision, view, as_of, kept, with_evidence=asked.with_evidence)
    themes = sorted({iri for found in drawn.themes.values() for iri in found})
    labels = {local_name(iri): label for iri, label in read_labels(revision, themes).items()}
    return ExplorerPage(drawn, as_of, asked, _declared_on(revision, drawn, as_of), labels, frozenset(hops))


def _find_hops(revision: Revision, asked: Asked, projection: Projection | None) -> tuple[str, ...]:
    """Return the relations of the way that is asked for; none where there is none."""
    from graph.connections import find_node

    if not asked.way or projection is None:
        return ()
    try:
        source, target = (find_node(revision, projection, end) for end in asked.way)
    except KopruError:  # the page says so where the ways are told
        return ()
    return hops_of(projection, source, target, asked.ways)


def _declared_on(revision: Revision, drawn: Drawn, as_of: date) -> date | None:
    if drawn.centre.kind != "city":
        return None
    declared = Questions(revision).reconciliation(drawn.centre.slug, as_of=as_of).declared
    return max((entry.declared_on for entry in declared), default=None)
