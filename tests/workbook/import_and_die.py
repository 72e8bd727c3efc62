"""Import a workbook and, where asked, die by SIGKILL at a named step; run as a program.

Usage: python import_and_die.py STORE RECORDS CITY WORKBOOK [STEP]

A step is one of the ingest's, or a replaced file (``file 1``). Prints each as it is reached.
"""

import os
import signal
import sys
from pathlib import Path

from graph.store import GraphStore
from ingest.workbook import swapping
from ingest.workbook.folder import load_folder
from ingest.workbook.importing import apply_import, plan_import


def main(store: str, records: str, city: str, workbook: str, deadly: str = "") -> None:
    replaced = iter(range(1, 100))
    replace = swapping._replace

    def on_step(step: str) -> None:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()
        if step == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    def replace_and_tell(path: Path, content: bytes) -> None:
        replace(path, content)
        on_step(f"file {next(replaced)}")

    swapping._replace = replace_and_tell
    opened = GraphStore(Path(store))
    preview = plan_import(
        Path(workbook).read_bytes(), load_folder(Path(records), city, opened.iris), opened.iris
    )
    apply_import(preview, store=opened, city=city, on_step=on_step)
    on_step("done")


if __name__ == "__main__":
    main(*sys.argv[1:])
