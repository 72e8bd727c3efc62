"""A server that is away, slow, full or odd is told with a remedy; a death half-way leaves what was there."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import rdflib
from sparql_engines import Engine, free_port

from api.app import open_store
from api.cli.run import run
from api.problems import problem_response
from api.settings import load_settings
from graph.remote.address import make_folder_name, read_address
from graph.remote.client import Client
from graph.remote.lease import hold_lease
from graph.remote.ledger import Ledger
from graph.store import GraphStore
from ontology.errors import (
    BadParameter,
    KopruError,
    ServerAway,
    ServerClosed,
    ServerFull,
    ServerOdd,
    ServerSlow,
    StoreInUse,
)
from ontology.iris import Iris
from ontology.terms import RDFS

DRIVER = Path(__file__).with_name("backend_dies.py")
NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
Answerer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(scope="module", params=["Oxigraph", "Virtuoso"])
def engine(request: pytest.FixtureRequest, start_engine: Callable[[str], Engine]) -> Engine:
    return start_engine(request.param)


@pytest.fixture
def base(tmp_path: Path) -> str:
    return f"http://example.org/{tmp_path.name}/"


@pytest.fixture
def make_store(engine: Engine, base: str, tmp_path: Path) -> Callable[[str], GraphStore]:
    """Return an opener of one store, as from the machine that is named."""
    return lambda machine="here": open_store(
        load_settings(**engine.options, store_folder=tmp_path / machine, base_iri=base)
    )


@pytest.fixture
def answering() -> Iterator[Callable[[Answerer], str]]:
    """Return a function that starts a server which answers all alike, and gives its name as a store."""
    servers = []

    def start(answer: Answerer) -> str:
        methods = {"do_GET": answer, "do_POST": answer, "log_message": lambda *_: None}
        handler = type("Handler", (BaseHTTPRequestHandler,), methods)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"sparql+http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def say(status: int, body: bytes, media: str = "text/html", length: int | None = None) -> Answerer:
    """Return what answers a request with these bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        handler.send_response(status)
        handler.send_header("Content-Type", media)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


def publish(store: GraphStore, count: int) -> None:
    rdf = rdflib.Graph()
    for number in range(count):
        rdf.add((rdflib.URIRef(f"urn:thing:{number}"), RDFS.label, rdflib.Literal(f"old {number}")))
    with store.writer() as draft:
        draft.replace_source("batch", rdf, retrieved_at=NOON)
        draft.publish()


def open_at(store: str, tmp_path: Path, seconds: float = 5) -> GraphStore:
    return open_store(load_settings(store=store, store_folder=tmp_path / "local", store_timeout=seconds))


def fail_with(store: GraphStore) -> KopruError:
    with pytest.raises(KopruError) as caught:
        store.current()
    for language in ("tr", "en"):
        assert store.path.name
        assert "{" not in caught.value.sentence(language)
    return caught.value


def test_a_server_that_is_away_says_when_to_come_again(tmp_path: Path) -> None:
    error = fail_with(open_at(f"sparql+http://127.0.0.1:{free_port()}/", tmp_path))
    assert type(error) is ServerAway
    response = problem_response(error, "en")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_a_command_ends_with_a_sentence_when_the_server_is_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["revisions", "--lang", "en", "--store", f"sparql+http://127.0.0.1:{free_port()}/"]) == 1
    assert "can't be reached" in " ".join(capsys.readouterr().err.split())


def test_a_server_that_says_nothing_is_slow(tmp_path: Path, answering: Callable[[Answerer], str]) -> None:
    silence = threading.Event()
    error = fail_with(open_at(answering(lambda _: silence.wait(5) and None), tmp_path, seconds=0.2))
    silence.set()
    assert type(error) is ServerSlow


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (say(200, b"<h1>Welcome</h1>"), ServerOdd),
        (say(200, b'{"head": {', "application/sparql-results+json"), ServerOdd),
        (say(200, b'{"head": {', "application/sparql-results+json", length=500), ServerOdd),
        (say(404, b"no such page"), ServerOdd),
        (say(401, b""), ServerClosed),
        (say(500, b"write failed: No space left on device"), ServerFull),
    ],
)
def test_what_is_no_answer_of_a_sparql_server_is_told(
    tmp_path: Path, answering: Callable[[Answerer], str], answer: Answerer, kind: type[KopruError]
) -> None:
    assert type(fail_with(open_at(answering(answer), tmp_path))) is kind


