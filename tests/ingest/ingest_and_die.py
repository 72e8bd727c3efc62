"""Ingest the world's tables and, where asked, die by SIGKILL at a named step; run as a program.

Usage: python ingest_and_die.py STORE RECORDS TABLES [STEP [HOURS]]

Prints each step as it is reached. HOURS sets the clock of the run back.
"""

import os
import signal
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import graph.draft
import ingest.judging
import ingest.lists.files
import ingest.pipeline
from graph.store import GraphStore
from ontology.errors import KopruError

__all__ = ["main"]


def set_clock_back(hours: float) -> None:
    """Let everything that asks for the present moment in a run hear one that is past."""

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) - timedelta(hours=hours)

    for module in (graph.draft, ingest.judging, ingest.lists.files, ingest.pipeline):
        module.datetime = Earlier  # type: ignore[attr-defined]


def main(store: str, records: str, tables: str, deadly: str = "", hours: str = "") -> int:
    """Run; return 1 and say why when nothing could be published."""

    def on_step(step: str) -> None:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()
        if step == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    if hours:
        set_clock_back(float(hours))
    try:
        ingest.pipeline.ingest(
            GraphStore(Path(store)), "world", records=Path(records), location=tables, on_step=on_step
        )
    except KopruError as error:
        sys.stderr.write(f"{error.sentence('en')}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
