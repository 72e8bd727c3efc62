"""Finds things by name in any writing, whatever their kind: what a search field offers."""

from dataclasses import dataclass

from rdflib import Literal, URIRef

from graph.library import load_query
from graph.model import Label, Reference
from graph.questions.names import reference_of
from graph.questions.places import text_key
from graph.questions.reading import Readable, read_labels

__all__ = ["Hit", "find_named"]

#: Kinds of thing that can stand in the middle of a picture.
_KINDS = ("city", "network", "project", "programme", "organization", "authority")
_MOST = 40


@dataclass(frozen=True)
class Hit:
    """A thing with the country in which it lies, if that is known."""

    thing: Reference
    country: Label | None = None


def find_named(revision: Readable, text: str, most: int = 12) -> tuple[Hit, ...]:
    """Return things in whose name a text stands, those that begin with it first.

    Parameters
    ----------
    text
        In any writing: ``nurnberg`` finds Nürnberg, ``ISTANBUL`` finds İstanbul.
    most
        At most so many, up to 40.
    """
    key = text_key(text)
    if key is None:
        return ()
    starts = [Literal(f"{revision.iris.base}id/{kind}/") for kind in _KINDS]
    rows = revision.select(load_query("things_named").bind(wantedText=key, start=starts))
    iris = [str(row["thing"]) for row in rows][: min(most, _MOST)]
    labels, countries = read_labels(revision, iris), _countries_of(revision, iris)
    return tuple(Hit(reference_of(revision, iri, labels.get(iri)), countries.get(iri)) for iri in iris)


def _countries_of(revision: Readable, iris: list[str]) -> dict[str, Label]:
    if not iris:
        return {}
    rows = revision.select(load_query("countries_of").bind(city=[URIRef(iri) for iri in iris]))
    labels = read_labels(revision, {str(row["country"]) for row in rows})
    return {str(row["city"]): label for row in rows if (label := labels.get(str(row["country"]))) is not None}
