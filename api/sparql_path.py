"""The short way to ``/sparql``: past routing and middlewares that it needs nothing of.

A point query takes the engine a tenth of a millisecond; the long way costs several times that. What
the middlewares do for other addresses is done here for this one: security headers, HEAD, gzip.
Other methods go the long way, where they are refused.
"""

from collections.abc import Awaitable, Callable

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.accept import wants_gzip
from api.headers import SECURITY_HEADERS, HeadAsGet
from graph.formats import FORMATS

__all__ = ["SparqlPath"]

_PATH = "/sparql"
_METHODS = frozenset({"GET", "HEAD", "POST"})
_PACKED = tuple(one.media_type for one in FORMATS if one.is_packed)
_HEADERS = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]


class SparqlPath:
    """Answers ``/sparql`` by itself; all else goes on.

    Parameters
    ----------
    app
        The rest of the application.
    answer
        Makes the answer.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[Request], Awaitable[Response]]) -> None:
        self.app = app
        self._answer = answer
        self._head = HeadAsGet(self._give)
        self._packed = GZipMiddleware(
            self._serve, minimum_size=1000, compresslevel=5, exclude_content_types=_PACKED
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"] != _PATH or scope["method"] not in _METHODS:
            await self.app(scope, receive, send)
        elif scope["method"] == "HEAD":
            await self._head(scope, receive, send)
        else:
            await self._give(scope, receive, send)

    async def _give(self, scope: Scope, receive: Receive, send: Send) -> None:
        serve = self._packed if _takes_gzip(scope) else self._serve
        await serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Set by the application, which may be behind this.
        scope.setdefault("app", self.app)
        response = await self._answer(Request(scope, receive, send))
        response.raw_headers += _HEADERS
        await response(scope, receive, send)


def _takes_gzip(scope: Scope) -> bool:
    accepted = [value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-encoding"]
    return wants_gzip(",".join(accepted))
