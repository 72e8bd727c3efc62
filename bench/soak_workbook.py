"""Edit workbooks at random and kill imports at random moments; prints a Markdown table.

Usage: python bench/soak_workbook.py [KILLS] [SEED]

First the generated edits of ``tests/workbook/test_edits.py``, in number: each must arrive exactly. Then
imports, each in a process of its own that is killed (SIGKILL) at a moment drawn evenly from the time that
a whole one takes. After each, the next run finishes or undoes what was begun; then the files of records
are the old ones or the new ones, all of them, and the store has published the same.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

from openpyxl import load_workbook

from graph.store import GraphStore
from ingest.bundle import copy_bundled_records
from ingest.pipeline import ingest
from ingest.workbook.exporting import export_workbook
from ingest.workbook.folder import load_folder
from ingest.workbook.swapping import recover

ROOT = Path(__file__).parents[1]
DRIVER = ROOT / "tests" / "workbook" / "import_and_die.py"
CITY = "antalya"
#: How far a killed import had come, in order.
PHASES = ("before the first file", "between two files", "ingesting", "after the pointer")


def soak_edits() -> str:
    """Run the generated edits in number; return pytest's last line."""
    words = ["-m", "pytest", "-q", "tests/workbook/test_edits.py", "--hypothesis-profile=soak"]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout.strip().splitlines()[-1]


def write_workbook(records: Path, store: GraphStore, round_: int) -> Path:
    """Export, and change a cell in two sheets, so that two files are replaced."""
    content = export_workbook(load_folder(records, CITY, store.iris), "en", date(2026, 1, 1))
    book = load_workbook(BytesIO(content))
    for title, heading in (("Cities", "Name (English)"), ("Documents", "Title (English)")):
        sheet = book[title]
        column = next(cell.column for cell in sheet[1] if str(cell.value).startswith(heading))
        cell = sheet.cell(3, column)
        cell.value = f"{str(cell.value).partition(' · ')[0]} · {round_}"
    path = records.parent / "workbook.xlsx"
    book.save(path)
    return path


def start(store: GraphStore, records: Path, workbook: Path) -> subprocess.Popen[str]:
    """Start a process that imports the workbook and prints its steps."""
    words = [sys.executable, str(DRIVER), str(store.path), str(records), CITY, str(workbook)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def files(records: Path) -> dict[str, bytes]:
    """Return the files of records."""
    return {path.name: path.read_bytes() for path in sorted((records / CITY).glob("*.yml"))}


def check(store: GraphStore, records: Path, before: dict[str, bytes], number: int) -> bool:
    """Check what a killed import left behind; return whether it had been published."""
    recover(records, GraphStore(store.path))
    after = files(records)
    published = GraphStore(store.path).current().number > number
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == ({"cities.yml", "documents.yml"} if published else set()), changed
    left = [path.name for path in records.iterdir() if path.name.startswith(".import-")]
    assert left == [] and not (records / ".import").exists()  # noqa: PT018 (one promise)
    report = ingest(GraphStore(store.path), "records", records=records, city=CITY)
    assert report.published is None, "the store did not agree with the records"
    return published


def find_phase(steps: list[str], published: bool) -> str:
    """Tell how far a dead import had come."""
    if published:
        return PHASES[3]
    replaced = sum(step.startswith("file ") for step in steps)
    return PHASES[min(replaced, 2)]


def soak_kills(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill as many imports as asked; return how many died in which phase."""
    store, records = GraphStore(folder / "store"), folder / "records"
    copy_bundled_records(records)
    ingest(store, "records", records=records, city=CITY)
    begun = monotonic()
    assert start(store, records, write_workbook(records, store, 0)).wait() == 0
    duration = monotonic() - begun
    moments, phases = random.Random(seed), Counter[str]()
    for round_ in range(1, kills + 1):
        before, number = files(records), store.current().number
        workbook = write_workbook(records, store, round_)
        process = start(store, records, workbook)
        # Reading takes half of the time and touches nothing: most kills fall into the other half.
        sleep(duration * (moments.uniform(0.3, 1.05) if round_ % 5 else moments.uniform(0, 0.3)))
        process.kill()
        steps = process.communicate()[0].splitlines()
        phases[find_phase(steps, check(store, records, before, number))] += 1
    return phases


def main(kills: int = 50, seed: int = 20240304) -> None:
    """Print the table; fail when a promise is broken."""
    print(f"Generated edits: {soak_edits()}\n")
    folder = Path(tempfile.mkdtemp(prefix="kopru-soak-"))
    try:
        phases = soak_kills(folder, kills, seed)
    finally:
        shutil.rmtree(folder)
    print(f"{kills} kills during an import, seed {seed}: records and store agreed after every one.\n")
    print("| the import died | kills |\n|---|--:|")
    print("\n".join(f"| {name} | {phases[name]} |" for name in PHASES))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
