"""From what somebody typed to a node of the network: a city, a network or a project, by name or slug.

Names are compared folded, in both languages. Several things may bear a name: then the reader chooses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from graph.model import Reference
from graph.projection import Projection
from graph.questions.names import reference_of
from graph.questions.networks import list_networks
from graph.questions.projects import list_projects
from graph.questions.reading import Readable, read_labels
from ontology.text import fold

__all__ = ["Lookup", "look_up", "slug_path"]

_KINDS = {"city", "network", "project"}
_OFFERED = 8
#: How alike names have to be.
_ALIKE = 0.6


@dataclass(frozen=True)
class Lookup:
    """What a text may mean: the one thing that is meant, or else what may be chosen from."""

    text: str
    meant: Reference | None
    offered: tuple[Reference, ...] = ()


def slug_path(thing: Reference) -> str:
    """Return how a node is written in an address: a city by its slug alone.

    Examples
    --------
    >>> from graph.model import Label
    >>> slug_path(Reference("…", "network", "eurocities", Label("Eurocities", "Eurocities")))
    'network/eurocities'
    """
    return thing.slug if thing.kind == "city" else f"{thing.kind}/{thing.slug}"


def look_up(revision: Readable, projection: Projection, text: str) -> Lookup:
    """Return what a text means among the cities of the projection, the networks and the projects.

    A slug, or a name borne by one thing alone, means that thing; a part of names offers the best eight, and
    what is in no name the cities that are written most alike.
    """
    wanted = fold(text)
    if not wanted:
        return Lookup(text, None)
    if (named := _by_slug(revision, projection, text.strip())) is not None:
        return Lookup(text, named)
    found = {one.iri: one for one in _by_name(revision, projection, text, wanted)}
    found = found or {one.iri: one for one in _nearest(revision, projection, wanted)}
    exact = [one for one in found.values() if wanted in (fold(one.label.tr), fold(one.label.en))]
    ranked = sorted(found.values(), key=lambda one: (one not in exact, len(one.label.en), one.iri))
    return Lookup(text, exact[0] if len(exact) == 1 else None, tuple(ranked[:_OFFERED]))


def _by_slug(revision: Readable, projection: Projection, text: str) -> Reference | None:
    kind, _, slug = text.rpartition("/")
    kind = kind or "city"
    if kind not in _KINDS:
        return None
    try:
        iri = str(revision.iris.thing(kind, slug))
    except ValueError:
        return None
    if kind == "city":
        node = projection.cities.get(iri)
        return reference_of(revision, iri, node.label) if node else None
    label = read_labels(revision, [iri]).get(iri)
    return reference_of(revision, iri, label) if label else None


def _by_name(revision: Readable, projection: Projection, text: str, wanted: str) -> Iterator[Reference]:
    for iri, node in projection.cities.items():
        if wanted in fold(node.label.tr) or wanted in fold(node.label.en):
            yield reference_of(revision, iri, node.label)
    yield from _groups(revision, text)


def _nearest(revision: Readable, projection: Projection, wanted: str) -> Iterator[Reference]:
    """Yield the cities whose names begin with the same letter and are written much alike."""
    names: dict[str, str] = {}
    for iri, node in projection.cities.items():
        for name in (fold(node.label.tr), fold(node.label.en)):
            if name[:1] == wanted[:1]:
                names.setdefault(name, iri)
    for name in get_close_matches(wanted, names, _OFFERED, _ALIKE):
        yield reference_of(revision, names[name], projection.cities[names[name]].label)


def _groups(revision: Readable, text: str) -> Iterator[Reference]:
    """Yield networks and projects with these words in their name."""
    for network in list_networks(
        revision, date.max, q=text, kind=None, member=None, limit=_OFFERED, cursor=None
    ):
        yield reference_of(revision, network.iri, network.label)
    for project in list_projects(revision, q=text, city=None, theme=None, limit=_OFFERED, cursor=None):
        yield reference_of(revision, project.iri, project.label)
