"""What was read before, as it was kept: so that a letter is read again when the records change.

A source that needs a file or an address can't be fetched again; its bytes lie in the store.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from rdflib import Graph, Literal
from rdflib.term import Node

from ingest.batch import Fetched, RawFile
from ontology.terms import DCTERMS, KP, PROV

__all__ = ["find_kept"]


def find_kept(store: Path, rdf: Graph) -> Fetched | None:
    """Return the bytes that a source's graph was made from; ``None`` when they are no longer there.

    Parameters
    ----------
    store
        The store's folder.
    rdf
        The graph, with its PROV record.
    """
    found = [
        (Path(store, "raw", str(digest)), str(name), str(address), moment)
        for run in set(rdf.objects(None, PROV.wasGeneratedBy))
        for file in rdf.objects(run, PROV.used)
        for digest, name, address, moment in _describe(rdf, file)
    ]
    if not found or not all(path.is_file() for path, *_ in found):
        return None
    files = tuple(RawFile(name, path.read_bytes()) for path, name, _, _ in sorted(found))
    return Fetched(files, found[0][2], found[0][3])


def _describe(rdf: Graph, file: Node) -> Iterator[tuple[str, str, str, datetime]]:
    values = [
        rdf.value(file, predicate)
        for predicate in (KP.contentDigest, DCTERMS.identifier, DCTERMS.source, PROV.generatedAtTime)
    ]
    digest, name, address, moment = values
    if digest and name and address and isinstance(moment, Literal) and isinstance(moment.value, datetime):
        yield str(digest), str(name), str(address), moment.value
