"""How far a long reading is: rate and time left, a line now and then."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ontology.messages import N_

__all__ = ["Progress"]

#: Seconds between two lines.
_PAUSE = 2.0


class _Notes(Protocol):
    def note(self, message: str, /, **facts: object) -> None:
        """Write a sentence about the way of the work."""
        ...


@dataclass
class Progress:
    """Tells of lines ``NAME DONE [ALL]``; ``now`` is the clock."""

    now: Callable[[], float] = time.monotonic
    _name: str = ""
    _begun: float = 0.0
    _told: float = 0.0

    def tell(self, notes: _Notes, line: str) -> None:
        """Write how far it is, unless that was done a moment ago."""
        name, done, *whole = line.split()
        moment = self.now()
        if name != self._name:
            self._name, self._begun, self._told = name, moment, moment
        if moment - self._told < _PAUSE or moment == self._begun:
            return
        self._told = moment
        rate = int(done) / (moment - self._begun)
        facts: dict[str, object] = {"name": name, "done": int(done), "rate": round(rate)}
        if whole and rate:
            left = round((int(whole[0]) - int(done)) / rate)
            notes.note(
                N_("{name}: {done} of {all}, {rate} a second, about {left} s left"),
                **facts, all=int(whole[0]), left=left,
            )  # fmt: skip
        else:
            notes.note(N_("{name}: {done} rows, {rate} a second"), **facts)
