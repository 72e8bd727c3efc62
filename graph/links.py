"""Short links: a question and how its answer is shown, kept under a short code in the state's file.

They are no knowledge and stand outside the graph. Anybody who may ask may keep one, so they are few
and small: a link is named by a digest of what it holds (the same one again costs nothing), all
together take so much room and no more, and the one that was opened longest ago goes first.
"""

import json
import sqlite3
from base64 import b32encode
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from ontology.errors import NotFound, RequestTooLong, StoreError
from ontology.messages import N_

__all__ = ["MAX_LINKS", "MAX_LINK_BYTES", "MAX_TOTAL_BYTES", "ShortLinks"]

#: Bytes of one link, of all, and how many there may be.
MAX_LINK_BYTES = 64_000
MAX_TOTAL_BYTES = 32_000_000
MAX_LINKS = 20_000
_CODE_LENGTH = 10
_PATIENCE = 5.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS links (
    code TEXT PRIMARY KEY, value TEXT NOT NULL, bytes INTEGER NOT NULL, opened TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS links_by_opening ON links (opened);
"""
_TOO_LONG = N_("A short link holds at most {limit} bytes. Send the question itself as a file instead.")
_NOT_KEPT = N_(
    "The short link could not be kept ({reason}). Copy the question itself, or ask the operator to look at "
    "the store's disk."
)
_UNKNOWN = N_(
    "There is no short link '{name}' here: it was never made, or it gave way to newer ones after nobody "
    "had opened it for long. Ask whoever sent it for the question itself."
)


class ShortLinks:
    """The table of links in the file ``path``; made at the first writing.

    Every call opens and closes the file, so that threads and processes can share it.
    """

    def __init__(self, path: Path, *, most: int = MAX_LINKS, most_bytes: int = MAX_TOTAL_BYTES) -> None:
        self.path = path
        self._most = most
        self._most_bytes = most_bytes

    def add(self, value: Mapping[str, Any]) -> str:
        """Keep a value and return its code; the same value has the same code.

        Raises
        ------
        RequestTooLong
            It takes more than ``MAX_LINK_BYTES``.
        StoreError
            The file can't be written to.
        """
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        size = len(text.encode())
        if size > MAX_LINK_BYTES:
            raise RequestTooLong(_TOO_LONG, limit=MAX_LINK_BYTES)
        code = make_code(text)
        try:
            with closing(self._connect()) as connection, connection:
                connection.executescript(_SCHEMA)
                connection.execute(
                    "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?)", (code, text, size, _now())
                )
                self._make_room(connection)
        except sqlite3.Error as error:
            raise StoreError(_NOT_KEPT, reason=str(error)) from error
        return code

    def has(self, value: Mapping[str, Any]) -> bool:
        """Whether this very value is kept already."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return self._find(make_code(text)) is not None

    def get(self, code: str) -> dict[str, Any]:
        """Return what is kept under a code, and note that it was opened.

        Raises
        ------
        NotFound
            Nothing is.
        """
        found = self._find(code)
        if found is None:
            raise NotFound(_UNKNOWN, kind="", name=code[:40])
        value: dict[str, Any] = json.loads(found)
        return value

    def _find(self, code: str) -> str | None:
        if not self.path.exists():
            return None
        try:
            with closing(self._connect()) as connection:
                row = connection.execute("SELECT value FROM links WHERE code = ?", (code,)).fetchone()
                if row:
                    _note_opening(connection, code)
        except sqlite3.Error:  # no table yet, or a file that can't be read: no link is known
            return None
        return str(row[0]) if row else None

    def _make_room(self, connection: sqlite3.Connection) -> None:
        """Remove the links that were opened longest ago until the rest is small enough."""
        number, size = connection.execute("SELECT COUNT(*), TOTAL(bytes) FROM links").fetchone()
        if number <= self._most and size <= self._most_bytes:
            return
        oldest = connection.execute("SELECT code, bytes FROM links ORDER BY opened, code").fetchall()
        for code, taken in oldest[:-1]:
            if number <= self._most and size <= self._most_bytes:
                break
            connection.execute("DELETE FROM links WHERE code = ?", (code,))
            number, size = number - 1, size - taken

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE)
        connection.execute("PRAGMA journal_mode = WAL")
        return connection


def _note_opening(connection: sqlite3.Connection, code: str) -> None:
    # A medium that can only be read gives its links all the same.
    with suppress(sqlite3.Error), connection:
        connection.execute("UPDATE links SET opened = ? WHERE code = ?", (_now(), code))


def make_code(text: str) -> str:
    """Return the short code of a text: the beginning of its digest, in letters and digits."""
    return b32encode(sha256(text.encode()).digest()).decode().lower()[:_CODE_LENGTH]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
