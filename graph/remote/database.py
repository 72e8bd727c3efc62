"""One revision on a server, asked as if it were a database of the embedded engine.

So readers, and the processes that answer foreign queries, need not know where a revision lies. Answers
come as the engine's own terms.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, cast

import pyoxigraph as ox

from graph.database import Answers
from graph.remote.address import ServerAddress
from graph.remote.client import Answer, Client
from graph.remote.dataset import Dataset, find_form
from graph.remote.forms import fill
from ontology.errors import ServerOdd
from ontology.messages import Phrase

__all__ = ["TABLE", "ServerDatabase", "open_location", "read_rows", "read_statements"]

TABLE, STATEMENTS = "application/sparql-results+json", "application/n-triples"
_LINE = re.compile(r"error at (\d+):")
_ANY_STATEMENTS = f"{STATEMENTS}, text/turtle;q=0.8, text/plain;q=0.5"


class ServerDatabase:
    """The graphs of one revision on a server; what it gives, it reads as it is asked for."""

    def __init__(self, client: Client, dataset: Dataset) -> None:
        self.client = client
        self.dataset = dataset

    @property
    def location(self) -> str:
        """All that a process of ours needs to ask the same; holds the password."""
        return json.dumps({"server": self.client.address.to_json(), "dataset": self.dataset.to_json()})

    def query(  # noqa: PLR0913 (as the engine has it)
        self,
        query: str,
        *,
        base_iri: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        default_graph: Iterable[ox.NamedNode] | None = None,
        named_graphs: Iterable[ox.NamedNode] | None = None,
        custom_functions: Mapping[ox.NamedNode, Callable[..., Any]] | None = None,
    ) -> Answers:
        """Return the answer to a query, which must have been checked or be our own.

        Our own functions are not known to servers.

        Raises
        ------
        SyntaxError, RuntimeError
            The engine can't read the query, or can't work it out.
        StoreError
            No answer, or none that is SPARQL's.
        """
        del custom_functions
        default, named = (
            None if graphs is None else [graph.value for graph in graphs]
            for graphs in (default_graph, named_graphs)
        )
        sent = self.dataset.address(query, prefixes or {}, base_iri or "", default, named)
        is_table = find_form(query) in ("SELECT", "ASK", "")
        accept = TABLE if is_table else _ANY_STATEMENTS
        try:
            answer = self.client.query(sent.text, accept, sent.default, sent.named)
        except SyntaxError as error:
            raise SyntaxError(_as_written(str(error))) from error
        read = read_rows if is_table else read_statements
        return read(answer, self.client.address.query)

    def quads_for_pattern(
        self, subject: Any, predicate: Any, value: Any, graph_name: Any = None, /
    ) -> Iterator[ox.Quad]:
        """Yield the statements that have these terms; of the merge where no graph is named."""
        is_named = isinstance(graph_name, ox.NamedNode)
        name = self.dataset.find(graph_name.value) if is_named else self.dataset.merge
        if subject is predicate is value is None:
            for triple in read_statements(self.client.read_graph(name), self.client.address.graphs):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph_name)
            return
        text = fill("statements.rq", graph=name, subject=subject, predicate=predicate, object=value)
        rows = read_rows(self.client.query(text, TABLE, named=[name]), self.client.address.query)
        for row in rows if isinstance(rows, ox.QuerySolutions) else ():
            yield ox.Quad(row["s"], row["p"], row["o"], graph_name)

    def named_graphs(self) -> list[ox.NamedNode]:
        """Return the names of the named graphs, as users know them."""
        return [ox.NamedNode(name) for name in self.dataset.graphs]


def _as_written(message: str) -> str:
    """Return what an engine said, with the line of the query as its author wrote it: one was put before."""
    return _LINE.sub(lambda place: f"error at {int(place[1]) - 1}:", message)


def open_location(location: str) -> ServerDatabase:
    """Return the database that a location names."""
    fields = json.loads(location)
    client = Client(ServerAddress.from_json(fields["server"]))
    return ServerDatabase(client, Dataset.from_json(fields["dataset"]))


def read_rows(answer: Answer, address: str) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return rows or a truth value, read as they are asked for.

    Raises
    ------
    ServerOdd
        It is no table of SPARQL.
    """
    if answer.media not in (TABLE, "application/json"):
        answer.close()
        raise ServerOdd(address=address, reason=Phrase(answer.media))
    try:
        results = ox.parse_query_results(cast("IO[bytes]", answer), ox.QueryResultsFormat.JSON)
        if isinstance(results, ox.QueryBoolean):
            answer.read()  # to its end, so that the connection can be used again
        return results
    except SyntaxError as error:
        raise ServerOdd(address=address, reason=Phrase(error)) from error


def read_statements(answer: Answer, address: str) -> Iterator[ox.Triple]:
    """Yield statements as they come.

    Raises
    ------
    ServerOdd
        It is no RDF, or ends before its end.
    """
    if answer.is_missing:  # some servers know no empty graph
        answer.read()
        return
    plain = answer.media in (STATEMENTS, "text/plain")
    form = ox.RdfFormat.N_TRIPLES if plain else ox.RdfFormat.from_media_type(answer.media)
    if form is None:
        answer.close()
        raise ServerOdd(address=address, reason=Phrase(answer.media))
    try:
        for quad in ox.parse(cast("IO[bytes]", answer), form):
            yield quad.triple
    except SyntaxError as error:
        raise ServerOdd(address=address, reason=Phrase(error)) from error
