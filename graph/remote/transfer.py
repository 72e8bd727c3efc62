"""Graphs on their way to a server and back, part by part; what did not arrive whole is told.

Servers give blank nodes other names, so they travel as addresses and become blank nodes again.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from graph.bulk import load_statements
from graph.merge import GraphName
from graph.remote.client import Client
from graph.remote.database import read_statements
from graph.remote.ledger import Ledger
from graph.remote.manifest import StoredGraph
from ontology.errors import ServerOdd
from ontology.iris import Iris
from ontology.messages import N_

__all__ = ["download", "upload"]

#: Bytes that are sent at once: some 25,000 statements.
PART = 4 << 20
_BLANK = re.compile(rb"(?m)^_:(\S+)| _:(\S+)(?= \.$)")
_NOT_WHOLE = N_(
    "The SPARQL server at {address} holds {found} of {wanted} statements of the graph {graph}. Nothing was "
    "published. Raise the limits of the server, then try again."
)


def upload(ledger: Ledger, database: ox.Store, source: GraphName, address: str, folder: Path) -> int:
    """Fill a graph of the server with a graph of a database, and look whether all has arrived.

    Parameters
    ----------
    ledger
        Of the server.
    database, source
        What is sent.
    address
        The graph there: a new one.
    folder
        Where the statements lie meanwhile.

    Returns
    -------
    int
        How many statements it has.

    Raises
    ------
    ServerOdd
        Not all has arrived.
    """
    total = 0
    with TemporaryDirectory(dir=folder) as room:
        file = Path(room, "statements.nt")
        database.dump(str(file), ox.RdfFormat.N_TRIPLES, from_graph=source)
        for lines in _parts(file):
            ledger.client.add_statements(address, _as_sent(lines, ledger.iris))
            total += lines.count(b"\n")
    if (found := ledger.count(address)) != total:
        raise _incomplete(ledger.client, address, found, total)
    return total


def download(client: Client, graph: StoredGraph, database: ox.Store, target: GraphName, iris: Iris) -> None:
    """Fill a graph of a database with a graph of the server.

    Raises
    ------
    ServerOdd
        Not all has arrived.
    """
    total = 0
    with TemporaryDirectory(prefix="kopru-") as room:
        file = Path(room, "statements.nt")
        with file.open("wb") as written:
            answer = client.read_graph(graph.address)
            triples = read_statements(answer, client.address.graphs)
            for triple in triples:
                written.write(_as_kept(f"{triple} .\n".encode(), iris))
                total += 1
        if total != graph.statements:
            raise _incomplete(client, graph.address, total, graph.statements)
        load_statements(database, file, target)


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as lines:
        while part := lines.readlines(PART):
            yield b"".join(part)


def _as_sent(lines: bytes, iris: Iris) -> bytes:
    return _BLANK.sub(lambda blank: _address_of(blank, iris), lines) if b"_:" in lines else lines


def _address_of(blank: re.Match[bytes], iris: Iris) -> bytes:
    lead = b"" if blank[1] else b" "
    return lead + f"<{iris.blank((blank[1] or blank[2]).decode())}>".encode()


def _as_kept(line: bytes, iris: Iris) -> bytes:
    """Return a line with blank nodes where addresses stand for them."""
    start = f"<{iris.blank()}".encode()
    if start not in line:
        return line
    line = re.sub(rb"^" + re.escape(start) + rb"([^>]*)>", rb"_:\1", line)
    return re.sub(rb" " + re.escape(start) + rb"([^>]*)> \.$", rb" _:\1 .", line.rstrip(b"\n")) + b"\n"


def _incomplete(client: Client, graph: str, found: int, wanted: int) -> ServerOdd:
    return ServerOdd(_NOT_WHOLE, address=client.address.base, graph=graph, found=found, wanted=wanted)
