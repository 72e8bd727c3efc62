"""Restore a backup and die by SIGKILL at a named step; run as a program.

Usage: python restore_and_die.py BACKUP STORE STEP [replace]
"""

import os
import signal
import sys
from pathlib import Path

from ingest.backup.restoring import restore_backup


def main(backup: str, store: str, deadly: str, replace: str = "") -> None:
    def on_step(step: str) -> None:
        if step == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    restore_backup(Path(backup), Path(store), Path(store, "records"), replace=bool(replace), on_step=on_step)


if __name__ == "__main__":
    main(*sys.argv[1:])
