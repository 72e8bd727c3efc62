"""Counters, request names and log lines of a served application."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.logs import set_up_logs
from api.metrics import part_of
from graph.store import GraphStore

StartServer = Callable[..., httpx.Client]


def read_values(client: httpx.Client) -> dict[tuple[str, ...], float]:
    """Return what ``/metrics`` says: names with their labels' values, and numbers."""
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_are_counted_by_part_and_kind_of_answer(
    tiny_store: GraphStore, start_server: StartServer
) -> None:
    client = start_server(tiny_store)
    for _ in range(3):
        client.get("/sparql", params={"query": "ASK {}"})
    client.get("/api/v1/cities/nowhere")
    client.get("/wp-login.php")
    values = read_values(client)
    assert values["kopru_requests_total", "sparql", "2xx"] == 3
    assert values["kopru_requests_total", "api", "4xx"] == 1
    assert values["kopru_requests_total", "other", "4xx"] == 1
    assert values["kopru_request_seconds_count", "sparql"] == 3
    assert values["kopru_published",] == 1
    assert values["kopru_revision",] == 1
    assert values["kopru_statements",] == tiny_store.current().info.statements
    assert values["kopru_queries_long",] == 0


def test_an_empty_store_is_said_to_be_empty(tmp_path: Path, start_server: StartServer) -> None:
    values = read_values(start_server(GraphStore(tmp_path / "store")))
    assert values["kopru_published",] == 0
    assert ("kopru_revision",) not in values


def test_addresses_of_strangers_make_no_new_labels() -> None:
    assert {part_of(f"/{name}/x") for name in ("a", "b", "../etc", "id2", "%00")} == {"other"}


def test_a_request_keeps_its_name_or_gets_one(client: httpx.Client) -> None:
    own = client.get("/health", headers={"X-Request-Id": "proxy-7f3.1"})
    assert own.headers.get_list("x-request-id") == ["proxy-7f3.1"]
    names = {
        client.get(path).headers["x-request-id"] for path in ("/health", "/nowhere", "/sparql?query=ASK{}")
    }
    assert len(names) == 3


@pytest.mark.parametrize("name", ["a b", "x" * 65, '"}{', "ä"])
def test_a_name_that_could_forge_a_log_is_not_taken(client: httpx.Client, name: str) -> None:
    answer = client.get("/health", headers={"X-Request-Id": name.encode()})
    assert answer.headers["x-request-id"] != name


class Lines:
    """What was logged as JSON; a line is written when its answer is on the way already."""

    def __init__(self) -> None:
        self.stream = StringIO()

    def wait_for(self, request: str) -> dict[str, object]:
        """Return the first line of a request."""
        for _ in range(500):
            for line in self.stream.getvalue().splitlines():
                if json.loads(line).get("request_id") == request:
                    return dict(json.loads(line))
            time.sleep(0.01)
        raise AssertionError(f"no line of {request} in {self.stream.getvalue()!r}")


@pytest.fixture
def json_lines() -> Iterator[Lines]:
    """Log as JSON until the end of the test."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    lines = Lines()
    set_up_logs("json", access=True, stream=lines.stream)
    yield lines
    root.handlers, root.level = before[0], before[1]
    logging.getLogger("kopru.access").setLevel(logging.NOTSET)


def test_each_answer_is_a_json_line_without_what_was_asked(
    tiny_store: GraphStore, start_server: StartServer, json_lines: Lines
) -> None:
    client = start_server(tiny_store)
    client.get("/sparql", params={"query": "ASK { 'secret' ?p ?o }"}, headers={"X-Request-Id": "seven"})
    line = json_lines.wait_for("seven")
    assert {name: line[name] for name in ("level", "method", "path", "status")} == {
        "level": "info", "method": "GET", "path": "/sparql", "status": 200,
    }  # fmt: skip
    assert "secret" not in json.dumps(line)
