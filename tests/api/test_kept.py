"""Answers that are given again: when they are the same, and when they must not be."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import rdflib

from graph.store import GraphStore

StartServer = Callable[[GraphStore], httpx.Client]
BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize(
    "address", ["/", "/explore", "/partners", "/match", "/api/v1/network", "/id/city/antalya"]
)
def test_a_reader_who_has_the_answer_is_told_so(client: httpx.Client, address: str) -> None:
    first = client.get(address, headers=BROWSER)
    again = client.get(address, headers=BROWSER)
    tag = first.headers["etag"]
    assert (again.content, again.headers["etag"]) == (first.content, tag)
    own = {name: again.headers[name] for name in ("date", "x-request-id")}
    assert dict(again.headers) == {**first.headers, **own}
    known = client.get(address, headers={**BROWSER, "If-None-Match": tag})
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    assert "content-security-policy" in known.headers


def test_each_form_language_day_and_host_has_an_answer_of_its_own(client: httpx.Client) -> None:
    requests = [
        ("/id/city/izmir", BROWSER),
        ("/id/city/izmir", {"Accept": "text/turtle"}),
        ("/id/city/izmir", {"Accept": "application/ld+json"}),
        ("/id/city/izmir?lang=en", BROWSER),
        ("/id/city/izmir?lang=en&as_of=2020-01-01", BROWSER),
        ("/id/city/izmir", {**BROWSER, "Cookie": "kopru_lang=en"}),
        ("/api/v1/cities?limit=1", {"Host": "one.example"}),
        ("/api/v1/cities?limit=1", {"Host": "two.example"}),
    ]

    def ask(address: str, headers: dict[str, str]) -> httpx.Response:
        client.cookies.clear()  # a language that was asked for would be remembered
        return client.get(address, headers=headers)

    firsts = [ask(*request) for request in requests]
    agains = [ask(*request) for request in requests]
    assert [one.content for one in agains] == [one.content for one in firsts]
    assert len({one.headers["etag"] for one in firsts}) == len(requests)
    assert "one.example" in agains[-2].json()["next"]
    assert "two.example" in agains[-1].json()["next"]


def test_the_choice_of_a_language_is_remembered_each_time(client: httpx.Client) -> None:
    for _ in range(2):
        client.cookies.clear()
        answer = client.get("/?lang=en", headers=BROWSER)
        assert answer.headers["set-cookie"].startswith("kopru_lang=en;")
    client.cookies.clear()


@pytest.mark.parametrize("address", ["/health", "/data", "/nowhere", "/api/v1/cities/none", "/revision/1"])
def test_what_may_change_by_itself_is_not_kept(client: httpx.Client, address: str) -> None:
    assert "etag" not in client.get(address, headers=BROWSER).headers


def test_compressed_and_plain_answers_are_kept_apart(client: httpx.Client) -> None:
    for _ in range(2):
        packed = client.get("/api/v1/network", headers={"Accept-Encoding": "gzip"})
        plain = client.get("/api/v1/network", headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.json() == plain.json()


def test_head_has_the_headers_of_a_kept_answer(client: httpx.Client) -> None:
    get, head = client.get("/explore", headers=BROWSER), client.head("/explore", headers=BROWSER)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", get.headers["etag"])


def test_a_new_revision_has_new_answers_and_going_back_the_old_ones(
    tiny_store: GraphStore, tmp_path: Path, start_server: StartServer
) -> None:
    store = GraphStore(Path(shutil.copytree(tiny_store.path, tmp_path / "store")))
    http = start_server(GraphStore(store.path))
    old = http.get("/api/v1/cities")
    with store.writer() as draft:
        draft.replace_source("records", rdflib.Graph(), retrieved_at=datetime.now(UTC))
        draft.derive()
        draft.publish()
    new = http.get("/api/v1/cities", headers={"If-None-Match": old.headers["etag"]})
    assert (new.status_code, new.json()["total"]) == (200, 0)
    store.rollback(1)
    assert http.get("/api/v1/cities").content == old.content
