"""The part of a large graph that a change can have made wrong, for validation.

Shapes look one step away from a thing, so a change of one thing can break it, what points
at it and what it points at. Only the number declared for a city is compared with many
things at once: those are always taken.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from graph.merge import Subject, statements_of
from ontology.terms import KP

__all__ = ["cut_out"]

_MERGE = ox.DefaultGraph()
_COUNTED_IN = ox.NamedNode(str(KP.countedIn))


def cut_out(
    database: ox.Store, touched: Iterable[Subject], ontology: ox.NamedNode
) -> tuple[set[ox.Quad], set[Subject]]:
    """Return what a validation of a change needs, and the things to report on.

    Parameters
    ----------
    database
        The staged graph.
    touched
        Things of which a statement was added or removed.
    ontology
        The named graph with the class hierarchy.

    Returns
    -------
    statements : set of Quad
        All statements about the things to report on and about what these refer to.
    things : set of Subject
        What was touched, what points at it and what it points at.
    """
    touched = set(touched)
    pointing = {quad.subject for thing in touched for quad in _pointing_at(database, thing)}
    counted = {quad.subject for quad in database.quads_for_pattern(None, _COUNTED_IN, None, _MERGE)}
    about = _about(database, touched | pointing | counted)
    things = touched | pointing | _objects(about)
    about |= _about(database, things)
    about |= _about(database, _objects(about) - things)
    return about | set(statements_of(database, ontology)), things


def _pointing_at(database: ox.Store, thing: Subject) -> Iterable[ox.Quad]:
    return database.quads_for_pattern(None, None, thing, _MERGE)


def _about(database: ox.Store, things: Iterable[Subject]) -> set[ox.Quad]:
    return {quad for thing in things for quad in database.quads_for_pattern(thing, None, None, _MERGE)}


def _objects(quads: Iterable[ox.Quad]) -> set[Subject]:
    return {quad.object for quad in quads if not isinstance(quad.object, ox.Literal)}
