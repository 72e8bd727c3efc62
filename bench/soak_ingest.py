"""Kill runs of the world's tables at each named point and at random moments; prints a Markdown table.

Usage: python bench/soak_ingest.py [KILLS] [SEED] [CITIES]

Each round gives the tables other rows, runs the source in a process of its own and kills it (SIGKILL),
first at each named point, then at moments drawn evenly from the time that a whole run takes. After each the
store must open on a whole revision with the right digest, the old one or the new one, with no statement
lost; the next run must succeed and leave nothing behind. Then two runs at once, a disk that is full (of a
size limit, where the system has one) and a clock that was set back.
"""

import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic, sleep

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph.publishing import STEPS
from graph.store import GraphStore
from ingest.pipeline import fill

DRIVER = Path(__file__).parents[1] / "tests" / "ingest" / "ingest_and_die.py"
POINTS = (
    "fetch world",
    "read world",
    *STEPS[:2],
    "derive",
    STEPS[2],
    "check",
    STEPS[3],
    "publish",
    *STEPS[4:],
)
#: No file of a run may become larger: fewer bytes than its statements take.
_FULL = 100_000
_COLUMNS = "city_a_id,city_b_id,name_a,name_b,country_a,country_b,in_wp2026"


class Soak:
    """A store, its records and the tables, and what happened to its runs."""

    def __init__(self, folder: Path, cities: int, seed: int) -> None:
        self.store = GraphStore(folder / "store")
        self.records, self.tables = folder / "records", folder / "tables"
        self.cities, self.draw = cities, random.Random(seed)
        self.outcomes: Counter[str] = Counter()
        self.tables.mkdir()
        fill(self.store, records=self.records)
        self.write("first")

    def write(self, salt: str) -> None:
        """Write twins of made-up cities, of which every tenth is another each time."""
        lines = [_COLUMNS]
        for number in range(self.cities):
            name = f"Kentsoy {number}" + (f" {salt}" if number % 10 == 0 else "")
            lines.append(f"gn:323777,x:FR:{name.lower().replace(' ', '-')},Antalya,{name},TR,FR,1")
        (self.tables / "twins.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def start(self, *more: str, limit: int | None = None) -> subprocess.Popen[str]:
        """Start a run; with ``limit`` its files can't grow past so many bytes."""

        def set_limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit or 0, limit or 0))

        command = [
            sys.executable,
            str(DRIVER),
            *map(str, (self.store.path, self.records, self.tables)),
            *more,
        ]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=set_limit if limit else None,
        )  # fmt: skip

    def check(self) -> int:
        """Check that the store opens on a whole revision; return its number."""
        revision = GraphStore(self.store.path).current()
        assert revision.compute_digest() == revision.info.digest
        return revision.number

    def finish(self) -> int:
        """Run to the end; check that nothing of dead runs is left; return the revision's number."""
        process = self.start()
        said = process.communicate()[1]
        assert process.returncode == 0, said
        left = [*self.store.path.glob("staging-*"), *self.store.path.glob(".fetching/*")]
        assert not left, left
        return self.check()

    def kill_at(self, step: str, number: int) -> None:
        """Kill one run at a named point."""
        self.write(f"{step} {number}")
        before = self.check()
        process = self.start(step)
        process.communicate()
        assert process.returncode == -signal.SIGKILL, f"{step} was not reached"
        assert self.check() == before + (step == "pointer-after")
        self.outcomes["at a named point"] += 1

    def kill_within(self, duration: float, number: int) -> None:
        """Kill one run at a random moment."""
        self.write(f"round {number}")
        before = self.check()
        process = self.start()
        sleep(self.draw.uniform(0, duration))
        process.kill()
        steps = process.communicate()[0].split("\n")
        after = self.check()
        assert after in {before, before + 1}
        reached = next((name for name in reversed(POINTS) if name in steps), "start")
        self.outcomes["after " + reached if after == before else "after pointer-after"] += 1

    def two_at_once(self) -> None:
        """Start two runs together: both end well, or one says that it can't."""
        self.write("two")
        before = self.check()
        runs = [self.start() for _ in range(2)]
        said = [run.communicate()[1] for run in runs]
        failed = [text for run, text in zip(runs, said, strict=True) if run.returncode]
        assert len(failed) < 2, said
        assert all("Another run is writing" in text for text in failed), said
        assert self.check() == before + 1
        self.outcomes["two at once"] += 1

    def on_a_full_disk(self) -> None:
        """Let the system refuse to write more: nothing is published, and it says so."""
        self.write("full")
        before = self.check()
        run = self.start(limit=_FULL)
        said = run.communicate()[1]
        assert run.returncode == 1, said
        assert "Traceback" not in said, said
        assert self.check() == before
        self.outcomes["disk full"] += 1

    def with_the_clock_set_back(self) -> None:
        """Run two days ago."""
        self.write("clock")
        before = self.check()
        run = self.start("", "48")
        said = run.communicate()[1]
        assert run.returncode == 0, said
        assert self.check() == before + 1
        self.outcomes["clock set back"] += 1


def main(kills: int = 200, seed: int = 20240304, cities: int = 2_000) -> None:
    """Print the table; fail when a promise is broken."""
    folder = Path(tempfile.mkdtemp(prefix="kopru-soak-"))
    try:
        soak = Soak(folder, cities, seed)
        soak.finish()
        soak.write("timed")
        begun = monotonic()
        soak.finish()
        duration = monotonic() - begun
        for number, step in enumerate(POINTS):
            soak.kill_at(step, number)
        for number in range(kills):
            soak.kill_within(duration, number)
        for act in (soak.two_at_once, soak.on_a_full_disk, soak.with_the_clock_set_back):
            act()
        soak.write("last")
        last = soak.finish()
    finally:
        shutil.rmtree(folder)
    print(f"{kills} kills at random and {len(POINTS)} at named points, {cities:,} ties, seed {seed}: {last} ")
    print("revisions, each of them whole.\n\n| the run died or was hindered | runs |\n|---|--:|")
    print("\n".join(f"| {name} | {number} |" for name, number in soak.outcomes.items()))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
