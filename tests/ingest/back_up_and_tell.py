"""Back up a store and print each step as it begins; run as a program.

Usage: python back_up_and_tell.py STORE RECORDS BACKUP
"""

import sys
from pathlib import Path

from graph.store import GraphStore
from ingest.backup.backing_up import make_backup


def main(store: str, records: str, target: str) -> None:
    def on_step(step: str) -> None:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()

    make_backup(
        GraphStore(Path(store)), Path(records), Path(target), version="0", settings={}, on_step=on_step
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
