"""The partner network as a picture's data: nodes, edges and where they stand."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import EdgeKind, PictureModel
from api.dependencies import AsOfDep, RevisionDep, SettingsDep, StoreDep
from graph.model import Status
from graph.network import partner_network

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["networks"])

CityDep = Annotated[
    str | None,
    Query(max_length=200, title="City", description="Default: this server's.", examples=["antalya"]),
]
KindsDep = Annotated[
    list[EdgeKind] | None,
    Query(title="Kinds", description="Only edges of these kinds; may be repeated.", examples=[["twinning"]]),
]
StatusesDep = Annotated[
    list[Status] | None,
    Query(title="Statuses", description="Only edges with these; may be repeated.", examples=[["holds"]]),
]


@router.get("/network", summary="The partner network, with positions")
def read_network_picture(  # noqa: PLR0913 (the parameters of an address)
    store: StoreDep,
    revision: RevisionDep,
    settings: SettingsDep,
    as_of: AsOfDep,
    city: CityDep = None,
    kind: KindsDep = None,
    status: StatusesDep = None,
) -> PictureModel:
    """Return whom a city is tied to and by what; a node without an edge is left out.

    Positions are pixels; they are the same whatever is left out, and on every day.
    """
    found = partner_network(
        revision, city or settings.city, as_of, memory=store.state, digest=revision.info.digest
    )
    edges = tuple(
        edge
        for edge in found.edges
        if (not kind or edge.kind in kind) and (not status or edge.status in status)
    )
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = [node for node in found.nodes if node.id in ends or node.kind == "own_city"]
    return PictureModel.model_validate(
        {"revision": revision.info.number, "as_of": as_of, "city": found.city, "nodes": nodes, "edges": edges}
    )
