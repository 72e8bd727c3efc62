"""What a picture of ties is made of: nodes with their places, and edges with their relations."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

from graph.model import Grade, Label, RelationKind, Status

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "NODE_KINDS",
    "Memory",
    "NetworkEdge",
    "NetworkNode",
    "NodeKind",
    "PartnerNetwork",
]

NodeKind = Literal[
    "own_city", "city", "authority", "city_network", "campaign", "reporting_scheme", "national_union",
    "project", "programme", "organization", "open_place",
]  # fmt: skip
#: Kinds of node in the order in which they stand around the city.
NODE_KINDS: tuple[NodeKind, ...] = (
    "own_city", "city_network", "campaign", "reporting_scheme", "national_union", "city", "authority",
    "organization", "programme", "project", "open_place",
)  # fmt: skip


class Memory(Protocol):
    """Something that keeps small values from one call to the next, such as a store's state."""

    def put(self, key: str, value: object) -> None:
        """Keep a value."""

    def find(self, key: str) -> Any:
        """Return the value or ``None``."""


@dataclass(frozen=True)
class NetworkNode:
    """A thing in the picture.

    ``id`` is its IRI (an open place: the relation's). ``x`` and ``y`` are pixels from the middle,
    downwards. ``short_label`` is what to write under the node: the acronym where the name has one.
    ``country`` is an ISO code, ``edges`` how many edges end here without context.
    """

    id: str
    kind: NodeKind
    slug: str
    label: Label
    short_label: Label
    country: str | None = None
    country_label: Label | None = None
    edges: int = 0
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class NetworkEdge:
    """A relation between two things; ``relation`` is its IRI.

    ``context``: the asked city's municipality has no part in it. An edge from a project to its programme and
    from there to its funder (kind ``programme``) is no relation of its own.
    """

    id: str
    source: str
    target: str
    kind: RelationKind | Literal["programme"]
    kind_label: Label
    label: Label
    relation: str | None = None
    status: Status = "unknown"
    grade: Grade | None = None
    start: str | None = None
    end: str | None = None
    role: Label | None = None
    counted: bool = False
    evidence: int = 0
    context: bool = False


@dataclass(frozen=True)
class PartnerNetwork:
    """The picture of one city, or of another thing in the middle, on one day; ``city`` is its slug."""

    city: str
    as_of: date
    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]

    def to_networkx(self) -> "nx.MultiDiGraph":
        """Return nodes and edges with plain attributes; an edge's key is its id.

        Labels become ``label_tr`` and ``label_en``; what is not known is left out, so that every
        format of NetworkX can be written.
        """
        import networkx as nx

        rdf_free = nx.MultiDiGraph(city=self.city, as_of=self.as_of.isoformat())
        for node in self.nodes:
            rdf_free.add_node(node.id, **_attributes(node))
        for edge in self.edges:
            rdf_free.add_edge(edge.source, edge.target, key=edge.id, **_attributes(edge))
        return rdf_free


def _attributes(value: NetworkNode | NetworkEdge) -> dict[str, str | int | float | bool]:
    plain: dict[str, str | int | float | bool] = {}
    for name, found in asdict(value).items():
        if isinstance(found, dict):
            plain |= {f"{name}_{language}": text for language, text in found.items()}
        elif found is not None and name not in ("id", "source", "target"):
            plain[name] = found
    return plain
