"""What a store remembers that is not knowledge: last runs, positions of pictures, small facts.

No answer depends on it: where it can't be read it counts as empty, where it can't be
written the writing is left out with a warning, and a damaged file is put aside.
"""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

__all__ = ["Run", "State"]

logger = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    source TEXT NOT NULL, started TEXT NOT NULL, finished TEXT NOT NULL,
    outcome TEXT NOT NULL, report TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS runs_by_source ON runs (source, started);
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
#: Seconds to wait for another process that is writing.
_PATIENCE = 5.0


@dataclass(frozen=True)
class Run:
    """One execution of a source; ``report`` is whatever JSON its reader wrote."""

    source: str
    started: datetime
    finished: datetime
    outcome: str
    report: dict[str, Any]


class State:
    """The small database ``state.sqlite``; made at the first writing.

    Every call opens and closes the file, so it can be shared by threads and processes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add_run(self, run: Run) -> None:
        """Remember a run."""
        self._write(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?)",
            (run.source, run.started.isoformat(), run.finished.isoformat(), run.outcome,
             json.dumps(run.report, ensure_ascii=False, default=str)),
        )  # fmt: skip

    def list_runs(self, source: str | None = None, limit: int = 100) -> list[Run]:
        """Return the newest runs, newest first."""
        rows = self._read(
            "SELECT source, started, finished, outcome, report FROM runs "
            "WHERE ?1 IS NULL OR source = ?1 ORDER BY started DESC, rowid DESC LIMIT ?2",
            (source, limit),
        )
        return [
            Run(name, datetime.fromisoformat(start), datetime.fromisoformat(end), outcome, json.loads(report))
            for name, start, end, outcome, report in rows
        ]

    def find_last_run(self, source: str) -> Run | None:
        """Return the newest run of a source."""
        return next(iter(self.list_runs(source, limit=1)), None)

    def put(self, key: str, value: object) -> None:
        """Remember a JSON value under a key, e.g. the positions of a picture."""
        text = json.dumps(value, ensure_ascii=False)
        self._write("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, text))

    def find(self, key: str) -> Any:
        """Return the value under a key, or ``None``."""
        rows = self._read("SELECT value FROM facts WHERE key = ?", (key,))
        return json.loads(rows[0][0]) if rows else None

    def _read(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        try:
            with self._connection() as connection:
                return connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            logger.warning("%s can't be read and counts as empty: %s", self.path, error)
            return []

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        try:
            self._write_once(statement, values)
        except sqlite3.OperationalError as error:  # no right, no room, no folder, another writer
            logger.warning("%s can't be written to: %s", self.path, error)
        except sqlite3.DatabaseError as error:
            logger.warning("%s is damaged and was put aside: %s", self.path, error)
            self.path.replace(self.path.with_suffix(".damaged"))
            self._write_once(statement, values)

    def _write_once(self, statement: str, values: tuple[object, ...]) -> None:
        with self._connection() as connection, connection:
            connection.executescript(_SCHEMA)
            connection.execute(statement, values)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            yield connection
