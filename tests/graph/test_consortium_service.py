"""Consortia from a graph: a graph with one city, and one whose cities are all in one network."""

from datetime import date
from typing import Any

from graph.consortium.model import Terms
from graph.consortium.service import propose
from graph.gaps.service import find_gaps
from graph.recommendation.service import Recommender
from graph.store import GraphStore

DAY = date(2024, 3, 4)


def city(slug: str, country: str) -> str:
    return f"""
<https://w3id.org/kopru/id/city/{slug}> a schema:City ; rdfs:label "{slug}"@en ; schema:latitude 40.0 ;
    schema:longitude 20.0 ; kp:population 500000 ;
    schema:containedInPlace <https://w3id.org/kopru/id/country/{country}> .
<https://w3id.org/kopru/id/country/{country}> a schema:Country ; kp:isoCode "{country.upper()}" .
<https://w3id.org/kopru/id/authority/{slug}> a m8g:PublicOrganisation ;
    dcterms:spatial <https://w3id.org/kopru/id/city/{slug}> .
<https://w3id.org/kopru/id/membership/{slug}> a kp:NetworkMembership ;
    kp:startEarliest "2000-01-01"^^xsd:date ; kp:startLatest "2000-01-01"^^xsd:date ;
    org:member <https://w3id.org/kopru/id/authority/{slug}> ;
    org:organization <https://w3id.org/kopru/id/network/all> .
"""


def test_a_graph_with_one_city_says_that_nobody_is_recorded(store: GraphStore, publish: Any) -> None:
    publish(city("ours", "tr"))
    found = propose(Recommender(store.current(), DAY), "ours", Terms())
    assert (found.proposals, found.considered) == ((), 0)
    assert [one.condition for one in found.failing] == ["candidates"]


def test_with_all_cities_in_one_network_there_are_consortia_and_no_network_gap(
    store: GraphStore, publish: Any
) -> None:
    publish(
        "".join(city(f"c{number}", country) for number, country in enumerate(("tr", "de", "it", "es", "fr")))
    )
    recommender = Recommender(store.current(), DAY)
    found = propose(recommender, "c0", Terms(minimum_partners=3, minimum_countries=3, size=3), most=2)
    first, second = ({member.city for member in one.members} for one in found.proposals)
    assert len(first) == len(second) == 2
    assert len(first - second) >= 1
    assert all(len(one.countries) == 3 and one.gap == 0 for one in found.proposals)
    gaps = find_gaps(store.current(), recommender.projection, "c0", recommender=recommender)
    assert not {gap.kind for gap in gaps.items} & {"shared_network", "partners_without_us"}
    assert gaps.hidden.pairs == 0
