"""Reading what a request brings, up to a limit: nothing longer is ever held in memory.

The framework itself reads a body of any length. A route that takes none never reads it, and the
server then stops taking it from the network.
"""

from starlette.requests import Request

from ontology.errors import RequestTooLong

__all__ = ["read_body"]


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
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise RequestTooLong(limit=limit)
    return bytes(body)
