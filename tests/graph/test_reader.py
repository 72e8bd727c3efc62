"""Reading with our own queries: what happens to the engine's iterators when a reader fails."""

import gc
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.reader import Reader
from ontology.iris import Iris

# rdflib knows no quoted triples: reading the second row fails.
QUOTED = "VALUES ?t { <urn:a> <<( <urn:a> <urn:b> <urn:c> )>> <urn:d> }"


@pytest.mark.parametrize(
    "read",
    [
        lambda reader: reader.select(f"SELECT ?t {{ {QUOTED} }}"),
        lambda reader: reader.construct(f"CONSTRUCT {{ <urn:s> <urn:p> ?t }} WHERE {{ {QUOTED} }}"),
        lambda reader: reader.named_graph("urn:g"),
        lambda reader: reader.ask(f"SELECT ?t {{ {QUOTED} }}"),
    ],
    ids=["select", "construct", "named_graph", "ask"],
)
def test_no_iterator_leaves_its_thread_with_an_error(
    read: Callable[[Reader], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda one: complaints.append(one.exc_value))
    store = ox.Store()
    node, quoted = ox.NamedNode("urn:a"), ox.Triple(*[ox.NamedNode("urn:a")] * 3)
    store.add(ox.Quad(node, node, quoted, ox.NamedNode("urn:g")))
    reader = Reader(store, Iris(), Path())
    with ThreadPoolExecutor(1) as pool:
        error = pool.submit(read, reader).exception()
    assert isinstance(error, TypeError)
    del error
    gc.collect()
    assert complaints == []
