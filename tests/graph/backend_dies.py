"""Publish a batch to a SPARQL server and die by SIGKILL at a named step, or wait there; run as a program.

Usage: python backend_dies.py FOLDER BASE COUNT STEP stop|die, with the server in the environment

A writer that waits goes on when it reads a line.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import rdflib

from api.app import open_store
from api.settings import load_settings
from ontology.terms import RDFS


def main(folder: str, base: str, count: str, deadly: str, how: str) -> None:
    def on_step(step: str) -> None:
        if step != deadly:
            return
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()
        if how == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        sys.stdin.readline()

    rdf = rdflib.Graph()
    for number in range(int(count)):
        rdf.add((rdflib.URIRef(f"urn:thing:{number}"), RDFS.label, rdflib.Literal(f"new {number}")))
    store = open_store(load_settings(store_folder=Path(folder), base_iri=base))
    with store.writer(on_step) as draft:
        draft.replace_source("batch", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
        draft.publish()


if __name__ == "__main__":
    main(*sys.argv[1:])
