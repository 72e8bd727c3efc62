"""The picture as one page that opens anywhere, without a server and without a network.

pyvis builds it; vis-network's script is the one in pyvis' wheel. All is in the file, and the page's
own policy lets nothing else in: what is not named by its digest does not run.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from graph.network_model import PartnerNetwork
from ontology.messages import Language
from viz.explore import ExplorerPage
from viz.formats import format_date_text, format_day
from viz.kinds import FAMILIES, STATUS_LABELS
from viz.picture import build_picture
from viz.start import embed_json

__all__ = ["offline_facts"]


def offline_facts(page: ExplorerPage, network: PartnerNetwork, language: Language) -> dict[str, Any]:
    """Return what ``explore_offline.html`` is made of.

    Parameters
    ----------
    page
        The whole picture.
    network
        What is shown of it.
    """
    picture = build_picture(page, language)
    nodes, edges = {node.id for node in network.nodes}, {edge.id for edge in network.edges}
    kept = {relation.iri: page.key_of(relation) for relation in page.relations}
    ids = edges | {kept[edge.relation] for edge in network.edges if edge.relation in kept}
    shown = {
        "nodes": [node for node in picture["nodes"] if node["id"] in nodes],
        "edges": [edge for edge in picture["edges"] if edge["id"] in ids],
        "options": picture["options"],
    }
    script, start, style = _vis_script(), _own_file("offline.js"), _own_file("offline.css")
    return {
        "picture": embed_json(shown),
        "vis_script": Markup(script),  # noqa: S704 (a file of a package)
        "start_script": Markup(start),  # noqa: S704 (a file of ours)
        "style": Markup(style),  # noqa: S704 (a file of ours)
        "policy": (
            f"default-src 'none'; script-src {_digest(script)} {_digest(start)}; "
            f"style-src {_digest(style)}; img-src data:"
        ),
        "rows": _rows(network, language),
        "families": {family: FAMILIES[family] for family in dict.fromkeys(page.families.values())},
        "statuses": STATUS_LABELS,
        "shown_day": format_day(page.as_of, language),
    }


def _rows(network: PartnerNetwork, language: Language) -> list[dict[str, str]]:
    names = {node.id: node.label.get(language) for node in network.nodes}
    return [
        {
            "from": names[edge.source],
            "to": names[edge.target],
            "label": edge.label.get(language),
            "kind": edge.kind_label.get(language),
            "status": edge.status,
            "grade": edge.grade or "",
            "span": "–".join(format_date_text(text, language) for text in (edge.start, edge.end) if text),
        }
        for edge in network.edges
        if edge.relation
    ]


@cache
def _vis_script() -> str:
    # The newest of the versions that the wheel holds. Its licence stands in its first lines.
    library = files("pyvis") / "lib"
    newest = max(entry.name for entry in library.iterdir() if entry.name.startswith("vis-"))
    return (
        (library / newest / "vis-network.min.js")
        .read_text(encoding="utf-8")
        .replace("</script", "<\\/script")
    )


@cache
def _own_file(name: str) -> str:
    return (files("viz") / "static" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
