"""What answers questions: the embedded engine's own store, or ``graph.remote.database`` in its place.

Without rdflib, since processes that answer queries import this.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

import pyoxigraph as ox

__all__ = ["Answers", "Database", "open_database"]

#: Rows, a truth value, or statements.
Answers = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterator[ox.Triple]


class Database(Protocol):
    """What is asked: the embedded engine's own store, or what puts the same questions to a server."""

    def query(  # noqa: PLR0913 (as the engine has it)
        self,
        query: str,
        *,
        base_iri: str | None = None,
        prefixes: dict[str, str] | None = None,
        default_graph: Any = None,
        named_graphs: Any = None,
        custom_functions: dict[ox.NamedNode, Callable[..., Any]] | None = None,
    ) -> Answers:
        """Return the answer to a query."""

    def quads_for_pattern(
        self, subject: Any, predicate: Any, value: Any, graph_name: Any = None, /
    ) -> Iterable[ox.Quad]:
        """Return the statements that have these terms."""

    def named_graphs(self) -> Iterable[ox.NamedNode | ox.BlankNode]:
        """Return the names of the named graphs."""


def open_database(location: str) -> Database:
    """Return what a revision's ``location`` names, for reading.

    Raises
    ------
    OSError
        A folder that can't be opened.
    """
    if not location.startswith("{"):
        return ox.Store.read_only(location)
    from graph.remote.database import open_location  # only where there is a server: it takes time

    return open_location(location)
