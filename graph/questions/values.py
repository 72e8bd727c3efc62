"""The one value that a computed indicator's query answers, remembered while its revision is open.

A published revision never changes, so neither does an answer; a draft is asked each time.
"""

from decimal import Decimal, InvalidOperation
from weakref import WeakKeyDictionary

from graph.questions.reading import Readable
from graph.revision import Revision

__all__ = ["ask_value"]

_KNOWN: WeakKeyDictionary[Revision, dict[str, Decimal | None]] = WeakKeyDictionary()
#: Days can be asked for without end; then all is forgotten.
_MOST = 5000


def ask_value(revision: Readable, query: str) -> Decimal | None:
    """Return the ``?value`` of a query's one row; ``None`` when there is none or it is no number."""
    if not isinstance(revision, Revision):
        return _ask(revision, query)
    known = _KNOWN.setdefault(revision, {})
    if len(known) >= _MOST:
        known.clear()
    try:
        return known[query]
    except KeyError:
        value = known[query] = _ask(revision, query)
        return value


def _ask(revision: Readable, query: str) -> Decimal | None:
    rows = revision.select(query)
    value = rows[0].get("value") if rows else None
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
