"""What the page of connections shows: ways between two things, circles and brokers of the partner network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.communities import Circles, find_circles
from graph.connections import Paths, PathTold, tell_paths
from graph.lookup import Lookup, look_up
from graph.model import Reference
from graph.projection import Projection
from graph.questions.names import reference_of
from graph.questions.places import city_iri
from graph.questions.reading import Readable
from graph.recommendation.model import Step
from ontology.messages import N_

__all__ = ["STEP_LABELS", "ConnectionsPage", "Hop", "ask_connections", "hops_of"]

#: What a step of a way is called, by the kind of its relation.
STEP_LABELS: Mapping[str, str] = {
    "twinning": N_("sister cities"),
    "protocol": N_("protocol"),
    "membership": N_("membership"),
    "participation": N_("project"),
    "cooperation": N_("cooperation"),
}
_BROKERS = 12


@dataclass(frozen=True)
class Hop:
    """A step with the node that it leads to."""

    steps: tuple[Step, ...]
    target: Reference


@dataclass(frozen=True)
class ConnectionsPage:
    """Everything on the page; ``paths`` is there when both ends are known.

    ``city`` is the one whose partner network the circles are of, ``names`` holds those of all its cities.
    """

    city: Reference
    as_of: date
    source: Lookup
    target: Lookup
    paths: Paths | None
    circles: Circles
    names: Mapping[str, Reference]

    @property
    def unclear(self) -> tuple[tuple[str, Lookup], ...]:
        """The ends that nothing, or more than one thing, bears the name of."""
        ends = (("from", self.source), ("to", self.target))
        return tuple((name, end) for name, end in ends if end.text and end.meant is None)

    @property
    def same(self) -> bool:
        """Whether both ends are the same thing."""
        return self.source.meant is not None and self.source.meant == self.target.meant

    @property
    def brokers(self) -> list[tuple[Reference, float]]:
        """The strongest brokers; the city itself comes first by construction and is left out."""
        known = ((self.names[one.city], one.betweenness) for one in self.circles.brokers)
        return [pair for pair in known if pair[0].iri != self.city.iri][:_BROKERS]

    @property
    def larger_circles(self) -> list[tuple[list[Reference], float]]:
        """The circles of more than one city."""
        circles = self.circles.circles
        return [([self.names[iri] for iri in c.cities], c.steadiness) for c in circles if len(c.cities) > 1]


def hops_of(path: PathTold) -> tuple[Hop, ...]:
    """Return the steps of a way, each with where it leads."""
    return tuple(Hop(steps, target) for steps, target in zip(path.hops, path.nodes[1:], strict=True))


def ask_connections(  # noqa: PLR0913 (all that an address may ask for)
    revision: Readable, projection: Projection, city_slug: str, source: str, target: str, most: int
) -> ConnectionsPage:
    """Return the page of one city on the day of the projection.

    Parameters
    ----------
    source, target
        What was typed; without a source the city itself is meant.
    most
        How many ways.

    Raises
    ------
    NotFound
        There is no such city in the graph.
    """
    city = str(city_iri(revision, city_slug))
    ends = look_up(revision, projection, source or city_slug), look_up(revision, projection, target)
    paths = None
    if ends[0].meant and ends[1].meant:
        paths = tell_paths(revision, projection, ends[0].meant.iri, ends[1].meant.iri, most)
    circles = find_circles(projection, city)
    named = {city, *(iri for circle in circles.circles for iri in circle.cities)}
    names = {iri: reference_of(revision, iri, projection.cities[iri].label) for iri in named}
    return ConnectionsPage(names[city], projection.as_of, ends[0], ends[1], paths, circles, names)
