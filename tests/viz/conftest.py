"""A hand-made network with answers that can be worked out by hand."""

from datetime import date

import pytest
from rdflib import URIRef

from graph.model import Label
from graph.neighbours import Found
from graph.network_model import NetworkEdge, NetworkNode, PartnerNetwork
from graph.view import Drawn
from viz.address import read_address
from viz.assets import Assets
from viz.explore import ExplorerPage
from viz.pages import Pages, Reader

BASE = "https://w3id.org/kopru/id/"
HOME = BASE + "city/antalya"


@pytest.fixture
def pages() -> Pages:
    """Return pages that need no built files."""
    return Pages(Assets(scripts={"src/page.ts": "/static/build/page.js"}))


@pytest.fixture
def reader() -> Reader:
    """Return someone who asked for English and a day."""
    return Reader(
        path="/explore",
        language="en",
        as_of=date(2024, 3, 4),
        query={"lang": "en", "as_of": "2024-03-04", "q": "a b"},
    )


def _node(kind: str, slug: str, x: float, name: str = "") -> NetworkNode:
    label = Label(name or slug.title(), name or slug.title())
    return NetworkNode(BASE + f"{kind}/{slug}", kind, slug, label, label, x=x)  # type: ignore[arg-type]


def _edge(kind: str, target: str, status: str, grade: str, number: int = 1) -> NetworkEdge:
    relation = f"{BASE}agreement/{kind}-{number}"
    label = Label("ilişki", "relation")
    return NetworkEdge(
        relation, HOME, target, kind, label, label, relation, status, grade, start="2011-07"  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def explorer() -> ExplorerPage:
    """Return home, a twinned city with a second tie, a planned one, an ended one, and a hostile name."""
    nodes = (
        NetworkNode(HOME, "own_city", "antalya", Label("Antalya", "Antalya"), Label("Antalya", "Antalya")),
        _node("city", "nuremberg", 10),
        _node("city", "lviv", 20),
        _node("city", "bat-yam", 30),
        _node("city_network", "medcities", 40, "<img src=x onerror=alert(1)> and a long name behind"),
    )
    edges = (
        _edge("twinning", nodes[1].id, "holds", "confirmed"),
        _edge("protocol", nodes[1].id, "may_hold", "reported"),
        _edge("twinning", nodes[2].id, "planned", "reported", 2),
        _edge("twinning", nodes[3].id, "ended", "unverified", 3),
        _edge("membership", nodes[4].id, "unknown", "unverified"),
    )
    network = PartnerNetwork("antalya", date(2024, 3, 4), nodes, edges)
    centre = Found(URIRef(HOME), "city", "antalya", (URIRef(HOME),))
    changes = {edges[0].id: (("0001-01-01", "planned"), ("2011-07-01", "holds"))}
    drawn = Drawn(centre, network, (), changes, {"twinning": 3}, {edges[0].id: (BASE + "theme/climate",)})  # type: ignore[arg-type]
    labels = {"climate": Label("İklim", "Climate")}
    return ExplorerPage(drawn, network.as_of, read_address({}, "antalya"), None, labels)
