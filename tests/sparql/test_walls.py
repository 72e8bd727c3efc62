"""The walls behind the guard: what a child can't do even when it is made to try."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from graph.workers import Limits
from ontology.errors import QueryFailed, QueryRefused

#: Tries each way out from behind the walls and prints those that opened.
TRY = """
import ctypes, os, socket, sys, urllib.request
from graph.sandbox import enter_sandbox

port = int(sys.argv[1])
inherited = socket.socket()
facts = enter_sandbox(1024)

def fetch():
    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)

def reuse():
    inherited.settimeout(2)
    inherited.connect(("127.0.0.1", port))

ways = {
    "tcp": lambda: socket.create_connection(("127.0.0.1", port), timeout=2),
    "http": fetch,
    "inherited socket": reuse,
    "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    "ipv6": lambda: socket.create_connection(("::1", port), timeout=2),
    "pair": socket.socketpair,
    "name": lambda: socket.getaddrinfo("localhost", port),
    "program": lambda: os.execv("/bin/true", ["true"]),
    "write": lambda: open(sys.argv[2], "w").write("x" * 10_000),
}
for name, way in ways.items():
    try:
        way()
    except OSError:
        continue
    print(name)
print("network", facts["network"])
"""
#: Ways that need no network: a name in /etc/hosts is found without one.
HARMLESS = {"name", "pair"}


def test_nothing_gets_out_of_a_child(foreign_endpoint, tmp_path) -> None:
    address, requests = foreign_endpoint
    port = address.rpartition(":")[2].partition("/")[0]
    done = subprocess.run(
        [sys.executable, "-c", TRY, port, str(tmp_path / "written")],
        capture_output=True, text=True, timeout=60, check=False, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    *opened, facts = done.stdout.splitlines()
    assert facts.removeprefix("network ") in ("seccomp", "namespace"), done.stderr
    assert set(opened) - HARMLESS == set()
    assert requests == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/", "unix:/run/x", "data:text/csv,a"]
)
def test_a_service_of_another_kind_is_never_read(asker, address: str) -> None:
    text = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
    with pytest.raises(QueryRefused):
        asker.ask(text)
    with pytest.raises(QueryFailed):
        asker.ask(text, is_checked=False)
    with pytest.raises(QueryFailed):
        asker.ask(text, Limits(service_allow=(address,), seconds=60))


@pytest.fixture
def redirecting(foreign_endpoint) -> Iterator[tuple[str, list[str]]]:
    """Serve an endpoint that sends everybody on; return its address and the requests of the other one."""
    target, requests = foreign_endpoint

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(int(self.path.strip("/")))
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 (the name that http.server asks for)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            del format, args

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", requests
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_allowed_service_can_not_send_us_elsewhere(asker, redirecting, status: int) -> None:
    address, requests = redirecting
    text = f"SELECT * {{ SERVICE <{address}{status}> {{ ?s ?p ?o }} }}"
    with pytest.raises(QueryFailed):
        asker.ask(text, Limits(service_allow=(address,), seconds=60))
    assert requests == []


def test_a_service_beside_the_allowed_one_is_refused(asker, foreign_endpoint) -> None:
    address, requests = foreign_endpoint
    limits = Limits(service_allow=(f"{address}/public/",), seconds=60)
    for target in (address, f"{address}/public", f"{address}/public/../private", f"{address}/publicity/"):
        with pytest.raises(QueryRefused):
            asker.ask(f"SELECT * {{ SERVICE <{target}> {{ ?s ?p ?o }} }}", limits)
    assert requests == []
    answer, _ = asker.ask(f"SELECT * {{ SERVICE <{address}/public/a> {{ ?s ?p ?o }} }}", limits)
    assert answer.rows == 0
    assert requests == ["/sparql/public/a"]


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_a_graph_of_others_is_empty_and_not_fetched(asker, foreign_endpoint, clause: str) -> None:
    address, requests = foreign_endpoint
    text = f"SELECT * {clause} <{address}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    for limits in (Limits(seconds=60), Limits(service_allow=("http://example.org/",), seconds=60)):
        assert asker.ask(text, limits)[0].rows == 0
    assert requests == []
