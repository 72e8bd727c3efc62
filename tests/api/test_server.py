"""A connection on which a request never gets to its end is closed; all others stay."""

import socket

import httpx
from serving import serve

from graph.store import GraphStore


def test_half_a_head_is_waited_for_only_so_long(tiny_store: GraphStore) -> None:
    with serve(tiny_store, head_seconds=1.0) as served:
        half, silent = (socket.create_connection(("127.0.0.1", served.port), timeout=20) for _ in range(2))
        with half, silent, httpx.Client(base_url=served.address) as whole:
            half.sendall(b"GET /health HTTP/1.1\r\nHost: x")
            assert whole.get("/health").status_code == 200
            assert half.recv(100) == b""  # closed by the server
            assert silent.recv(100) == b""
            assert whole.get("/health").status_code == 200


def test_a_body_that_comes_slowly_is_no_half_head(tiny_store: GraphStore) -> None:
    question = b"query=ASK%7B%7D"
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with (
        serve(tiny_store, head_seconds=0.2) as served,
        socket.create_connection(("127.0.0.1", served.port), timeout=20) as slow,
        socket.create_connection(("127.0.0.1", served.port), timeout=20) as half,
    ):
        half.sendall(b"GET")
        slow.sendall(head + b"Content-Length: %d\r\n\r\n" % len(question))
        assert half.recv(100) == b""  # by then the other has had its time, too
        slow.sendall(question)
        assert slow.recv(100).startswith(b"HTTP/1.1 200")
