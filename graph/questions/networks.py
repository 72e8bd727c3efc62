"""City networks and what else cities are members of."""

from collections.abc import Sequence
from datetime import date

from rdflib import URIRef

from graph.library import load_query
from graph.model import CityNetwork, Label, NetworkKind, Page, Reference
from graph.questions.names import existing_iri, reference_of
from graph.questions.paging import cut_page, in_order
from graph.questions.places import city_iri, text_key
from graph.questions.reading import Fact, Readable, read_facts, read_labels
from graph.questions.relations import read_themes_of, to_day
from graph.questions.wording import NETWORK_CLASSES, NETWORK_LABELS
from ontology.messages import N_
from ontology.terms import KP, SCHEMA, SKOS

__all__ = ["list_networks", "network_iri", "read_networks"]

_NETWORK = N_("network")


def network_kind(fact: Fact) -> NetworkKind | None:
    """Return the kind of a network, or ``None`` when it is none."""
    return next((kind for kind, class_iri in NETWORK_CLASSES.items() if fact.is_a(class_iri)), None)


def network_iri(revision: Readable, slug: str) -> URIRef:
    """Return the IRI of a network that is in the graph.

    Raises
    ------
    NotFound
        There is no such network.
    """
    return existing_iri(
        revision, "network", slug, lambda fact: network_kind(fact) is not None, called=_NETWORK
    )


def read_networks(revision: Readable, iris: Sequence[str], as_of: date) -> list[CityNetwork]:
    """Return networks in the order of ``iris`` with their members on a day."""
    if not iris:
        return []
    facts = read_facts(revision, iris)
    networks = [URIRef(iri) for iri in iris]
    query = load_query("member_counts").bind(network=networks, asOf=to_day(as_of), relation=None)
    members = {str(row["network"]): int(str(row["members"])) for row in revision.select(query)}
    labels = read_labels(revision, {seat for fact in facts for seat in fact.iris_of(KP.seat)})
    themes = read_themes_of(revision, iris)
    return [
        _make_network(revision, fact, members.get(fact.iri, 0), labels, themes.get(fact.iri, ()))
        for fact in map(facts.of, iris)
    ]


def _make_network(
    revision: Readable, fact: Fact, members: int, labels: dict[str, Label], themes: tuple[Reference, ...]
) -> CityNetwork:
    here = reference_of(revision, fact.iri, fact.name())
    kind = network_kind(fact) or "city_network"
    count = fact.number(KP.memberCount)
    seat = next(iter(fact.iris_of(KP.seat)), None)
    return CityNetwork(
        iri=fact.iri,
        slug=here.slug,
        kind=kind,
        label=here.label,
        kind_label=NETWORK_LABELS[kind],
        url=fact.text(SCHEMA.url),
        founded=fact.text(KP.foundedText),
        seat=reference_of(revision, seat, labels.get(seat)) if seat else None,
        member_count=None if count is None else int(count),
        members=members,
        themes=themes,
        note=fact.label(SKOS.note),
    )


def list_networks(  # noqa: PLR0913 (the filters of a list)
    revision: Readable,
    as_of: date,
    *,
    q: str | None,
    kind: NetworkKind | None,
    member: str | None,
    limit: int,
    cursor: str | None,
) -> Page[CityNetwork]:
    """Return a page of the networks."""
    query = load_query("networks").bind(
        wantedText=text_key(q),
        wantedKind=NETWORK_CLASSES[kind] if kind else None,
        wantedMember=city_iri(revision, member) if member else None,
        asOf=to_day(as_of),
        relation=None,
    )
    rows = revision.select(query)
    iris, following = cut_page("networks", in_order(rows), limit, cursor)
    return Page(tuple(read_networks(revision, iris, as_of)), len(rows), following)
