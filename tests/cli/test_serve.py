"""``kopru serve`` for real: filled, answering, ended with Ctrl-C; a port in use."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from graph.store import GraphStore

Run = Callable[..., subprocess.CompletedProcess[str]]


@contextmanager
def serving(cwd: Path, *words: str | Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the server on a free port; yield the process and the address that it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KOPRU_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "--lang", "en", "serve", "--port", "0", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Open http://127.0.0.1:"), (line, process.stderr and process.stderr.read())
        yield process, line.split()[1]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_an_empty_store_is_filled_served_and_left_whole(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, address):
        assert httpx.get(f"{address}/health").json()["status"] == "ok"
        assert httpx.get(f"{address}/sparql", params={"query": "ASK { ?s a schema:City }"}).json()["boolean"]
        process.send_signal(signal.SIGINT)
        _, notes = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "The store in var/store is empty" in notes
    assert (tmp_path / "var" / "store" / "records" / "antalya" / "city.yml").is_file()
    assert GraphStore(tmp_path / "var" / "store").current().number == 1


def test_a_filled_store_is_served_as_it_is(tmp_path: Path, bundled_store: GraphStore) -> None:
    with serving(tmp_path, "--store", bundled_store.path) as (_, address):
        health = httpx.get(f"{address}/health").json()
    told = {"status": "ok", "revision": 1, "triples": bundled_store.current().info.statements}
    assert health | told == health


def test_a_client_that_never_ends_does_not_keep_the_server_up(
    tmp_path: Path, bundled_store: GraphStore
) -> None:
    with serving(tmp_path, "--store", bundled_store.path) as (process, address):
        host, _, port = address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as slow:
            slow.sendall(b"POST /labels HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
            assert httpx.get(f"{address}/health").status_code == 200
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
    assert process.returncode == 130


def test_the_records_may_lie_elsewhere(tmp_path: Path) -> None:
    with serving(tmp_path, "--records", tmp_path / "mine"):
        pass
    assert (tmp_path / "mine" / "antalya" / "city.yml").is_file()


def test_a_port_in_use_is_told_before_anything_is_built(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is used by another program" in done.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("host", ["256.1.1.1", "no-such-host.invalid"])
def test_a_host_that_is_none_is_told(run: Run, host: str) -> None:
    done = run("serve", "--host", host, "--port", "0")
    assert (done.returncode, f"Nothing can listen on {host}" in done.stderr) == (2, True)


def test_a_city_that_is_not_recorded_is_told_before_anything_is_served(
    run: Run, bundled_store: GraphStore
) -> None:
    done = run("serve", "--port", "0", "--store", bundled_store.path, KOPRU_CITY="atlantis")
    assert done.returncode == 2
    assert "The setting KOPRU_CITY can't be 'atlantis': write the id of a city" in done.stderr
