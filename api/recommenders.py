"""The recommenders of the current revision: made once for a day, and kept for the next request."""

from collections import OrderedDict
from contextlib import suppress
from datetime import date
from threading import Event, Lock, Thread

from graph.questions.places import city_iri
from graph.recommendation.service import Recommender
from graph.revision import Revision
from ontology.errors import KopruError, StillPreparing

__all__ = ["Recommenders"]

#: Days that are kept; a recommender of the world takes some hundred megabytes.
_KEPT = 3
#: Statements from which on a graph is so large that no page waits for its ranking.
_LARGE = 1_000_000
#: Seconds that a page waits for it all the same, and after which it is asked for again.
_PATIENCE, _AGAIN = 1.5, 5

Key = tuple[int, str, date]


class Recommenders:
    """Gives the recommender of a revision and a day.

    Making one is dear and two at once would not be quicker: requests wait for one another.
    """

    def __init__(self, large: int = _LARGE, patience: float = _PATIENCE) -> None:
        self._kept: OrderedDict[Key, Recommender] = OrderedDict()
        self._lock = Lock()
        self._begun: dict[Key, Event] = {}
        self._large = large
        self._patience = patience

    def of(self, revision: Revision, as_of: date) -> Recommender:
        """Return it, making it at the first request."""
        key = _key(revision, as_of)
        # Whoever asks for one that is there does not wait while another is made.
        if (found := self._kept.get(key)) is not None:
            with suppress(KeyError):
                self._kept.move_to_end(key)
            return found
        with self._lock:
            if key not in self._kept:
                self._kept[key] = Recommender(revision, as_of)
                while len(self._kept) > _KEPT:
                    gone, _ = self._kept.popitem(last=False)
                    self._begun.pop(gone, None)
            return self._kept[key]

    def for_page(self, revision: Revision, as_of: date, city_slug: str) -> Recommender:
        """Return it for a page: of a large graph it is made in the background, with the ranking of a city.

        Raises
        ------
        StillPreparing
            It is not there after some seconds.
        """
        if revision.info.statements >= self._large:
            self.make_ready(revision, as_of, city_slug)
            begun = self._begun.get(_key(revision, as_of))
            if begun is not None and not begun.wait(self._patience):
                raise StillPreparing(seconds=_AGAIN)
        return self.of(revision, as_of)

    def make_ready(self, revision: Revision, as_of: date, city_slug: str) -> None:
        """Begin in the background with what the pages of partners and gaps will ask for.

        Whoever reads the overview goes on to them, and would wait there for some seconds.
        """
        if (done := self._begin(_key(revision, as_of))) is not None:
            Thread(target=self._rank, args=(revision, as_of, city_slug, done), daemon=True).start()

    def rank(self, revision: Revision, as_of: date, city_slug: str) -> None:
        """Rank the partners of a city once, so that whoever asks for them next need not wait."""
        if (done := self._begin(_key(revision, as_of))) is not None:
            self._rank(revision, as_of, city_slug, done)

    def _begin(self, key: Key) -> Event | None:
        """Return what is to be set when all is ready; ``None`` when somebody has begun with it."""
        made = Event()
        return made if self._begun.setdefault(key, made) is made else None

    def _rank(self, revision: Revision, as_of: date, city_slug: str, done: Event) -> None:
        try:
            city = str(city_iri(revision, city_slug))
            self.of(revision, as_of).rankers.order(city, with_partners=True)
        except (KopruError, OSError):
            # Whoever asks for it will be told.
            self._begun.pop(_key(revision, as_of), None)
        finally:
            done.set()


def _key(revision: Revision, as_of: date) -> Key:
    return revision.number, revision.info.digest, as_of
