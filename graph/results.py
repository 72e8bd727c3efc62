"""Writing answers: the engine's own writers, held back until it is known whether all fits.

Up to 2 MB or 1 s an answer is held back. If it ends within that, its number of rows is
known; if it passes the row cap, it is cut there and says so before its first byte. What
is bigger or slower streams on without a cap.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import IO, Any, TypeVar, cast

import pyoxigraph as ox

from graph.database import Answers
from graph.formats import Format
from graph.frames import Kind, pack
from graph.meters import METERS

__all__ = ["MAX_HELD_BYTES", "MAX_HELD_SECONDS", "AnswerWriter", "write_answer"]

MAX_HELD_BYTES = 2_000_000
MAX_HELD_SECONDS = 1.0
# Parts of a streamed answer: the engine writes 8 kB at a time, which is small for a pipe.
_PART = 1 << 16

_TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_SHEET = "xlsx"
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}

Row = TypeVar("Row")


class _EnoughRows(Exception):
    """The cap was passed: the engine's writer is to stop."""


class AnswerWriter:
    """What the engine writes an answer into, like a file.

    Parameters
    ----------
    send
        Takes frames.
    format_name
        Goes into the head.
    max_rows
        The cap, in rows of a table or statements of a graph; ``None``: no cap.
    started
        When the query began, by ``time.monotonic``.
    """

    def __init__(
        self, send: Callable[..., None], format_name: str, max_rows: int | None, started: float
    ) -> None:
        self._send = send
        #: What the head says besides ``whole``, ``rows`` and ``cut``; may be added to.
        self.head: dict[str, Any] = {"format": format_name}
        self._max_rows = max_rows
        self._until = started + MAX_HELD_SECONDS
        self._buffer = bytearray()
        self._meter = METERS[format_name]() if format_name in METERS else None
        self.is_streaming = False
        self.is_cut = False
        self._is_stopped = False
        self.rows: int | None = None

    def write(self, data: bytes) -> int:
        """Take what the engine wrote."""
        if self._is_stopped:
            return len(data)  # the engine empties its own buffer even when it was stopped
        self._buffer += data
        if self.is_streaming:
            if len(self._buffer) >= _PART:
                self._send_buffer()
        else:
            self._hold()
        return len(data)

    def flush(self) -> None:
        """Do nothing: the engine flushes more often than is good."""

    def finish(self) -> None:
        """Send what is left and say that it is all."""
        if self.is_streaming:
            self._send_buffer()
            self._send(pack(Kind.END, b""))
            return
        if self._meter is not None and not self._is_stopped:
            self.rows = self._meter.finish(self._buffer)
        head = self._head(whole=True)
        self._send(pack(Kind.HEAD, head), pack(Kind.DATA, bytes(self._buffer)), pack(Kind.END, b""))

    def without_meter(self) -> None:
        """Count nothing: the answer is no table of rows."""
        self._meter = None

    def count(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass rows or statements on, up to the cap while the answer is held back."""
        self.rows = 0
        try:
            for row in rows:
                if self.rows == self._max_rows and not self.is_streaming:
                    self.is_cut = True
                    return
                self.rows += 1
                yield row
        except (OSError, RuntimeError, ValueError):
            self._is_stopped = True  # nobody may end what is not all of the answer
            raise

    def _hold(self) -> None:
        limit = self._max_rows if self._max_rows is not None else 1 << 62
        # A row takes a byte at least: what is shorter is looked through once, at its end.
        if self._meter is not None and len(self._buffer) > limit:
            self.is_cut = self._meter.take(self._buffer, limit)
            self.rows = self._meter.rows
            if self.is_cut:
                self._is_stopped = True
                raise _EnoughRows
        if len(self._buffer) > MAX_HELD_BYTES or time.monotonic() > self._until:
            self._send(pack(Kind.HEAD, self._head(whole=False)))
            self.is_streaming = True
            self._send_buffer()

    def _head(self, *, whole: bool) -> dict[str, Any]:
        rows = self.rows if whole else None
        return {**self.head, "whole": whole, "rows": rows, "cut": self.is_cut}

    def _send_buffer(self) -> None:
        self._send(pack(Kind.DATA, bytes(self._buffer)))
        self._buffer.clear()


def write_answer(
    results: Answers,
    writer: AnswerWriter,
    chosen: Format,
    prefixes: Mapping[str, str],
    query: str = "",
) -> None:
    """Write an answer whole, or up to the cap.

    Parameters
    ----------
    results
        What the engine found, or is about to find.
    writer
        Takes the bytes.
    chosen
        A format of the right shape.
    prefixes
        For formats that abbreviate.
    query
        The question, for formats that have a place for it.
    """
    target = cast("IO[bytes]", writer)
    if not isinstance(results, ox.QuerySolutions | ox.QueryBoolean):
        counted = writer.count(iter(results))
        ox.serialize(counted, target, _GRAPHS[chosen.name], prefixes=dict(prefixes))
    elif chosen.name == _SHEET:
        _write_sheet(results, writer, query)
    else:
        if isinstance(results, ox.QueryBoolean):
            writer.without_meter()
        with suppress(_EnoughRows):
            results.serialize(target, _TABLES[chosen.name])
    writer.finish()


def _write_sheet(results: ox.QuerySolutions | ox.QueryBoolean, writer: AnswerWriter, query: str) -> None:
    from graph.xlsx import SheetWriter  # only when asked for: a child is to start quickly

    sheet = SheetWriter(cast("IO[bytes]", writer), query)
    if isinstance(results, ox.QueryBoolean):
        sheet.write(["boolean"], [[bool(results)]], lambda: False)
    else:
        names = [variable.value for variable in results.variables]
        sheet.write(names, writer.count(results), lambda: writer.is_cut)
