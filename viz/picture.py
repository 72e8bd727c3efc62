"""The explorer's picture: pyvis' nodes, edges and options as vis-network reads them.

pyvis builds and checks the network; its own page is not used, because it asks other hosts.
"""

import json
from datetime import date
from typing import Any

from graph.model import Grade, Status
from graph.network_model import NetworkEdge, NetworkNode
from ontology.messages import N_, Language, translate
from ontology.text import sort_key
from viz.explore import ExplorerPage, family_of_edge
from viz.formats import format_date_text
from viz.kinds import FAMILIES, GRADE_LABELS, STATUS_LABELS

__all__ = ["build_picture"]

_HOME = "#c8641b"
_ENDED = "#84939b"
_OPEN = "#b3502c"
_WIDTH: dict[Grade, float] = {"confirmed": 3.4, "reported": 2.0, "unverified": 1.1}
_OPACITY: dict[Grade, float] = {"confirmed": 0.9, "reported": 0.75, "unverified": 0.6}
#: Lengths of line and gap; a line without a pattern is solid.
_DASHES: dict[Status, list[int]] = {"may_hold": [16, 4], "planned": [6, 6], "unknown": [2, 5]}
_GROUPS = ("network", "project", "funding")
#: What the layout leaves room for under a node.
_LONGEST_LABEL = 28


def build_picture(page: ExplorerPage, language: Language) -> dict[str, Any]:
    """Return ``nodes``, ``edges``, ``options`` and the ``home`` node's id, ready for JSON.

    Every edge has the key of its relation in the page (``relation``) and what a tooltip says
    (``about``, lines of plain text).
    """
    from pyvis.network import Network

    # Undirected pyvis drops parallel edges and looks through all of them for each new one.
    picture = Network(directed=True)
    for node in page.nodes:
        picture.add_node(node.id, **_node(page, node, language))
    keys = {relation.iri: page.key_of(relation) for relation in page.relations}
    twins: dict[frozenset[str], int] = {}
    for edge in page.edges:
        ends = frozenset((edge.source, edge.target))
        twins[ends] = twins.get(ends, -1) + 1
        key = keys.get(edge.relation or "", "")
        look = _edge(edge, key, twins[ends], language) | {
            "changes": page.changes_of(edge), "themes": page.themes_of(edge),
            "way": edge.relation in page.hops,
        }  # fmt: skip
        picture.add_edge(edge.source, edge.target, **look)
    picture.set_options(json.dumps(_OPTIONS))
    nodes, edges, _, _, _, options = picture.get_network_data()
    for edge in edges:
        # pyvis gives every directed edge an arrow; none of these relations has a direction.
        del edge["arrows"]
    return {
        "nodes": nodes, "edges": edges, "options": json.loads(options), "home": page.home,
        "start": page.drawn.centre.path, "day": page.as_of.isoformat(), "today": date.today().isoformat(),
        "totals": dict(page.drawn.totals), "looks": {"ended": _ENDED, "dashes": _DASHES},
        "words": _words(page, language),
    }  # fmt: skip


def _words(page: ExplorerPage, language: Language) -> dict[str, dict[str, str]]:
    """Return what the values of each filter are called, in the order of the legend."""
    named = {n.country: n.country_label.get(language) for n in page.nodes if n.country and n.country_label}
    themes = {slug: label.get(language) for slug, label in page.theme_labels.items()}
    return {
        "family": {family: translate(look.label, language) for family, look in FAMILIES.items()},
        "status": {status: translate(label, language) for status, label in STATUS_LABELS.items()},
        "grade": {grade: translate(label, language) for grade, label in GRADE_LABELS.items()},
        "theme": dict(sorted(themes.items(), key=lambda item: sort_key(item[1]))),
        "country": dict(sorted(named.items(), key=lambda item: sort_key(item[1]))),
        "shape": {family: look.path for family, look in FAMILIES.items()},
    }


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 2, "borderWidthSelected": 4},
    "edges": {"smooth": False, "selectionWidth": 2, "hoverWidth": 1},
    "interaction": {"hover": True, "multiselect": False, "dragNodes": False},
}


def _node(page: ExplorerPage, node: NetworkNode, language: Language) -> dict[str, Any]:
    name = node.label.get(language)
    country = node.country_label.get(language) if node.country_label else ""
    look: dict[str, Any] = {
        "label": _shorten(node.short_label.get(language)), "name": name,
        "about": "\n".join(filter(None, [name, country])),
        "x": node.x, "y": node.y, "kind": node.kind, "country": node.country or "",
    }  # fmt: skip
    if node.id == page.home:
        return look | {"shape": "box", "color": _HOME, "family": "", "margin": 12, "borderWidth": 0}
    family = page.families[node.id]
    # A city that is known by a network or a project alone is none of these: it keeps a city's shape.
    shape = "dot" if node.kind == "city" and family in _GROUPS else FAMILIES[family].shape
    look |= {"family": family, "shape": shape, "size": 11, "color": FAMILIES[family].colour}
    if node.kind == "open_place":
        # Hollow with a broken border: there is a place, but nobody in it yet.
        look |= {
            "color": {"background": "rgba(0,0,0,0)", "border": _OPEN}, "size": 10,
            "label": translate(N_("Open place"), language),
            "shapeProperties": {"borderDashes": [3, 3]},
        }  # fmt: skip
    return look


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else name[: _LONGEST_LABEL - 1].rstrip() + "…"


def _edge(edge: NetworkEdge, key: str, twin: int, language: Language) -> dict[str, Any]:
    family = family_of_edge(edge)
    grade: Grade = edge.grade or "reported"
    faint = edge.context or edge.relation is None
    look: dict[str, Any] = {
        "id": key if key and edge.id == edge.relation else edge.id,
        "relation": key, "family": family, "status": edge.status, "grade": edge.grade or "",
        "faint": faint,
        "about": "\n".join(_about(edge, language)),
        "width": 1.0 if faint else _WIDTH[grade],
        "color": {
            "color": _ENDED if edge.status == "ended" else FAMILIES[family].colour,
            "opacity": 0.35 if faint else 0.55 if edge.status == "ended" else _OPACITY[grade],
        },
    }  # fmt: skip
    if edge.status in _DASHES:
        look["dashes"] = _DASHES[edge.status]
    if twin:
        # A second tie of the same two stands beside the first, not under it.
        look["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.12 * twin}
    return look


def _about(edge: NetworkEdge, language: Language) -> list[str]:
    """Return what a tooltip says: name, kind and dates, status and grade."""
    span = "–".join(format_date_text(text, language) for text in (edge.start, edge.end) if text)
    state = [translate(STATUS_LABELS[edge.status], language)] if edge.relation else []
    state += [translate(GRADE_LABELS[edge.grade], language)] if edge.grade else []
    lines = [
        edge.label.get(language),
        " · ".join(filter(None, [edge.kind_label.get(language), span])),
        " · ".join(state),
    ]
    return [line for line in lines if line]
