"""Kill runs of the world's tables at each named point and at random moments; prints a Markdown table.

Usage: python bench/soak_ingest.py [KILLS] [SEED] [CITIES]

Each round gives the tables other rows, runs the source in a process of its own and kills it (SIGKILL),
first at each named point, then at moments drawn evenly from the time that a whole run takes. After each the
store must open on a whole revision with the right digest, the old one or the new one, with no statement
lost; the next run must succeed and leave nothing behind. Then two runs at once, a disk that is full (of a
size limit, where the system has one) and a clock that was set back.

The table has a few hundred ties, so that a run takes some seconds; how a run ends does not depend on how
many there are. Each process is forked from one that has loaded the program and has opened no store: what is
killed is the run, seldom the loading.
"""

import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from multiprocessing.context import ForkServerProcess
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
#: What a run loads, some of it when it is first needed.
_LOADED = ["ingest.pipeline", "ingest.sources.world", "ingest.lists.world", "pyshacl", "rapidfuzz.process"]
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve")
_FORKS = multiprocessing.get_context("forkserver")
_COLUMNS = "city_a_id,city_b_id,name_a,name_b,country_a,country_b,in_wp2026"


class Run:
    """A run in a process of its own, and what it said."""

    def __init__(self, folder: Path, words: tuple[str, ...], limit: int | None) -> None:
        self.out, self.err = (Path(tempfile.mkstemp(dir=folder)[1]) for _ in range(2))
        self.process: ForkServerProcess = _FORKS.Process(
            target=_work, args=(words, self.out, self.err, limit)
        )
        self.process.start()

    def wait(self) -> tuple[str, str]:
        """Return what it wrote to both outputs, once it has ended."""
        self.process.join()
        said = self.out.read_text("utf-8"), self.err.read_text("utf-8")
        self.out.unlink()
        self.err.unlink()
        return said


def _work(words: tuple[str, ...], out: Path, err: Path, limit: int | None) -> None:
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY), number)
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    spec = spec_from_file_location("ingest_and_die", DRIVER)
    assert spec is not None and spec.loader is not None  # noqa: PT018 (it is a file)
    driver = module_from_spec(spec)
    spec.loader.exec_module(driver)
    sys.exit(driver.main(*words))


class Soak:
    """A store, its records and the tables, and what happened to its runs."""

    def __init__(self, folder: Path, cities: int, seed: int) -> None:
        self.store, self.folder = GraphStore(folder / "store"), folder
        self.records, self.tables = folder / "records", folder / "tables"
        self.cities, self.draw = cities, random.Random(seed)
        self.outcomes: Counter[str] = Counter()
        self.tables.mkdir()
        fill(self.store, records=self.records)
        self.number = self.check()
        self.names = [self.invent() for _ in range(cities)]
        self.write()

    def invent(self) -> str:
        """Return the name of a city that there is not."""
        return "".join(self.draw.choices(_SYLLABLES, k=5)).title()

    def write(self) -> None:
        """Write twins of made-up cities, of which every tenth is another each time."""
        self.names[::10] = [self.invent() for _ in self.names[::10]]
        rows = (f"gn:323777,x:FR:{name.lower()},Antalya,{name},TR,FR,1" for name in self.names)
        (self.tables / "twins.csv").write_text("\n".join([_COLUMNS, *rows, ""]), encoding="utf-8")

    def start(self, *more: str, limit: int | None = None) -> Run:
        """Start a run; with ``limit`` its files can't grow past so many bytes."""
        places = tuple(map(str, (self.store.path, self.records, self.tables)))
        return Run(self.folder, (*places, *more), limit)

    def check(self) -> int:
        """Check that the store opens on a whole revision; return its number."""
        revision = GraphStore(self.store.path).current()
        assert revision.compute_digest() == revision.info.digest
        return revision.number

    def moved(self) -> int:
        """Check the store; return how many revisions came since the last time."""
        before, self.number = self.number, self.check()
        return self.number - before

    def finish(self) -> int:
        """Run to the end; check that nothing of dead runs is left; return the revision's number."""
        run = self.start()
        said = run.wait()[1]
        assert run.process.exitcode == 0, said
        left = [*self.store.path.glob("staging-*"), *self.store.path.glob(".fetching/*")]
        assert not left, left
        self.moved()
        return self.number

    def kill_at(self, step: str) -> None:
        """Kill one run at a named point."""
        self.write()
        run = self.start(step)
        run.wait()
        assert run.process.exitcode == -signal.SIGKILL, f"{step} was not reached"
        assert self.moved() == (step == "pointer-after")
        self.outcomes["at a named point"] += 1

    def kill_within(self, duration: float) -> None:
        """Kill one run at a random moment."""
        self.write()
        run = self.start()
        sleep(self.draw.uniform(0, duration))
        run.process.kill()
        steps = run.wait()[0].split("\n")
        moved = self.moved()
        assert moved in {0, 1}
        reached = next((name for name in reversed(POINTS) if name in steps), "start")
        self.outcomes["after pointer-after" if moved else f"after {reached}"] += 1

    def two_at_once(self) -> None:
        """Start two runs together: both end well, or one says that it can't."""
        self.write()
        runs = [self.start() for _ in range(2)]
        said = [run.wait()[1] for run in runs]
        failed = [text for run, text in zip(runs, said, strict=True) if run.process.exitcode]
        assert len(failed) < 2, said
        assert all("Another run is writing" in text for text in failed), said
        assert self.moved() == 1
        self.outcomes["two at once"] += 1

    def on_a_full_disk(self) -> None:
        """Let the system refuse to write more: nothing is published, and it says so."""
        self.write()
        run = self.start(limit=_FULL)
        said = run.wait()[1]
        assert run.process.exitcode == 1, said
        assert "Traceback" not in said, said
        assert self.moved() == 0
        self.outcomes["disk full"] += 1

    def with_the_clock_set_back(self) -> None:
        """Run two days ago."""
        self.write()
        run = self.start("", "48")
        said = run.wait()[1]
        assert run.process.exitcode == 0, said
        assert self.moved() == 1
        self.outcomes["clock set back"] += 1


def main(kills: int = 200, seed: int = 20240304, cities: int = 200) -> None:
    """Print the table; fail when a promise is broken."""
    _FORKS.set_forkserver_preload(_LOADED)
    folder = Path(tempfile.mkdtemp(prefix="kopru-soak-"))
    try:
        soak = Soak(folder, cities, seed)
        soak.finish()
        soak.write()
        begun = monotonic()
        soak.finish()
        duration = monotonic() - begun
        for step in POINTS:
            soak.kill_at(step)
        for number in range(1, kills + 1):
            soak.kill_within(duration)
            if number % 20 == 0:
                soak.write()
                begun = monotonic()
                soak.finish()
                duration = monotonic() - begun  # as quick as the machine is now
                print(f"{number} kills at random", file=sys.stderr, flush=True)
        for act in (soak.two_at_once, soak.on_a_full_disk, soak.with_the_clock_set_back):
            act()
        soak.write()
        last = soak.finish()
    finally:
        shutil.rmtree(folder)
    print(f"{kills} kills at random and {len(POINTS)} at named points, {cities:,} ties, seed {seed}: {last} ")
    print("revisions, each of them whole.\n\n| the run died or was hindered | runs |\n|---|--:|")
    print("\n".join(f"| {name} | {number} |" for name, number in soak.outcomes.items()))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
