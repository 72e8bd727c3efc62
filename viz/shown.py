"""Which part of a picture is shown: what the legend hides is left out of the files, too."""

from dataclasses import replace
from datetime import date

from graph.network_model import NetworkEdge, PartnerNetwork
from viz.explore import ExplorerPage, family_of_edge

__all__ = ["is_later", "shown_network"]

#: What an address says of ties that had not begun yet on an earlier day, when they are to be shown.
_SHOW_LATER = ("status", "-later")


def is_later(page: ExplorerPage, edge: NetworkEdge, today: date) -> bool:
    """Tell whether a tie had not begun on the day of the picture but has by now: it is no plan."""
    if page.as_of >= today or edge.status != "planned":
        return False
    now = [status for day, status in page.changes_of(edge) if day <= today.isoformat()]
    return bool(now) and now[-1] != "planned"


def shown_network(page: ExplorerPage, today: date) -> PartnerNetwork:
    """Return the picture without the lines that the legend hides, and without what only hung on them.

    Parameters
    ----------
    today
        What begins after the day of the picture but up to this one is not there yet.
    """
    countries = {node.id: node.country for node in page.nodes}
    allowed = [edge for edge in page.edges if _is_shown(page, edge, countries, today)]
    held = {page.home, *(end for edge in allowed if edge.relation for end in (edge.source, edge.target))}
    # A way of money has no day of its own: from project to programme to funder it is there with its project.
    for _ in range(2):
        held |= {edge.target for edge in allowed if not edge.relation and edge.source in held}
    edges = tuple(edge for edge in allowed if edge.relation or edge.source in held)
    nodes = tuple(node for node in page.nodes if node.id in held)
    return replace(page.drawn.network, nodes=nodes, edges=edges)


def _is_shown(page: ExplorerPage, edge: NetworkEdge, countries: dict[str, str | None], today: date) -> bool:
    if is_later(page, edge, today) and not page.asked.hides(*_SHOW_LATER):
        return False
    ends = [country for end in (edge.source, edge.target) if (country := countries.get(end))]
    values: dict[str, list[str]] = {
        "family": [family_of_edge(edge)],
        "status": [edge.status],
        "grade": [edge.grade] if edge.grade else [],
        "theme": page.themes_of(edge) or ["none"],
        "country": ends,
    }
    return not any(
        found and all(page.asked.hides(name, value) for value in found) for name, found in values.items()
    )
