"""What every answer has: security headers, a language, compression; the description and its page."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import rdflib

from api.headers import SECURITY_HEADERS
from graph.store import GraphStore

StartServer = Callable[[GraphStore], httpx.Client]
ADDRESSES = [
    "/health",
    "/api/v1/cities",
    "/api/v1/cities.csv",
    "/id/city/antalya.ttl",
    "/nowhere",
    "/api/docs",
    "/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_the_security_headers(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert {name: answer.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_health_names_the_revision_and_its_size(client: httpx.Client) -> None:
    answer = client.get("/health").json()
    assert (answer["status"], answer["revision"]) == ("ok", 1)
    assert answer["triples"] > 500


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_answers_like_get_without_a_body(client: httpx.Client, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.headers["content-type"]) == (get.status_code, get.headers["content-type"])
    assert head.content == b""


def test_long_answers_are_compressed(client: httpx.Client) -> None:
    answer = client.get("/api/v1/cities/antalya", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["slug"] == "antalya"


def test_a_new_revision_is_read_without_a_restart(
    tiny_store: GraphStore, tmp_path: Path, start_server: StartServer
) -> None:
    store = GraphStore(Path(shutil.copytree(tiny_store.path, tmp_path / "store")))
    http = start_server(GraphStore(store.path))
    assert http.get("/health").json()["revision"] == 1
    with store.writer() as draft:
        draft.replace_source("records", rdflib.Graph(), retrieved_at=datetime.now(UTC))
        draft.derive()
        draft.publish()
    assert http.get("/health").json()["revision"] == 2
    assert http.get("/api/v1/cities").json()["total"] == 0


# --- the description ---------------------------------------------------------------------


def description(client: httpx.Client) -> dict:  # type: ignore[type-arg]
    """Return the OpenAPI description."""
    return client.get("/api/v1/openapi.json").json()


def test_the_description_has_every_list_and_every_thing(client: httpx.Client) -> None:
    paths = description(client)["paths"]
    for name in ("cities", "agreements", "networks", "projects", "funding", "themes"):
        assert {f"/api/v1/{name}", f"/api/v1/{name}/{{slug}}"} <= set(paths)
    assert {"/health", "/api/v1/reconciliation", "/api/v1/network", "/id/{kind}/{slug}"} <= set(paths)


def test_every_parameter_has_a_description_and_an_example_where_it_helps(client: httpx.Client) -> None:
    parameters = [
        (path, parameter)
        for path, operations in description(client)["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    ]
    assert len(parameters) > 30
    assert [(path, one["name"]) for path, one in parameters if not one.get("description")] == []
    bare = {one["name"] for _, one in parameters if "examples" not in one["schema"] and "example" not in one}
    assert bare <= {"cursor"}


def test_errors_are_described_as_problems(client: httpx.Client) -> None:
    found = description(client)
    assert "Problem" in found["components"]["schemas"]
    assert "HTTPValidationError" not in found["components"]["schemas"]
    responses = found["paths"]["/api/v1/cities"]["get"]["responses"]
    assert set(responses) == {"200", "4XX", "5XX"}
    assert list(responses["4XX"]["content"]) == ["application/problem+json"]


def test_the_page_of_the_api_needs_no_other_host_and_no_inline_script(client: httpx.Client) -> None:
    page = client.get("/api/docs", params={"lang": "en"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="en">' in page.text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page.text)
    assert len(addresses) >= 5
    assert all(address.startswith(("/", "data:,")) for address in addresses)
    assert scripts == ["", ""]
    for address in addresses:
        if address.startswith("/api/docs/"):
            assert client.get(address).status_code == 200


# --- static files ------------------------------------------------------------------------


def test_files_named_by_their_content_are_kept_for_a_year(client: httpx.Client) -> None:
    page = client.get("/").text
    built = re.findall(r'"(/static/build/assets/[^"]+)"', page)
    assert built
    for address in built:
        assert "immutable" in client.get(address).headers["cache-control"]
    for address in ("/static/kopru.svg", "/static/build/licences.txt"):
        assert client.get(address).headers["cache-control"] == "no-cache"


def test_a_file_outside_the_folder_is_not_found(client: httpx.Client) -> None:
    for address in ("/static/..%2fpages.py", "/static/none.js"):
        assert client.get(address).status_code == 404
