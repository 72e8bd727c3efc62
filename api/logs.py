"""How the server logs: lines for people, or one JSON object a line for programs that collect them."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal, TextIO

from api.observed import ACCESS_LOG, request_id

__all__ = ["LogFormat", "set_up_logs"]

LogFormat = Literal["text", "json"]


class _Lines(logging.Formatter):
    """``2026-01-31T09:30:00Z WARNING [request] message``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of one record."""
        name = request_id.get()
        line = f"{_time(record)} {record.levelname} {f'[{name}] ' if name else ''}{record.getMessage()}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class _Objects(logging.Formatter):
    """One JSON object a line; a trace is one of its texts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of one record."""
        told: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request_id": request_id.get() or None,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in told.items() if value is not None}, default=str)


def set_up_logs(form: LogFormat, *, access: bool, stream: TextIO | None = None) -> None:
    """Let this process log.

    Parameters
    ----------
    form
        ``text`` or ``json``.
    access
        Whether each answer gets a line, too; else warnings and worse alone are logged.
    stream
        Where to; by default the standard error.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Objects() if form == "json" else _Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    ACCESS_LOG.setLevel(logging.INFO if access else logging.WARNING)


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
