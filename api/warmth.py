"""Makes ready what takes long, before anybody asks: once for each published revision and each day.

The order of the long lists, the ranking behind partners and gaps, and the world's twin network added
up. A thread of the lowest priority does it some seconds after the start, so that neither the start nor
the first answers wait for it; then it only looks now and then whether something new was published.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from threading import Event, Thread, get_native_id

from fastapi import FastAPI

from graph.questions import Questions
from graph.revision import Revision
from graph.store import GraphStore
from ontology.errors import KopruError

__all__ = ["Step", "Warmth", "keep_warm"]

#: Something to make ready from a revision for a day.
Step = Callable[[Revision, date], object]

#: Seconds from the start to the first look, and from one look to the next.
_FIRST, _EVERY = 5.0, 30.0
_LOWEST = 19


class Warmth:
    """Looks for new revisions and days, and takes the steps once for each.

    Parameters
    ----------
    store
        Whose current revision is made ready.
    steps
        Taken in this order; what one of them can't do is told to whoever asks for it.
    """

    def __init__(self, store: GraphStore, steps: tuple[Step, ...]) -> None:
        self._store = store
        self._steps = steps
        self._done: tuple[int, str, date] | None = None

    def look(self) -> bool:
        """Take the steps if something is new; return whether it was."""
        try:
            revision, day = self._store.current(), date.today()
        except (KopruError, OSError):
            return False
        key = (revision.number, revision.info.digest, day)
        if key == self._done:
            return False
        self._done = key
        for step in self._steps:
            try:
                step(revision, day)
            except (KopruError, OSError):
                continue
        return True

    def run(self, stop: Event, first: float = _FIRST, every: float = _EVERY) -> None:
        """Look again and again until ``stop`` is set; waits are in seconds."""
        _step_back()
        wait = first
        while not stop.wait(wait):
            self.look()
            wait = every


def keep_warm(app: FastAPI, first: float = _FIRST) -> Event:
    """Begin to look after an application; set the event that is returned to end it."""
    state, stop = app.state, Event()

    def rank(revision: Revision, day: date) -> None:
        state.recommenders.rank(revision, day, state.settings.city)

    warmth = Warmth(state.store, (_put_in_order, rank, state.overviews.of))
    Thread(target=warmth.run, args=(stop, first), name="warmth", daemon=True).start()
    return stop


def _put_in_order(revision: Revision, day: date) -> None:
    questions = Questions(revision)
    questions.agreements(as_of=day, limit=1)
    questions.cities(limit=1)


def _step_back() -> None:
    """Give way to all others; where a thread has no priority of its own it keeps that of the program."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), _LOWEST)
