"""The pool of child processes that answer foreign queries, and the rules of their lives.

A query gets a free child, a deadline over reading, planning and running, and an answer. A
child that passes the deadline, dies, or whose reader goes away is killed and replaced: a
dead child is an answer, never a dead server. Each query names the revision that is current
at its beginning; a child opens that one when it has another one open.
"""

import asyncio
import json
import logging
import sys
from collections.abc import AsyncGenerator, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from graph.advice import advise
from graph.child import Child, ChildGone
from graph.formats import Format, find_format
from graph.frames import Kind
from ontology.errors import KopruError, QueryOverLimit, QueryQueueFull, QueryTimeout, StoreError
from ontology.messages import N_
from ontology.reasons import reason_of
from ontology.terms import PREFIXES

__all__ = [
    "Limits", "Published", "QueryAnswer", "QueryRequest", "RevisionSource", "SyncAnswer", "WorkerPool",
    "run_query_sync",
]  # fmt: skip

_LOG = logging.getLogger(__name__)
_NOT_STARTED = N_("No process for the query could be started ({reason}). Try again in {seconds} seconds.")


class Published(Protocol):
    """What the pool needs of a revision."""

    @property
    def number(self) -> int:
        """Its number."""

    @property
    def database(self) -> Path:
        """The folder of its database."""


class RevisionSource(Protocol):
    """What the pool needs of a store: ``GraphStore`` is one."""

    def current(self) -> Published:
        """Return the current revision."""


@dataclass(frozen=True)
class Limits:
    """What a query may take: seconds, MB, rows of a held answer; addresses for ``SERVICE``."""

    seconds: float = 10.0
    memory_mb: int = 1024
    max_rows: int | None = 10_000
    service_allow: tuple[str, ...] = ()


@dataclass(frozen=True)
class QueryRequest:
    """One query.

    Parameters
    ----------
    text
        SPARQL as its author wrote it.
    table, rdf
        Names of formats (``graph.formats``) for SELECT and ASK, for CONSTRUCT and DESCRIBE;
        ``None``: the reader wants none of that shape.
    wanted
        What the reader asked for, for the sentence when it can't be had.
    default_graphs, named_graphs
        The dataset of the protocol's parameters; both empty: the whole revision.
    base_iri
        What relative addresses in the query are resolved against; empty: there may be none.
    is_checked
        Refuse on the tokens first. Only tests of the walls switch it off.
    is_explained
        Tell why the query finds nothing instead of answering it (``graph.explanation``).
    seconds
        A deadline shorter than that of the limits.
    """

    text: str
    table: str | None = "json"
    rdf: str | None = "turtle"
    wanted: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base_iri: str = ""
    is_checked: bool = True
    is_explained: bool = False
    seconds: float | None = None


@dataclass(frozen=True)
class QueryAnswer:
    """An answer, whole or still coming.

    ``rows`` is known when ``is_whole``; ``is_cut``: the row cap was passed, ``rows`` are
    given and there are more. ``body`` yields the bytes once; when it raises, what was
    yielded is not the answer and must not look like one.
    """

    format: Format
    revision: int
    rows: int | None
    is_cut: bool
    is_whole: bool
    added_prefixes: tuple[str, ...]
    body: AsyncGenerator[bytes, None]


