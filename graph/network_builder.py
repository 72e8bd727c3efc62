"""Puts a picture together from relations: who is drawn as what, and which edges a relation makes.

A municipality is drawn as its city, every other body as itself.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from rdflib import URIRef

from graph.layout import Box, Place
from graph.library import load_query
from graph.model import Label, NetworkKind, Party, Reference, Relation
from graph.network_model import NODE_KINDS, NetworkEdge, NetworkNode, NodeKind
from graph.questions.names import reference_of
from graph.questions.reading import Readable, local_name, read_labels
from graph.questions.wording import KIND_LABELS, NETWORK_CLASSES
from ontology.text import sort_key

__all__ = ["NetworkBuilder"]

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


class NetworkBuilder:
    """Collects nodes and edges from relations around a thing in the middle.

    Parameters
    ----------
    centre
        IRI of the thing in the middle; the edges of its own relations begin there.
    """

    def __init__(self, revision: Readable, centre: URIRef) -> None:
        self.revision = revision
        self.centre = str(centre)
        self.found: dict[str, NetworkNode] = {}
        self.sectors: dict[str, str] = {}
        self.edges: list[NetworkEdge] = []
        self.relations: dict[str, Relation] = {}
        here = reference_of(revision, self.centre, read_labels(revision, [self.centre]).get(self.centre))
        self.found[self.centre] = NetworkNode(self.centre, "own_city", here.slug, here.label, here.label)

    def add_relations(self, relations: Iterable[Relation], source: str = "") -> list[str]:
        """Add relations of a thing, else of the centre, with all whom they tie; return the new nodes."""
        source, before = source or self.centre, set(self.found)
        for relation in relations:
            if relation.iri in self.relations:
                continue
            self.relations[relation.iri] = relation
            nodes = [self.node_of(party) for party in self.drawn(relation)]
            if not relation.identified:
                sector = "networks" if relation.kind == "membership" else "cities"
                self.sectors[relation.iri] = sector
                nodes.append(NetworkNode(relation.iri, "open_place", relation.slug, relation.label, _OPEN))
            for node in nodes:
                self.found.setdefault(node.id, node)
            ends = [node.id for node in nodes]
            self.connect(relation, ends, source, context=source not in ends)
        return [node for node in self.found if node not in before]

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
            if (
                len(ends) > 1
                and all(end in self.found for end in ends)
                and relation.iri not in self.relations
            ):
                self.relations[relation.iri] = relation
                self.connect(relation, ends, self.centre, context=True)

    def parties(self) -> set[str]:
        """Return the parties of all relations so far: more than nodes, as cities stand for their bodies."""
        return {party.iri for relation in self.relations.values() for party in relation.parties}

    def add_programmes(self) -> None:
        """Add the programmes of projects and the funders of programmes."""
        kinds = ("project", "programme")
        wanted = [URIRef(node.id) for node in self.found.values() if node.kind in kinds]
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
            return self.found[iri] if iri == self.centre else city
        kind: NodeKind = _NETWORK_NODES.get(party.sort, "organization")
        if party.kind in ("project", "programme", "authority"):
            kind = party.kind  # type: ignore[assignment]
        short = party.short_label if kind == "authority" else _shorten(party.short_label)
        return NetworkNode(party.iri, kind, party.slug, party.label, short, *country)

    def connect(self, relation: Relation, ends: list[str], source: str, *, context: bool) -> None:
        """Add the edges of one relation: from its first end, or from the asked thing, to all others."""
        source = source if source in ends else next(iter(ends), self.centre)
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
        """Return the nodes as boxes to be placed, the centre first."""
        return self.boxes_of(self.found)

    def boxes_of(self, nodes: Iterable[str]) -> list[Box]:
        """Return some of the nodes as boxes, in the order in which they stand."""
        order = sorted((self.found[node] for node in nodes), key=self._order)
        return [
            Box(node.id, self._sector(node), max(node.label.tr, node.label.en, key=len)) for node in order
        ]

    def _sector(self, node: NetworkNode) -> str:
        return self.sectors.get(node.id) or _SECTORS.get(node.kind, "")

    def _order(self, node: NetworkNode) -> tuple[int, int, str, str, str]:
        sector = _SECTOR_ORDER.index(self._sector(node)) if node.id != self.centre else -1
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
            if node.id in places
        )
