"""Comparisons of revisions, kept for a while: what was published never changes."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from graph.changes.choice import choose_revisions
from graph.changes.model import Comparison
from graph.changes.service import compare
from graph.store import GraphStore

__all__ = ["Comparisons"]


class Comparisons:
    """Comparisons of late, kept: published revisions never change."""

    most = 8

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int, str, datetime, datetime, int], Comparison] = OrderedDict()
        self._lock = Lock()

    def get(self, store: GraphStore, before: str | None, after: str | None, shown: int) -> Comparison:
        """Return what changed; one comparison is made at a time."""
        pair = choose_revisions(store, before or None, after or None)
        old, new = (revision.info for revision in pair)
        key = (old.digest, old.number, new.digest, old.created_at, new.created_at, shown)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = compare(*pair, shown)
            self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
            return self._kept[key]
