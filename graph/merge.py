"""Named graphs and their deduplicated merge, kept equal while statements come and go.

The default graph holds a triple exactly as long as at least one named graph holds it.
"""

from collections.abc import Collection, Iterable

import pyoxigraph as ox

__all__ = ["GraphName", "Subject", "add_statements", "remove_statements", "replace_graph", "statements_of"]

#: From here on new sorted files are quicker than a transaction (both 9 µs a quad at 30,000).
_BULK = 30_000
_MERGE = ox.DefaultGraph()

GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Subject = ox.NamedNode | ox.BlankNode | ox.Triple


def statements_of(store: ox.Store, graph_name: GraphName) -> Iterable[ox.Quad]:
    """Iterate over the statements of one graph."""
    return store.quads_for_pattern(None, None, None, graph_name)


def add_statements(store: ox.Store, quads: Collection[ox.Quad]) -> None:
    """Add quads of named graphs, and their triples to the default graph."""
    extend = store.bulk_extend if len(quads) >= _BULK else store.extend
    extend(quads)
    extend(_merged(quad) for quad in quads)


def remove_statements(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Remove quads of named graphs, and from the default graph what none holds any more."""
    for quad in quads:
        store.remove(quad)
        holders = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(holder.graph_name == _MERGE for holder in holders):
            store.remove(_merged(quad))


def replace_graph(store: ox.Store, graph_name: ox.NamedNode, quads: Iterable[ox.Quad]) -> set[Subject]:
    """Make a named graph hold exactly ``quads``, writing only differences.

    Returns
    -------
    set
        The subjects of which something was added or removed.
    """
    added = set(quads)
    removed = []
    for quad in statements_of(store, graph_name):
        if quad in added:
            added.discard(quad)
        else:
            removed.append(quad)
    remove_statements(store, removed)
    add_statements(store, added)
    return {quad.subject for quad in (*added, *removed)}


def _merged(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, _MERGE)
