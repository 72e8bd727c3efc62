"""The world's twin network of the current revision, added up: made once for a day, and kept."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from graph.overview import Overview, make_overview
from graph.revision import Revision

__all__ = ["Overviews"]

_KEPT = 3


class Overviews:
    """Gives the overview of a revision and a day; all statements on sister cities are read for one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, date], Overview] = OrderedDict()
        self._lock = Lock()

    def of(self, revision: Revision, as_of: date) -> Overview:
        """Return it, making it at the first request."""
        key = (revision.info.digest, as_of)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make_overview(revision, as_of)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]
