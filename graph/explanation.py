"""Asking a child why a query finds nothing.

The child sends each reason as soon as it is found; when it takes too long it is killed, and
what it has sent by then is the explanation, marked as not complete.
"""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from graph.emptiness import EmptyReason
from graph.workers import Limits, QueryRequest, RevisionSource, WorkerPool
from ontology.errors import QueryTimeout
from ontology.messages import Language, translate

__all__ = ["EXPLAIN_SECONDS", "Explanation", "explain_sync", "explain_with"]

#: How long the search for reasons may take.
EXPLAIN_SECONDS = 2.0


@dataclass(frozen=True)
class Explanation:
    """Why a query finds nothing.

    Parameters
    ----------
    is_empty
        Whether it does; ``None`` when the time ended before that was known.
    is_complete
        Whether all reasons were looked for.
    reasons
        Those found, the likeliest first.
    """

    is_empty: bool | None
    is_complete: bool
    reasons: tuple[EmptyReason, ...] = ()

    def to_json(self, language: Language) -> dict[str, Any]:
        """Return it for programs, with sentences for people."""
        return {
            "empty": self.is_empty,
            "complete": self.is_complete,
            "reasons": [
                {
                    "kind": reason.kind,
                    "sentence": translate(reason.template, language, **reason.facts),
                    "facts": reason.facts,
                }
                for reason in self.reasons
            ],
        }


async def explain_with(
    pool: WorkerPool, request: QueryRequest, seconds: float = EXPLAIN_SECONDS
) -> Explanation:
    """Return why a query finds nothing.

    Parameters
    ----------
    pool
        Whose child looks for the reasons.
    request
        The query.
    seconds
        How long it may take; what was found until then is told.

    Raises
    ------
    QueryError, StoreError
        As ``WorkerPool.run``; a deadline that passes is none, the explanation is then not complete.
    """
    received = bytearray()
    with suppress(QueryTimeout):
        answer = await pool.run(replace(request, is_explained=True, seconds=seconds))
        async for part in answer.body:
            received += part
    lines = [json.loads(line) for line in received.splitlines(keepends=True) if line.endswith(b"\n")]
    reasons = tuple(EmptyReason(**line) for line in lines if "kind" in line)
    told = next((line["empty"] for line in lines if "empty" in line), None)
    is_empty = True if reasons else told
    return Explanation(is_empty, told is not None, reasons)


def explain_sync(source: RevisionSource, request: QueryRequest, limits: Limits) -> Explanation:
    """Return why a query finds nothing, from a child of its own; for the command line.

    Parameters
    ----------
    source
        The store.
    request, limits
        As for the pool.

    Raises
    ------
    QueryError, StoreError
        As ``explain_with``.
    """

    async def run() -> Explanation:
        pool = WorkerPool(source, limits, size=1)
        await pool.start()
        try:
            # The child is still to be started, and nobody else waits for it.
            return await explain_with(pool, request, limits.seconds)
        finally:
            await pool.close()

    return asyncio.run(run())
