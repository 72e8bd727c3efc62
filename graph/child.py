"""The server's end of one child process that answers queries.

The child gets an environment of its own (no secret of the server is in it) and is started
with the server's module search path, so a folder that happens to be called ``graph`` where
the server runs is never imported.
"""

import asyncio
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

from graph.frames import HEADER, Kind, pack
from ontology import errors
from ontology.errors import KopruError, QueryError, QueryTooBig, WorkerDied

__all__ = ["Child", "ChildGone"]

_LOG = logging.getLogger(__name__)

#: Seconds for a child to start; it takes a fifth of one when the machine is calm.
_START_SECONDS = 30.0
_READ_AHEAD = 1 << 18
# Opening a store starts up to 16 threads; with an arena of memory each (64 MB of addresses, 128
# while it is made) they alone would pass the limit of 1 GB now and then.
_THRIFTY = {"MALLOC_ARENA_MAX": "2"}
_MEMORY_WORDS = (b"memory allocation", b"bad_alloc", b"MemoryError", b"out of memory")


class ChildGone(Exception):
    """The child closed its pipe: it died. Never shown; becomes the error that says why."""


class Child:
    """One running child.

    ``facts`` is what it says about its walls; ``is_busy`` while it owes an answer: it can
    only be asked again when that is read to its end.
    """

    def __init__(
        self,
        process: Popen[bytes],
        memory_mb: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._process = process
        self._memory_mb = memory_mb
        self._reader = reader
        self._writer = writer
        self.facts: dict[str, Any] = {}
        self.is_busy = False

    @classmethod
    async def start(cls, setup: Mapping[str, Any]) -> "Child":
        """Start a child and wait until its walls stand.

        Raises
        ------
        WorkerDied
            It did not start.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            process = _start_process(theirs.fileno())
        streams = await asyncio.open_unix_connection(sock=ours, limit=_READ_AHEAD)
        child = cls(process, setup["memory_mb"], *streams)
        try:
            async with asyncio.timeout(_START_SECONDS):
                await child._send(Kind.SETUP, dict(setup))
                child.facts = json.loads((await child.read())[1])
        except (ChildGone, TimeoutError) as error:
            raise await child.explain_death() from error
        finally:
            if not child.facts:
                await child.end()
        return child

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    async def ask(self, query: dict[str, Any]) -> None:
        """Send a query; its answer is then read frame by frame."""
        self.is_busy = True
        await self._send(Kind.QUERY, query)

    async def read(self) -> tuple[Kind, bytes]:
        """Return the next frame; an ERROR frame is raised.

        Raises
        ------
        KopruError
            What the child says: it is well and can be asked again.
        ChildGone
            It is not.
        """
        try:
            kind, size = HEADER.unpack(await self._reader.readexactly(HEADER.size))
            payload = await self._reader.readexactly(size) if size else b""
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise ChildGone from error
        self.is_busy = kind not in (Kind.END, Kind.ERROR)
        if kind == Kind.ERROR:
            raise _to_error(json.loads(payload))
        return Kind(kind), payload

    def kill(self) -> None:
        """Kill the process and drop what it still had to say; ``end`` collects it."""
        self._process.kill()
        self._writer.transport.abort()

    async def end(self) -> int:
        """Kill the process, wait for its end so that no zombie stays, and return its exit code."""
        self.kill()
        code = await asyncio.to_thread(self._process.wait)
        if self._process.stderr:
            self._process.stderr.close()
        return code

    async def explain_death(self) -> QueryError:
        """Return why the child died, by its exit code and its last words."""
        self._process.kill()
        code = await asyncio.to_thread(self._process.wait)
        words = self._last_words()
        if any(word in words for word in _MEMORY_WORDS):
            return QueryTooBig(megabytes=self._memory_mb)
        _LOG.warning("Query process %s ended with %s: %s", self.pid, code, words.decode(errors="replace"))
        return WorkerDied(code=code, signal=signal.Signals(-code).name if code < 0 else "")

    async def _send(self, kind: Kind, payload: dict[str, Any]) -> None:
        try:
            self._writer.write(pack(kind, payload))
            await self._writer.drain()
        except ConnectionError as error:
            raise ChildGone from error

    def _last_words(self) -> bytes:
        stderr = self._process.stderr
        return (stderr.read(1 << 16) or b"") if stderr and not stderr.closed else b""


def _start_process(channel: int) -> Popen[bytes]:
    """Start the interpreter with the pool's end of a socket pair as its standard input."""
    root = str(Path(__file__).parents[1])
    paths = [root, *(path for path in sys.path if path and path != root)]
    process = Popen(
        [sys.executable, "-P", "-S", "-m", "graph.worker"],
        stdin=channel, stdout=DEVNULL, stderr=PIPE, start_new_session=True,
        env={"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", **_THRIFTY},
    )  # fmt: skip
    if process.stderr:
        os.set_blocking(process.stderr.fileno(), False)
    return process


def _to_error(told: Mapping[str, Any]) -> KopruError:
    """Return the error that a child told; only classes of our own tree are made."""
    found = getattr(errors, str(told["error"]), None)
    if isinstance(found, type) and issubclass(found, KopruError):
        return found(told["template"], **told["facts"])
    return WorkerDied()
