"""The server's end of one child process that answers queries.

The child gets an environment of its own (no secret of the server is in it) and is started
with the server's module search path, so a folder that happens to be called ``graph`` where
the server runs is never imported.

A child speaks to one listener at a time: the query that it answers. There are callbacks
rather than streams, since a short query takes hardly longer than a stream's own work.
"""

import asyncio
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from typing import Any, Protocol, cast

from graph.frames import HEADER, Kind, pack
from graph.priority import lower, raise_again, worked_seconds
from ontology import errors
from ontology.errors import KopruError, QueryError, QueryTooBig, WorkerDied

__all__ = ["Child", "ChildListener", "to_error"]

_LOG = logging.getLogger(__name__)

#: Seconds for a child to start; it takes a tenth of one when the machine is calm.
_START_SECONDS = 30.0
# Opening a store starts up to 16 threads; with an arena of memory each (64 MB of addresses, 128
# while it is made) they alone would pass the limit of 1 GB now and then.
# A query frees hundreds of small pieces at once: kept at hand, the next one is a sixth quicker. Up to
# 64 MB are kept instead of being given back and fetched anew, in large pages where there are some: a
# join of 50 ms is quicker by two or three hundredths.
_MALLOC = ("tcache_count=127", "hugetlb=1", f"trim_threshold={64 << 20}", f"mmap_threshold={32 << 20}")
_THRIFTY = {
    "MALLOC_ARENA_MAX": "2",
    "GLIBC_TUNABLES": ":".join(f"glibc.malloc.{one}" for one in _MALLOC),
}
_MEMORY_WORDS = (
    b"memory allocation", b"bad_alloc", b"MemoryError", b"out of memory", b"capacity overflow",
    b"Cannot allocate memory", b"can't start new thread",
)  # fmt: skip


class ChildListener(Protocol):
    """What hears a child: a query."""

    def take(self, kind: int, payload: bytes) -> None:
        """Take a frame."""

    def lose(self) -> None:
        """Learn that the child has died."""


class _Start:
    """Hears a child until it is ready."""

    def __init__(self) -> None:
        self.facts: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    def take(self, kind: int, payload: bytes) -> None:
        """Take the facts."""
        del kind
        if not self.facts.done():
            self.facts.set_result(json.loads(payload))

    def lose(self) -> None:
        """Say that there will be none."""
        if not self.facts.done():
            self.facts.set_exception(ConnectionResetError())


