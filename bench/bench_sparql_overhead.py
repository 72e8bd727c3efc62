"""What the road to the engine costs a point query, and how many go through with 8 connections.

Usage: python bench/bench_sparql_overhead.py [SECONDS]

Point look-ups with varied subjects, answers not cached, on the bundled records: by the engine in
this process, through a child of the pool, through ``/sparql``, and by ``oxigraph serve-read-only``
on the same folder. The servers are asked in turns by the same client: a process of its own
with 8 kept connections, each with one question under way. Client and server share the machine, so
the client's own ceiling is shown too: the same requests to a server that always says the same.
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import cast
from urllib.parse import quote

import pyoxigraph
import uvloop

from graph.store import GraphStore
from graph.workers import QueryRequest, WorkerPool

ROOT = Path(__file__).parents[1]
QUERIES = ROOT / "graph" / "queries"
CONNECTIONS = 8
ROUNDS = 5
#: Seconds of each question of a round.
Times = dict[str, list[float]]


def list_subjects(store: GraphStore) -> list[str]:
    """Return the addresses of things in the default graph, in random order."""
    database = pyoxigraph.Store.read_only(str(store.current().database))
    pattern = database.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
    found = sorted({q.subject.value for q in pattern if isinstance(q.subject, pyoxigraph.NamedNode)})
    random.Random(1).shuffle(found)
    return found


def point_query(subject: str) -> str:
    """Return the look-up of all that is said of one thing."""
    return f"SELECT ?p ?o WHERE {{ <{subject}> ?p ?o }}"


class Connection(asyncio.Protocol):
    """One kept connection that asks the next question when the last is answered."""

    def __init__(self, requests: Iterator[bytes], seconds: list[float], done: "asyncio.Future[None]") -> None:
        self._requests = requests
        self._seconds = seconds
        self._done = done
        self._answer = b""
        self._begun = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first question."""
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer; the next question follows the last part."""
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found or not _is_whole(head.lower(), body):
            return
        if not head.startswith(b"HTTP/1.1 200"):
            self._done.set_exception(RuntimeError(repr(self._answer[:300])))
            return
        self._seconds.append(perf_counter() - self._begun)
        self._answer = b""
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        """Say that this connection has asked all."""
        del exc
        if not self._done.done():
            self._done.set_result(None)

    def _ask(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            return
        self._begun = perf_counter()
        self._transport.write(request)


def _is_whole(head: bytes, body: bytes) -> bool:
    _, found, rest = head.partition(b"content-length:")
    return len(body) >= int(rest.partition(b"\r")[0]) if found else body.endswith(b"0\r\n\r\n")


async def load(port: int, seconds: float, requests: list[bytes]) -> list[float]:
    """Ask for some seconds over 8 connections; return the seconds of each question."""
    times: list[float] = []
    until = perf_counter() + seconds

    def until_late() -> Iterator[bytes]:
        while perf_counter() < until:
            yield random.choice(requests)

    loop = asyncio.get_running_loop()
    waits = [loop.create_future() for _ in range(CONNECTIONS)]
    for done in waits:
        await loop.create_connection(partial(Connection, until_late(), times, done), "127.0.0.1", port)
    await asyncio.gather(*waits)
    return times


def run_client(port: int, path: str, seconds: float, subjects: Path) -> None:
    """Be the client: print how many questions a second, and their p50 and p95 in ms."""
    requests = [
        f"GET {path}?query={quote(point_query(subject))} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Accept: application/sparql-results+json\r\n\r\n".encode()
        for subject in subjects.read_text().splitlines()
    ]
    begun = perf_counter()
    times = uvloop.run(load(port, seconds, requests))
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    print(len(times) / (perf_counter() - begun), statistics.median(times) * 1000, p95)


class Trivial(asyncio.Protocol):
    """A server that always says the same: the client's ceiling."""

    ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer at once: a client asks one question at a time."""
        del data
        self._transport.write(self.ANSWER)


async def run_trivial(port: int) -> None:
    """Be that server."""
    server = await asyncio.get_running_loop().create_server(Trivial, "127.0.0.1", port)
    await server.serve_forever()


@contextmanager
def serving(command: list[str], port: int) -> Iterator[int]:
    """Run a server and yield its port once it takes connections."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while subprocess.run([sys.executable, __file__, "try", str(port)], check=False).returncode:
            if process.poll() is not None:
                raise RuntimeError(f"{command} ended with {process.returncode}")
        yield port
    finally:
        process.terminate()
        process.wait()


