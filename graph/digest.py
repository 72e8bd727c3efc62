"""Sameness: a digest of what a graph says, without when and by which run it was read."""

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

import pyoxigraph as ox

from graph.merge import statements_of
from ontology.terms import PROV

__all__ = ["compute_digests", "digest_of_graphs", "digest_of_statements"]

#: What differs between two runs that read the same.
_RUN_TIME = {
    ox.NamedNode(str(iri))
    for iri in (PROV.generatedAtTime, PROV.startedAtTime, PROV.endedAtTime, PROV.wasGeneratedBy)
}
_GENERATED_BY = ox.NamedNode(str(PROV.wasGeneratedBy))


def digest_of_statements(quads: Collection[ox.Quad]) -> str:
    """Return the SHA-256 of the sorted N-Quads, as 64 hexadecimal digits.

    Left out are the times of a run, the link to it and what is said about the run itself.
    The quads must be in the store's form (``graph.terms_ox.make_quads``).
    """
    runs = {quad.object for quad in quads if quad.predicate == _GENERATED_BY}
    lines = sorted(
        str(quad) for quad in quads if quad.predicate not in _RUN_TIME and quad.subject not in runs
    )
    digest = sha256()
    for line in lines:
        digest.update(f"{line} .\n".encode())
    return digest.hexdigest()


def digest_of_graphs(digests: Mapping[str, str]) -> str:
    """Return one digest for several graphs: name of each graph -> its digest."""
    return sha256("".join(f"{name} {digests[name]}\n" for name in sorted(digests)).encode()).hexdigest()


def compute_digests(database: ox.Store, names: Iterable[str]) -> dict[str, str]:
    """Return the digests of named graphs as they stand in a database (3 s for 300,000 statements)."""
    return {name: digest_of_statements(list(statements_of(database, ox.NamedNode(name)))) for name in names}
