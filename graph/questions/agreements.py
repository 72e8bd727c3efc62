"""Lists of relations: agreements, grants and loans, whatever hangs on a thing."""

from dataclasses import dataclass
from datetime import date

from rdflib import URIRef
from rdflib.term import Identifier

from graph.library import load_query
from graph.model import Page, Relation, RelationKind, Status
from graph.questions.paging import cut_page
from graph.questions.places import city_iri, text_key
from graph.questions.reading import Readable
from graph.questions.relations import order_relations, read_relations, to_day
from graph.questions.wording import RELATION_CLASSES, STATUS_BY_IRI
from ontology.errors import NotFound
from ontology.messages import N_
from ontology.terms import KP

__all__ = ["RelationFilter", "get_relation", "list_relations", "relations_of_city", "relations_with"]

_RELATION = N_("relation")
_STATUS_IRIS: dict[Status, URIRef] = {status: URIRef(iri) for iri, status in STATUS_BY_IRI.items()}


@dataclass(frozen=True)
class RelationFilter:
    """Which relations are asked for; ``None`` does not narrow."""

    base: URIRef
    as_of: date
    kind: RelationKind | None = None
    city: str | None = None
    status: Status | None = None
    q: str | None = None


def get_relation(revision: Readable, iri: str, as_of: date) -> Relation:
    """Return one relation with its evidence.

    Raises
    ------
    NotFound
        There is none with this IRI.
    """
    found = read_relations(revision, [str(iri)], as_of, with_evidence=True)
    if not found:
        raise NotFound(kind=_RELATION, name=str(iri))
    return found[0]


def list_relations(
    revision: Readable, wanted: RelationFilter, limit: int, cursor: str | None, *, with_evidence: bool = False
) -> Page[Relation]:
    """Return a page of relations in the order of their parties' names."""
    city = city_iri(revision, wanted.city) if wanted.city else None
    query = load_query("relations_by_kind").bind(
        wantedKind=RELATION_CLASSES[wanted.kind] if wanted.kind else wanted.base,
        wantedCity=city,
        wantedStatus=_STATUS_IRIS[wanted.status] if wanted.status else None,
        asOf=to_day(wanted.as_of),
        relation=_find_named(revision, wanted.q),
    )
    rows = revision.select(query)
    iris, following = cut_page(str(wanted.base), rows, limit, cursor)
    relations = read_relations(
        revision, iris, wanted.as_of, seen_from=str(city) if city else None, with_evidence=with_evidence
    )
    return Page(tuple(relations), len(rows), following)


def _find_named(revision: Readable, q: str | None) -> list[Identifier] | None:
    """Return the relations in whose parties' names a text is found; ``None``: no text was given.

    The names are searched first and on their own: looking into them relation by relation would
    take hours on some ten thousand.
    """
    text = text_key(q)
    if text is None:
        return None
    return [row["item"] for row in revision.select(load_query("relations_named").bind(wantedText=text))]


def relations_of_city(
    revision: Readable, wanted: RelationFilter, city_slug: str, *, with_evidence: bool
) -> list[Relation]:
    """Return all relations of a city in their order."""
    city = city_iri(revision, city_slug)
    kind = RELATION_CLASSES[wanted.kind] if wanted.kind else wanted.base
    rows = revision.select(load_query("relations_of_city").bind(city=city, wantedKind=kind))
    relations = read_relations(
        revision,
        [str(row["item"]) for row in rows],
        wanted.as_of,
        seen_from=str(city),
        with_evidence=with_evidence,
    )
    return order_relations(r for r in relations if wanted.status in (None, r.status))


def relations_with(
    revision: Readable, thing: URIRef, as_of: date, *, kind: URIRef = KP.Relation, with_evidence: bool
) -> list[Relation]:
    """Return all relations that a thing is a party of in their order."""
    rows = revision.select(load_query("relations_with").bind(thing=thing, wantedKind=kind))
    iris = [str(row["item"]) for row in rows]
    return order_relations(read_relations(revision, iris, as_of, with_evidence=with_evidence))
