"""Hostile and broken requests: each ends in a right status and a problem document, none in a hang.

More than 200 in all, over one real server with one process for queries; every request has a time
limit. At the end the server is well and has as many children as at the beginning.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import schemathesis
from forbidden_queries import PROLOGUE, SERVICES, UPDATES
from hostile_requests import BODIES, PATHS, RAW, TEXTS
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from serving import serve

from graph.store import GraphStore

#: Seconds after which a request without an answer has failed.
PATIENCE = 30
QUERY = {"content-type": "application/sparql-query"}
#: The head of a request whose body is to come.
PROMISE = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\n"
    b"Content-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\n"
)


@dataclass
class Target:
    """A server, and how many requests it has got."""

    address: str
    http: httpx.Client
    app: Any
    requests: int = field(default=0)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request and look at what every answer has."""
        self.requests += 1
        # Built by hand: the client would put the address right.
        url = httpx.URL(self.address).copy_with(raw_path=path.encode())
        answer = self.http.send(self.http.build_request(method, url, **options))
        assert answer.status_code != 500, answer.text
        assert "Traceback" not in answer.text
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            document = answer.json()
            assert document["status"] == answer.status_code
            assert document["detail"]
        return answer

    def send_raw(self, content: bytes) -> tuple[int, bytes]:
        """Send bytes and return status and all that comes back; 0 when nothing does."""
        self.requests += 1
        url = httpx.URL(self.address)
        with socket.create_connection((url.host, url.port or 80), timeout=PATIENCE) as connection:
            with suppress(ConnectionError):  # a server may close before it has read all
                connection.sendall(content)
            answer = b""
            with suppress(ConnectionError):
                while part := connection.recv(1 << 16):
                    answer += part
        return (int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0), answer


@pytest.fixture(scope="module")
def target(bundled_store: GraphStore) -> Iterator[Target]:
    client = httpx.Client(timeout=PATIENCE, trust_env=False, headers={"accept-language": "en"})
    with serve(bundled_store, query_workers=1, query_timeout=15) as served, client as http:
        yield Target(served.address, http, served.app)


@pytest.mark.parametrize(("content", "status"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_a_hostile_text_gets_its_status(target: Target, content: bytes, status: int) -> None:
    assert target.send("POST", "/sparql", content=content, headers=QUERY).status_code == status


def test_every_disguise_of_a_service_or_an_update_is_refused(target: Target) -> None:
    for text in [*UPDATES, *SERVICES]:
        content = (PROLOGUE + text).replace("EX", "http://127.0.0.1:9").encode()
        answer = target.send("POST", "/sparql", content=content, headers=QUERY)
        assert answer.status_code in (400, 403), text


@pytest.mark.parametrize(
    ("headers", "content", "status"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES]
)
def test_a_hostile_body_gets_its_status(
    target: Target, headers: dict[str, str], content: bytes, status: int
) -> None:
    assert target.send("POST", "/sparql", content=content, headers=headers).status_code == status


@pytest.mark.parametrize(("path", "status"), PATHS, ids=[path[:50] for path, _ in PATHS])
def test_a_hostile_address_gets_its_status(target: Target, path: str, status: int) -> None:
    assert target.send("GET", path).status_code == status


@pytest.mark.parametrize(("content", "statuses"), [case[1:] for case in RAW], ids=[case[0] for case in RAW])
def test_hostile_bytes_get_a_right_status(target: Target, content: bytes, statuses: set[int]) -> None:
    status, answer = target.send_raw(content)
    assert status in statuses, answer[:500]
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"x-secret" not in answer.lower()
    assert b"\r\nx-header:" not in head
    if status >= 400 and b"server: uvicorn" in head and b"x-content-type-options" in head:
        assert b"application/problem+json" in head


def test_slow_senders_keep_nobody_waiting_and_are_let_go(target: Target) -> None:
    url = httpx.URL(target.address)
    begun = [
        b"",
        b"G",
        b"GET /sparql?query=ASK",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\n",
        PROMISE,
        PROMISE + b"ASK",
    ]
    waiting = [socket.create_connection((url.host, url.port or 80), timeout=PATIENCE) for _ in range(60)]
    try:
        for number, connection in enumerate(waiting):
            connection.sendall(begun[number % len(begun)])
        target.requests += len(waiting)
        for _ in range(5):
            assert target.send("GET", "/sparql?query=ASK%7B%7D").json()["boolean"] is True
    finally:
        for connection in waiting:
            connection.close()
    assert target.send("GET", "/health").status_code == 200


def test_a_body_that_stops_coming_gets_its_status(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.bodies.PATIENCE", 0.5)
    url = httpx.URL(target.address)
    with socket.create_connection((url.host, url.port or 80), timeout=PATIENCE) as connection:
        connection.sendall(PROMISE + b"ASK")
        answer = connection.recv(1 << 16)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"application/problem+json" in answer


def test_readers_who_leave_early_leave_nothing_behind(target: Target) -> None:
    url = httpx.URL(target.address)
    all_of_it = b"GET /sparql?query=SELECT%20*%20%7B?s%20?p%20?o%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    for _ in range(10):
        with socket.create_connection((url.host, url.port or 80), timeout=PATIENCE) as connection:
            connection.sendall(all_of_it)
        target.requests += 1
    assert target.send("GET", "/sparql?query=ASK%7B%7D").json()["boolean"] is True


#: Statuses that a request of any content may get.
RIGHT = {200, 303, 304, 400, 403, 404, 405, 406, 413, 414, 415}


def test_nothing_that_the_description_allows_breaks_the_program(target: Target) -> None:
    """Values are made from the description, right ones and wrong ones, always the same."""
    described = target.http.get(f"{target.address}/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(described)
    found = [result.ok() for result in schema.get_all_operations()]
    # A workbook can't be made up from its media type; tests of its own send wrong ones.
    operations = [one for one in found if not one.path.startswith("/api/v1/workbook")]
    assert len(operations) >= 25

    for operation in operations:

        @settings(
            max_examples=8, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def put(case: schemathesis.Case) -> None:
            target.requests += 1
            answer = case.call(base_url=target.address, timeout=PATIENCE, allow_redirects=False)
            case.validate_response(answer, checks=[not_a_server_error])
            assert answer.status_code in RIGHT, case.as_curl_command()
            if answer.status_code >= 400:
                assert answer.headers["content-type"][0] == "application/problem+json"

        given(case=operation.as_strategy())(put)()


def test_after_all_of_it_the_server_is_well(target: Target) -> None:
    """The last of this file: what all others have left behind."""
    assert target.requests >= 200 or target.requests < 20  # fewer when this test runs alone
    assert target.send("GET", "/health").json()["status"] == "ok"
    assert target.send("GET", "/sparql?query=ASK%7B?s%20?p%20?o%7D").json()["boolean"] is True
    deadline = time.monotonic() + PATIENCE
    while len(target.app.state.pool.pids) != 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(target.app.state.pool.pids) == 1
