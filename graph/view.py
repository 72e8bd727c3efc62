"""What an explorer's picture shows: a thing in the middle, what was opened beside it, and ways.

A view is small and says everything: an address holds it, and the same view of the same revision is
the same picture. What stands already stays where it is when more is opened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rdflib import URIRef

from graph.layout import Box, Place, place_beside
from graph.library import load_query
from graph.model import Relation, Status
from graph.neighbours import Found, TieFamily, count_ties, find_thing, list_ties
from graph.network import add_context, city_relations, place_base
from graph.network_builder import NetworkBuilder
from graph.network_model import Memory, PartnerNetwork
from graph.projection import Projection
from graph.questions.reading import Readable
from graph.questions.relations import order_relations, read_relations
from graph.questions.wording import STATUS_BY_IRI

__all__ = [
    "AT_ONCE",
    "MAX_NODES",
    "STEP",
    "Changes",
    "Drawn",
    "Opened",
    "View",
    "draw_view",
    "status_changes",
    "themes_of_relations",
]

#: A kind of tie with so many or fewer is shown at once; of more, first the count.
AT_ONCE = 60
#: A city with so many relations or fewer is drawn whole.
_WHOLE = 300
#: How many are opened at a time.
STEP = 30
#: Nodes of a picture at most: what a browser pans smoothly.
MAX_NODES = 4_000

#: From which day on a relation has which status, the first from the beginning of time.
Changes = tuple[tuple[str, Status], ...]


@dataclass(frozen=True)
class Opened:
    """A kind of tie of a thing (``kind/slug``) that was opened: the first ``number`` of it."""

    thing: str
    family: TieFamily
    country: str | None = None
    number: int = STEP


@dataclass(frozen=True)
class View:
    """What is shown.

    Parameters
    ----------
    start
        The thing in the middle, as ``kind/slug``.
    opened
        In the order in which it was opened.
    dropped
        Things taken out of the picture.
    hops
        IRIs of relations of a way that is shown.
    """

    start: str
    opened: tuple[Opened, ...] = ()
    dropped: frozenset[str] = frozenset()
    hops: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A picture with the relations that it is made of and when their statuses change.

    ``centre`` is the thing in the middle; ``totals`` counts its ties by kind, shown or not;
    ``themes`` are the main themes of relations, networks and projects (IRIs).
    """

    centre: Found
    network: PartnerNetwork
    relations: tuple[Relation, ...]
    changes: Mapping[str, Changes]
    totals: Mapping[TieFamily, int]
    themes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Kept:
    """Where positions are kept, and the digest of the revision that they are of."""

    memory: Memory | None = None
    digest: str = ""


def draw_view(
    revision: Readable, view: View, as_of: date, kept: Kept = Kept(), *, with_evidence: bool = False
) -> Drawn:
    """Return the picture of a view.

    Parameters
    ----------
    as_of
        The day of the statuses.
    kept
        Positions of the base are taken from there and put there.
    with_evidence
        Whether the relations are to bring their evidence.

    Raises
    ------
    NotFound, BadParameter
        A thing that is not there, or has no ties.
    """
    centre = find_thing(revision, view.start)
    drawing = _Drawing(revision, centre, as_of, with_evidence=with_evidence)
    totals = count_ties(revision, centre)
    drawing.add_base(totals, kept)
    for one in view.opened:
        drawing.open(one)
    drawing.add_hops(view.hops)
    network = _without(drawing.network(), view.dropped - {centre.path}, revision)
    shown = {edge.relation for edge in network.edges}
    relations = [r for iri, r in drawing.builder.relations.items() if iri in shown]
    return Drawn(
        centre=centre,
        network=network,
        relations=tuple(order_relations(relations)),
        changes=status_changes(revision, (r.iri for r in relations)),
        totals=totals,
        themes=themes_of_relations(revision, relations),
    )


