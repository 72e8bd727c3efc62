"""The partner network of ``data/tiny.ttl``, and how nodes are placed."""

from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.layout import Box, count_overlaps, place_nodes
from graph.network import NetworkEdge, PartnerNetwork, partner_network
from graph.revision import Revision
from ontology.errors import NotFound

DAY = date(2024, 3, 4)
BASE = "https://w3id.org/kopru/id/"


@pytest.fixture
def network(tiny: Revision) -> PartnerNetwork:
    return partner_network(tiny, "antalya", DAY)


def find(network: PartnerNetwork, slug: str) -> NetworkEdge:
    return next(edge for edge in network.edges if edge.id.endswith(slug))


def test_every_partner_is_a_node_of_its_kind(network: PartnerNetwork) -> None:
    assert {node.slug: node.kind for node in network.nodes if node.kind != "open_place"} == {
        "antalya": "own_city",
        "nuremberg": "city",
        "kunming": "city",
        "bat-yam": "city",
        "kepez": "authority",
        "medcities": "city_network",
        "race-to-zero": "campaign",
        "matchup": "project",
        "horizon": "programme",
        "commission": "organization",
    }
    assert sum(node.kind == "open_place" for node in network.nodes) == 3


def test_the_city_stands_in_the_middle(network: PartnerNetwork) -> None:
    middle = network.nodes[0]
    assert (middle.kind, middle.x, middle.y) == ("own_city", 0.0, 0.0)


def test_an_edge_tells_of_its_relation(network: PartnerNetwork) -> None:
    edge = find(network, "twinning-antalya-bat-yam-1")
    assert (edge.source, edge.target) == (f"{BASE}city/antalya", f"{BASE}city/bat-yam")
    assert (edge.status, edge.grade, edge.start, edge.end) == (
        "holds",
        "reported",
        "1997-11-26",
        "2024-03-11",
    )
    assert (edge.evidence, edge.counted, edge.context) == (3, True, False)


def test_a_later_day_changes_statuses_and_no_place(tiny: Revision, network: PartnerNetwork) -> None:
    later = partner_network(tiny, "antalya", date(2024, 3, 11))
    assert find(later, "twinning-antalya-bat-yam-1").status == "ended"
    assert later.nodes == network.nodes


def test_ties_without_the_municipality_are_context(network: PartnerNetwork) -> None:
    assert {edge.label.tr for edge in network.edges if edge.context} == {
        "Kunming – Nürnberg kardeş şehir anlaşması",
        "Nürnberg – MedCities üyeliği",
        "Kepez Belediyesi – Nürnberg kardeş şehir anlaşması",
    }


def test_money_comes_through_the_programme_from_its_funder(network: PartnerNetwork) -> None:
    grant = find(network, "grant/antalya-commission-matchup-1")
    assert grant.target == f"{BASE}programme/horizon"
    steps = {(edge.source, edge.target) for edge in network.edges if edge.kind == "programme"}
    assert steps == {
        (f"{BASE}project/matchup", f"{BASE}programme/horizon"),
        (f"{BASE}programme/horizon", f"{BASE}organization/commission"),
    }


def test_edges_end_at_nodes_and_have_ids_of_their_own(network: PartnerNetwork) -> None:
    nodes = {node.id for node in network.nodes}
    assert all({edge.source, edge.target} <= nodes for edge in network.edges)
    assert len({edge.id for edge in network.edges}) == len(network.edges)


def test_an_unknown_city_has_no_network(tiny: Revision) -> None:
    with pytest.raises(NotFound):
        partner_network(tiny, "atlantis", DAY)


def test_networkx_has_all_of_it_in_plain_attributes(network: PartnerNetwork, tmp_path: Path) -> None:
    whole = network.to_networkx()
    assert (whole.number_of_nodes(), whole.number_of_edges()) == (len(network.nodes), len(network.edges))
    assert whole.nodes[f"{BASE}city/nuremberg"]["label_tr"] == "Nürnberg"
    for name, write in (("graphml", nx.write_graphml), ("gexf", nx.write_gexf)):
        write(whole, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000


class Notebook:
    """Keeps values as a store's state does."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def put(self, key: str, value: object) -> None:
        """Keep a value."""
        self.kept[key] = value

    def find(self, key: str) -> Any:
        """Return a value."""
        return self.kept.get(key)


def test_places_are_kept_for_a_revision(tiny: Revision) -> None:
    memory = Notebook()
    first = partner_network(tiny, "antalya", DAY, memory=memory, digest="a")
    (kept,) = memory.kept.values()
    kept["places"][f"{BASE}city/kunming"] = [1.0, 2.0]
    again = partner_network(tiny, "antalya", DAY, memory=memory, digest="a")
    assert [(n.x, n.y) for n in again.nodes if n.slug == "kunming"] == [(1.0, 2.0)]
    assert partner_network(tiny, "antalya", DAY, memory=memory, digest="b") == first


def test_places_of_other_nodes_are_made_anew(tiny: Revision, network: PartnerNetwork) -> None:
    memory = Notebook()
    partner_network(tiny, "antalya", DAY, memory=memory, digest="a")
    (kept,) = memory.kept.values()
    kept["places"]["urn:other"] = [0, 0]
    assert partner_network(tiny, "antalya", DAY, memory=memory, digest="a") == network


def make_boxes(count: int) -> list[Box]:
    groups = ("networks", "cities", "bodies", "projects")
    return [
        Box(f"n{group}{i}", group, "Avrupa Kentleri Birliği"[: 6 + i % 17])
        for group in groups
        for i in range(count // len(groups))
    ]


@pytest.mark.parametrize("count", [0, 4, 40, 100, 200])
def test_names_do_not_overlap(count: int) -> None:
    middle, around = Box("middle", "", "Antalya"), make_boxes(count)
    places = place_nodes(middle, around)
    assert len(places) == count + 1
    assert count_overlaps([middle, *around], places) == 0


def test_the_same_nodes_get_the_same_places() -> None:
    middle, around = Box("middle", "", "Antalya"), make_boxes(80)
    assert place_nodes(middle, around) == place_nodes(middle, around)


def test_groups_keep_to_their_side() -> None:
    middle, around = Box("middle", "", "Antalya"), make_boxes(80)
    places = place_nodes(middle, around)

    def centre(group: str) -> tuple[float, float]:
        found = [places[box.node] for box in around if box.group == group]
        return sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)

    # Four groups as large as one another: above, right, below, left.
    assert centre("networks")[1] < 0 < centre("bodies")[1]
    assert centre("projects")[0] < 0 < centre("cities")[0]
