"""Publish a batch and, where asked, die by SIGKILL at a named step; run as a program.

Usage: python publish_and_die.py STORE STATEMENTS SALT [STEP]

Prints each step as it is reached. Half of the statements are the same for every salt,
so that a later batch removes, keeps and adds.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import rdflib

from graph.store import GraphStore
from ontology.terms import RDFS

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)


def make_batch(count: int, salt: str) -> rdflib.Graph:
    """Return a graph of ``count`` labelled things."""
    rdf = rdflib.Graph()
    for number in range(count):
        text = f"Şehir {number}" if number % 2 else f"Şehir {number} {salt}"
        rdf.add((rdflib.URIRef(f"urn:thing:{number}"), RDFS.label, rdflib.Literal(text, lang="tr")))
    return rdf


def main(path: str, count: str, salt: str, deadly: str = "") -> None:
    def on_step(step: str) -> None:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()
        if step == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    with GraphStore(Path(path)).writer(on_step) as draft:
        draft.replace_source("batch", make_batch(int(count), salt), retrieved_at=NOON)
        draft.derive()
        on_step("check-after")  # the batch is no part of the model: it would be refused
        draft.publish()


if __name__ == "__main__":
    main(*sys.argv[1:])
