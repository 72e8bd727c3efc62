"""Ways between things, circles and brokers: by hand on the tiny graph, and against NetworkX."""

from datetime import date
from math import log2

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.communities import adjusted_rand, find_circles
from graph.connections import find_node, find_paths, tell_paths
from graph.model import Label
from graph.projection import CityNode, Projection, Tie, TieKind, project_ties
from graph.revision import Revision
from ontology.errors import BadParameter, NotFound

DAY = date(2024, 3, 4)
BASE = "https://w3id.org/kopru/id/"
ANTALYA, NUREMBERG, KUNMING, IZMIR = (
    f"{BASE}city/{slug}" for slug in ("antalya", "nuremberg", "kunming", "izmir")
)


def tied(*pairs: tuple[str, str], kind: TieKind = "twinning", cities: str = "") -> Projection:
    """Return cities of one letter; a capital letter is a network."""
    ties = []
    for number, (one, other) in enumerate(pairs):
        inside, group = ((one,), other) if other.isupper() else ((one, other), None)
        ties.append(Tie(f"r{number}", "membership" if group else kind, "holds", "confirmed", inside, group))
    nodes = {x for pair in pairs for x in pair if not x.isupper()} | set(cities)
    return Projection(DAY, {x: CityNode(x, Label(x, x)) for x in nodes}, tuple(ties))


def ways(projection: Projection, most: int = 5) -> list[str]:
    return ["a" + "".join(hop.target for hop in path.hops) for path in find_paths(projection, "a", "z", most)]


def test_the_direct_tie_comes_first_and_each_way_goes_through_others() -> None:
    assert ways(tied(("a", "z"), ("a", "b"), ("b", "z"), ("b", "c"), ("c", "z"))) == ["az", "abz"]
    assert ways(tied(("a", "b"), ("b", "z"), ("a", "c"), ("c", "z"))) == ["abz", "acz"]


def test_a_crowded_network_says_less_than_a_longer_way_over_few() -> None:
    crowd = [(city, "N") for city in "abcdefghijklmnopqrstuvwxyz"]
    few = [("a", "1"), ("1", "2"), ("2", "z")]
    assert ways(tied(*crowd, *few), 1) == ["aNz"]  # 26 members cost two steps and 1.2 more
    many = [(f"m{number}", "N") for number in range(5_000)]
    assert ways(tied(*crowd, *many, *few), 1) == ["a12z"]


def test_an_entry_of_a_list_is_a_dearer_step() -> None:
    listed = Tie("list", "twinning", "may_hold", "unverified", ("a", "z"))
    known = tied(("a", "b"), ("b", "z"))
    projection = Projection(DAY, known.cities, (*known.ties, listed))
    paths = find_paths(projection, "a", "z")
    # Crowds: a and z have two ties, b two: each counts 1/4. Known: two steps of 1.25; listed: 1.25 + 1.
    assert [(path.through, path.cost) for path in paths] == [((), 2.25), (("b",), 2.5)]


def test_nothing_connects_what_is_apart_or_one() -> None:
    assert ways(tied(("a", "b"), ("c", "z"))) == []
    assert ways(tied(cities="az")) == []
    assert find_paths(tied(("a", "b")), "a", "a") == ()


def test_all_cities_in_one_network_meet_there() -> None:
    assert ways(tied(("a", "N"), ("z", "N"), ("b", "N"))) == ["aNz"]


@settings(max_examples=150, deadline=None)
@given(st.sets(st.tuples(st.sampled_from("abcdezMNO"), st.sampled_from("abcdezMNO")), max_size=20))
def test_each_way_is_the_cheapest_that_is_left(drawn: set[tuple[str, str]]) -> None:
    pairs = sorted({(x, y) for x, y in drawn if not x.isupper() and (y.isupper() or x < y)})
    projection = tied(*pairs, cities="az")
    network = nx.Graph()
    network.add_nodes_from("az")
    crowd = {node: log2(max(len(projection.ties_of(node)), 1)) / 4 for node in "abcdezMNO"}
    network.add_weighted_edges_from((x, y, 1 + (crowd[x] + crowd[y]) / 2) for x, y in pairs)
    for path in find_paths(projection, "a", "z", 9):
        assert path.cost == pytest.approx(nx.dijkstra_path_length(network, "a", "z"), abs=1e-3)
        network.remove_nodes_from(path.through)
        if not path.through:
            network.remove_edge("a", "z")
    assert not nx.has_path(network, "a", "z")


def test_ways_are_told_with_dates_and_documents(tiny: Revision) -> None:
    told = tell_paths(tiny, project_ties(tiny, DAY), ANTALYA, KUNMING)
    assert [[node.slug for node in path.nodes] for path in told.paths] == [
        ["antalya", "kunming"],
        ["antalya", "nuremberg", "kunming"],
    ]
    (first,), (second,) = told.paths[1].hops
    assert (first.relation.slug, first.start, first.grade) == (
        "twinning-antalya-nuremberg-1",
        "1997-10",
        "confirmed",
    )
    assert second.start == "2010"
    assert [one.slug for one in told.through] == ["nuremberg"]
    assert {str(row["relation"]).rpartition("/")[2] for row in tiny.select(told.paths[1].query)} == {
        "twinning-antalya-nuremberg-1",
        "twinning-kunming-nuremberg-1",
    }


def test_the_day_decides_what_connects(tiny: Revision) -> None:
    assert tell_paths(tiny, project_ties(tiny, date(1990, 1, 1)), ANTALYA, NUREMBERG).paths == ()
    assert tell_paths(tiny, project_ties(tiny, DAY), ANTALYA, IZMIR).paths == ()


def test_ends_are_named_by_slug_and_kind(tiny: Revision) -> None:
    projection = project_ties(tiny, DAY)
    assert find_node(tiny, projection, "antalya") == ANTALYA
    assert find_node(tiny, projection, "network/medcities") == f"{BASE}network/medcities"
    assert find_node(tiny, projection, NUREMBERG) == NUREMBERG
    with pytest.raises(NotFound, match="antalya"):
        find_node(tiny, projection, "antalia")
    with pytest.raises(BadParameter):
        find_node(tiny, projection, "theme/tourism")


def test_circles_are_those_that_every_seed_finds() -> None:
    # Two triangles that a joins: b, c, d and e, f, g.
    pairs = [("b", "c"), ("b", "d"), ("c", "d"), ("e", "f"), ("e", "g"), ("f", "g"), ("a", "b"), ("a", "e")]
    found = find_circles(tied(*pairs), "a")
    assert {frozenset(circle.cities) - {"a"} for circle in found.circles} == {
        frozenset("bcd"),
        frozenset("efg"),
    }
    # a lies on all 9 shortest ways between the triangles, of 15 pairs.
    assert (found.brokers[0].city, found.brokers[0].betweenness) == ("a", 0.6)
    assert not found.estimated


def test_a_city_alone_is_a_circle() -> None:
    found = find_circles(tied(cities="a"), "a")
    assert [(circle.cities, circle.steadiness) for circle in found.circles] == [(("a",), 1.0)]
    assert (found.brokers, found.agreement) == ((), 1.0)


def test_agreement_of_partitions() -> None:
    one = dict(zip("abcd", (0, 0, 1, 1), strict=True))
    assert adjusted_rand(one, dict(zip("abcd", (1, 1, 0, 0), strict=True))) == 1.0
    # Crossed halves: no pair together in both; 0 - 2·2/6 over 2 - 2·2/6.
    assert adjusted_rand(one, dict(zip("abcd", (0, 1, 0, 1), strict=True))) == pytest.approx(-0.5)
