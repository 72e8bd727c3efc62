"""Where a reader may have wanted to go who came to an address that is not there."""

from collections.abc import Iterable
from difflib import get_close_matches

from graph.model import Label, Reference
from graph.questions.names import nearest_slugs, reference_of
from graph.questions.reading import Readable, read_labels
from viz.pages import thing_path

__all__ = ["suggest"]

_MOST, _ALIKE = 4, 0.55


def suggest(revision: Readable | None, path: str, addresses: Iterable[str]) -> list[tuple[str, Label]]:
    """Return the nearest addresses with what they are called: things of the kind asked for, else pages.

    Parameters
    ----------
    revision
        ``None``: nothing is published yet.
    addresses
        Of the pages.
    """
    if revision is not None and path.startswith("/id/"):
        return [(where, one.label) for one in _things(revision, path) if (where := thing_path(one))]
    pages = sorted(one for one in addresses if "{" not in one and one != "/")
    return [(one, Label(one, one)) for one in get_close_matches(path.rstrip("/"), pages, _MOST, _ALIKE)]


def _things(revision: Readable, path: str) -> list[Reference]:
    kind, _, slug = path.removeprefix("/id/").partition("/")
    try:
        iri = revision.iris.thing(kind, slug)
        near = [str(revision.iris.thing(kind, one)) for one in nearest_slugs(revision, iri)]
    except ValueError:
        return []
    labels = read_labels(revision, near)
    return [reference_of(revision, one, labels.get(one)) for one in near]
