"""Kill imports, backups and restorings at random moments; prints a Markdown table.

Usage: python bench/soak_backup.py [KILLS] [SEED]

Each runs in a process of its own that is killed (SIGKILL) at a moment drawn evenly from the time that a whole
one takes. After an import, the files of records are the old ones or the new ones and the store has published
the same. After a backup, the store is as it was, and the file is the one before or a whole new one. After a
restoring, the next command finds the folder empty or finishes it; restored, it gives the same digests, and
its records are those that its store was published from.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic, sleep

from soak_workbook import CITY, check, files, start, write_workbook

from graph.store import GraphStore
from ingest.backup.archive import check_archive
from ingest.backup.restoring import finish_restore, restore_backup
from ingest.bundle import copy_bundled_records
from ingest.pipeline import ingest

TESTS = Path(__file__).parents[1] / "tests" / "ingest"
KINDS = ("import", "backup", "restore")


def run(program: str, *words: object) -> subprocess.Popen[str]:
    """Start one of the programs of the tests."""
    command = [sys.executable, str(TESTS / program), *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


class Soak:
    """A store with records, its backup, and how long each kind of run takes."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.store, self.records = GraphStore(folder / "store"), folder / "records"
        self.backup, self.target = folder / "backup.zip", folder / "restored"
        self.moments, self.found = random.Random(seed), Counter[tuple[str, str]]()
        copy_bundled_records(self.records)
        ingest(self.store, "records", records=self.records, city=CITY)
        self.seconds = {"import": self.time(self.start_import(0))}
        self.seconds["backup"] = self.time(self.start_backup())
        self.seconds["restore"] = self.time(self.start_restore())

    def time(self, process: subprocess.Popen[str]) -> float:
        """Let a run end; return how long it took."""
        begun = monotonic()
        assert process.wait() == 0
        return monotonic() - begun

    def start_import(self, round_: int) -> subprocess.Popen[str]:
        """Import a workbook with two changed cells."""
        return start(self.store, self.records, write_workbook(self.records, self.store, round_))

    def start_backup(self) -> subprocess.Popen[str]:
        """Back the store up over the backup before."""
        return run("back_up_and_tell.py", self.store.path, self.records, self.backup)

    def start_restore(self) -> subprocess.Popen[str]:
        """Restore the backup into a folder that is not there."""
        shutil.rmtree(self.target, ignore_errors=True)
        return run("restore_and_die.py", self.backup, self.target, "never")

    def kill(self, process: subprocess.Popen[str], kind: str) -> list[str]:
        """Kill a run at a random moment; Python starts in the first third."""
        sleep(self.seconds[kind] * self.moments.uniform(0.3, 1.05))
        process.kill()
        return process.communicate()[0].splitlines()

    def kill_import(self, round_: int) -> None:
        """Kill one import and look at what it left."""
        before, number = files(self.records), self.store.current().number
        self.kill(self.start_import(round_), "import")
        published = check(self.store, self.records, before, number)
        self.found["import", "published" if published else "undone"] += 1

    def kill_backup(self) -> None:
        """Kill one backup and look at what it left."""
        number, before = self.store.current().number, self.backup.stat().st_ino
        self.kill(self.start_backup(), "backup")
        assert self.store.current().number == number
        assert check_archive(self.backup).revision <= number
        whole = self.backup.stat().st_ino != before
        self.found["backup", "whole" if whole else "the one before is whole"] += 1
        assert self.start_backup().wait() == 0
        left = [path.name for path in self.store.path.glob(".backup-*")]
        assert left == [], left

    def kill_restore(self) -> None:
        """Kill one restoring and look at what it left."""
        self.kill(self.start_restore(), "restore")
        if self.target.exists():
            finish_restore(self.target)
        restored = GraphStore(self.target)
        finished = not restored.is_empty()
        if not finished:
            restore_backup(self.backup, self.target, self.target / "records")
        ours, theirs = GraphStore(self.target).current(), self.store.current()
        assert ours.compute_digest() == ours.info.digest == theirs.info.digest
        assert files(self.target / "records") == files(self.records)
        report = ingest(restored, "records", records=self.target / "records", city=CITY)
        assert report.published is None, "the restored store did not agree with its records"
        assert [path.name for path in self.target.glob(".restoring*")] == []
        self.found["restore", "finished" if finished else "folder still empty"] += 1

    def run(self, kills: int) -> None:
        """Kill as many runs as asked, of each kind in turn."""
        for round_ in range(1, kills + 1):
            kind = KINDS[round_ % len(KINDS)]
            if kind == "import":
                self.kill_import(round_)
                assert self.start_backup().wait() == 0
            elif kind == "backup":
                self.kill_backup()
            else:
                self.kill_restore()


def main(kills: int = 50, seed: int = 20240304) -> None:
    """Print the table; fail when a promise is broken."""
    folder = Path(tempfile.mkdtemp(prefix="kopru-soak-"))
    try:
        soak = Soak(folder, seed)
        soak.run(kills)
    finally:
        shutil.rmtree(folder)
    print(f"{kills} kills, seed {seed}: records, store and state agreed after every one.\n")
    print("| killed | what it left | kills |\n|---|---|--:|")
    for (kind, left), number in sorted(soak.found.items()):
        print(f"| {kind} | {left} | {number} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
