"""Statements too many for memory: written to a file one by one, loaded by the store as a whole."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from rdflib.term import Node

from graph.digest import digest_of_graph
from graph.merge import (
    GraphName,
    Subject,
    add_statements,
    read_canonical,
    remove_statements,
    settle,
    statements_of,
)
from graph.sizes import count_graphs
from graph.terms_ox import to_ox
from graph.vanishing import keep_vanished
from ontology.errors import SourceError
from ontology.messages import N_

__all__ = ["Loaded", "StatementFile", "load_again", "load_first", "load_statements", "put_graph"]

_UNUSABLE = N_("The statement '{statement}' can't be stored ({reason}). Correct it in the source.")
_MERGE = ox.DefaultGraph()
#: Bytes that are loaded at once: some 180,000 statements.
_PART = 32 * 2**20
#: Statements in memory at once.
_AT_ONCE = 100_000


@lru_cache(maxsize=100_000)
def _text(term: Node) -> str:
    return str(to_ox(term))


class StatementFile:
    """N-Triples on the disk, while they are being made; the same statement may come twice.

    Parameters
    ----------
    path
        A new file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8", buffering=1 << 20)

    def add(self, statement: tuple[Node, Node, Node]) -> None:
        """Write one statement.

        Raises
        ------
        SourceError
            It is none that RDF allows.
        """
        subject, predicate, value = statement
        try:
            line = f"{_text(subject)} {_text(predicate)} {_text(value)} .\n"
        except (TypeError, ValueError) as error:
            shown = " ".join(str(term) for term in statement)
            raise SourceError(_UNUSABLE, statement=shown, reason=str(error)) from error
        self._file.write(line)
        self.lines += 1

    def close(self) -> None:
        """Write what is left to the disk."""
        self._file.close()


def load_statements(database: ox.Store, path: Path, target: GraphName) -> None:
    """Load N-Triples into a graph, part by part.

    In one go the store gathers millions of statements in memory (2 GB for 2.6 million) before it writes.
    """
    with path.open("rb") as file:
        while lines := file.readlines(_PART):
            database.bulk_load(input=b"".join(lines), format=ox.RdfFormat.N_TRIPLES, to_graph=target)


class Loaded(NamedTuple):
    """A source that was loaded from a file: what its graph holds then, and what is no longer there."""

    digest: str
    statements: int
    removed: int = 0
    #: IRIs of the things that the source no longer has, and that were kept.
    vanished: tuple[str, ...] = ()


def load_first(database: ox.Store, graph_name: ox.NamedNode, path: Path, more: Collection[ox.Quad]) -> Loaded:
    """Load a source that is not there yet into its named graph and the merge.

    Parameters
    ----------
    database
        The staged database.
    graph_name
        The graph.
    path
        N-Triples.
    more
        Statements of the graph that the file doesn't have.
    """
    _load(database, graph_name, path, more)
    return Loaded(digest_of_graph(database, graph_name), count_graphs(database).get(graph_name.value, 0))


def load_again(  # noqa: PLR0913 (as load_first, and what to compare with)
    database: ox.Store, graph_name: ox.NamedNode, path: Path, more: Collection[ox.Quad], digest: str,
    *, scratch: Path, missing_since: date | None,
) -> Loaded | None:  # fmt: skip
    """Make the named graph of a source, and the merge, hold exactly what a file and ``more`` say.

    Parameters
    ----------
    digest
        That of the graph as it is.
    scratch
        An empty folder: what comes in is put there first, to look up which statements vanished.
    missing_since
        The day from which on things are missing of which nothing is said any more; they are kept. ``None``:
        they are taken out.

    Returns
    -------
    Loaded or None
        ``None`` when the graph says that already; then nothing is written.
    """
    incoming = ox.Store(str(scratch))
    load_statements(incoming, path, _MERGE)
    marks, vanished = list[ox.Quad](), list[str]()
    if missing_since is not None:
        marks, vanished = keep_vanished(database, graph_name, incoming, missing_since)
    more = {*more, *marks}
    incoming.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in more)
    after = digest_of_graph(incoming, _MERGE)
    if after == digest:
        return None
    removed, canonical = 0, read_canonical(database)
    for gone in _in_groups(
        quad
        for quad in statements_of(database, graph_name)
        if ox.Quad(quad.subject, quad.predicate, quad.object) not in incoming
    ):
        remove_statements(database, gone, canonical)
        removed += len(gone)
    _load(database, graph_name, path, more)
    return Loaded(after, len(incoming), removed, tuple(vanished))


def _load(database: ox.Store, graph_name: ox.NamedNode, path: Path, more: Collection[ox.Quad]) -> None:
    for target in (graph_name, _MERGE):
        load_statements(database, path, target)
    settle(database)
    add_statements(database, more, read_canonical(database))


def put_graph(
    database: ox.Store, graph_name: ox.NamedNode, wanted: ox.Store, path: Path
) -> set[Subject] | None:
    """Make a named graph, and the merge, hold exactly what the same graph of another database holds.

    Like ``graph.merge.replace_graph``, for what is too large for memory: group by group, and from a
    file when most is new.

    Parameters
    ----------
    path
        N-Triples with all of it.

    Returns
    -------
    set or None
        The subjects of which something was added or removed; ``None``: nearly everything.
    """
    canonical = read_canonical(database)
    touched: set[Subject] = set()
    for gone in _in_groups(quad for quad in statements_of(database, graph_name) if quad not in wanted):
        remove_statements(database, gone, canonical)
        touched.update(quad.subject for quad in gone)
    before, after = (count_graphs(store).get(graph_name.value, 0) for store in (database, wanted))
    if after > 2 * before + _AT_ONCE:
        for target in (graph_name, _MERGE):
            load_statements(database, path, target)
        return None
    for new in _in_groups(quad for quad in statements_of(wanted, graph_name) if quad not in database):
        add_statements(database, new, canonical)
        touched.update(quad.subject for quad in new)
    return touched


def _in_groups(quads: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    rest = iter(quads)
    while group := list(islice(rest, _AT_ONCE)):
        yield group
