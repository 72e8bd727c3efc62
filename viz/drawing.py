"""The picture as one SVG drawing: for print, for slides, and sharp at any size."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from graph.layout import Place
from graph.model import STATUSES, Grade, Status
from graph.network_model import NetworkEdge, NetworkNode, PartnerNetwork
from ontology.messages import N_, Language, translate
from viz.explore import ExplorerPage, family_of_edge
from viz.formats import format_day
from viz.kinds import FAMILIES, STATUS_LABELS, Family

__all__ = ["draw_svg"]

_MARGIN, _FOOT, _LETTER = 90.0, 96.0, 8.2
_WIDTH: dict[Grade, float] = {"confirmed": 3.4, "reported": 2.0, "unverified": 1.1}
_DASHES: dict[Status, str] = {"may_hold": "16 4", "planned": "6 6", "unknown": "2 5"}
_ENDED, _HOME, _OPEN, _INK, _PALE = "#84939b", "#c8641b", "#b3502c", "#14252e", "#4b5d68"
_LONGEST_LABEL = 28


def draw_svg(page: ExplorerPage, network: PartnerNetwork, language: Language) -> str:
    """Return the drawing of the part of a picture that is shown.

    Parameters
    ----------
    page
        The whole picture: it knows families.
    network
        What is shown of it.
    """
    xs, ys = [node.x for node in network.nodes], [node.y for node in network.nodes]
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN
    width, height = max(xs) - left + _MARGIN, max(ys) - top + _MARGIN + _FOOT
    width = max(width, 900.0)
    places = {node.id: (node.x - left, node.y - top) for node in network.nodes}
    title = _title(page, language)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" '
        'font-family="Source Sans 3, Source Sans, Segoe UI, sans-serif">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
        *(_draw_edge(edge, places) for edge in network.edges),
        *(part for node in network.nodes for part in _draw_node(page, node, places[node.id], language)),
        *_draw_foot(page, title, height, language),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _title(page: ExplorerPage, language: Language) -> str:
    return f"{page.centre.label.get(language)} · {format_day(page.as_of, language)}"


def _tag(name: str, text: str = "", **attributes: object) -> str:
    """Return an element; an underscore in the name of an attribute is written as a hyphen."""
    written = "".join(f" {key.replace('_', '-')}={quoteattr(_plain(of))}" for key, of in attributes.items())
    return f"<{name}{written}>{text}</{name}>" if text else f"<{name}{written}/>"


def _plain(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _draw_edge(edge: NetworkEdge, places: dict[str, Place]) -> str:
    faint = edge.context or edge.relation is None
    return _line(
        places[edge.source],
        places[edge.target],
        edge.status,
        stroke=_ENDED if edge.status == "ended" else FAMILIES[family_of_edge(edge)].colour,
        stroke_width=1.0 if faint else _WIDTH[edge.grade or "reported"],
        opacity=0.35 if faint else 0.75,
    )


def _line(begin: Place, end: Place, status: Status, **look: object) -> str:
    if status in _DASHES:
        look["stroke_dasharray"] = _DASHES[status]
    return _tag("line", "", x1=begin[0], y1=begin[1], x2=end[0], y2=end[1], **look)


def _draw_node(page: ExplorerPage, node: NetworkNode, at: Place, language: Language) -> Iterator[str]:
    x, y = at
    name = node.short_label.get(language)
    if node.id == page.home:
        wide = len(name) * _LETTER * 1.9 + 30
        yield _tag("rect", x=x - wide / 2, y=y - 24, width=wide, height=48, rx=6, fill=_HOME)
        yield _text(name, (x, y + 10), font_size=30, fill="#fff", text_anchor="middle")
        return
    if node.kind == "open_place":
        name = translate(N_("Open place"), language)
        yield _tag(
            "circle", cx=x, cy=y, r=10, fill="#fff", stroke=_OPEN, stroke_width=2, stroke_dasharray="3 3"
        )
    else:
        yield _shape(page.families[node.id], at, escape(node.label.get(language)))
    short = name if len(name) <= _LONGEST_LABEL else name[: _LONGEST_LABEL - 1].rstrip() + "…"
    halo: dict[str, object] = {"paint_order": "stroke", "stroke": "#fff", "stroke_width": 4}
    yield _text(short, (x, y + 29), font_size=16, fill=_INK, text_anchor="middle", **halo)


def _shape(family: Family, at: Place, about: str = "") -> str:
    look, title = FAMILIES[family], f"<title>{about}</title>" if about else ""
    place = f"translate({at[0]:.1f} {at[1]:.1f})"
    return _tag("path", title, transform=place, d=look.path, fill=look.colour)


def _text(text: str, at: Place, **look: object) -> str:
    return _tag("text", escape(text) or " ", x=at[0], y=at[1], **look)


def _draw_foot(page: ExplorerPage, title: str, height: float, language: Language) -> Iterator[str]:
    """Yield the title and what shapes and lines mean."""
    yield _text(title, (24, height - 62), font_size=22, fill=_INK)
    x = 34.0
    for family in dict.fromkeys(page.families.values()):
        label = translate(FAMILIES[family].label, language)
        yield _shape(family, (x, height - 36))
        yield _text(label, (x + 16, height - 31), font_size=15, fill=_INK)
        x += 40 + len(label) * _LETTER
    x = 24.0
    for status in STATUSES:
        label, colour = translate(STATUS_LABELS[status], language), _ENDED if status == "ended" else _PALE
        yield _line((x, height - 15), (x + 30, height - 15), status, stroke=colour, stroke_width=2.4)
        yield _text(label, (x + 38, height - 10), font_size=15, fill=_INK)
        x += 62 + len(label) * _LETTER
    yield _text("Köprü", (x + 20, height - 10), font_size=15, fill=_PALE)
