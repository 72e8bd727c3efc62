"""Counts, times and names each request, before all else that is done with it.

The name (``X-Request-Id``) is the caller's own when it sends one that is plain, else a new one; it goes
back with the answer and stands in each line that is logged meanwhile.
"""

import itertools
import logging
import os
import re
from contextvars import ContextVar
from time import perf_counter
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from api.metrics import Metrics

__all__ = ["ACCESS_LOG", "Observed", "request_id"]

#: The name of the request that the running code serves; empty outside of requests.
request_id: ContextVar[str] = ContextVar("request_id", default="")
ACCESS_LOG = logging.getLogger("kopru.access")

_PLAIN = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_HEADER = b"x-request-id"


class Observed:
    """Stands before an application.

    Parameters
    ----------
    app
        What is observed.
    metrics
        Where it is counted.
    """

    def __init__(self, app: ASGIApp, metrics: "Metrics") -> None:
        self.app = app
        self._metrics = metrics
        self._numbers = itertools.count(1)
        self._start = os.urandom(4).hex()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        name = self._name(scope)
        request_id.set(name)
        status = 0

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (_HEADER, name.encode())]
                self._metrics.count(scope["path"], status, perf_counter() - begun)
            await send(message)

        try:
            await self.app(scope, receive, send_named)
        finally:
            if ACCESS_LOG.isEnabledFor(logging.INFO):
                _log(scope, status, perf_counter() - begun)

    def _name(self, scope: Scope) -> str:
        for header, value in scope["headers"]:
            if header == _HEADER and _PLAIN.fullmatch(value):
                return str(value.decode())
        return f"{self._start}-{next(self._numbers):x}"


def _log(scope: Scope, status: int, seconds: float) -> None:
    """Log one answer: the path without what was asked, which may be confidential."""
    facts = {
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    ACCESS_LOG.info("%(method)s %(path)s %(status)s %(ms)s ms", facts, extra={"facts": facts})
