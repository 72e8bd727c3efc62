"""Counting the rows of a table while the engine writes it, and cutting it after a number of rows.

The engine's own writers are much quicker than Python, but know no limit and don't count.
So the bytes they have written are looked through: a row begins where it can't be inside a
value, because each format escapes what would look like it.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator

__all__ = ["METERS", "RowMeter"]

# A string of JSON, or one that the end of the bytes (marked with a null) cuts off.
_STRING = re.compile(rb'"(?:[^"\\\0]++|\\[^\0])*+(?:"|\\?\0)')
_STRING_OR_ROW = re.compile(_STRING.pattern + rb"|(?P<row>[,\[]\{)")
# What stands before a row that is not empty. In a string the quotation mark would be escaped, or would
# end it, and then no name of a variable follows.
_FIRST_ROW = b'"bindings":[{"'
_NEXT_ROW = re.compile(rb'\}\},\{"(?![,}\]:])')
_RESULT = re.compile(rb"<result>")
_LINE_END = re.compile(rb"\n")
_QUOTE_OR_LINE_END = re.compile(rb'["\n]')


class RowMeter(ABC):
    """Counts the rows of one table in a buffer that grows, up to a limit."""

    #: What closes a table that was cut.
    ending = b""

    def __init__(self) -> None:
        self.rows = 0
        self._seen = 0

    def take(self, buffer: bytearray, limit: int) -> bool:
        """Count the rows that begin in what is new in the buffer.

        Returns
        -------
        bool
            There are more than ``limit``: the buffer was cut before the first row too many
            and closed, and is a whole table of ``limit`` rows.
        """
        for start in self._row_starts(buffer, limit):
            if self.rows == limit:
                del buffer[start:]
                buffer += self.ending
                return True
            self.rows += 1
        return False

    def finish(self, buffer: bytearray) -> int:
        """Count what is still new in a buffer that holds a whole table, and return the number of rows."""
        self.take(buffer, 1 << 62)
        return self.rows

    @abstractmethod
    def _row_starts(self, buffer: bytearray, limit: int) -> Iterator[int]:
        """Yield where rows begin after ``_seen``, which is moved on."""


class _Lines(RowMeter):
    """TSV and CSV: a row is a line after the first; in CSV a line end inside quotes is none."""

    _marks = _LINE_END

    def __init__(self) -> None:
        super().__init__()
        self._is_quoted = False
        self._row_begins = False

    def _row_starts(self, buffer: bytearray, limit: int) -> Iterator[int]:
        del limit
        begin, self._seen = self._seen, len(buffer)
        if self._row_begins and begin < len(buffer):
            yield begin
            self._row_begins = False
        for mark in self._marks.finditer(buffer[begin:]):
            if mark.group() == b'"':
                self._is_quoted = not self._is_quoted
            elif not self._is_quoted:
                if begin + mark.end() == len(buffer):
                    self._row_begins = True
                else:
                    yield begin + mark.end()


class _QuotedLines(_Lines):
    _marks = _QUOTE_OR_LINE_END


class _Xml(RowMeter):
    ending = b"</results></sparql>"

    def _row_starts(self, buffer: bytearray, limit: int) -> Iterator[int]:
        del limit
        begin = self._seen
        # A mark that is not whole yet is found the next time.
        self._seen = max(begin, len(buffer) - len(b"<result>") + 1)
        for mark in _RESULT.finditer(bytes(buffer[begin:])):
            yield begin + mark.start()


class _Json(RowMeter):
    """JSON: a row is an object in an array; strings are taken out before anything is looked for."""

    ending = b"]}}"

    def finish(self, buffer: bytearray) -> int:
        """Count by what stands between rows, when all of the table is there and no row is empty."""
        if self._seen or b"{}" in buffer:
            return super().finish(buffer)
        self.rows = (_FIRST_ROW in buffer) + len(_NEXT_ROW.findall(buffer))
        return self.rows

    def __init__(self) -> None:
        super().__init__()
        self._string = b""  # how an unfinished string is taken up again
        self._last = b""  # the last byte outside strings

    def _row_starts(self, buffer: bytearray, limit: int) -> Iterator[int]:
        begin, self._seen = self._seen, len(buffer)
        text = self._string + buffer[begin:] + b"\0"
        bare = _STRING.sub(b"", text)
        marks = self._last + bare
        begun = marks.count(b",{") + marks.count(b"[{")
        if self.rows + begun > limit:
            yield from self._find_starts(text, begin - len(self._string))
            return
        self.rows += begun
        # An unfinished string has taken the null with it.
        self._string = b"" if bare.endswith(b"\0") else b'"' + _escape_begun(text[:-1])
        self._last = bare.rstrip(b"\0")[-1:] or self._last

    def _find_starts(self, text: bytes, shift: int) -> Iterator[int]:
        """Yield the comma (or bracket) before each row."""
        if text.startswith(b"{") and self._last in (b",", b"["):
            yield shift - 1
        for match in _STRING_OR_ROW.finditer(text):
            if match.group("row"):
                yield shift + match.start()


def _escape_begun(text: bytes) -> bytes:
    """Return the backslash at the end of an unfinished string, if it escapes what comes next."""
    return b"\\" if (len(text) - len(text.rstrip(b"\\"))) % 2 else b""


#: Name of a table format to its meter.
METERS: dict[str, type[RowMeter]] = {"json": _Json, "xml": _Xml, "csv": _QuotedLines, "tsv": _Lines}
