"""Pages of a list, and the cursor that leads to the next one.

A cursor holds the sort key and the IRI of the last item, so that the next page is right even
when something was added before it in between.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from graph.questions.reading import Row
from ontology.errors import BadParameter
from ontology.messages import N_, Phrase

__all__ = ["Position", "cut_page", "in_order", "make_cursor", "read_cursor"]

#: The keys by which an item of a list is sorted, and its IRI.
Position = tuple[str, str, str]


def make_cursor(name: str, position: Position) -> str:
    """Return the cursor of a place in the list of that name."""
    return urlsafe_b64encode(json.dumps([name, *position]).encode()).decode().rstrip("=")


def read_cursor(name: str, cursor: str) -> Position:
    """Return the place that a cursor stands for.

    Raises
    ------
    BadParameter
        The list of that name never gave it out.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        listed, order, then_by, iri = json.loads(urlsafe_b64decode(padded.encode("ascii")))
        if listed != name or not all(isinstance(part, str) for part in (order, then_by, iri)):
            raise ValueError(cursor)
    except (ValueError, TypeError, Base64Error) as error:
        remedy = Phrase(N_("take it from the 'next' link of the page before, unchanged"))
        raise BadParameter(value=cursor, name="cursor", remedy=remedy) from error
    return order, then_by, iri


def in_order(rows: Iterable[Row]) -> list[Position]:
    """Return rows by their keys: ``item``, and ``order`` and ``thenBy`` where they have such."""
    return sorted((str(row.get("order", "")), str(row.get("thenBy", "")), str(row["item"])) for row in rows)


def cut_page(
    name: str, positions: Sequence[Position], limit: int, cursor: str | None
) -> tuple[list[str], str | None]:
    """Return the IRIs of one page and the cursor of the next.

    Parameters
    ----------
    name
        The list; a cursor of another one is refused.
    positions
        All items, in their order.
    """
    start = 0
    if cursor is not None:
        start = bisect_right(positions, read_cursor(name, cursor))
    page = positions[start : start + max(limit, 0)]
    more = len(positions) > start + len(page) and bool(page)
    return [iri for _, _, iri in page], make_cursor(name, page[-1]) if more else None
