"""How a candidate is connected to a city already: the statements behind a recommendation.

A way is made of ties that are alive on the day; each of them is a relation with its evidence.
What is over, planned or known from a list only is told apart: it speaks for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.projection import Projection, Tie, TieKind
from graph.recommendation.universe import is_acknowledged

__all__ = ["MAX_WAYS", "Way", "WayKind", "direct_ties", "find_ways"]

WayKind = Literal["partner", "network", "project", "chain"]
#: Most ways of one kind that are told; the shortest and least crowded ones.
MAX_WAYS = 5
_BETWEEN_CITIES: tuple[TieKind, ...] = ("twinning", "protocol", "cooperation")


@dataclass(frozen=True)
class Way:
    """One way from a city to a candidate.

    Parameters
    ----------
    kind
        ``partner``: a partner of ours has a tie with the candidate; ``network``, ``project``: both are
        in it; ``chain``: a partner of a partner.
    through
        IRIs of what stands between, in order.
    ties
        The ties, from the city on; each is a relation.
    """

    kind: WayKind
    through: tuple[str, ...]
    ties: tuple[Tie, ...]


def find_ways(projection: Projection, city: str, candidate: str) -> tuple[Way, ...]:
    """Return the ways between two cities, direct ties apart: partners first, chains last.

    Of each kind at most ``MAX_WAYS`` are told. A network with few members says more than one with
    many, and so does a partner with few ties: these come first.
    """
    ways: list[Way] = []
    for found in (
        _partners(projection, city, candidate),
        _groups(projection, city, candidate, "participation", "project"),
        _groups(projection, city, candidate, "membership", "network"),
    ):
        ways += sorted(found, key=lambda way: (_crowd(projection, way), way.through))[:MAX_WAYS]
    if all(way.kind != "partner" for way in ways):
        chains = _chains(projection, city, candidate)
        ways += sorted(chains, key=lambda way: (_crowd(projection, way), way.through))[:MAX_WAYS]
    return tuple(ways)


def direct_ties(projection: Projection, city: str, candidate: str) -> tuple[Tie, ...]:
    """Return every tie between two cities themselves, whatever its status; acknowledged ones first."""
    found = projection.neighbours(city, living=False).get(candidate, ())
    return tuple(sorted(found, key=lambda tie: (not is_acknowledged(tie), tie.relation)))


def _crowd(projection: Projection, way: Way) -> int:
    """Return how many ties the things between have: the fewer, the more a way says."""
    return sum(len(projection.ties_of(thing)) for thing in way.through)


def _partners(projection: Projection, city: str, candidate: str) -> Iterator[Way]:
    ours = projection.neighbours(city, *_BETWEEN_CITIES)
    theirs = projection.neighbours(candidate, *_BETWEEN_CITIES)
    for partner in ours.keys() & theirs.keys():
        yield Way("partner", (partner,), (_best(ours[partner]), _best(theirs[partner])))


def _groups(
    projection: Projection, city: str, candidate: str, kind: TieKind, called: WayKind
) -> Iterator[Way]:
    ours, theirs = (projection.groups(one, kind) for one in (city, candidate))
    for group in ours.keys() & theirs.keys():
        yield Way(called, (group,), (ours[group], theirs[group]))


def _chains(projection: Projection, city: str, candidate: str) -> Iterator[Way]:
    """Yield partners of ours that have a tie with a partner of the candidate."""
    ours = projection.neighbours(city, *_BETWEEN_CITIES)
    theirs = projection.neighbours(candidate, *_BETWEEN_CITIES)
    for near, first in ours.items():
        if near == candidate:
            continue
        between = projection.neighbours(near, *_BETWEEN_CITIES)
        for far in between.keys() & theirs.keys() - {city, candidate}:
            yield Way("chain", (near, far), (_best(first), _best(between[far]), _best(theirs[far])))


def _best(ties: tuple[Tie, ...]) -> Tie:
    """Return the tie with the best grade; a sister-city agreement before others."""
    order = ("confirmed", "reported", "unverified")
    return min(ties, key=lambda tie: (order.index(tie.grade), tie.kind != "twinning", tie.relation))
