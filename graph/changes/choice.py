"""Which two revisions are meant: by number, by day, or by nothing at all."""

import re
from datetime import date

from graph.revision import Revision
from graph.store import GraphStore
from ontology.errors import BadParameter
from ontology.messages import N_, Phrase

__all__ = ["choose_revisions"]

_REMEDY = N_("write the number of a revision, or a day as 2024-03-04")
_TOO_EARLY = N_(
    "On {value} nothing had been published yet, as far as it is kept: the oldest revision is number "
    "{number}, of {day}. Choose that one, or a later day."
)


def choose_revisions(
    store: GraphStore, before: str | None = None, after: str | None = None
) -> tuple[Revision, Revision]:
    """Return the revisions to compare.

    Parameters
    ----------
    store
        The store.
    before
        A number, or a day, which stands for what was read at its end; without one what was read before
        ``after``.
    after
        The same; without one the current revision.

    Raises
    ------
    BadParameter
        It is neither a number nor a day, or nothing was published yet.
    RevisionNotFound
        There is no such revision, or no longer.
    """
    later = _choose(store, after, "to") if after else store.current()
    if before:
        return _choose(store, before, "from"), later
    previous = store.find_previous(later.number)
    return (later if previous is None else store.revision(previous.number)), later


def _choose(store: GraphStore, text: str, name: str) -> Revision:
    if re.fullmatch(r"[0-9]{1,9}", text):
        return store.revision(int(text))
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadParameter(value=text[:100], name=name, remedy=Phrase(_REMEDY)) from error
    number = store.find_revision_on(day)
    if number is not None:
        return store.revision(number)
    store.current()  # says so when nothing was published at all
    oldest = store.list_revisions()[0]
    raise BadParameter(
        _TOO_EARLY, value=text, name=name, number=oldest.number,
        day=oldest.created_at.astimezone().date().isoformat(),
    )  # fmt: skip
