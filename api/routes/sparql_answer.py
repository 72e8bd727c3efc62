"""Sending an answer that is still coming, so that a cut one never looks whole."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph.job import PATIENCE, ReaderGone
from graph.workers import QueryAnswer, QueryRequest, WorkerPool
from ontology.errors import KopruError

__all__ = ["StreamedAnswer", "run_watched"]

_LOG = logging.getLogger(__name__)


class StreamedAnswer(Response):
    """A body of unknown length.

    When the query ends early the last part is never sent: the server then closes the
    connection, and the reader's program sees that the answer is not complete. So it is with a
    reader who takes no part for ``PATIENCE`` seconds.
    """

    def __init__(self, body: AsyncGenerator[bytes, None], headers: Mapping[str, str]) -> None:
        self.body_parts = body
        self.status_code = 200
        self.background = None
        self.init_headers(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the parts as they come, until they end or the reader is gone."""
        del scope
        pump = asyncio.create_task(self._pump(send))
        gone = asyncio.create_task(_wait_gone(receive))
        try:
            await asyncio.wait({pump, gone}, return_when=asyncio.FIRST_COMPLETED)
            if pump.done():
                pump.result()
        finally:
            await _cancel(pump, gone)
            await self.body_parts.aclose()

    async def _pump(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        try:
            async for part in self.body_parts:
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": part, "more_body": True})
        except KopruError as error:
            _LOG.warning("An answer was broken off while it was sent: %s", error)
            return
        except TimeoutError:
            _LOG.warning("An answer was broken off: its reader took nothing for %g seconds", PATIENCE)
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def run_watched(request: Request, pool: WorkerPool, query: QueryRequest) -> QueryAnswer | None:
    """Run a query; end it and return ``None`` when the reader goes away before its answer."""
    try:
        return await pool.run(query, lambda: _wait_gone(request.receive))
    except ReaderGone:
        return None


async def _wait_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cancel(*tasks: "asyncio.Task[object]") -> None:
    """Cancel what still runs and wait for its end; what it raises was told already."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
