"""One query from a program that has no event loop of its own: the command line."""

import asyncio
from dataclasses import dataclass

from graph.asking import Limits, QueryRequest, RevisionSource
from graph.formats import Format
from graph.workers import WorkerPool

__all__ = ["SyncAnswer", "run_query_sync"]

_USUAL = Limits()


@dataclass(frozen=True)
class SyncAnswer:
    """An answer read to its end; see ``QueryAnswer``."""

    format: Format
    revision: int
    rows: int | None
    is_cut: bool
    added_prefixes: tuple[str, ...]
    body: bytes


def run_query_sync(source: RevisionSource, request: QueryRequest, limits: Limits = _USUAL) -> SyncAnswer:
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
