"""The life of one query in the pool: it waits, is in a child, is known to be long, is over.

Its clock runs from its arrival: a reader hears something within the deadline, whatever the
server does. It stands still while the child has to wait for a slow reader.
"""

import asyncio
import json
import math
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, Protocol

from graph.child import Child, to_error
from graph.frames import Kind
from graph.spool import Spool
from ontology.errors import QueryQueueFull, QueryTimeout

__all__ = ["PATIENCE", "SHORT_SECONDS", "Job", "ReaderGone", "Scheduler", "WaitGone"]

#: A query that works longer is a long one.
SHORT_SECONDS = 0.05
#: On a busy machine a query waits for a processor: so much longer it may take without being a long one.
_WAITING_SECONDS = 0.5
#: What a query may take more when its child has to open another revision first.
_OPENING_SECONDS = 1.0
#: Seconds that a full spool waits for its reader to take something.
PATIENCE = 30.0


WaitGone = Callable[[], Coroutine[Any, Any, None]]


class ReaderGone(Exception):
    """Nobody waits for the answer any more; never shown."""


class Scheduler(Protocol):
    """What a query tells the pool."""

    def on_slow(self, job: "Job") -> None:
        """Learn that a query is not a short one."""

    def on_over(self, job: "Job", child: Child | None, *, is_well: bool) -> None:
        """Take back a child that a query needs no more; if it is well it can be asked again."""

    def on_lost(self, job: "Job", child: Child) -> None:
        """Learn that a query's child has died."""

    def retry_seconds(self) -> int:
        """Return when to come again."""


class Job:
    """One query; ``head`` is set when its answer is whole or begins to stream."""

    def __init__(self, pool: Scheduler, query: dict[str, Any], seconds: float) -> None:
        self.query = query
        self.seconds = seconds
        self.head: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.spool = Spool(self._go_on)
        self.child: Child | None = None
        self.arrived = monotonic()
        self.until = self.arrived + seconds
        self.is_long = self.is_over = False
        self._pool = pool
        self._head: dict[str, Any] = {}
        self._left = 0.0
        self.is_retried = False
        self.age = 0.0
        self._begun = self.arrived
        self._works_until = 0.0
        self._due = math.inf
        self._then: Callable[[], None] = self._expire
        self._wait_gone: WaitGone | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def is_streaming(self) -> bool:
        """Whether a part of the answer may have been read already."""
        return bool(self._head) and not self._head["whole"]

    @property
    def is_paused(self) -> bool:
        """Whether its child, and its clock, wait for the reader."""
        return self._left != 0.0

    def wait(self) -> None:
        """Wait for a child."""
        self.child = None
        self._arm(self.until - monotonic(), self._expire)

    def begin(self, child: Child) -> None:
        """Be asked."""
        self.child = child
        child.listener = self
        allowed = SHORT_SECONDS if child.path == self.query["path"] else _OPENING_SECONDS
        child.path = self.query["path"]
        self._begun = monotonic()
        self._works_until = child.worked_seconds() + allowed
        left = self.until - self._begun
        if left <= allowed:
            self._arm(left, self._expire)
        else:
            # Lowered only then: a thread that is low before it begins hands the query to a new one.
            self._arm(allowed, self.become_long if self.is_long else self._tell_slow)
        child.send(Kind.QUERY, self.query)

    def become_long(self) -> None:
        """Run on at the lowest priority until the deadline."""
        self.is_long = True
        if self.child is not None:
            self.child.lower()
        if not self.spool.is_full:
            self._arm(self.until - monotonic(), self._expire)

    def check(self, now: float) -> None:
        """Do what is due; the pool asks for it every few milliseconds."""
        if self._wait_gone is not None and now - self.arrived > SHORT_SECONDS:
            self._watch = asyncio.get_running_loop().create_task(self._end_when_gone(self._wait_gone))
            self._wait_gone = None
        if now >= self._due:
            self._due = math.inf
            self._then()

    def watch(self, wait_gone: WaitGone) -> None:
        """End the query when its reader goes away; a short query does without the looking."""
        self._wait_gone = wait_gone

    def unwatch(self) -> None:
        """Look no more: the answer is there, and who sends it looks."""
        self._wait_gone = None
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    async def _end_when_gone(self, wait_gone: WaitGone) -> None:
        await wait_gone()
        self.fail(ReaderGone())

    def take(self, kind: int, payload: bytes) -> None:
        """Take a frame of the answer."""
        if kind == Kind.DATA:
            if not self.spool.put(payload):
                self._pause()
        elif kind == Kind.HEAD:
            self._head = json.loads(payload)
            if not self._head["whole"]:
                self._tell_head()
        elif kind == Kind.END:
            self._finish(None, is_well=True)
        else:
            self._finish(to_error(payload), is_well=True)

    def lose(self) -> None:
        """Learn that the child has died; the pool finds out why."""
        self.age = monotonic() - self._begun
        self._disarm()
        child, self.child = self.child, None
        if child is not None:
            self._pool.on_lost(self, child)

    def fail(self, error: BaseException) -> None:
        """End without a whole answer; the child, if there is one, is not well."""
        if not self.is_over:
            self._finish(error, is_well=False)

    def drop(self) -> None:
        """Let go of everything: the reader has gone or has all."""
        self.fail(asyncio.CancelledError())
        self.spool.close()

    def _finish(self, error: BaseException | None, *, is_well: bool) -> None:
        self.is_over = True
        self._disarm()
        self.spool.end(error)
        if error is None:
            self._tell_head()
        elif not self.head.done():
            if isinstance(error, asyncio.CancelledError):
                self.head.cancel()
            else:
                self.head.set_exception(error)
        child, self.child = self.child, None
        self._pool.on_over(self, child, is_well=is_well)

    def _tell_slow(self) -> None:
        """Tell the pool that this is no short query, unless it has only waited for a processor so far."""
        now = monotonic()
        if now >= self.until:
            self._expire()
            return
        left = self._works_until - self.child.worked_seconds() if self.child is not None else 0.0
        if left > 0 and now - self._begun < _WAITING_SECONDS:
            self._arm(min(left, self.until - now), self._tell_slow)
        else:
            self._pool.on_slow(self)

    def _tell_head(self) -> None:
        if not self.head.done():
            self.head.set_result(self._head)

    def _expire(self) -> None:
        if self.child is None and not self.is_streaming:
            self.fail(QueryQueueFull(seconds=self._pool.retry_seconds()))
        else:
            self.fail(QueryTimeout(seconds=self.seconds))

    def _pause(self) -> None:
        """Let the child wait, and the clock stand still, until the reader has taken something."""
        if self.child is not None and not self.is_paused:
            self.child.pause()
            self._left = max(self.until - monotonic(), 0.001)
            self._arm(PATIENCE, self._expire)

    def _go_on(self) -> None:
        if self.child is not None and self.is_paused:
            self.until = monotonic() + self._left
            self._left = 0.0
            self._arm(self.until - monotonic(), self._expire)
            self.child.resume()

    def _arm(self, seconds: float, then: Callable[[], None]) -> None:
        self._due = monotonic() + seconds
        self._then = then

    def _disarm(self) -> None:
        self._due = math.inf
