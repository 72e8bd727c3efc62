"""Parts keep their order, whether they wait in memory, in a file or at the end of a full disk."""

import asyncio
import errno
import tempfile
from typing import Any

import pytest

from graph.spool import Spool
from ontology.errors import QueryTimeout


class Small(Spool):
    """Holds four bytes in memory and six in a file."""

    memory_bytes = 4
    file_bytes = 6


async def drain(spool: Spool) -> list[bytes]:
    return [part async for part in spool.read()]


def test_parts_keep_their_order_in_memory_in_the_file_and_behind_it() -> None:
    room: list[bool] = []
    spool = Small(lambda: room.append(True))
    said = [spool.put(part) for part in (b"ab", b"cd", b"efg", b"hij", b"kl")]
    assert said == [True, True, True, True, False]
    assert spool.is_full
    spool.end()
    assert b"".join(asyncio.run(drain(spool))) == b"abcdefghijkl"
    assert room == [True]
    assert not spool.is_full


def test_what_comes_after_an_emptied_file_waits_in_memory_again() -> None:
    async def run() -> list[bytes]:
        spool = Small(lambda: None)
        for part in (b"abcd", b"ef"):
            spool.put(part)
        parts = spool.read()
        found = [await anext(parts), await anext(parts)]
        spool.put(b"gh")
        spool.end()
        return [*found, *[part async for part in parts]]

    assert asyncio.run(run()) == [b"abcd", b"ef", b"gh"]


def test_a_reader_waits_for_the_next_part() -> None:
    async def run() -> list[bytes]:
        spool = Small(lambda: None)
        reading = asyncio.create_task(drain(spool))
        await asyncio.sleep(0)
        spool.put(b"ab")
        await asyncio.sleep(0)
        spool.end()
        return await reading

    assert asyncio.run(run()) == [b"ab"]


def test_a_full_disk_lets_the_child_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**options: Any) -> None:
        del options
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    spool = Small(lambda: None)
    assert [spool.put(part) for part in (b"abcd", b"ef")] == [True, False]
    spool.end()
    assert b"".join(asyncio.run(drain(spool))) == b"abcdef"


def test_after_an_error_nothing_is_given_out() -> None:
    spool = Small(lambda: None)
    spool.put(b"ab")
    spool.end(QueryTimeout(seconds=1))
    with pytest.raises(QueryTimeout):
        asyncio.run(drain(spool))