class Child(asyncio.Protocol):
    """One running child.

    ``facts`` is what it says about its walls; ``path`` is the revision that it has open;
    ``listener`` hears its next frames; ``is_gone`` once it has closed its pipe.
    """

    def __init__(self, process: Popen[bytes], memory_mb: int) -> None:
        self._process = process
        self._memory_mb = memory_mb
        self._transport: asyncio.Transport | None = None
        self._descriptor = -1
        self._parts: list[bytes] = []
        self._missing = 0
        self._is_killed = False
        self.facts: dict[str, Any] = {}
        self.path: str | None = None
        self.listener: ChildListener | None = None
        self.is_gone = False

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
            try:
                child = cls(_start_process(theirs.fileno()), setup["memory_mb"])
            except BaseException:
                ours.close()
                raise
        child.listener = start = _Start()
        try:
            await asyncio.get_running_loop().create_unix_connection(lambda: child, sock=ours)
            child.send(Kind.SETUP, dict(setup))
            async with asyncio.timeout(_START_SECONDS):
                child.facts = await start.facts
        except (ConnectionError, TimeoutError) as error:
            raise await child.explain_death() from error
        finally:
            child.listener = None
            if not child.facts:
                await child.end()
        child.path = setup["path"]
        return child

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def send(self, kind: Kind, payload: dict[str, Any]) -> None:
        """Send a frame; when the child is gone, its listener is told."""
        if self._transport is not None:
            self._write(self._transport, pack(kind, payload))
        elif self.listener is not None:
            asyncio.get_running_loop().call_soon(self.listener.lose)

    def _write(self, transport: asyncio.Transport, frame: bytes) -> None:
        """Write at once what the pipe takes: a loop writes after all else that it has to do.

        A child that has just become free would wait for as long.
        """
        if transport.get_write_buffer_size() == 0:
            with suppress(OSError):  # the pipe is full, or broken: the transport knows what to do
                frame = frame[os.write(self._descriptor, frame) :]
        if frame:
            transport.write(frame)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the child."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are no subclass
        self._descriptor = transport.get_extra_info("socket").fileno()

    def data_received(self, data: bytes) -> None:
        """Hand whole frames to the listener."""
        if self._parts:
            self._parts.append(data)
            self._missing -= len(data)
            if self._missing > 0:
                return
            data = b"".join(self._parts)
            self._parts.clear()
        begin, end = 0, len(data)
        while end - begin >= HEADER.size:
            kind, size = HEADER.unpack_from(data, begin)
            after = begin + HEADER.size + size
            if after > end:
                self._keep(data[begin:], after - end)
                return
            if self.listener is not None:
                self.listener.take(kind, data[begin + HEADER.size : after])
            begin = after
        if begin < end:
            self._keep(data[begin:], HEADER.size - (end - begin))

    def _keep(self, part: bytes, missing: int) -> None:
        """Keep a frame that is not whole yet: looked at again when the missing bytes are there."""
        self._parts.append(part)
        self._missing = missing

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the listener."""
        del exc
        self._transport = None
        self.is_gone = True
        if self.listener is not None:
            self.listener.lose()

    def pause(self) -> None:
        """Take nothing more from the child: it has to wait when its pipe is full."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume(self) -> None:
        """Go on taking."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def lower(self) -> None:
        """Let the query that the child answers run only when nobody else wants to."""
        lower(self.pid)

    def worked_seconds(self) -> float:
        """Return the processor's seconds that the process has used so far; infinite: not known."""
        return worked_seconds(self.pid)

    def kill(self) -> None:
        """Kill the process and drop what it still had to say; ``end`` collects it."""
        self._is_killed = True
        self.listener = None
        self._process.kill()
        raise_again(self.pid)
        if self._transport is not None:
            self._transport.abort()

    async def end(self) -> int:
        """Kill the process, wait for its end so that no zombie stays, and return its exit code."""
        code = await self._kill_and_wait()
        if self._process.stderr:
            self._process.stderr.close()
        return code

    async def explain_death(self) -> QueryError:
        """Return why the child died by itself, by its exit code and its last words."""
        # Its pipe closes a moment before it has ended: only a child that hangs there is killed.
        is_ours = False
        try:
            code = await asyncio.to_thread(self._process.wait, 1)
        except TimeoutExpired:
            is_ours = True
            code = await self._kill_and_wait()
        words = self._last_words()
        # Killed, and not by us: the system itself was out of memory.
        is_too_big = code == -signal.SIGKILL and not is_ours
        if is_too_big or any(word in words for word in _MEMORY_WORDS):
            return QueryTooBig(megabytes=self.facts.get("memory_mb", self._memory_mb))
        _LOG.warning("Query process %s ended with %s: %s", self.pid, code, words.decode(errors="replace"))
        return WorkerDied(code=code, signal=signal.Signals(-code).name if code < 0 else "")

    async def _kill_and_wait(self) -> int:
        self.kill()
        return await asyncio.to_thread(self._process.wait)

    def _last_words(self) -> bytes:
        stderr = self._process.stderr
        return (stderr.read(1 << 16) or b"") if stderr and not stderr.closed else b""


def _start_process(channel: int) -> Popen[bytes]:
    """Start the interpreter with the pool's end of a socket pair as its standard input."""
    root = str(Path(__file__).parents[1])
    paths = [root, *(path for path in sys.path if path and path != root)]
    process = Popen(
        [sys.executable, "-P", "-S", "-m", "graph.worker"],
        # A group of its own: Ctrl-C in a terminal is for the server alone. No session of its own: with
        # automatic task groups the kernel would weigh it as a whole, and its low priority would count
        # for nothing against the server.
        stdin=channel, stdout=DEVNULL, stderr=PIPE, process_group=0,
        env={"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", **_THRIFTY},
    )  # fmt: skip
    if process.stderr:
        os.set_blocking(process.stderr.fileno(), False)
    return process


def to_error(payload: bytes) -> KopruError:
    """Return the error that a child told; only classes of our own tree are made."""
    told = json.loads(payload)
    found = getattr(errors, str(told["error"]), None)
    if isinstance(found, type) and issubclass(found, KopruError):
        return found(told["template"], **told["facts"])
    return WorkerDied()