def try_port(port: int) -> None:
    """Exit with 1 when nobody listens."""
    import socket

    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        sys.exit(1)


def free_port() -> int:
    """Return a port on which nobody listens."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def measure_engine(store: GraphStore, queries: list[str]) -> list[float]:
    """Return the seconds of each look-up in this process."""
    database = pyoxigraph.Store.read_only(str(store.current().database))
    seconds = []
    for query in queries:
        begun = perf_counter()
        answer = database.query(query)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        seconds.append(perf_counter() - begun)
    return seconds


async def measure_pool(store: GraphStore, queries: list[str]) -> list[float]:
    """Return the seconds of each look-up through a child."""
    pool = WorkerPool(store, size=1)
    await pool.start()
    seconds = []
    try:
        for query in [*queries[:50], *queries]:
            begun = perf_counter()
            answer = await pool.run(QueryRequest(query))
            b"".join([part async for part in answer.body])
            seconds.append(perf_counter() - begun)
    finally:
        await pool.close()
    return seconds[50:]


def find_oxigraph() -> Path:
    """Return the server's program: among the peers of ``make bench-sparql``, or in this environment."""
    places = (ROOT / ".stamps" / "peers" / "bin" / "oxigraph", Path(sys.executable).parent / "oxigraph")
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        sys.exit("oxigraph is missing: 'make bench-sparql' installs it (or: pip install oxigraph)")
    return found


def measure_servers(folder: Path, store: GraphStore, seconds: float) -> dict[str, list[list[float]]]:
    """Return for each server what each round said: questions a second, p50 and p95 in ms."""
    ports = [free_port() for _ in range(3)]
    us, peer, ceiling = (str(port) for port in ports)
    database = str(store.current().database)
    commands = {
        "kopru serve": [sys.executable, "-m", "api", "serve", "--store", str(store.path), "--port", us],
        "oxigraph serve-read-only": [
            str(find_oxigraph()), "serve-read-only", "-l", database,
            "--bind", f"127.0.0.1:{peer}",
        ],
        "client's ceiling (trivial server)": [sys.executable, __file__, "trivial", ceiling],
    }  # fmt: skip
    found: dict[str, list[list[float]]] = {name: [] for name in commands}
    subjects = folder / "subjects"
    with ExitStack() as stack:
        for command, port in zip(commands.values(), ports, strict=True):
            stack.enter_context(serving(command, port))
        for _ in range(ROUNDS):
            for name, port in zip(commands, ports, strict=True):
                path = "/query" if name.startswith("oxigraph") else "/sparql"
                client = [sys.executable, __file__, "client", str(port), path, str(seconds), str(subjects)]
                said = subprocess.run(client, check=True, capture_output=True, text=True).stdout
                found[name].append([float(word) for word in said.split()])
    return found


def main(seconds: float = 2.0) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="kopru-bench-") as name:
        folder = Path(name)
        command = [sys.executable, "-m", "api", "ingest", "records", "--store", str(folder / "store")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        store = GraphStore(folder / "store")
        subjects = list_subjects(store)
        (folder / "subjects").write_text("\n".join(subjects))
        queries = [point_query(subject) for subject in subjects[:500]]
        engine, pool = measure_engine(store, queries), uvloop.run(measure_pool(store, queries))
        print("| one look-up after another | median ms | p95 ms |\n|---|--:|--:|")
        for row, times in (("engine in this process", engine), ("child of the pool", pool)):
            p95 = statistics.quantiles(times, n=20)[-1]
            print(f"| {row} | {statistics.median(times) * 1000:.2f} | {p95 * 1000:.2f} |")
        found = measure_servers(folder, store, seconds)
    rates = {name: statistics.median(one[0] for one in rounds) for name, rounds in found.items()}
    print(
        f"\n| {CONNECTIONS} connections | look-ups/s | p50 ms | p95 ms | of Oxigraph's |\n"
        "|---|--:|--:|--:|--:|"
    )
    for name, rounds in found.items():
        p50, p95 = (statistics.median(one[place] for one in rounds) for place in (1, 2))
        share = rates[name] / rates["oxigraph serve-read-only"]
        print(f"| {name} | {rates[name]:.0f} | {p50:.2f} | {p95:.2f} | {share:.2f} |")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["client", port, path, seconds, subjects]:
            run_client(int(port), path, float(seconds), Path(subjects))
        case ["trivial", port]:
            uvloop.run(run_trivial(int(port)))
        case ["try", port]:
            try_port(int(port))
        case arguments:
            main(*map(float, arguments))
