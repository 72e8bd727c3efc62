"""The servers that are compared, each started on the same default graph and ended afterwards."""

import os
import shutil
import signal
import subprocess
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from bench.sparql_client import Connection, Endpoint, ServerGone
from tests.support.sparql_engines import free_port, virtuoso_ini

__all__ = ["GRAPH", "OURS", "OXIGRAPH", "RDFLIB", "VIRTUOSO", "Server", "find_missing", "make_servers"]

OURS, OXIGRAPH, RDFLIB, VIRTUOSO = "Köprü", "Oxigraph", "rdflib-endpoint", "Virtuoso"
#: The graph that stands for the default graph in a server that has none of its own.
GRAPH = "urn:kopru:default"

_ROOT = Path(__file__).parents[1]
_PEERS = _ROOT / ".stamps" / "peers" / "bin"
_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
_ASK = "ASK { ?s ?p ?o }"
#: Loading takes half a minute on a quiet machine.
_START_SECONDS = 600.0


def find_missing() -> list[str]:
    """Return what of the peers is not installed, with the command that installs it."""
    tools = {OXIGRAPH: _PEERS / "oxigraph", RDFLIB: _PEERS / "rdflib-endpoint"}
    missing = [f"{name} (make bench-sparql)" for name, path in tools.items() if not path.is_file()]
    if not shutil.which("virtuoso-t"):
        missing.append(f"{VIRTUOSO} (apt-get install virtuoso-opensource-7-bin)")
    return missing


