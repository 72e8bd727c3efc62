"""What the current revision offers for completing queries: made once, and kept for the next request."""

from threading import Lock

from graph.questions.suggestions import Suggestions
from graph.revision import Revision

__all__ = ["Suggesters"]


class Suggesters:
    """Gives the suggestions of a revision; those of the revision before are forgotten."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[int, str], Suggestions] | None = None
        self._lock = Lock()

    def of(self, revision: Revision) -> Suggestions:
        """Return them, reading what they need at the first request: requests wait for one another."""
        key = (revision.number, revision.info.digest)
        with self._lock:
            if self._kept is None or self._kept[0] != key:
                made = Suggestions(revision)
                made.warm()
                self._kept = (key, made)
            return self._kept[1]
