"""Every measure that NetworkX has too gives NetworkX's values on small graphs."""

import math
from collections.abc import Callable, Iterator

import networkx as nx
import numpy as np
import pytest

from graph.ranking.evaluation.baselines import NETWORKX_METHODS, make_baselines
from graph.ranking.evaluation.baselines.attributes import kilometres
from graph.ranking.evaluation.run import Method
from graph.ranking.tables import WorldTables
from graph.ranking.world import make_tables

GRAPHS = {
    "karate": nx.karate_club_graph(),
    "petersen": nx.petersen_graph(),
    "path": nx.path_graph(6),
    "star": nx.star_graph(5),
    "two parts": nx.disjoint_union(nx.cycle_graph(5), nx.complete_graph(4)),
    "by chance": nx.gnm_random_graph(40, 70, seed=3),
}
FUNCTIONS: dict[str, Callable[[nx.Graph, list[tuple[int, int]]], Iterator[tuple[int, int, float]]]] = {
    "preferential_attachment": nx.preferential_attachment,
    "jaccard": nx.jaccard_coefficient,
    "adamic_adar": nx.adamic_adar_index,
    "resource_allocation": nx.resource_allocation_index,
    "common_neighbour_centrality": nx.common_neighbor_centrality,
}


def world_of(graph: nx.Graph) -> WorldTables:
    return make_tables({}, [(f"c{a:02}", f"c{b:02}") for a, b in graph.edges])


def method(world: WorldTables, name: str) -> Method:
    return next(one for one in make_baselines(world) if one.name == name)


def tied(graph: nx.Graph) -> nx.Graph:
    """Return the graph without nodes that have no edge, in the order of the world's cities."""
    kept = sorted(node for node in graph if graph.degree(node))
    ordered = nx.Graph()
    ordered.add_nodes_from(range(len(kept)))
    number = {node: place for place, node in enumerate(kept)}
    ordered.add_edges_from((number[a], number[b]) for a, b in graph.edges)
    return ordered


def all_scores(graph: nx.Graph, name: str) -> np.ndarray:
    world = world_of(graph)
    return method(world, name).score(np.arange(len(world), dtype=np.int32))


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_measure_agrees_with_networkx(graph: nx.Graph, name: str) -> None:
    graph = tied(graph)
    found = all_scores(graph, name)
    pairs = [(u, v) for u in graph for v in graph if u != v and not graph.has_edge(u, v)]
    wanted = {(u, v): value for u, v, value in FUNCTIONS[name](graph, pairs)}
    assert len(wanted) == len(pairs) > 0
    for (u, v), value in wanted.items():
        assert found[u, v] == pytest.approx(value, rel=1e-12), (u, v)


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_shared_partners_are_counted_as_by_networkx(graph: nx.Graph) -> None:
    graph = tied(graph)
    found = all_scores(graph, "common_neighbours")
    for u, v in nx.non_edges(graph):
        assert found[u, v] == found[v, u] == len(nx.common_neighbors(graph, u, v))


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_page_rank_agrees_with_networkx(graph: nx.Graph) -> None:
    graph = tied(graph)
    found = all_scores(graph, "pagerank")
    for city in graph:
        wanted = nx.pagerank(graph, alpha=0.7, personalization={city: 1}, tol=1e-10)
        assert found[city] == pytest.approx([wanted[other] for other in range(len(graph))], abs=1e-6)


def test_a_walk_without_a_way_out_stays() -> None:
    world = make_tables({"alone": {"country": "TR"}}, [("b", "c")])
    assert method(world, "pagerank").score(np.array([0], dtype=np.int32)).tolist() == [[1, 0, 0]]


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_paths_of_three_steps_agree_with_counting_them(graph: nx.Graph) -> None:
    graph = tied(graph)
    found = all_scores(graph, "l3")
    for x, y in nx.non_edges(graph):
        paths = [path for path in nx.all_simple_paths(graph, x, y, cutoff=3) if len(path) == 4]
        wanted = sum(1 / math.sqrt(graph.degree(u) * graph.degree(v)) for _, u, v, _ in paths)
        assert found[x, y] == pytest.approx(wanted, rel=1e-12)


def test_katz_is_the_sum_over_powers_of_the_matrix() -> None:
    graph = tied(GRAPHS["karate"])
    matrix = nx.to_numpy_array(graph, nodelist=range(len(graph)), weight=None)
    wanted = sum(0.005**power * np.linalg.matrix_power(matrix, power) for power in range(1, 6))
    assert all_scores(graph, "katz") == pytest.approx(wanted, rel=1e-12)


def test_the_methods_have_names_of_their_own_and_networkx_has_five() -> None:
    names = [one.name for one in make_baselines(world_of(GRAPHS["karate"]))]
    assert len(set(names)) == len(names) == 13
    assert set(NETWORKX_METHODS) < set(names)
    assert len(NETWORKX_METHODS) == 5


def facts_world() -> WorldTables:
    facts = {
        "a": {"country": "TR", "lat": 36.9, "lon": 30.7, "population": 1_000_000},
        "b": {"country": "DE", "lat": 49.5, "lon": 11.1, "population": 500_000},
        "c": {"country": "DE", "lat": 52.5, "lon": 13.4, "population": 4_000_000},
        "d": {"country": "CN", "population": 1_000_000},
    }
    memberships = [
        ("a", "large"),
        ("b", "large"),
        ("c", "large"),
        ("a", "small"),
        ("b", "small"),
        ("d", "own"),
    ]
    projects = [("a", "p1"), ("b", "p1"), ("a", "p2"), ("b", "p2"), ("c", "p2")]
    return make_tables(facts, [("a", "b"), ("b", "d"), ("c", "d")], memberships, projects)


def first(name: str) -> list[float]:
    scores: list[float] = method(facts_world(), name).score(np.array([0], dtype=np.int32))[0].tolist()
    return scores


def test_networks_count_more_the_fewer_are_in_them() -> None:
    _, b, c, d = first("shared_networks")
    assert (b, c, d) == (pytest.approx(1 / math.log(3) + 1 / math.log(2)), pytest.approx(1 / math.log(3)), 0)


def test_projects_are_counted() -> None:
    assert first("common_projects")[1:] == [2, 1, 0]


def test_the_nearest_comes_first_and_the_unknown_place_last() -> None:
    _, b, c, d = first("nearest")
    assert b > c > d
    # Antalya to Nuremberg: about 2,100 km.
    assert kilometres(facts_world(), np.array([0], dtype=np.int32))[0][1] == pytest.approx(2120, rel=0.02)


def test_country_and_size_multiply() -> None:
    _, b, c, d = first("country_size")
    # Ties by country: TR-DE once, DE-CN twice; all ties spread 1 : 3 : 2 over TR, DE and CN.
    germany, china = (1 + 10 * 3 / 6) / 11, (10 * 2 / 6) / 11
    small, large = 500_000, 4_000_000
    assert b == pytest.approx(germany * small / (small + large) * math.exp(-(math.log10(2) ** 2) / 0.18))
    assert c == pytest.approx(germany * large / (small + large) * math.exp(-(math.log10(4) ** 2) / 0.18))
    assert d == pytest.approx(china)
