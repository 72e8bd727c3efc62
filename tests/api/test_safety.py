"""What strangers may send and what recorded texts may hold without harm.

The server's own doings are watched by an audit hook, so these tests need it in this process.
"""

import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import rdflib

from api.headers import SECURITY_HEADERS
from graph.store import GraphStore

StartServer = Callable[[GraphStore], httpx.Client]

HOSTILE = '=1</script><script>alert(1)</script>" onmouseover="alert(2)" <img src=x onerror=alert(3)>'
BROWSER = {"Accept": "text/html"}
PAGES = [
    "/", "/explore", "/data", "/sparql", "/id/city/nuremberg", "/id/document/page", "/id/network/medcities",
    "/id/agreement/twinning-antalya-nuremberg-1", "/ontology",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """Return a store like the tiny one in which every text in a language ends in an attack."""
    rdf = rdflib.Graph()
    for subject, predicate, value in rdflib.Graph().parse(Path(__file__).parent / "tiny.ttl"):
        if isinstance(value, rdflib.Literal) and value.language:
            value = rdflib.Literal(HOSTILE + value, lang=value.language)
        rdf.add((subject, predicate, value))
    store = GraphStore(tmp_path_factory.mktemp("hostile") / "store")
    with store.writer() as draft:
        draft.replace_source("records", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
        draft.derive()
        draft.publish()
    return store


class Elements(HTMLParser):
    """Collects what could run: inline scripts, handlers, scripts as addresses, foreign elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.running: list[str] = []
        self.data_blocks = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attributes)
        self.running += [name for name in given if name.startswith("on")]
        self.running += [str(value) for value in given.values() if str(value).startswith("javascript:")]
        if tag == "script" and given.get("type") == "application/json":
            self.data_blocks += 1
        elif (tag == "script" and "src" not in given) or (tag == "img" and given.get("src") == "x"):
            self.running.append(tag)


def test_recorded_texts_stay_texts_on_every_page(hostile: GraphStore, start_server: StartServer) -> None:
    client = start_server(hostile)
    blocks = 0
    for address in PAGES:
        answer = client.get(address, headers=BROWSER)
        found = Elements(answer.text)
        assert (answer.status_code, found.running) == (200, []), address
        blocks += found.data_blocks
    assert blocks >= 2
    assert "alert(3)" in client.get("/", headers=BROWSER).text


def test_recorded_texts_are_no_formulas_in_lists(hostile: GraphStore, start_server: StartServer) -> None:
    client = start_server(hostile)
    for name in ("cities", "agreements", "networks", "projects", "themes"):
        lines = client.get(f"/api/v1/{name}.csv").text.splitlines()
        assert not any(cell.lstrip('"').startswith("=") for line in lines for cell in line.split(","))
    assert "'=1<" in client.get("/api/v1/cities.csv").text


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere<script>alert(1)</script>",
        "/?lang=%22%3E<script>alert(1)</script>&as_of=<script>",
        "/explore?x=%22%20onmouseover=%22alert(1)",
        "/sparql?example=</textarea><script>alert(1)</script>",
        "/id/city/<script>alert(1)</script>",
        "/id/city/none%27onclick=alert(1)",
    ],
)
def test_an_address_stays_text_on_its_page(client: httpx.Client, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert Elements(answer.text).running == []


def send_raw(client: httpx.Client, request: bytes) -> bytes:
    """Send bytes that a well-behaved client would not, and return the answer's head."""
    host, port = client.base_url.host, client.base_url.port
    with socket.create_connection((host, port or 80), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer and (part := connection.recv(4096)):
            answer += part
    return answer.lower()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pages.py", "/static/%2e%2e/pages.py", "/static/..%5cpages.py", "/static//etc/passwd",
        "//etc/passwd", "/graph/..%2f..%2fcurrent", "/revision/..%2fcurrent", "/api/docs/..%2f__init__.py",
        "/ontology.%2fetc", "/static/",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_program(client: httpx.Client, path: str) -> None:
    head = send_raw(client, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert head.startswith(b"http/1.1 404")
    assert all(f"\r\n{name}: ".lower().encode() in head for name in SECURITY_HEADERS)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_nothing_can_be_written(client: httpx.Client, method: str) -> None:
    for address in ("/", "/api/v1/cities", "/api/v1/cities/antalya", "/graph/records", "/id/city/antalya"):
        assert client.request(method, address).status_code == 405
    assert client.request("PUT", "/sparql").status_code == 405


def test_slow_senders_keep_nobody_waiting(client: httpx.Client) -> None:
    begun = b"POST /labels HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
    waiting = [
        socket.create_connection((client.base_url.host, client.base_url.port or 80)) for _ in range(60)
    ]
    try:
        for number, connection in enumerate(waiting):
            connection.sendall(begun if number % 2 else begun[:30])
        assert client.get("/api/v1/cities").status_code == 200
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    finally:
        for connection in waiting:
            connection.close()


_connections: list[str] | None = None


def _note_connection(event: str, arguments: tuple[object, ...]) -> None:
    if _connections is not None and event in ("socket.connect", "socket.getaddrinfo"):
        target = arguments[1] if event == "socket.connect" else arguments[0]
        _connections.append(str(target[0] if isinstance(target, tuple) else target))


sys.addaudithook(_note_connection)


def test_no_answer_asks_another_host(client: httpx.Client) -> None:
    global _connections
    _connections = []
    try:
        for address in (*PAGES, "/id/city/antalya.jsonld", "/ontology.ttl", "/api/docs"):
            assert client.get(address, headers=BROWSER).status_code == 200
        client.get("/sparql", params={"query": "SELECT * FROM <http://example.org/> { ?s ?p ?o }"})
        send_raw(client, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")  # shows that the hook sees connections
        hosts = {urlsplit(f"//{host}").hostname for host in _connections}
    finally:
        _connections = None
    assert hosts == {"127.0.0.1"}