def test_reading_is_tried_again_when_the_server_is_busy(
    tmp_path: Path, answering: Callable[[Answerer], str]
) -> None:
    answers = iter([say(503, b"busy"), say(503, b"busy")])
    empty = say(200, b'{"head":{"vars":[]},"results":{"bindings":[]}}', "application/sparql-results+json")
    assert open_at(answering(lambda handler: next(answers, empty)(handler)), tmp_path).is_empty()


def test_a_connection_serves_one_answer_at_a_time(answering: Callable[[Answerer], str]) -> None:
    rows = say(200, b'{"head":{"vars":[]},"results":{"bindings":[]}}', "application/sparql-results+json")
    client = Client(read_address(answering(rows)))
    answer = client.query("SELECT * {}", "application/json")
    assert [len(answer.read(100)) for _ in range(4)] == [46, 0, 0, 0]
    assert [len(idle) for idle in client._idle.values()] == [1]


def test_names_of_stores_are_addresses_without_secrets() -> None:
    assert read_address("sparql+https://a.example:1/b").update == "https://a.example:1/b/update"
    assert make_folder_name("sparql+http://localhost:7878/") == "localhost-7878"
    for wrong in ("sparql+http:///x", "sparql+http://me:secret@a.example/", "sparql+http://a:99999999/"):
        with pytest.raises(BadParameter) as caught:
            read_address(wrong)
        assert "secret" not in str(caught.value)


def test_one_writes_at_a_time_from_wherever(make_store: Callable[[str], GraphStore]) -> None:
    with make_store("here").writer(), pytest.raises(StoreInUse), make_store("there").writer():
        pass
    publish(make_store("there"), 1)


def test_a_writer_whose_lease_was_taken_publishes_nothing(
    engine: Engine, base: str, make_store: Callable[[str], GraphStore]
) -> None:
    publish(make_store("here"), 1)
    ledger = make_ledger(engine, base)
    with make_store("here").writer() as draft:
        for entry in ledger.entries("leases"):
            ledger.remove("leases", entry)
        draft.replace_source("batch", rdflib.Graph(), retrieved_at=NOON)
        with pytest.raises(StoreInUse):
            draft.publish()
    assert make_store("there").current().number == 1
    with hold_lease(ledger):
        pass


@pytest.mark.parametrize("step", ["checkpoint-after", "pointer-before", "pointer-after"])
def test_death_of_the_writer_leaves_a_whole_revision_and_the_next_one_sweeps(
    engine: Engine, base: str, make_store: Callable[[str], GraphStore], tmp_path: Path, step: str
) -> None:
    publish(make_store("here"), 3)
    with start_driver(engine, tmp_path, base, step, "die") as process:
        assert process.wait() == -signal.SIGKILL
    number = 2 if step == "pointer-after" else 1
    assert_whole(make_store("there"), number, 50 if number == 2 else 3)
    publish(make_store("here"), 4)
    assert_whole(make_store("there"), number + 1, 4)
    ledger = make_ledger(engine, base)
    used = {
        address for info in make_store().list_revisions() for address in graphs_of(make_store(), info.number)
    }
    assert {str(ledger.iris.stored(*entry.split("/"))) for entry in ledger.entries("inventory")} == used


def test_death_of_the_server_leaves_a_whole_revision(
    engine: Engine, base: str, make_store: Callable[[str], GraphStore], tmp_path: Path
) -> None:
    publish(make_store("here"), 3)
    with start_driver(engine, tmp_path, base, "checkpoint-after", "stop") as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        engine.kill()
        process.stdin.write("\n")
        process.stdin.close()
        assert process.wait() == 1
    engine.start()
    assert_whole(make_store("there"), 1, 3)


def make_ledger(engine: Engine, base: str) -> Ledger:
    address = load_settings(**engine.options).server
    assert address is not None
    return Ledger(Client(address), Iris(base))


def start_driver(engine: Engine, folder: Path, base: str, step: str, how: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(DRIVER), str(folder / "here"), base, "50", step, how]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen(command, env={**os.environ, **engine.settings}, text=True, **pipes)


def graphs_of(store: GraphStore, number: int) -> set[str]:
    manifest = store.revision(number).manifest  # type: ignore[attr-defined]
    return set(manifest.addresses)


def assert_whole(store: GraphStore, number: int, count: int) -> None:
    revision = store.current()
    assert (revision.number, len(revision.default_graph())) == (number, count)
    assert revision.compute_digest() == revision.info.digest