class _Drawing:
    """A picture that grows step by step; places are given once."""

    def __init__(self, revision: Readable, centre: Found, as_of: date, *, with_evidence: bool) -> None:
        self.revision = revision
        self.centre = centre
        self.as_of = as_of
        self.with_evidence = with_evidence
        self.builder = NetworkBuilder(revision, centre.iri)
        self.places: dict[str, Place] = {}
        self.drawn: list[Box] = []

    def read(self, iris: Sequence[str]) -> list[Relation]:
        """Return relations that are not in the picture yet."""
        new = [iri for iri in iris if iri not in self.builder.relations]
        return read_relations(self.revision, new, self.as_of, with_evidence=self.with_evidence)

    def add_base(self, totals: Mapping[TieFamily, int], kept: Kept) -> None:
        """Add the thing in the middle with what is shown of it at once."""
        whole = city_relations(self.revision, self.centre.iri) if self.centre.kind == "city" else []
        if not whole or len(whole) > _WHOLE:
            small = [family for family, total in totals.items() if total <= AT_ONCE]
            whole = [iri for family in small for iri in list_ties(self.revision, self.centre, family)]
        self.builder.add_relations(order_relations(self.read(whole)))
        self.builder.add_programmes()
        add_context(self.builder, self.as_of, with_evidence=self.with_evidence)
        name = self.centre.slug if self.centre.kind == "city" else self.centre.path
        self.places = place_base(self.builder, kept.memory, name, kept.digest)
        self.drawn = self.builder.boxes()

    def open(self, opened: Opened) -> None:
        """Add a kind of tie of a thing; nothing where the picture would become too large."""
        thing = find_thing(self.revision, opened.thing)
        room = max(0, MAX_NODES - len(self.builder.found))
        iris = list_ties(self.revision, thing, opened.family, country=opened.country)
        self.place_new(
            self.builder.add_relations(self.read(iris[: min(opened.number, room)]), str(thing.iri)),
            str(thing.iri),
        )

    def add_hops(self, hops: Sequence[str]) -> None:
        """Add the relations of ways, hop by hop; what is new stands beside what is there."""
        for relation in self.read(hops):
            self.place_new(self.builder.add_relations([relation]), self.near(relation))

    def near(self, relation: Relation) -> str:
        """Return the end of a relation that stands already, else the middle."""
        ends = [self.builder.node_of(party).id for party in relation.parties]
        return next((end for end in ends if end in self.places), str(self.centre.iri))

    def place_new(self, nodes: Sequence[str], anchor: str) -> None:
        """Give new nodes their places beside another."""
        boxes = self.builder.boxes_of(nodes)
        anchor = anchor if anchor in self.places else str(self.centre.iri)
        self.places |= place_beside(self.places, self.drawn, anchor, boxes)
        self.drawn += boxes

    def network(self) -> PartnerNetwork:
        """Return all that was added."""
        nodes, edges = self.builder.nodes(self.places), tuple(self.builder.edges)
        return PartnerNetwork(self.centre.slug, self.as_of, nodes, edges)


def _without(network: PartnerNetwork, dropped: Iterable[str], revision: Readable) -> PartnerNetwork:
    """Return the picture without some things, and without those that only hung on them."""
    gone = {f"{revision.iris.base}id/{path}" for path in dropped}
    if not gone:
        return network
    edges = tuple(edge for edge in network.edges if not {edge.source, edge.target} & gone)
    held = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = tuple(node for node in network.nodes if node.id in held or node.kind == "own_city")
    return replace(network, nodes=nodes, edges=edges)


def status_changes(revision: Readable, relations: Iterable[str]) -> dict[str, Changes]:
    """Return from which day on each relation has which status: a picture can then be shown for any day."""
    iris = [URIRef(iri) for iri in sorted(relations)]
    rows = revision.select(load_query("status_changes").bind(relation=iris, asOf=None)) if iris else []
    found: dict[str, list[tuple[str, Status]]] = {}
    for row in rows:
        changes = found.setdefault(str(row["relation"]), [])
        status = STATUS_BY_IRI[str(row["status"])]
        if not changes or changes[-1][1] != status:
            changes.append((str(row["asOf"]), status))
    return {iri: tuple(changes) for iri, changes in found.items()}


def themes_of_relations(revision: Readable, relations: Iterable[Relation]) -> dict[str, tuple[str, ...]]:
    """Return the main themes of relations; those of their network and project count as theirs."""
    about = {r.iri: [p.iri for p in r.parties if p.part in ("network", "project")] for r in relations}
    things = sorted(
        {URIRef(iri) for iri in about} | {URIRef(p) for parties in about.values() for p in parties}
    )
    rows = revision.select(load_query("top_themes").bind(thing=things)) if things else []
    own: dict[str, set[str]] = {}
    for row in rows:
        own.setdefault(str(row["thing"]), set()).add(str(row["theme"]))
    return {
        iri: tuple(sorted(set().union(own.get(iri, ()), *(own.get(p, ()) for p in parties))))
        for iri, parties in about.items()
    }


def hops_of(projection: Projection, source: str, target: str, most: int) -> tuple[str, ...]:
    """Return the relations of the cheapest ways between two things (IRIs), best evidence of each step."""
    from graph.connections import find_paths

    found = find_paths(projection, source, target, most)
    return tuple(dict.fromkeys(hop.ties[0].relation for path in found for hop in path.hops if hop.ties))
