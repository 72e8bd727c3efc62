"""Lists of relations: agreements, grants and loans, whatever hangs on a thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef
from rdflib.term import Identifier

from graph.library import load_query
from graph.model import Page, Relation, RelationKind, Status
from graph.questions.orders import kept_order, relations_in_order
from graph.questions.paging import Position, cut_page
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
    positions = _find_positions(revision, wanted, city)
    iris, following = cut_page(str(wanted.base), positions, limit, cursor)
    relations = read_relations(
        revision, iris, wanted.as_of, seen_from=str(city) if city else None, with_evidence=with_evidence
    )
    return Page(tuple(relations), len(positions), following)


def _find_positions(revision: Readable, wanted: RelationFilter, city: URIRef | None) -> Sequence[Position]:
    """Return the relations that are asked for in their order; only those of a whole kind are remembered."""
    kind = RELATION_CLASSES[wanted.kind] if wanted.kind else wanted.base
    named = _find_named(revision, wanted.q)
    if city:
        rows = revision.select(load_query("relations_of_city").bind(city=city, wantedKind=kind))
        theirs = {row["item"] for row in rows}
        named = list(theirs if named is None else theirs.intersection(named))
    query = load_query("relations_by_kind").bind(
        wantedKind=kind, item=None if named is None else sorted(named)
    )
    if named is None:
        found = kept_order(revision, query, lambda: relations_in_order(revision, query))
    else:
        found = tuple(sorted(relations_in_order(revision, query)))
    if not wanted.status:
        return found
    query = load_query("relations_of_status").bind(
        wantedKind=kind,
        wantedStatus=_STATUS_IRIS[wanted.status],
        asOf=to_day(wanted.as_of),
        relation=None if named is None else sorted(named),
    )
    fitting = {str(row["relation"]) for row in revision.select(query)}
    return [position for position in found if position[2] in fitting]


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
