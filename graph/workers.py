"""The pool of child processes that answer foreign queries, and the rules of their lives.

A query gets a free child, a deadline, and an answer. A child that passes the deadline, dies,
or whose reader goes away is killed and replaced: a dead child is an answer, never a dead
server. Each query names the revision that is current at its beginning; a child opens
that one when it has another one open.

**Lanes.** Nobody knows beforehand how long a query takes. So each one begins in any free child; past
50 ms it counts as long and runs on at the lowest priority. At most ``size - 1`` are long at
a time, and there are ``size + 1`` children: one is kept for short queries, one is a spare that is
up when another one is killed. A query that turns out to be long while all long places are taken
is ended and begun again when one is free: nothing of it was sent yet, and it has cost 50 ms.
"""

import asyncio
import logging
import math
import os
import signal
from collections import deque
from collections.abc import AsyncGenerator, Coroutine
from time import monotonic
from typing import Any

from graph.advice import advise
from graph.asking import Limits, Published, QueryAnswer, QueryRequest, RevisionSource, to_query
from graph.child import Child
from graph.formats import find_format
from graph.job import SHORT_SECONDS, Job, WaitGone
from graph.sandbox import MIN_MEMORY_MB
from ontology.errors import KopruError, QueryOverLimit, QueryQueueFull, StoreError
from ontology.messages import N_
from ontology.reasons import reason_of
from ontology.terms import PREFIXES

__all__ = ["Limits", "Published", "QueryAnswer", "QueryRequest", "RevisionSource", "WorkerPool"]

_LOG = logging.getLogger(__name__)
_USUAL = Limits()
_NOT_STARTED = N_("No process for the query could be started ({reason}). Try again in {seconds} seconds.")
#: Seconds without a long query after which children beyond the usual number are ended.
_CALM_SECONDS = 5.0
#: Seconds between two looks at the clocks of the queries.
_TICK_SECONDS = 0.01


