"""What stands beside the picture about one thing or one relation, as a fragment of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from graph.library import load_query, rebase
from graph.model import City, Country, Relation, Thing
from graph.neighbours import Found, TieFamily, count_countries, count_ties, find_thing
from graph.questions import Questions
from graph.questions.descriptions import read_heading
from graph.questions.reading import local_name
from graph.questions.relations import read_relations
from graph.revision import Revision
from graph.view import AT_ONCE
from ontology.errors import BadParameter, NotFound
from ontology.messages import N_
from ontology.terms import KP

__all__ = ["Panel", "ask_panel", "find_contradictions"]

#: Relations that are told in full beside the picture.
_TOLD = 12
_CLAIMED = {str(KP.startDate): N_("Start"), str(KP.endDate): N_("End")}


@dataclass(frozen=True)
class Panel:
    """One thing (or, without ``found``, one relation) with what the picture shows of it.

    ``countries`` breaks down the kinds that are too many to be shown at once; ``contradictions`` are
    the properties, by relation, on which sources can't both be right; ``query`` lists the statements.
    """

    relations: tuple[Relation, ...]
    contradictions: Mapping[str, tuple[str, ...]]
    query: str
    found: Found | None = None
    thing: Thing | None = None
    city: City | None = None
    totals: Mapping[TieFamily, int] | None = None
    countries: Mapping[TieFamily, tuple[tuple[Country, int], ...]] | None = None
    at_once: int = AT_ONCE


def ask_panel(revision: Revision, path: str, shown: Sequence[str], as_of: date) -> Panel:
    """Return what is told of a thing, or of a relation, that was picked.

    Parameters
    ----------
    path
        ``kind/slug`` of either.
    shown
        The relations (``kind/slug``) by which the picture ties it, at most some of which are told.

    Raises
    ------
    NotFound
        There is no such thing.
    """
    iris = [_iri_of(revision, one) for one in shown[:_TOLD]]
    try:
        found = find_thing(revision, path)
    except BadParameter:
        iri = _iri_of(revision, path)
        return _relation_panel(revision, [iri], as_of, path)
    totals = count_ties(revision, found)
    many = [family for family, total in totals.items() if total > AT_ONCE]
    return Panel(
        relations=tuple(read_relations(revision, iris, as_of, with_evidence=True)),
        contradictions=find_contradictions(revision, iris),
        query=rebase(load_query("statements").bind(subject=found.iri), revision.iris),
        found=found,
        thing=read_heading(revision, str(found.iri)),
        city=Questions(revision).city(found.slug) if found.kind == "city" else None,
        totals=totals,
        countries={family: count_countries(revision, found, family) for family in many},
    )


def _relation_panel(revision: Revision, iris: list[str], as_of: date, path: str) -> Panel:
    relations = read_relations(revision, iris, as_of, with_evidence=True)
    if not relations:
        raise NotFound(kind=N_("relation"), name=path)
    query = load_query("evidence_of_relation").bind_known(about=URIRef(iris[0]))
    return Panel(tuple(relations), find_contradictions(revision, iris), rebase(query, revision.iris))


def _iri_of(revision: Revision, path: str) -> str:
    kind, _, slug = path.partition("/")
    try:
        return str(revision.iris.thing(kind, slug))
    except ValueError as error:
        raise NotFound(kind=N_("thing"), name=path) from error


def find_contradictions(revision: Revision, iris: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the properties, by relation, for which sources give values that can't both be true."""
    if not iris:
        return {}
    rows = revision.select(load_query("rival_claims").bind(about=[URIRef(iri) for iri in iris]))
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(str(row["about"]), set()).add(str(row["property"]))
    return {
        iri: tuple(_CLAIMED.get(prop, local_name(prop)) for prop in sorted(props))
        for iri, props in found.items()
    }
