"""Whether the server can answer, for whoever watches it."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.dependencies import StoreDep

__all__ = ["router"]

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """What the server answers from."""

    status: str = Field(title="Status", description="`ok` when it can answer.", examples=["ok"])
    revision: int = Field(title="Revision", description="Number of the published revision.", examples=[3])
    triples: int = Field(title="Triples", description="Statements in the default graph.", examples=[41234])

    queries: dict[str, object] = Field(
        title="Query processes",
        description="How many answer foreign queries, and what keeps them off the network.",
        examples=[{"workers": 2, "network": "seccomp", "memory_mb": 1024, "seconds": 10.0}],
    )


@router.get("/health", summary="Can it answer?")
def read_health(store: StoreDep, request: Request) -> Health:
    """Return the published revision and its size; 503 while there is none."""
    info = store.current().info
    facts = request.app.state.pool.facts
    return Health(status="ok", revision=info.number, triples=info.statements, queries=facts)
