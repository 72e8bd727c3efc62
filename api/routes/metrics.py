"""``/metrics``: the server's counters, for Prometheus."""

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

__all__ = ["router"]

router = APIRouter(tags=["health"])


@router.get("/metrics", summary="Counters for Prometheus", response_class=Response)
def read_metrics(request: Request) -> Response:
    """Return requests, queries under way, the published revision and the server's memory, as text."""
    return Response(request.app.state.metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
