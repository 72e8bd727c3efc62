"""Kill writers at random moments and open the store after each; prints a Markdown table.

Usage: python bench/soak_kill.py [ROUNDS] [SEED]

Each round publishes a batch in a process of its own and kills it (SIGKILL) at a moment drawn
evenly from the time that a whole run takes. What was on the disk then tells how far it had come.
Fails when a store does not open on a whole revision with the right digest, and when fewer than
half of the kills fell after the first write.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic, sleep

from graph.store import GraphStore

DRIVER = Path(__file__).parents[1] / "tests" / "graph" / "publish_and_die.py"
STATEMENTS = 10_000
#: From the first to the last; a writer that has died in one has not reached the next.
PHASES = (
    "before the first write", "writing the batch", "deriving", "checkpoint or sync", "before the pointer",
    "after the pointer",
)  # fmt: skip


def start(store: GraphStore, salt: str) -> subprocess.Popen[str]:
    """Start a process that publishes a batch and prints its steps."""
    command = [sys.executable, str(DRIVER), str(store.path), str(STATEMENTS), salt]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def has_written(store: GraphStore) -> bool:
    """Return whether a dead writer's staged database has logged a change (a fresh copy's log is empty)."""
    return any(log.stat().st_size for log in store.path.glob("staging-*/db/*.log"))


def find_phase(store: GraphStore, before: int, steps: list[str]) -> str:
    """Tell how far a dead writer had come, from its last words and from what it left."""
    if GraphStore(store.path).current().number > before:
        return PHASES[5]
    reached = [("sync-after", 4), ("checkpoint-before", 3), ("batch-after", 2)]
    for step, phase in reached:
        if step in steps:
            return PHASES[phase]
    return PHASES[1] if has_written(store) else PHASES[0]


def check(store: GraphStore) -> int:
    """Check that the store opens on a whole revision; return its number."""
    revision = GraphStore(store.path).current()
    assert revision.compute_digest() == revision.info.digest
    assert len(revision.default_graph()) == revision.info.statements
    return revision.number


def run(store: GraphStore, rounds: int, seed: int) -> Counter[str]:
    """Kill as many writers as asked; return how many died in which phase."""
    assert start(store, "first").wait() == 0
    begun = monotonic()
    assert start(store, "second").wait() == 0
    duration = monotonic() - begun
    before = check(store)
    moments, phases = random.Random(seed), Counter[str]()
    for number in range(rounds):
        process = start(store, f"round {number}")
        sleep(moments.uniform(0, duration))
        process.kill()
        steps = process.communicate()[0].split()
        phases[find_phase(store, before, steps)] += 1
        after = check(store)
        assert after in {before, before + 1}
        before = after
    return phases


def main(rounds: int = 50, seed: int = 20240304) -> None:
    """Print the table; fail when a promise is broken."""
    folder = Path(tempfile.mkdtemp(prefix="kopru-soak-"))
    store = GraphStore(folder)
    try:
        phases = run(store, rounds, seed)
        assert start(store, "last").wait() == 0
        check(store)
        assert not list(folder.glob("staging-*"))
    finally:
        shutil.rmtree(folder)
    after = rounds - phases[PHASES[0]]
    print(f"{rounds} kills, batches of {STATEMENTS:,} statements, seed {seed}: every store opened whole.\n")
    print("| the writer died | kills |\n|---|--:|")
    print("\n".join(f"| {name} | {phases[name]} |" for name in PHASES))
    print(f"\nAfter the first write: {after} of {rounds} ({after / rounds:.0%}).")
    assert after >= rounds / 2, "fewer than half of the kills fell after the first write"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
