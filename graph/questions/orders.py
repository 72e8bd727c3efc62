"""The order of long lists: read once for the whole list, and remembered while its revision is open.

A list of the world's agreements or cities takes a second or two to put in order, and each page of it
needs the same order. A published revision never changes, so neither does it; a draft is asked each time.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from weakref import WeakKeyDictionary

from rdflib import URIRef

from graph.library import load_query
from graph.questions.paging import Position
from graph.questions.reading import Readable, Row
from graph.revision import Revision

__all__ = ["kept_order", "relations_in_order", "to_positions"]

#: Lists that are remembered of a revision: one of the world's cities takes some ten megabytes.
_MOST = 8

_LOCK = Lock()
_KNOWN: WeakKeyDictionary[Revision, OrderedDict[str, tuple[Position, ...]]] = WeakKeyDictionary()


def kept_order(
    revision: Readable, query: str, make: Callable[[], Iterable[Position]]
) -> tuple[Position, ...]:
    """Return the places of a list in their order, making them at the first time.

    Parameters
    ----------
    query
        What the list is read with: lists of the same revision and query are the same.
    make
        Reads it.
    """
    if not isinstance(revision, Revision):
        return tuple(sorted(make()))
    known = _KNOWN.setdefault(revision, OrderedDict())
    found = known.get(query)
    if found is None:
        found = tuple(sorted(make()))
    with _LOCK:
        known[query] = found
        known.move_to_end(query)
        while len(known) > _MOST:
            known.popitem(last=False)
    return found


def to_positions(rows: Iterable[Row]) -> Iterable[Position]:
    """Return each ``item`` with the first of its ``order`` keys."""
    first: dict[str, str] = {}
    for row in rows:
        item, order = str(row["item"]), str(row.get("order", ""))
        first[item] = min(first.get(item, order), order)
    return ((order, "", item) for item, order in first.items())


def relations_in_order(revision: Readable, query: str) -> Iterable[Position]:
    """Return relations by the names of their parties.

    The ties of the graph's own city come first; open places come last, though they have but one party.

    Parameters
    ----------
    query
        ``relations_by_kind.rq`` with its parameters bound.
    """
    parties: dict[str, set[str]] = defaultdict(set)
    for row in revision.select(query):
        found = parties[str(row["item"])]
        if "party" in row:
            found.add(str(row["party"]))
    if not parties:
        return ()
    rows = revision.select(load_query("foremost").bind())
    at_home, unknown = ({str(row[name]) for row in rows if name in row} for name in ("first", "last"))
    keys = _read_keys(revision, sorted(set().union(*parties.values())), at_home)
    return (
        _place(item, "1" if item in unknown else "0", [key for party in named for key in keys[party]])
        for item, named in parties.items()
    )


def _place(item: str, open_: str, keys: Sequence[str]) -> Position:
    return open_ + min(keys, default=""), max(keys, default=""), item


def _read_keys(revision: Readable, parties: Sequence[str], at_home: set[str]) -> dict[str, list[str]]:
    """Return what each party is sorted by."""
    found: dict[str, list[str]] = defaultdict(list)
    if parties:
        for row in revision.select(load_query("sort_keys").bind(thing=map(URIRef, parties))):
            found[str(row["thing"])].append(str(row["key"]))
    return {
        party: [("0" if party in at_home else "1") + key for key in found.get(party, [""])]
        for party in parties
    }
