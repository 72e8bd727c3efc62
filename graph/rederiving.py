"""What follows anew from a small change: the rules are run over its surroundings only.

The result is what ``graph.derivation.derive`` would come to over everything.
"""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

import pyoxigraph as ox

from graph.derivation import OWN_GRAPHS, make_keys, read_rules
from graph.merge import (
    Subject,
    add_statements,
    read_canonical,
    remove_statements,
    replace_graph,
    statements_of,
)
from graph.reach import Sourced, find_reach
from graph.recount import recount
from graph.sizes import count_graphs, count_merge
from graph.void import DATASET
from ontology.iris import Iris
from ontology.terms import KP, VOID

__all__ = ["Derived", "derive_change"]

_MERGE = ox.DefaultGraph()
_IDENTIFIED = ox.NamedNode(str(KP.partnerIdentified))
#: Of so large a part of the things at most the conclusions are drawn anew; of so many in any case.
_PART, _ANYWAY = 0.01, 2_000


class Derived(NamedTuple):
    """The conclusions that were taken back and those that were added, in the graph of what is derived."""

    removed: set[ox.Quad]
    added: set[ox.Quad]

    @property
    def touched(self) -> set[Subject]:
        """The things that they are about."""
        return {quad.subject for quads in self for quad in quads}


def derive_change(
    database: ox.Store, before: ox.Store, touched: Collection[Subject], iris: Iris
) -> Derived | None:
    """Bring what is derived up to date after a small change.

    Parameters
    ----------
    database
        The staged database, with the changed sources; what is derived is that from before.
    before
        The database before the change.
    touched
        At least the subjects of every statement of the default graph that was added or removed.
    iris
        The IRIs of the store.

    Returns
    -------
    Derived or None
        What was changed. ``None``: nothing, since the change reaches too far.
    """
    ontology, derived, statistics = (ox.NamedNode(str(iris.graph(name))) for name in OWN_GRAPHS)
    if not _is_derived(before, statistics, iris):
        return None
    limit = max(_ANYWAY, int(_PART * len(before)))
    reached = find_reach((before, database), touched, ontology, limit)
    if reached is None:
        return None
    sourced = Sourced(database, (derived, statistics))
    concluded = _conclude(sourced.around(reached, ontology), derived, iris.base)
    # Places that are open from now on are reached by nothing yet.
    opened = {subject for subject, said in concluded.items() if any(q.predicate == _IDENTIFIED for q in said)}
    old = _hold(reached, sourced, lambda thing: set(database.quads_for_pattern(thing, None, None, derived)))
    new = _hold(reached | opened, sourced, lambda thing: concluded.get(thing, set()))
    changed = Derived(old - new, new - old)
    _write(database, changed)
    sizes = {name: size for name, size in count_graphs(database).items() if name != statistics.value}
    numbers = recount(before, database, statistics, {*touched, *changed.touched}, sizes, iris)
    quads = (ox.Quad(one.subject, one.predicate, one.object, statistics) for one in numbers)
    replace_graph(database, statistics, quads)
    return changed


def _is_derived(before: ox.Store, statistics: ox.NamedNode, iris: Iris) -> bool:
    """Return whether the numbers from before are those of what is there; one may publish without deriving."""
    numbers = set(statements_of(before, statistics))
    total = ox.Literal(count_merge(before) - len(numbers))
    return any(quad.object == total for quad in numbers if _is_total(quad, iris))


def _is_total(quad: ox.Quad, iris: Iris) -> bool:
    total = ox.NamedNode(str(iris.thing(*DATASET))), ox.NamedNode(str(VOID.triples))
    return (quad.subject, quad.predicate) == total


def _conclude(given: Iterable[ox.Quad], derived: ox.NamedNode, base: str) -> dict[Subject, set[ox.Quad]]:
    """Return what the rules give, and the keys, by subject."""
    premises = ox.Store()
    premises.extend(given)
    concluded: set[ox.Triple] = set()
    for rule in read_rules():
        found: set[ox.Triple] = set(premises.query(rule, base_iri=base))  # type: ignore[arg-type]
        premises.extend(ox.Quad(one.subject, one.predicate, one.object) for one in found)
        concluded |= found
    by_subject: dict[Subject, set[ox.Quad]] = {}
    for one in concluded.union(make_keys(premises)):
        quad = ox.Quad(one.subject, one.predicate, one.object, derived)
        by_subject.setdefault(one.subject, set()).add(quad)
    return by_subject


def _hold(
    things: Collection[Subject], sourced: Sourced, conclusions_of: Callable[[Subject], set[ox.Quad]]
) -> set[ox.Quad]:
    """Return the conclusions about some things, and about those that only follow from these."""
    found: set[ox.Quad] = set()
    seen: set[Subject] = set()
    pending = set(things)
    while pending:
        seen |= pending
        said = {quad for thing in pending for quad in conclusions_of(thing)}
        found |= said
        ends = {quad.object for quad in said if not isinstance(quad.object, ox.Literal)} - seen
        pending = {end for end in ends if not sourced.knows(end)}
    return found


def _write(database: ox.Store, changed: Derived) -> None:
    canonical = read_canonical(database)
    remove_statements(database, changed.removed, canonical)
    add_statements(database, changed.added, canonical)
