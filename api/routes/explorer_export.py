"""The explorer's view as files: what is shown, on its day, as the address says it."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import RevisionDep, SettingsDep, StoreDep
from api.recommenders import Recommenders
from api.routes.pages import PagesDep, ReaderDep
from api.tables import Columns, to_csv
from graph.network_model import NetworkEdge, PartnerNetwork
from ontology.messages import N_, translate
from viz.address import read_address
from viz.drawing import draw_svg
from viz.explore import ExplorerPage, ask_explorer
from viz.offline import offline_facts
from viz.pages import Pages, Reader
from viz.shown import shown_network

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

Form = Literal["svg", "html", "csv", "graphml", "gexf"]
_MEDIA: dict[Form, str] = {
    "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
}


@router.get("/explore/export.{form}")
def export_view(  # noqa: PLR0913 (what a file is made of)
    form: Form,
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    store: StoreDep,
    settings: SettingsDep,
) -> Response:
    """Return the view of an address as a file; what the legend hides is left out."""
    asked = read_address(reader.query, settings.city)
    kept: Recommenders = request.app.state.recommenders
    projection = kept.of(revision, reader.as_of).projection if asked.way else None
    page = ask_explorer(revision, asked, reader.as_of, store.state, projection)
    network = shown_network(page, date.today())
    body = _MAKERS[form](page, network, reader, pages)
    name = f"kopru-{page.drawn.centre.slug}-{reader.as_of.isoformat()}.{form}"
    return Response(
        body, media_type=_MEDIA[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _to_svg(page: ExplorerPage, network: PartnerNetwork, reader: Reader, pages: Pages) -> bytes:
    del pages
    return draw_svg(page, network, reader.language).encode()


def _to_html(page: ExplorerPage, network: PartnerNetwork, reader: Reader, pages: Pages) -> bytes:
    facts = offline_facts(page, network, reader.language)
    name = page.centre.label.get(reader.language)
    heading = translate(N_("Partner network of {city}"), reader.language, city=name)
    return pages.render("explore_offline.html", reader, heading=heading, address="", **facts).encode()


def _to_csv(page: ExplorerPage, network: PartnerNetwork, reader: Reader, pages: Pages) -> bytes:
    del page, reader, pages
    nodes = {node.id: node for node in network.nodes}
    columns: Columns = [
        ("relation", lambda e: e.relation or ""),
        ("label_tr", lambda e: e.label.tr),
        ("label_en", lambda e: e.label.en),
        ("kind", lambda e: e.kind),
        ("status", lambda e: e.status),
        ("grade", lambda e: e.grade or ""),
        ("start", lambda e: e.start or ""),
        ("end", lambda e: e.end or ""),
        ("from", lambda e: e.source),
        ("from_tr", lambda e: nodes[e.source].label.tr),
        ("from_en", lambda e: nodes[e.source].label.en),
        ("to", lambda e: e.target),
        ("to_tr", lambda e: nodes[e.target].label.tr),
        ("to_en", lambda e: nodes[e.target].label.en),
        ("to_country", lambda e: nodes[e.target].country or ""),
    ]
    edges: Iterator[NetworkEdge] = iter(network.edges)
    return "".join(to_csv(columns, edges)).encode()


def _to_graphml(page: ExplorerPage, network: PartnerNetwork, reader: Reader, pages: Pages) -> bytes:
    import networkx as nx

    del page, reader, pages
    buffer = BytesIO()
    nx.write_graphml(network.to_networkx(), buffer)
    return buffer.getvalue()


def _to_gexf(page: ExplorerPage, network: PartnerNetwork, reader: Reader, pages: Pages) -> bytes:
    import networkx as nx

    del page, pages
    made = network.to_networkx()
    for node in network.nodes:
        made.nodes[node.id]["label"] = node.label.get(reader.language)
        made.nodes[node.id]["viz"] = {"position": {"x": node.x, "y": -node.y, "z": 0.0}}
    for _, _, key, facts in made.edges(keys=True, data=True):
        facts["id"] = key
    buffer = BytesIO()
    nx.write_gexf(made, buffer)
    return buffer.getvalue()


_MAKERS: dict[Form, Callable[[ExplorerPage, PartnerNetwork, Reader, Pages], bytes]] = {
    "svg": _to_svg,
    "html": _to_html,
    "csv": _to_csv,
    "graphml": _to_graphml,
    "gexf": _to_gexf,
}
