"""Reading one state of the graph with our own queries; the answers are rdflib terms.

Queries of others never come here: they are parsed and run in worker processes.

The engine's iterators may only be dropped by the thread that made them. The traceback of an
exception keeps the variables of the functions that it passed, and often ends in another thread:
so iterators are read to their end at once, and no variable holds one when anything can fail.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import rdflib
from rdflib.term import Identifier

from graph.database import Answers, Database
from graph.faults import storage_errors
from graph.functions import FUNCTIONS
from graph.terms_ox import from_ox, to_rdflib_graph
from ontology.iris import Iris
from ontology.terms import RDF

__all__ = ["Reader"]

Answer = TypeVar("Answer")
_MERGE = ox.DefaultGraph()
_TYPE = ox.NamedNode(str(RDF.type))


class Reader:
    """A graph that can be asked: a published revision, or the staged one.

    The default graph is the deduplicated merge of all named graphs.
    Relative IRIs in a query are resolved against the base of ``iris``.
    """

    def __init__(self, database: Database, iris: Iris, path: Path) -> None:
        self.iris = iris
        self.path = path
        self._database = database

    def select(self, query: str) -> list[dict[str, Identifier]]:
        """Return the rows of a SELECT query; an unbound variable is absent from its row."""
        with storage_errors(self.path, writing=False):
            names, rows = self._read_solutions(query)
            return [
                {name: from_ox(term) for name, term in zip(names, row, strict=True) if term is not None}
                for row in rows
            ]

    def construct(self, query: str) -> rdflib.Graph:
        """Return the graph that a CONSTRUCT or DESCRIBE query makes."""
        with storage_errors(self.path, writing=False):
            return to_rdflib_graph(list(self._query_triples(query)))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        with storage_errors(self.path, writing=False):
            return bool(self._query(query, ox.QueryBoolean))

    def knows(self, iri: str, kind: str | None = None) -> bool:
        """Return whether anything is said of an IRI, or whether it is of a class."""
        try:
            thing, prop = ox.NamedNode(iri), (_TYPE if kind else None)
            value = ox.NamedNode(kind) if kind else None
        except ValueError:
            return False
        with storage_errors(self.path, writing=False):
            return any(True for _ in self._database.quads_for_pattern(thing, prop, value, _MERGE))

    def declares(self, iri: str, kind: str) -> bool:
        """Return whether a source says that something is of a class, under the source's own IRI."""
        with storage_errors(self.path, writing=False):
            found = self._database.quads_for_pattern(ox.NamedNode(iri), _TYPE, ox.NamedNode(kind), None)
            return any(quad.graph_name != _MERGE for quad in found)

    def named_graph(self, iri: str) -> rdflib.Graph:
        """Return all statements of one named graph; none when there is no such graph."""
        try:
            name = ox.NamedNode(str(iri))
        except ValueError:  # no graph has a name that is no IRI
            return rdflib.Graph()
        with storage_errors(self.path, writing=False):
            return to_rdflib_graph(list(self._statements(name)))

    def default_graph(self) -> rdflib.Graph:
        """Return the whole merge as a memory graph (about 1 kB a statement)."""
        with storage_errors(self.path, writing=False):
            return to_rdflib_graph(list(self._statements(_MERGE)))

    def _statements(self, name: ox.NamedNode | ox.DefaultGraph) -> Iterable[ox.Quad]:
        return self._database.quads_for_pattern(None, None, None, name)

    def _ask(self, query: str) -> Answers:
        return self._database.query(query, base_iri=self.iris.base, custom_functions=FUNCTIONS)

    def _query_triples(self, query: str) -> Iterable[ox.Triple]:
        answer = self._ask(query)
        if isinstance(answer, ox.QuerySolutions | ox.QueryBoolean):
            raise TypeError(f"the query gives {type(answer).__name__}, not statements")
        return answer

    def _query(self, query: str, form: type[Answer]) -> Answer:
        answer = self._ask(query)
        if isinstance(answer, form):
            return answer
        given = type(answer).__name__
        del answer
        raise TypeError(f"the query gives {given}, not {form.__name__}")

    def _read_solutions(self, query: str) -> tuple[list[str], list[ox.QuerySolution]]:
        answer = self._query(query, ox.QuerySolutions)
        try:
            return [variable.value for variable in answer.variables], list(answer)
        finally:
            del answer
