"""A small HTTP client whose own cost is the same for all servers: one connection that is kept, or eight."""

import random
import select
import selectors
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import quote, urlencode

__all__ = ["Answer", "Connection", "Endpoint", "ServerGone", "measure_throughput"]

_READ = 1 << 18


class ServerGone(Exception):
    """No whole answer came: the connection was closed or the time was up."""


@dataclass(frozen=True)
class Endpoint:
    """Where a server answers: port, path, and parameters that it needs beside the query."""

    port: int
    path: str
    parameters: tuple[tuple[str, str], ...] = ()

    def make_post(self, query: str, accept: str) -> bytes:
        """Return the request that posts a query as a form, the one way that all servers understand."""
        body = urlencode([("query", query), *self.parameters]).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: {accept}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def make_get(self, query: str, accept: str) -> bytes:
        """Return the request that has the query in its address."""
        asked = urlencode([("query", query), *self.parameters], quote_via=quote)
        head = f"GET {self.path}?{asked} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: {accept}\r\n\r\n"
        return head.encode()


@dataclass(frozen=True)
class Answer:
    """Status, media type, body, and the seconds from the first byte sent to the last received."""

    status: int
    media: str
    body: bytes
    seconds: float


class Connection:
    """One kept connection; made anew when the server closed it.

    Parameters
    ----------
    port
        Of the server on this machine.
    seconds
        How long to wait for bytes.
    """

    def __init__(self, port: int, seconds: float) -> None:
        self._address = ("127.0.0.1", port)
        self._seconds = seconds
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> Answer:
        """Return the answer to one request.

        Raises
        ------
        ServerGone
            None came, or half of one.
        """
        try:
            source = self._open()
            begun = perf_counter()
            source.sendall(request)
            status, media, body, keeps = _read(source, begun + self._seconds)
        except (OSError, ServerGone) as error:
            self.close()
            raise ServerGone(str(error)) from error
        seconds = perf_counter() - begun
        if not keeps:
            self.close()
        return Answer(status, media, body, seconds)

    def _open(self) -> socket.socket:
        """Return the connection, a new one when the server has closed it: some wait five seconds only."""
        if self._socket is not None and select.select([self._socket], [], [], 0)[0]:
            self.close()
        if self._socket is None:
            self._socket = socket.create_connection(self._address, self._seconds)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    @property
    def seconds(self) -> float:
        """How long an answer is waited for."""
        return self._seconds

    def wait_longer(self, seconds: float) -> None:
        """Wait at least so long for each answer from now on."""
        self._seconds = max(self._seconds, seconds)

    def close(self) -> None:
        """Close it; the next request makes a new one."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _read(source: socket.socket, until: float) -> tuple[int, str, bytes, bool]:
    """Return status, media type, body, and whether the connection is kept."""
    source.settimeout(max(0.01, until - perf_counter()))
    with source.makefile("rb", _READ) as file:
        first = file.readline().split(None, 2)
        if len(first) < 2:
            raise ServerGone("the connection was closed")
        headers = dict(_read_headers(file))
        if headers.get("transfer-encoding") == "chunked":
            body = b"".join(_read_chunks(file))
        elif "content-length" in headers:
            length = int(headers["content-length"])
            body = file.read(length)
            if len(body) < length:
                raise ServerGone("the answer was cut")
        else:
            body = file.read()
        keeps = headers.get("connection", "").lower() != "close" and first[0] == b"HTTP/1.1"
        return int(first[1]), headers.get("content-type", "").partition(";")[0], body, keeps


def _read_headers(file: "object") -> Iterator[tuple[str, str]]:
    while line := file.readline().strip():  # type: ignore[attr-defined]
        name, _, value = line.decode("latin-1").partition(":")
        yield name.lower(), value.strip()


def _read_chunks(file: "object") -> Iterator[bytes]:
    while size := int(file.readline() or b"x", 16):  # type: ignore[attr-defined]
        yield file.read(size)  # type: ignore[attr-defined]
        file.readline()  # type: ignore[attr-defined]
    file.readline()  # type: ignore[attr-defined]


def measure_throughput(port: int, requests: Sequence[bytes], seconds: float, connections: int = 8) -> float:
    """Return requests a second over some kept connections, each asking again when it has its answer.

    The requests are asked in random order; every answer must have status 200.

    Raises
    ------
    ServerGone
        A connection was closed, or an answer had another status.
    """
    with selectors.DefaultSelector() as selector:
        order = _shuffle_for_ever(requests)
        sockets = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(connections)]
        try:
            for one in sockets:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(one, selectors.EVENT_READ, bytearray())
                one.sendall(next(order))
            return _count(selector, order, seconds)
        finally:
            for one in sockets:
                one.close()


def _shuffle_for_ever(requests: Sequence[bytes]) -> Iterator[bytes]:
    order, dice = list(requests), random.Random(7)
    while True:
        dice.shuffle(order)
        yield from order


def _count(selector: selectors.BaseSelector, order: Iterator[bytes], seconds: float) -> float:
    answered, begun = 0, perf_counter()
    while (now := perf_counter()) < begun + seconds:
        for key, _ in selector.select(timeout=1):
            source: socket.socket = key.fileobj  # type: ignore[assignment]
            received: bytearray = key.data
            if not (part := source.recv(_READ)):
                raise ServerGone("the connection was closed")
            received += part
            if _is_whole(received):
                if not received.startswith(b"HTTP/1.1 200"):
                    raise ServerGone(received[:60].decode("latin-1"))
                received.clear()
                answered += 1
                source.sendall(next(order))
    return answered / (now - begun)


def _is_whole(received: bytearray) -> bool:
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(received[:end]).lower()
    found = head.find(b"content-length:")
    if found >= 0:
        return len(received) >= end + 4 + int(head[found + 15 :].split(b"\r\n", 1)[0])
    return received.endswith(b"\r\n0\r\n\r\n")