@dataclass
class Server(ABC):
    """A server on a port of this machine.

    Parameters
    ----------
    name
        As in the tables.
    seconds
        How long a query may take.
    data
        What it serves: a folder or a file.
    scratch
        A folder of its own.
    """

    name: str
    seconds: float
    data: Path
    scratch: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def endpoint(self) -> Endpoint:
        """Where it answers."""
        return Endpoint(self.port, "/sparql")

    @property
    def graph_media(self) -> str:
        """The media type in which statements are asked for."""
        return "application/n-triples"

    @abstractmethod
    def start(self) -> None:
        """Begin to start; ``wait`` says when it answers."""

    def restart(self) -> None:
        """Start anew after a query that did not end."""
        self.stop()
        self.start()
        self.wait()

    def wait(self) -> None:
        """Return when it answers.

        Raises
        ------
        RuntimeError
            It ended, or says nothing.
        """
        until = monotonic() + _START_SECONDS
        while monotonic() < until and self.process and self.process.poll() is None:
            connection = Connection(self.port, 5)
            try:
                answer = connection.ask(self.endpoint.make_post(_ASK, "application/sparql-results+json"))
            except ServerGone:
                sleep(0.1)
                continue
            finally:
                connection.close()
            if answer.status == 200 and b"true" in answer.body.lower():
                return
            raise RuntimeError(f"{self.name} answered {answer.status}: {answer.body[:200]!r}")
        raise RuntimeError(f"{self.name} did not start")

    @property
    def last_words(self) -> str:
        """What it wrote to its standard error, where that is kept."""
        return ""

    def stop(self) -> None:
        """End it, whatever it does."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def memory_mb(self) -> int:
        """Memory of it and of what it started, in MB."""
        return sum(_resident(pid) for pid in _family(self.process.pid)) if self.process else 0


def _family(pid: int) -> list[int]:
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return [pid, *(one for child in children.split() for one in _family(int(child)))]


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


class _Ours(Server):
    def start(self) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(_ROOT),
            "KOPRU_QUERY_TIMEOUT": str(self.seconds),
            # Rows past the cap of a held answer would be missing in the comparison.
            "KOPRU_MAX_ROWS": "10000000",
        }
        command = [sys.executable, "-m", "api", "serve", "--store", str(self.data), "--port", str(self.port)]
        log = (self.scratch / "log").open("ab")
        self.process = subprocess.Popen(command, env=environment, cwd=self.scratch, stdout=log, stderr=log)
        log.close()

    @property
    def last_words(self) -> str:
        return (self.scratch / "log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                super().stop()
            self.process = None


class _Oxigraph(Server):
    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.port, "/query")

    def start(self) -> None:
        command = [
            str(_PEERS / "oxigraph"), "serve-read-only", "--location", str(self.data),
            "--bind", f"127.0.0.1:{self.port}",
        ]  # fmt: skip
        # Not with --timeout-s: a thread for each query then lives that long, and soon there are too many.
        self.process = subprocess.Popen(command, **_QUIET)


class _Rdflib(Server):
    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.port, "/")

    def start(self) -> None:
        command = [
            str(_PEERS / "python"),
            str(_ROOT / "bench" / "rdflib_peer.py"),
            str(self.data),
            str(self.port),
        ]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def wait(self) -> None:
        self._pipe("stdout").readline()
        self._tell("start")
        super().wait()

    def restart(self) -> None:
        self._tell("stop")
        self._tell("start")
        super().wait()

    def stop(self) -> None:
        if self.process:
            self._pipe("stdin").close()
            self.process.wait()
            self.process = None

    def _tell(self, word: str) -> None:
        self._pipe("stdin").write(f"{word}\n".encode())
        self._pipe("stdin").flush()
        self._pipe("stdout").readline()

    def _pipe(self, name: str) -> IO[bytes]:
        found: IO[bytes] | None = getattr(self.process, name)
        if found is None:
            raise RuntimeError(f"{self.name} was not started")
        return found


class _Virtuoso(Server):
    sql_port = 0

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.port, "/sparql", (("default-graph-uri", GRAPH),))

    @property
    def graph_media(self) -> str:
        return "text/plain"

    def start(self) -> None:
        if not self.sql_port:
            self.sql_port = free_port()
            ini = virtuoso_ini(self.scratch, self.port, self.sql_port, self.data.parent)
            (self.scratch / "virtuoso.ini").write_text(ini)
        (self.scratch / "virtuoso.lck").unlink(missing_ok=True)
        command = ["virtuoso-t", "+foreground", "+configfile", str(self.scratch / "virtuoso.ini")]
        self.process = subprocess.Popen(command, cwd=self.scratch, **_QUIET)

    def wait(self) -> None:
        if not (self.scratch / "loaded").exists():
            self._load()
        super().wait()

    def _load(self) -> None:
        until = monotonic() + _START_SECONDS
        while self._run_sql("select 1;"):
            if monotonic() > until:
                raise RuntimeError(f"{self.name} did not start")
            sleep(0.2)
        load = f"ld_dir('{self.data.parent}', '{self.data.name}', '{GRAPH}'); rdf_loader_run(); checkpoint;"
        if self._run_sql(load):
            raise RuntimeError(f"{self.name} did not load {self.data}")
        (self.scratch / "loaded").touch()

    def _run_sql(self, commands: str) -> int:
        command = ["isql-vt", str(self.sql_port), "dba", "dba", f"exec={commands}"]
        return subprocess.run(command, check=False, **_QUIET).returncode


def make_servers(store: Path, database: Path, triples: Path, scratch: Path, seconds: float) -> list[Server]:
    """Return those of the servers that are installed, not started yet.

    Parameters
    ----------
    store, database
        Our store, and the database of its revision, which Oxigraph's server opens as it is.
    triples
        Its default graph as N-Triples.
    scratch
        A folder for what they write.
    seconds
        How long a query may take.
    """
    missing = " ".join(find_missing())
    kinds: list[tuple[type[Server], str, Path]] = [
        (_Ours, OURS, store), (_Oxigraph, OXIGRAPH, database), (_Rdflib, RDFLIB, triples),
        (_Virtuoso, VIRTUOSO, triples),
    ]  # fmt: skip
    servers = []
    for kind, name, data in kinds:
        if name not in missing:
            folder = scratch / kind.__name__.strip("_").lower()
            folder.mkdir(parents=True)
            servers.append(kind(name, seconds, data, folder))
    return servers
