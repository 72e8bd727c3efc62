"""What lies between a child that writes an answer and a reader who takes it.

A child is to be free as soon as the engine is done, however slow the reader is. So parts that
nobody has taken yet are kept: a few MB in memory, more in a file that has no name and is gone
with it. Past the file's limit, or when the disk is full, the child has to wait.
"""

import asyncio
import tempfile
from collections import deque
from collections.abc import AsyncGenerator, Callable
from typing import IO

__all__ = ["Spool"]

#: Bytes of a part that is read back from the file.
_PART = 1 << 16


class Spool:
    """Parts of one answer, first in, first out.

    Parameters
    ----------
    on_room
        Called when there is room again after ``put`` said that there is none.
    """

    #: Bytes of one answer that wait in memory, and in a file.
    memory_bytes = 2 << 20
    file_bytes = 256 << 20

    def __init__(self, on_room: Callable[[], None]) -> None:
        self._on_room = on_room
        # In the order of the answer: what lies in memory, in the file, and what found no room there.
        self._front: deque[bytes] = deque()
        self._file: IO[bytes] | None = None
        self._read = self._written = 0
        self._back: deque[bytes] = deque()
        self._held = 0
        self._waiter: asyncio.Future[None] | None = None
        self._error: BaseException | None = None
        self._is_ended = False

    @property
    def is_full(self) -> bool:
        """Whether the child has to wait."""
        return bool(self._back)

    def put(self, part: bytes) -> bool:
        """Take a part; return whether more may come."""
        in_file = self._written > self._read or bool(self._back)
        if not in_file and self._held + len(part) <= self.memory_bytes:
            self._front.append(part)
            self._held += len(part)
        elif self._back or (rest := self._append(part)):
            self._back.append(part if self._back else rest)
        self._wake()
        return not self._back

    def end(self, error: BaseException | None = None) -> None:
        """Say that nothing more comes; after an error what lies here is not given out any more."""
        self._is_ended = True
        self._error = error
        if error is not None:
            self.close()
        self._wake()

    def join(self) -> bytes:
        """Return what lies in memory: for an answer that is whole before anybody reads it."""
        return self._front[0] if len(self._front) == 1 else b"".join(self._front)

    async def read(self) -> AsyncGenerator[bytes, None]:
        """Yield the parts as they come, to the end; raise when there will be no whole answer."""
        while True:
            if self._error is not None:
                raise self._error
            if part := self._next():
                yield part
            elif self._is_ended:
                return
            else:
                self._waiter = asyncio.get_running_loop().create_future()
                await self._waiter

    def close(self) -> None:
        """Drop what lies here."""
        self._front.clear()
        self._back.clear()
        self._held = self._read = self._written = 0
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, part: bytes) -> bytes:
        """Write a part to the end of the file; return what found no room."""
        if self._written >= self.file_bytes:
            return part
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="kopru-answer-", buffering=0)  # noqa: SIM115
            self._file.seek(self._written)
            done = self._file.write(part)
        except OSError:  # no room on the disk
            return part
        self._written += done
        return part[done:]

    def _next(self) -> bytes:
        if self._front:
            part = self._front.popleft()
            self._held -= len(part)
            return part
        if self._file is not None and self._read < self._written:
            return self._read_back(self._file)
        if self._back:
            self._front, self._back = self._back, self._front
            self._held = sum(map(len, self._front))
            self._on_room()
            return self._next()
        return b""

    def _read_back(self, file: IO[bytes]) -> bytes:
        file.seek(self._read)
        part = file.read(_PART)
        self._read += len(part)
        if self._read == self._written:
            self._read = self._written = 0
            file.truncate(0)
        return part

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
