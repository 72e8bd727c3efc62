"""Reading what a request brings, up to a limit: nothing longer is ever held in memory.

The framework itself reads a body of any length. A route that takes none never reads it, and the
server then stops taking it from the network.
"""

import asyncio

from starlette.requests import Request

from ontology.errors import RequestTooLong, RequestTooSlow

__all__ = ["PATIENCE", "read_body"]

#: Seconds that a sender may be silent within a body.
PATIENCE = 30.0


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body of a request.

    Parameters
    ----------
    limit
        In bytes.

    Raises
    ------
    RequestTooLong
        There are more.
    RequestTooSlow
        Nothing has come for a while.
    """
    body = bytearray()
    parts = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(PATIENCE):
                body += await anext(parts)
        except StopAsyncIteration:
            return bytes(body)
        except TimeoutError as error:
            raise RequestTooSlow(seconds=PATIENCE) from error
        if len(body) > limit:
            raise RequestTooLong(limit=limit)
