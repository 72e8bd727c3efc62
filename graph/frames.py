"""Frames over a socket pair: how a server and the children that answer its queries talk.

A frame is one byte for its kind, four for the length of its payload (big endian), and the
payload. All but DATA carry JSON.
"""

import json
import os
import struct
from enum import IntEnum
from typing import Any

__all__ = ["HEADER", "Channel", "Kind", "pack"]

HEADER = struct.Struct(">BI")
#: Bytes that are read at a time: most queries are shorter.
_ROOM = 1 << 16


class Kind(IntEnum):
    """What a frame is."""

    SETUP = 1  # to the child, once: limits and prefixes
    READY = 2  # from the child, once: facts about its walls
    QUERY = 3  # to the child: a query
    HEAD = 4  # from the child: format, rows, whether DATA is all of the answer
    DATA = 5  # from the child: bytes of the answer
    END = 6  # from the child: the answer is complete
    ERROR = 7  # from the child instead of END: class and facts of an error


def pack(kind: Kind, payload: bytes | dict[str, Any]) -> bytes:
    """Return a frame."""
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return HEADER.pack(kind, len(data)) + data


class Channel:
    """The child's end: blocking, over one file descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""

    def read(self) -> dict[str, Any] | None:
        """Return the payload of the next frame, or ``None`` when the server has gone."""
        header = self._read_exactly(HEADER.size)
        if header is None:
            return None
        payload = self._read_exactly(HEADER.unpack(header)[1])
        return None if payload is None else dict(json.loads(payload))

    def write(self, *frames: bytes) -> None:
        """Write frames; blocks while the server does not read."""
        rest = memoryview(b"".join(frames))
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def _read_exactly(self, size: int) -> bytes | None:
        """Return so many bytes; what came with them is kept, so that a small frame is one system call."""
        while len(self._rest) < size:
            part = os.read(self._descriptor, _ROOM)
            if not part:
                return None
            self._rest += part
        data, self._rest = self._rest[:size], self._rest[size:]
        return data