class WorkerPool:
    """Children that answer queries on the current revision.

    Parameters
    ----------
    source
        Tells the current revision.
    limits
        For each query.
    size
        How many children; as many queries run at once.
    max_waiting
        How many queries may wait for a child; more are refused at once.
    """

    def __init__(
        self, source: RevisionSource, limits: Limits = Limits(), *, size: int = 2, max_waiting: int = 32
    ) -> None:
        self.limits = limits
        self.size = size
        self._source = source
        self._max_waiting = max_waiting
        self._waiting = 0
        self._idle: asyncio.LifoQueue[Child | None] = asyncio.LifoQueue()
        self._children: set[Child] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = False

    @property
    def facts(self) -> dict[str, Any]:
        """What stands around the queries: size, limits, and how the network is closed."""
        walls = {str(child.facts.get("network")) for child in self._children if child.facts}
        return {
            "workers": len(self._children),
            "network": "open" if "open" in walls else next(iter(walls), "unknown"),
            "memory_mb": self.limits.memory_mb,
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

    async def start(self) -> None:
        """Begin to start the children; the first queries wait for them."""
        self._is_open = True
        for _ in range(self.size):
            self._spawn(self._fill())

    async def close(self) -> None:
        """End all children, whatever they do."""
        self._is_open = False
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(child.end() for child in self._children))
        self._children.clear()

    async def run(self, request: QueryRequest) -> QueryAnswer:
        """Return the answer to one query.

        A caller that does not read ``body`` to its end has to ``aclose`` it; the child is
        then ended. Cancelling ends it too.

        Raises
        ------
        QueryError
            A member of that family: wrong, refused, over a limit, broken, or no child is free.
        StoreError
            Nothing is published, or the store can't be opened.
        """
        revision = self._source.current()
        payloads = self._ask(await self._acquire(), _to_query(request, revision, self.limits))
        try:
            head = json.loads(await anext(payloads))
            parts = [part async for part in payloads] if head["whole"] else []
        except QueryOverLimit as error:
            error.advice = advise(request.text)
            raise
        finally:
            if sys.exc_info()[0] is not None:
                await payloads.aclose()
        chosen = find_format(head["format"])
        assert chosen is not None  # noqa: S101 (the child takes it from the same table)
        return QueryAnswer(
            chosen, revision.number, head["rows"], head["cut"], head["whole"],
            tuple(head["added_prefixes"]), _again(parts) if head["whole"] else payloads,
        )  # fmt: skip

    async def _ask(self, child: Child, query: dict[str, Any]) -> AsyncGenerator[bytes, None]:
        """Yield the head, then the parts of an answer; then give the child back or replace it."""
        loop = asyncio.get_running_loop()
        # Not a timeout around the reading: a reader that reads nothing must not hold the child.
        deadline = loop.call_later(query["seconds"], self._dismiss, child)
        try:
            await child.ask(query)
            while (frame := await child.read())[0] != Kind.END:
                yield frame[1]
        except ChildGone as error:
            if child not in self._children:
                raise QueryTimeout(seconds=query["seconds"]) from error
            raise await child.explain_death() from error
        finally:
            deadline.cancel()
            self._release(child)

    async def _acquire(self) -> Child:
        """Return a free child, waiting for one if not too many wait already."""
        if self._idle.empty() and self._waiting >= self._max_waiting:
            raise QueryQueueFull(seconds=self.limits.seconds)
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                child = await self._idle.get()
        except TimeoutError as error:
            raise QueryQueueFull(seconds=self.limits.seconds) from error
        finally:
            self._waiting -= 1
        if child is not None and child.is_alive:
            return child
        return await self._start_late(child)

    async def _start_late(self, dead: Child | None) -> Child:
        """Return a new child in the place of one that died idle or could not be started."""
        if dead is not None:
            self._children.discard(dead)
            await dead.end()
        try:
            child = await Child.start(self._setup())
        except BaseException as error:
            self._idle.put_nowait(None)
            if isinstance(error, OSError):
                raise QueryQueueFull(
                    _NOT_STARTED, seconds=self.limits.seconds, reason=reason_of(error)
                ) from error
            raise
        self._children.add(child)
        return child

    def _release(self, child: Child) -> None:
        if child.is_busy or not self._is_open:
            self._dismiss(child)
        elif child in self._children:
            self._idle.put_nowait(child)

    def _dismiss(self, child: Child) -> None:
        """End a child at once and put another one into its place."""
        if child in self._children:
            self._children.discard(child)
            child.kill()
            self._spawn(self._renew(child))

    async def _renew(self, child: Child) -> None:
        await child.end()
        if self._is_open:
            await self._fill()

    async def _fill(self) -> None:
        try:
            child = await Child.start(self._setup())
        except (KopruError, OSError) as error:
            _LOG.error("A query process could not be started: %s", error)
            self._idle.put_nowait(None)
            return
        self._children.add(child)
        self._idle.put_nowait(child)

    def _setup(self) -> dict[str, Any]:
        return {
            "memory_mb": self.limits.memory_mb,
            "prefixes": PREFIXES,
            "service_allow": list(self.limits.service_allow),
            "path": self._current_path(),
        }

    def _current_path(self) -> str | None:
        """Return what a new child is to open before it is asked; not now, when there is none."""
        try:
            return str(self._source.current().database)
        except StoreError:
            return None

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@dataclass(frozen=True)
class SyncAnswer:
    """An answer read to its end; see ``QueryAnswer``."""

    format: Format
    revision: int
    rows: int | None
    is_cut: bool
    added_prefixes: tuple[str, ...]
    body: bytes


def run_query_sync(source: RevisionSource, request: QueryRequest, limits: Limits = Limits()) -> SyncAnswer:
    """Run one query in a child of its own and return the whole answer; for the command line.

    Parameters
    ----------
    source
        The store.
    request, limits
        As for the pool; ``max_rows=None`` gives all rows.

    Raises
    ------
    QueryError, StoreError
        As ``WorkerPool.run``.
    """

    async def run() -> SyncAnswer:
        pool = WorkerPool(source, limits, size=1)
        await pool.start()
        try:
            answer = await pool.run(request)
            body = b"".join([part async for part in answer.body])
        finally:
            await pool.close()
        return SyncAnswer(
            answer.format, answer.revision, answer.rows, answer.is_cut, answer.added_prefixes, body
        )

    return asyncio.run(run())


def _to_query(request: QueryRequest, revision: Published, limits: Limits) -> dict[str, Any]:
    return {
        "path": str(revision.database),
        "text": request.text,
        "table": request.table,
        "rdf": request.rdf,
        "wanted": request.wanted or request.table or request.rdf or "",
        "default_graphs": list(request.default_graphs),
        "named_graphs": list(request.named_graphs),
        "base_iri": request.base_iri or None,
        "max_rows": limits.max_rows,
        "is_checked": request.is_checked,
        "is_explained": request.is_explained,
        "seconds": min(limits.seconds, request.seconds or limits.seconds),
    }


async def _again(parts: list[bytes]) -> AsyncGenerator[bytes, None]:
    for part in parts:
        yield part
