"""What a list no longer has: kept with the day on which it was missed, since vanishing is no proof of an end.

Lists drop ended ties without a word, and living ones by mistake; which it was, a person has to find out.
"""

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from graph.merge import statements_of
from ontology.terms import KP, XSD

__all__ = ["keep_vanished", "with_vanished"]

_INCOMING = ox.DefaultGraph()
_ABOUT = ox.NamedNode(str(KP.about))
_MISSING_SINCE = ox.NamedNode(str(KP.missingSince))


def keep_vanished(
    database: ox.Store, graph_name: ox.NamedNode, incoming: ox.Store, day: date
) -> tuple[list[ox.Quad], list[str]]:
    """Add to what comes in what the graph says about things of which nothing comes in any more.

    Added are the evidence about such a thing, each piece with ``kp:missingSince``, what is said of the
    thing, and of what these refer to as far as nothing comes in about that either.

    Parameters
    ----------
    database
        The staged database, with the graph as it was.
    graph_name
        The graph of the source.
    incoming
        What is to take its place, in the default graph.
    day
        The day on which the source was fetched.

    Returns
    -------
    marks : list of Quad
        The statements that the graph does not have yet, in its name.
    vanished : list of str
        IRIs of the things that were there until now, sorted.
    """
    marks, vanished = [], []
    value = ox.Literal(str(day), datatype=ox.NamedNode(str(XSD.date)))
    for thing, evidence in _find_vanished(database, graph_name, incoming):
        since = [
            quad
            for claim in evidence
            for quad in database.quads_for_pattern(claim, _MISSING_SINCE, None, graph_name)
        ]
        if not since:
            marks += [ox.Quad(claim, _MISSING_SINCE, value, graph_name) for claim in evidence]
            vanished.append(thing.value)
        incoming.extend(list(_all_about([thing, *evidence], database, graph_name, incoming)))
    incoming.extend(ox.Quad(mark.subject, mark.predicate, mark.object) for mark in marks)
    return marks, sorted(vanished)


def _find_vanished(
    database: ox.Store, graph_name: ox.NamedNode, incoming: ox.Store
) -> list[tuple[ox.NamedNode, list[ox.NamedNode]]]:
    """Return the things with evidence of which there is none any more, with this evidence."""
    found: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for quad in database.quads_for_pattern(None, _ABOUT, None, graph_name):
        claim, thing = quad.subject, quad.object
        if not isinstance(claim, ox.NamedNode) or not isinstance(thing, ox.NamedNode):
            continue
        if thing in found or not _is_said(incoming, claim, thing):
            found.setdefault(thing, []).append(claim)
    return list(found.items())


def _is_said(incoming: ox.Store, claim: ox.NamedNode, thing: ox.NamedNode) -> bool:
    """Whether any evidence about a thing comes in; the one it had is looked up first, being quicker."""
    if ox.Quad(claim, _ABOUT, thing) in incoming:
        return True
    return any(True for _ in incoming.quads_for_pattern(None, _ABOUT, thing, _INCOMING))


def _all_about(
    things: list[ox.NamedNode], database: ox.Store, graph_name: ox.NamedNode, incoming: ox.Store
) -> Iterator[ox.Quad]:
    """Yield what the graph says of things, and of what they refer to that does not come in."""
    pending, seen = list(things), set(things)
    while pending:
        for quad in database.quads_for_pattern(pending.pop(), None, None, graph_name):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
            value = quad.object
            if isinstance(value, ox.NamedNode) and value not in seen:
                seen.add(value)
                if not any(True for _ in incoming.quads_for_pattern(value, None, None, _INCOMING)):
                    pending.append(value)


def with_vanished(
    database: ox.Store, graph_name: ox.NamedNode, quads: set[ox.Quad], day: date
) -> tuple[set[ox.Quad], list[str]]:
    """Do the same for a source that fits into memory; return all quads of its graph."""
    incoming = ox.Store()
    incoming.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    _, vanished = keep_vanished(database, graph_name, incoming, day)
    whole = statements_of(incoming, _INCOMING)
    return {ox.Quad(quad.subject, quad.predicate, quad.object, graph_name) for quad in whole}, vanished
