"""A city's partner network: who is tied to it by which relation, ready to be drawn.

All relations are there, whatever their status: the picture tells them apart. Relations of partners
among themselves are context. Where things stand is decided in ``graph/layout.py``.
"""

from collections.abc import Iterable
from datetime import date

from rdflib import URIRef
from rdflib.term import Identifier

from graph.layout import LAYOUT_VERSION, Box, Place, place_nodes
from graph.library import load_query
from graph.model import Relation
from graph.network_builder import NetworkBuilder
from graph.network_model import NODE_KINDS, Memory, NetworkEdge, NetworkNode, NodeKind, PartnerNetwork
from graph.questions.places import city_iri
from graph.questions.reading import Readable
from graph.questions.relations import order_relations, read_relations
from ontology.terms import KP

__all__ = [
    "NODE_KINDS",
    "Memory",
    "NetworkEdge",
    "NetworkNode",
    "NodeKind",
    "PartnerNetwork",
    "add_context",
    "city_relations",
    "partner_network",
    "place_base",
]


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
    builder = NetworkBuilder(revision, city)
    iris = city_relations(revision, city)
    builder.add_relations(order_relations(read_relations(revision, iris, as_of)))
    builder.add_programmes()
    add_context(builder, as_of)
    places = place_base(builder, memory, city_slug, digest)
    return PartnerNetwork(city_slug, as_of, builder.nodes(places), tuple(builder.edges))


def city_relations(revision: Readable, city: URIRef) -> list[str]:
    """Return the IRIs of all relations of the bodies of a city."""
    rows = revision.select(load_query("relations_of_city").bind(city=city, wantedKind=KP.Relation))
    return [str(row["item"]) for row in rows]


def add_context(builder: NetworkBuilder, as_of: date, *, with_evidence: bool = False) -> None:
    """Add the relations of the parties among themselves."""
    parties: Iterable[Identifier] = map(URIRef, sorted(builder.parties()))
    rows = builder.revision.select(load_query("ties_among").bind(party=parties))
    iris = [str(row["item"]) for row in rows if str(row["item"]) not in builder.relations]
    found: list[Relation] = read_relations(builder.revision, iris, as_of, with_evidence=with_evidence)
    builder.add_context(order_relations(found))


def place_base(builder: NetworkBuilder, memory: Memory | None, name: str, digest: str) -> dict[str, Place]:
    """Return the places of all nodes; those kept for the same graph and way of placing are taken."""
    return _remember(builder.boxes(), memory, name, digest)


def _remember(boxes: list[Box], memory: Memory | None, name: str, digest: str) -> dict[str, Place]:
    key, origin = f"network/{name}", f"{LAYOUT_VERSION} {digest}"
    kept = memory.find(key) if memory and digest else None
    if kept and kept["of"] == origin and kept["places"].keys() == {box.node for box in boxes}:
        return {node: (float(x), float(y)) for node, (x, y) in kept["places"].items()}
    places = place_nodes(boxes[0], boxes[1:])
    if memory and digest:
        memory.put(key, {"of": origin, "places": {node: list(place) for node, place in places.items()}})
    return places
