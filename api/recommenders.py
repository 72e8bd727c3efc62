"""The recommenders of the current revision: made once for a day, and kept for the next request."""

from collections import OrderedDict
from datetime import date
from threading import Lock, Thread

from graph.questions.places import city_iri
from graph.recommendation.service import Recommender
from graph.revision import Revision
from ontology.errors import KopruError

__all__ = ["Recommenders"]

#: Days that are kept; a recommender of the world takes some hundred megabytes.
_KEPT = 3

Key = tuple[int, str, date]


class Recommenders:
    """Gives the recommender of a revision and a day.

    Making one is dear and two at once would not be quicker: requests wait for one another.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Recommender] = OrderedDict()
        self._lock = Lock()
        self._made_ready: set[Key] = set()

    def of(self, revision: Revision, as_of: date) -> Recommender:
        """Return it, making it at the first request."""
        key = _key(revision, as_of)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = Recommender(revision, as_of)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    def make_ready(self, revision: Revision, as_of: date, city_slug: str) -> None:
        """Begin in the background with what the pages of partners and gaps will ask for.

        Whoever reads the overview goes on to them, and would wait there for some seconds.
        """
        if _key(revision, as_of) not in self._made_ready:
            Thread(target=self.rank, args=(revision, as_of, city_slug), daemon=True).start()

    def rank(self, revision: Revision, as_of: date, city_slug: str) -> None:
        """Rank the partners of a city once, so that whoever asks for them next need not wait."""
        key = _key(revision, as_of)
        with self._lock:
            if key in self._made_ready:
                return
            self._made_ready.add(key)
        try:
            city = str(city_iri(revision, city_slug))
            self.of(revision, as_of).rankers.order(city, with_partners=True)
        except (KopruError, OSError):
            # Whoever asks for it will be told.
            self._made_ready.discard(key)


def _key(revision: Revision, as_of: date) -> Key:
    return revision.number, revision.info.digest, as_of