class WorkerPool:
    """Children that answer queries on the current revision.

    Parameters
    ----------
    source
        Tells the current revision.
    limits
        For each query.
    size
        One more than the number of long queries that may run at once; 1: a single child, no lanes.
    max_waiting
        How many queries may wait; more are refused at once.
    """

    def __init__(
        self, source: RevisionSource, limits: Limits = _USUAL, *, size: int = 2, max_waiting: int = 32
    ) -> None:
        self.limits = limits
        self.size = size
        self._source = source
        self._max_waiting = max_waiting
        self._usual = 1 if size == 1 else max(2, min(size, os.cpu_count() or 1))
        self._children: set[Child] = set()
        self._idle: list[Child] = []
        self._coming = 0
        self._new: deque[Job] = deque()
        self._postponed: deque[Job] = deque()
        self._long: set[Job] = set()
        self._calm: asyncio.TimerHandle | None = None
        self._active: set[Job] = set()
        self._tick: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = False

    @property
    def facts(self) -> dict[str, Any]:
        """What stands around the queries: size, limits, and how the network is closed.

        ``paused`` of the ``long`` queries wait for their readers. ``memory_mb`` is the limit of one
        child, ``total_memory_mb`` of all that there may be.
        """
        memory = max(self.limits.memory_mb, MIN_MEMORY_MB)
        walls = {str(child.facts.get("network")) for child in self._children if child.facts}
        return {
            "workers": len(self._children),
            "long": len(self._long),
            "paused": sum(job.is_paused for job in self._long),
            "waiting": len(self._new) + len(self._postponed),
            "network": "open" if "open" in walls else next(iter(walls), "unknown"),
            "memory_mb": memory,
            "total_memory_mb": memory * self._most,
            "seconds": self.limits.seconds,
        }

    @property
    def pids(self) -> set[int]:
        """The process ids of the children."""
        return {child.pid for child in self._children}

    @property
    def revision_number(self) -> int:
        """Number of the revision that the next query will be asked of."""
        return self._source.current().number

    @property
    def _most(self) -> int:
        return 1 if self.size == 1 else self.size + 1

    @property
    def _long_places(self) -> int:
        return max(1, self.size - 1)

    async def start(self) -> None:
        """Begin to start the children; the first queries wait for them."""
        self._is_open = True
        self._grow()

    async def close(self) -> None:
        """End all children, whatever they do."""
        self._is_open = False
        for timer in (self._calm, self._tick):
            if timer is not None:
                timer.cancel()
        for job in list(self._active):
            job.fail(QueryQueueFull(seconds=self.retry_seconds()))
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(child.end() for child in self._children))
        self._children.clear()
        self._idle.clear()

    async def run(self, request: QueryRequest, wait_gone: WaitGone | None = None) -> QueryAnswer:
        """Return the answer to one query.

        A caller that does not read ``body`` to its end has to ``aclose`` it; the query is
        then ended. Cancelling ends it too.

        Parameters
        ----------
        request
            The query.
        wait_gone
            Returns when nobody waits for the answer any more; asked only while there is no head.

        Raises
        ------
        QueryError
            A member of that family: wrong, refused, over a limit, broken, or no child is free.
        StoreError
            Nothing is published, or the store can't be opened.
        ReaderGone
            ``wait_gone`` has returned.
        """
        revision = self._source.current()
        seconds = min(self.limits.seconds, request.seconds or self.limits.seconds)
        job = Job(self, to_query(request, revision, self.limits), seconds)
        self._submit(job)
        if wait_gone is not None:
            job.watch(wait_gone)
        try:
            head = await job.head
        except QueryOverLimit as error:
            error.advice = advise(request.text)
            raise
        finally:
            job.unwatch()
            if not job.head.done() or job.head.cancelled():
                job.drop()
        chosen = find_format(head["format"])
        assert chosen is not None  # noqa: S101 (the child takes it from the same table)
        return QueryAnswer(
            chosen, revision.number, head["rows"], head["cut"], head["whole"], tuple(head["added_prefixes"]),
            _read(job), job.spool.join() if head["whole"] else b"",
        )  # fmt: skip

    def on_slow(self, job: Job) -> None:
        """Count a query as long; begin it again later when all long places are taken."""
        if len(self._long) < self._long_places or job.is_streaming:
            self._long.add(job)
            job.become_long()
            self._grow()
            return
        child = job.child
        job.wait()
        if child is not None:
            self._dismiss(child)
        if self._is_full():
            job.fail(QueryQueueFull(seconds=self.retry_seconds()))
        else:
            self._postponed.append(job)

    def on_over(self, job: Job, child: Child | None, *, is_well: bool) -> None:
        """Take back the child of a query that is over, or replace it."""
        if child is None:
            for waiting in (self._new, self._postponed):
                if job in waiting:
                    waiting.remove(job)
        self._active.discard(job)
        if job in self._long:
            self._long.discard(job)
            self._await_calm()
        if child is not None:
            child.listener = None
            if is_well and self._is_open:
                self._idle.append(child)
            else:
                self._dismiss(child)
        self._dispatch()

    def on_lost(self, job: Job, child: Child) -> None:
        """Find out why a child died, tell its query, and replace it."""
        self._children.discard(child)
        self._spawn(self._bury(job, child))

    def retry_seconds(self) -> int:
        """Return in how many seconds a place is free at the latest."""
        now = monotonic()
        left = sorted(job.until - now for job in self._long)
        return max(1, math.ceil(left[0])) if left else 1

    def _submit(self, job: Job) -> None:
        if not self._idle and self._is_full():
            raise QueryQueueFull(seconds=self.retry_seconds())
        job.wait()
        self._active.add(job)
        self._new.append(job)
        self._dispatch()
        if self._tick is None:
            self._tick = asyncio.get_running_loop().call_later(_TICK_SECONDS, self._look)

    def _look(self) -> None:
        """Let each query do what is due; one clock for all, since most are over before it strikes."""
        now = monotonic()
        for job in list(self._active):
            job.check(now)
        again = bool(self._active) and self._is_open
        loop = asyncio.get_running_loop()
        self._tick = loop.call_later(_TICK_SECONDS, self._look) if again else None

    def _is_full(self) -> bool:
        # Those who wait for a child that is being started stand in no queue.
        return len(self._new) + len(self._postponed) >= self._max_waiting + self._coming

    def _dispatch(self) -> None:
        """Give free children to waiting queries."""
        while self._idle and (job := self._next()) is not None:
            child = self._idle.pop()
            if not child.is_gone:
                job.begin(child)
            else:
                self._new.appendleft(job)
                self._dismiss(child)
        if self._new:
            self._grow()

    def _next(self) -> Job | None:
        """Return the query that is next: new ones first, long ones only when a child is left over.

        When the oldest waits for longer than a short query takes, the newest is first: those before it
        have not been short, or the server has fallen behind.
        """
        if self._new:
            is_behind = monotonic() - self._new[0].arrived > SHORT_SECONDS
            return self._new.pop() if is_behind else self._new.popleft()
        has_place = len(self._long) < self._long_places
        if self._postponed and has_place and (len(self._idle) > 1 or self.size == 1):
            job = self._postponed.popleft()
            self._long.add(job)
            job.is_long = True
            return job
        return None

    def _grow(self) -> None:
        """Start children until there are enough: the usual number beside the long ones."""
        wanted = min(self._most, self._usual + len(self._long))
        while self._is_open and len(self._children) + self._coming < wanted:
            self._coming += 1
            self._spawn(self._fill())

    def _await_calm(self) -> None:
        if self._calm is not None:
            self._calm.cancel()
        if self._is_open and not self._long:
            self._calm = asyncio.get_running_loop().call_later(_CALM_SECONDS, self._shrink)

    def _shrink(self) -> None:
        """End the children that long queries have made necessary, the longest idle first."""
        while not self._long and len(self._children) > self._usual and self._idle:
            child = self._idle.pop(0)
            self._children.discard(child)
            self._spawn(_end(child))

    def _dismiss(self, child: Child) -> None:
        """End a child at once and put another one into its place."""
        if child in self._children:
            self._children.discard(child)
            child.kill()
            self._spawn(self._replace(child))

    async def _replace(self, child: Child) -> None:
        await child.end()
        self._grow()

    async def _bury(self, job: Job, child: Child) -> None:
        error = await child.explain_death()
        code = await child.end()
        # Killed by somebody else before it could begin: that was not the query's doing.
        if code == -signal.SIGKILL and not job.is_over and not job.is_retried and job.age < SHORT_SECONDS:
            job.is_retried = True
            job.wait()
            self._new.appendleft(job)
            self._dispatch()
        else:
            job.fail(error)
        self._grow()

    async def _fill(self) -> None:
        try:
            child = await Child.start(self._setup())
        except (KopruError, OSError) as error:
            _LOG.error("A query process could not be started: %s", error)
            self._refuse(error)
            return
        finally:
            self._coming -= 1
        self._children.add(child)
        self._idle.append(child)
        self._dispatch()

    def _refuse(self, error: OSError | KopruError) -> None:
        """Tell those who wait for a child that there will be none; the next one tries again."""
        if self._children:
            return
        reason = reason_of(error) if isinstance(error, OSError) else error.sentence("en")
        for job in [*self._new, *self._postponed]:
            job.fail(QueryQueueFull(_NOT_STARTED, seconds=self.retry_seconds(), reason=reason))

    def _setup(self) -> dict[str, Any]:
        return {
            "memory_mb": self.limits.memory_mb,
            "prefixes": PREFIXES,
            "service_allow": list(self.limits.service_allow),
            "asks_server": self.limits.asks_server,
            "path": self._current_path(),
        }

    def _current_path(self) -> str | None:
        """Return what a new child is to open before it is asked; not now, when there is none."""
        try:
            return self._source.current().location
        except StoreError:
            return None

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _read(job: Job) -> AsyncGenerator[bytes, None]:
    try:
        async for part in job.spool.read():
            yield part
    finally:
        job.drop()


async def _end(child: Child) -> None:
    await child.end()
