"""SPARQL servers of others, started on free ports of this machine: what the second backend runs on.

The benchmarks start them with the same code. What is not installed is named with the way to install it.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from pathlib import Path

__all__ = ["Engine", "Oxigraph", "Virtuoso", "free_port", "virtuoso_ini"]

_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
_START_SECONDS = 60.0

# Debian's package has none. CaseMode 2 (names keep their case) must be set before the database is made.
_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = {sql_port}
LiteMode = 0
CaseMode = 2
MaxSortedTopRows = 10000000
DirsAllowed = {folders}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ThreadsPerQuery = 2
ServerThreads = 20
CheckpointInterval = 0
DisableTcpSocket = 0
[HTTPServer]
ServerPort = {port}
ServerThreads = 10
MaxClientConnections = 20
[SPARQL]
ResultSetMaxRows = 10000000
MaxConstructTriples = 10000000
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def virtuoso_ini(folder: Path, port: int, sql_port: int, *others: Path, buffers: int = 170_000) -> str:
    """Return Virtuoso's settings.

    Parameters
    ----------
    folder
        Where its database lies.
    port, sql_port
        For HTTP and for its own protocol.
    others
        Folders that it may load from.
    buffers
        How many pages of 8 kB it keeps in memory.
    """
    return _INI.format(
        folder=folder, port=port, sql_port=sql_port, folders=", ".join(map(str, (folder, *others))),
        buffers=buffers, dirty=buffers * 3 // 4,
    )  # fmt: skip


class Engine(ABC):
    """One server with its data in ``folder``; ``settings`` are what our program is told of it."""

    name = ""
    user = password = ""
    names: tuple[str, str, str] = ("query", "update", "store")
    #: Pages of 8 kB that Virtuoso keeps in memory.
    buffers = 10_000

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def store(self) -> str:
        """What ``--store`` is given."""
        return f"sparql+http://127.0.0.1:{self.port}/"

    @property
    def options(self) -> dict[str, str]:
        """The settings that name its addresses and its user."""
        query, update, graphs = self.names
        return {
            "store": self.store, "store_query": query, "store_update": update, "store_graphs": graphs,
            "store_user": self.user, "store_password": self.password,
        }  # fmt: skip

    @property
    def settings(self) -> dict[str, str]:
        """The same as variables of the environment."""
        return {f"KOPRU_{name.upper()}": value for name, value in self.options.items()}

    @abstractmethod
    def start(self) -> None:
        """Start it and wait until it answers."""

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _wait(self) -> None:
        address = f"http://127.0.0.1:{self.port}/{self.names[0]}?query=ASK%7B%7D"
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(address, timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{self.name} did not start")


class Oxigraph(Engine):
    """Oxigraph's own server, from PyPI."""

    name = "Oxigraph"

    def start(self) -> None:
        """Start it on its folder."""
        program = Path(sys.executable).with_name("oxigraph")
        command = [str(program), "serve", "--location", str(self.folder), "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, **_QUIET)
        self._wait()


class Virtuoso(Engine):
    """Virtuoso 7, from Debian."""

    name = "Virtuoso"
    user = password = "kopru"
    names = ("sparql", "sparql-auth", "sparql-graph-crud-auth")

    def start(self) -> None:
        """Start it; the first time also make its database and the user."""
        ini = self.folder / "virtuoso.ini"
        is_new = not ini.exists()
        if is_new:
            self.sql_port = free_port()
            ini.write_text(virtuoso_ini(self.folder, self.port, self.sql_port, buffers=self.buffers))
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        command = ["virtuoso-t", "+foreground", "+configfile", str(ini)]
        self.process = subprocess.Popen(command, cwd=self.folder, **_QUIET)
        self._wait()
        if is_new:
            self.run_sql("USER_CREATE('kopru', 'kopru'); GRANT SPARQL_UPDATE TO kopru; checkpoint;")

    def run_sql(self, commands: str) -> None:
        """Run commands of its own language."""
        command = ["isql-vt", str(self.sql_port), "dba", "dba", f"exec={commands}"]
        subprocess.run(command, check=True, env=dict(os.environ), **_QUIET)


def find_missing() -> list[str]:
    """Return the engines that are not installed, with the command that installs them."""
    missing = []
    if not Path(sys.executable).with_name("oxigraph").is_file():
        missing.append("Oxigraph (pip install oxigraph)")
    if not shutil.which("virtuoso-t"):
        missing.append("Virtuoso (apt-get install virtuoso-opensource-7-bin)")
    return missing
