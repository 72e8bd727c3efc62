"""What a score would be if some statements had never been made.

Shared networks and projects come into a score as they are: how much they add is told by scoring again
without them, which needs no other city's features. Ways over ties are another matter: a tie that is
taken out changes the walks of everybody (``Rankers.without`` scores such a world anew).
"""

from collections.abc import Set
from typing import TYPE_CHECKING

from graph.projection import Projection, Tie, TieKind
from graph.ranking.likeness import NETWORK_SCALE, PROJECT_SCALE, count_feature, shared_feature

if TYPE_CHECKING:
    from graph.recommendation.order import Order

__all__ = ["DIRECT", "score_without"]

#: Groups of terms that come from a pair's own statements, with the ties that they are made from.
DIRECT: dict[str, TieKind] = {"networks": "membership", "projects": "participation"}
_SCALE: dict[TieKind, float] = {"membership": NETWORK_SCALE, "participation": PROJECT_SCALE}


def score_without(
    order: "Order", place: int, projection: Projection, group: str, relations: Set[str]
) -> float:
    """Return the affinity of a candidate without some memberships or participations.

    Parameters
    ----------
    order, place
        The candidate, as ranked.
    group
        ``networks`` or ``projects``.
    relations
        IRIs of what is left out.
    """
    kind = DIRECT[group]
    ours, theirs = (
        _groups_of(projection, city, kind, relations) for city in (order.iri, order.candidate(place).iri)
    )
    sizes = [_size(projection, shared) for shared in sorted(ours & theirs)]
    changed = {
        f"shared_{group}": shared_feature(sizes, _SCALE[kind]),
        f"its_{group}": count_feature(len(theirs)),
    }
    return order.scored_by(place).score_with(order.city, place, changed)


def _groups_of(projection: Projection, city: str, kind: TieKind, without: Set[str]) -> set[str]:
    """Return the networks or projects of a city that another relation still tells of."""
    ties = (tie for tie in projection.ties_of(city) if tie.kind == kind and tie.is_living)
    return {tie.group for tie in ties if tie.group and tie.relation not in without}


def _size(projection: Projection, group: str) -> int:
    living: list[Tie] = [tie for tie in projection.ties_of(group) if tie.is_living]
    return len({city for tie in living for city in tie.cities})
