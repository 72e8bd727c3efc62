"""The network as pyvis builds it, and the drawings of the start page."""

import re
from datetime import date
from pathlib import Path

import pytest

from graph.model import Declared, Label
from viz.charts import declared_cells
from viz.explore import ExplorerPage
from viz.kinds import FAMILIES, FAMILY_OF
from viz.picture import build_picture

STYLE = Path(__file__).parents[2] / "viz" / "web" / "src" / "css" / "tokens.css"


def test_families_differ_in_colour_and_in_shape() -> None:
    assert len({look.colour for look in FAMILIES.values()}) == len(FAMILIES) == 6
    assert len({look.shape for look in FAMILIES.values()}) == len(FAMILIES)
    assert len({look.path for look in FAMILIES.values()}) == len(FAMILIES)


def test_every_kind_of_relation_has_a_family() -> None:
    assert set(FAMILY_OF.values()) == set(FAMILIES)


def test_the_style_sheet_has_the_same_colours() -> None:
    found = dict(re.findall(r"--kind-(\w+): (#\w+);", STYLE.read_text(encoding="utf-8")))
    assert found == {family: look.colour for family, look in FAMILIES.items()}


def test_a_partner_is_drawn_as_its_closest_tie(explorer: ExplorerPage) -> None:
    nuremberg = next(node for node in build_picture(explorer, "en")["nodes"] if node["name"] == "Nuremberg")
    assert (nuremberg["family"], nuremberg["shape"], nuremberg["x"]) == ("twinning", "dot", 10)


@pytest.fixture
def edges(explorer: ExplorerPage) -> dict[str, dict[str, object]]:
    """Return the drawn edges by status."""
    return {edge["status"]: edge for edge in build_picture(explorer, "en")["edges"]}


def test_parallel_ties_are_all_drawn_and_stand_apart(edges: dict[str, dict[str, object]]) -> None:
    assert len(edges) == 5
    assert "smooth" not in edges["holds"]
    assert edges["may_hold"]["smooth"]


def test_ended_ties_are_grey_and_planned_ones_dashed(edges: dict[str, dict[str, object]]) -> None:
    assert edges["ended"]["color"]["color"] not in {look.colour for look in FAMILIES.values()}  # type: ignore[index]
    assert edges["planned"]["dashes"] == [6, 6]
    assert "dashes" not in edges["holds"]


def test_the_grade_is_the_width(edges: dict[str, dict[str, object]]) -> None:
    widths = [edges[status]["width"] for status in ("holds", "planned", "ended")]
    assert widths == sorted(widths, reverse=True)  # type: ignore[type-var]
    assert len(set(widths)) == 3


def test_ties_have_no_arrows(edges: dict[str, dict[str, object]]) -> None:
    assert not any("arrows" in edge for edge in edges.values())


def test_tooltips_are_plain_lines(edges: dict[str, dict[str, object]]) -> None:
    assert edges["holds"]["about"] == "relation\nrelation · July 2011\nIn force · Confirmed"


def test_nothing_moves_and_nothing_is_html(explorer: ExplorerPage) -> None:
    picture = build_picture(explorer, "en")
    assert picture["options"]["physics"]["enabled"] is False
    assert not any("title" in item for item in picture["nodes"] + picture["edges"])
    assert picture["nodes"][4]["label"] == "<img src=x onerror=alert(1)…"


def test_a_line_knows_when_its_status_changes_and_its_themes(explorer: ExplorerPage) -> None:
    picture = build_picture(explorer, "en")
    assert picture["edges"][0]["changes"] == (("0001-01-01", "planned"), ("2011-07-01", "holds"))
    assert picture["edges"][0]["themes"] == ["climate"]
    assert picture["words"]["theme"] == {"climate": "Climate"}


def test_partners_are_counted_without_the_middle(explorer: ExplorerPage) -> None:
    assert explorer.partner_count == 4


def test_a_declared_number_is_drawn_square_by_square(explorer: ExplorerPage) -> None:
    del explorer
    declared = Declared("sister_city", Label("", ""), 12, date(2024, 3, 4), None, 0, 12, {}, (), ())
    assert (declared_cells(declared).cells, declared_cells(declared).height) == ((), 20)
