"""How an IRI is shown: its name, its place among ours, its short form."""

from collections.abc import Callable
from difflib import get_close_matches

from rdflib import Literal, URIRef

from graph.library import load_query
from graph.model import Label, Reference
from graph.questions.reading import Fact, Readable, local_name, read_facts
from graph.questions.wording import CLASS_OF_KIND
from ontology.errors import NotFound
from ontology.iris import Thing
from ontology.messages import N_
from ontology.terms import PREFIXES

__all__ = ["existing_iri", "nearest_slugs", "reference_of", "thing_iri", "thing_of", "to_qname"]


def thing_iri(revision: Readable, kind: str, slug: str, *, called: str = "") -> URIRef:
    """Return the IRI that a reader's slug stands for, there or not.

    Parameters
    ----------
    called
        What such a thing is called in the sentence of the error.

    Raises
    ------
    NotFound
        No IRI can be made of it, so that there is none.
    """
    try:
        return revision.iris.thing(kind, slug)
    except ValueError as error:
        raise NotFound(kind=called, name=slug) from error


def existing_iri(
    revision: Readable, kind: str, slug: str, is_right: Callable[[Fact], bool], *, called: str
) -> URIRef:
    """Return the IRI of a thing that is in the graph.

    Parameters
    ----------
    is_right
        Tells from what is said of it whether it is such a thing.
    called
        What such a thing is called in the sentence of the error.

    Raises
    ------
    NotFound
        There is no such thing.
    """
    iri = thing_iri(revision, kind, slug, called=called)
    if not is_right(read_facts(revision, [iri]).of(iri)):
        if nearest := nearest_slugs(revision, iri):
            raise NotFound(_DID_YOU_MEAN, kind=called, name=slug, nearest=", ".join(nearest))
        raise NotFound(kind=called, name=slug)
    return iri


_DID_YOU_MEAN = N_("There is no {kind} '{name}' in the graph. Did you mean {nearest}?")
#: How alike a name has to be, and how many are offered.
_ALIKE = 0.6
_OFFERED = 3


def nearest_slugs(revision: Readable, iri: URIRef) -> list[str]:
    """Return slugs of the same kind that are written much alike and begin alike, the nearest first."""
    thing = revision.iris.parse(iri)
    slug = thing.slug
    # By first letter: a whole world of names would take long to compare.
    start = Literal(str(iri).removesuffix(slug) + slug[:1])
    rows = revision.select(
        load_query("things_of_kind").bind(start=start, **{"class": CLASS_OF_KIND.get(thing.kind)})
    )
    slugs = {local_name(str(row["thing"])) for row in rows}
    return get_close_matches(slug, sorted(slugs), _OFFERED, _ALIKE)


def thing_of(revision: Readable, iri: str) -> Thing:
    """Return kind and slug of an IRI, both empty when it is not one of ours."""
    try:
        return revision.iris.parse(iri)
    except ValueError:
        return Thing("", "")


def reference_of(revision: Readable, iri: str, label: Label | None) -> Reference:
    """Return a thing named in passing; without a name the end of its IRI stands in."""
    thing = thing_of(revision, iri)
    last = local_name(iri)
    return Reference(iri, thing.kind, thing.slug, label or Label(last, last))


def to_qname(iri: str) -> str:
    """Return an IRI under one of our prefixes in its short form.

    Examples
    --------
    >>> to_qname("http://www.w3.org/ns/org#member")
    'org:member'
    """
    matches = [(base, name) for name, base in PREFIXES.items() if iri.startswith(base)]
    if not matches:
        return iri
    base, name = max(matches, key=lambda match: len(match[0]))
    return f"{name}:{iri.removeprefix(base)}"
