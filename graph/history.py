"""Which revision was read when: published ones say it themselves, going back is written down here.

``history.jsonl`` beside the pointer has one line for each time that somebody went to another revision. It
is no part of any revision, so going back does not undo it, and it is only ever appended to.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from graph.revision import RevisionInfo

__all__ = ["FILE", "GoingBack", "add_going_back", "current_on", "find_previous", "read_goings_back"]

FILE = "history.jsonl"


@dataclass(frozen=True)
class GoingBack:
    """Somebody made another revision the current one.

    Attributes
    ----------
    at
        When, with its zone.
    before, after
        Numbers of the revisions; ``before`` is 0 when the pointer was damaged.
    why
        The reason that was given; may be empty.
    office
        Who decided; never a person's name. May be empty.
    """

    at: datetime
    before: int
    after: int
    why: str = ""
    office: str = ""

    def to_json(self) -> str:
        """Return one line."""
        return json.dumps({**asdict(self), "at": self.at.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> "GoingBack | None":
        """Return what a line says; ``None`` when a run died while it wrote it."""
        try:
            fields = json.loads(line)
            fields["at"] = datetime.fromisoformat(fields["at"])
            return cls(**fields)
        except (ValueError, TypeError, KeyError):
            return None


def add_going_back(store: Path, going: GoingBack) -> None:
    """Write one line at the end of the file, and wait until it is on the disk."""
    line = going.to_json() + "\n"
    with (store / FILE).open("ab") as file:
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def read_goings_back(store: Path) -> list[GoingBack]:
    """Return what was written down, oldest first; a line that a run died at is left out."""
    try:
        text = (store / FILE).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return [going for line in text.splitlines() if (going := GoingBack.from_json(line)) is not None]


def current_on(day: date, infos: Iterable[RevisionInfo], goings: Iterable[GoingBack]) -> int | None:
    """Return the number of the revision that was read at the end of a day, in local time."""
    moves = [(info.created_at, info.number) for info in infos] + [(one.at, one.after) for one in goings]
    before = [(at, number) for at, number in moves if at.astimezone().date() <= day]
    return max(before)[1] if before else None


def find_previous(
    number: int, infos: Sequence[RevisionInfo], goings: Sequence[GoingBack]
) -> RevisionInfo | None:
    """Return what was read before a revision became the current one, as far as it is still kept."""
    kept = {info.number: info for info in infos}
    info = kept.get(number)
    last = max((one for one in goings if one.after == number), key=lambda one: one.at, default=None)
    if last is not None and (info is None or last.at > info.created_at) and last.before in kept:
        return kept[last.before]
    if info is not None and info.parent in kept:
        return kept[info.parent]
    return kept.get(max((one for one in kept if one < number), default=0))
