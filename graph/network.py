"""A city's partner network: who is tied to it by which relation, ready to be drawn.

A municipality is drawn as its city, every other body as itself. All relations are there,
whatever their status: the picture tells them apart. Relations of partners among themselves
are context. Where things stand is decided in ``graph/layout.py``.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

from rdflib import URIRef

from graph.layout import LAYOUT_VERSION, Box, Place, place_nodes
from graph.library import load_query
from graph.model import Grade, Label, NetworkKind, Party, Reference, Relation, RelationKind, Status
from graph.questions.names import reference_of
from graph.questions.places import city_iri
from graph.questions.reading import Readable, local_name, read_labels
from graph.questions.relations import order_relations, read_relations
from graph.questions.wording import KIND_LABELS, NETWORK_CLASSES
from ontology.terms import KP
from ontology.text import sort_key

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "NODE_KINDS",
    "Memory",
    "NetworkEdge",
    "NetworkNode",
    "NodeKind",
    "PartnerNetwork",
    "partner_network",
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
#: Sectors around the city; open places stand in that of their kind.
_SECTORS: dict[NodeKind, str] = {
    "city_network": "networks",
    "campaign": "networks",
    "reporting_scheme": "networks",
    "national_union": "networks",
    "city": "cities",
    "authority": "cities",
    "organization": "bodies",
    "programme": "bodies",
    "project": "projects",
}
_SECTOR_ORDER = ("networks", "cities", "bodies", "projects")
_NETWORK_NODES: dict[str, NetworkKind] = {local_name(iri): kind for kind, iri in NETWORK_CLASSES.items()}
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*)\)$")
_OPEN = Label("?", "?")
_PROGRAMME = Label("programı", "programme")


def _shorten(label: Label) -> Label:
    """Return the acronym that stands in brackets in a name, or the name.

    Examples
    --------
    >>> _shorten(Label("Asya Belediye Başkanları Forumu (AMF)", "Asian Mayors Forum (AMF)")).tr
    'AMF'
    """
    found = [_ACRONYM.search(text) for text in (label.tr, label.en)]
    return Label(
        *(match[1] if match else text for match, text in zip(found, (label.tr, label.en), strict=True))
    )


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
    """The picture of one city on one day."""

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


def partner_network(
    revision: Readable, city_slug: str, as_of: date, *, memory: Memory | None = None, digest: str = ""
) -> PartnerNetwork:
    """Return the partner network of a city.

    Parameters
    ----------
    as_of
        The day of the statuses.
    memory, digest
        Where positions are kept from one call to the next, and the digest of the revision that
        they are of.

    Raises
    ------
    NotFound
        There is no such city.
    """
    city = city_iri(revision, city_slug)
    builder = _Builder(revision, city)
    builder.add_relations(_relations(revision, "relations_of_city", as_of, city=city, wantedKind=KP.Relation))
    builder.add_programmes()
    builder.add_context(_relations(revision, "context_ties", as_of, city=city))
    places = _remember(builder.boxes(), memory, city_slug, digest)
    return PartnerNetwork(city_slug, as_of, builder.nodes(places), tuple(builder.edges))


def _relations(revision: Readable, name: str, as_of: date, **values: URIRef) -> list[Relation]:
    iris = [str(row["item"]) for row in revision.select(load_query(name).bind(**values))]
    return order_relations(read_relations(revision, iris, as_of))


def _remember(boxes: list[Box], memory: Memory | None, city_slug: str, digest: str) -> dict[str, Place]:
    """Return the places of the boxes; those kept for the same graph and way of placing are taken."""
    key, origin = f"network/{city_slug}", f"{LAYOUT_VERSION} {digest}"
    kept = memory.find(key) if memory and digest else None
    if kept and kept["of"] == origin and kept["places"].keys() == {box.node for box in boxes}:
        return {node: (float(x), float(y)) for node, (x, y) in kept["places"].items()}
    places = place_nodes(boxes[0], boxes[1:])
    if memory and digest:
        memory.put(key, {"of": origin, "places": {node: list(place) for node, place in places.items()}})
    return places


class _Builder:
    """Collects nodes and edges from relations."""

    def __init__(self, revision: Readable, city: URIRef) -> None:
        self.revision = revision
        self.city = str(city)
        self.found: dict[str, NetworkNode] = {}
        self.sectors: dict[str, str] = {}
        self.edges: list[NetworkEdge] = []
        here = reference_of(revision, self.city, read_labels(revision, [self.city]).get(self.city))
        self.found[self.city] = NetworkNode(self.city, "own_city", here.slug, here.label, here.label)

    def add_relations(self, relations: Iterable[Relation]) -> None:
        """Add relations of the city with all whom they tie to it."""
        for relation in relations:
            nodes = [self.node_of(party) for party in self.drawn(relation)]
            if not relation.identified:
                sector = "networks" if relation.kind == "membership" else "cities"
                self.sectors[relation.iri] = sector
                nodes.append(NetworkNode(relation.iri, "open_place", relation.slug, relation.label, _OPEN))
            for node in nodes:
                self.found.setdefault(node.id, node)
            ends = [node.id for node in nodes]
            self.connect(relation, ends, context=self.city not in ends)

    def drawn(self, relation: Relation) -> list[Party]:
        """Return the parties between which a relation is drawn.

        Money comes from the programme, and to that from its funder; its project hangs on the
        programme by itself.
        """
        programme, funder = relation.party_in("programme"), relation.party_in("funder")
        if not (programme and funder):
            return list(relation.parties)
        self.found.setdefault(programme.iri, self.node_of(programme))
        here = reference_of(self.revision, funder.iri, funder.label)
        self.link_programme(programme.iri, here)
        return [party for party in relation.parties if party.part in ("recipient", "programme")]

    def add_context(self, relations: Iterable[Relation]) -> None:
        """Add relations among nodes that are there."""
        for relation in relations:
            ends = [self.node_of(party).id for party in relation.parties]
            if len(ends) > 1 and all(end in self.found for end in ends):
                self.connect(relation, ends, context=True)

    def add_programmes(self) -> None:
        """Add the programmes of projects and the funders of programmes."""
        wanted = [URIRef(node.id) for node in self.found.values() if node.kind in ("project", "programme")]
        # Twice: the programmes that the first round finds have funders.
        for _ in range(2):
            rows = self.revision.select(load_query("programme_links").bind(thing=wanted)) if wanted else []
            labels = read_labels(self.revision, {str(row["above"]) for row in rows})
            for row in rows:
                above = reference_of(self.revision, str(row["above"]), labels.get(str(row["above"])))
                self.link_programme(str(row["thing"]), above)
            wanted = [URIRef(str(row["above"])) for row in rows]

    def link_programme(self, thing: str, above: Reference) -> None:
        """Add one step from a project to its programme, or from there to its funder."""
        kind: NodeKind = "programme" if above.kind == "programme" else "organization"
        node = NetworkNode(above.iri, kind, above.slug, above.label, _shorten(above.label))
        self.found.setdefault(node.id, node)
        name = f"{thing} {above.iri}"
        if all(edge.id != name for edge in self.edges):
            self.edges.append(
                NetworkEdge(name, thing, above.iri, "programme", _PROGRAMME, above.label, status="holds")
            )

    def node_of(self, party: Party) -> NetworkNode:
        """Return what a party is drawn as."""
        country = (party.country, party.country_label)
        if party.speaks_for_city and party.city:
            iri = str(self.revision.iris.thing("city", party.city))
            city = NetworkNode(iri, "city", party.city, party.short_label, party.short_label, *country)
            return self.found[iri] if iri == self.city else city
        kind: NodeKind = _NETWORK_NODES.get(party.sort, "organization")
        if party.kind in ("project", "programme", "authority"):
            kind = party.kind  # type: ignore[assignment]
        short = party.short_label if kind == "authority" else _shorten(party.short_label)
        return NetworkNode(party.iri, kind, party.slug, party.label, short, *country)

    def connect(self, relation: Relation, ends: list[str], *, context: bool) -> None:
        """Add the edges of one relation: from its first end, or from the city, to all others."""
        source = self.city if self.city in ends else next(iter(ends), self.city)
        for number, target in enumerate(dict.fromkeys(end for end in ends if end != source), start=1):
            self.edges.append(
                NetworkEdge(
                    id=relation.iri if number == 1 else f"{relation.iri} {number}",
                    source=source,
                    target=target,
                    kind=relation.kind,
                    kind_label=KIND_LABELS[relation.kind],
                    label=relation.label,
                    relation=relation.iri,
                    status=relation.status,
                    grade=relation.grade,
                    start=relation.start.text,
                    end=relation.end.text,
                    role=relation.role,
                    counted=relation.counted_in is not None,
                    evidence=relation.evidence_count,
                    context=context,
                )
            )

    def boxes(self) -> list[Box]:
        """Return the nodes as boxes to be placed, the city first."""
        order = sorted(self.found.values(), key=self._order)
        return [
            Box(node.id, self._sector(node), max(node.label.tr, node.label.en, key=len)) for node in order
        ]

    def _sector(self, node: NetworkNode) -> str:
        return self.sectors.get(node.id) or _SECTORS.get(node.kind, "")

    def _order(self, node: NetworkNode) -> tuple[int, int, str, str, str]:
        sector = _SECTOR_ORDER.index(self._sector(node)) if node.kind != "own_city" else -1
        country = sort_key(node.country_label.tr) if node.country_label else ""
        # Cities stand by country; networks, bodies and projects by kind. Open places come last.
        by_kind = 0 if node.kind in ("city", "authority") else NODE_KINDS.index(node.kind)
        return sector, by_kind, country, sort_key(node.label.tr), node.id

    def nodes(self, places: dict[str, Place]) -> tuple[NetworkNode, ...]:
        """Return the nodes with their places, in the order in which they stand."""
        degree = dict.fromkeys(self.found, 0)
        for edge in self.edges:
            for end in (edge.source, edge.target):
                degree[end] += not edge.context
        return tuple(
            replace(node, x=places[node.id][0], y=places[node.id][1], edges=degree[node.id])
            for node in sorted(self.found.values(), key=self._order)
        )
