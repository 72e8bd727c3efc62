"""The recommenders of the current revision: made once for a day, and kept for the next request."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from graph.recommendation.service import Recommender
from graph.revision import Revision

__all__ = ["Recommenders"]

#: Days that are kept; a recommender of the world takes some hundred megabytes.
_KEPT = 3


class Recommenders:
    """Gives the recommender of a revision and a day.

    Making one is dear and two at once would not be quicker: requests wait for one another.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, str, date], Recommender] = OrderedDict()
        self._lock = Lock()

    def of(self, revision: Revision, as_of: date) -> Recommender:
        """Return it, making it at the first request."""
        key = (revision.number, revision.info.digest, as_of)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = Recommender(revision, as_of)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]
