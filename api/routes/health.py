"""Whether the server can answer, for whoever watches it."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.dependencies import StoreDep

__all__ = ["router"]

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """What the server answers from."""

    status: str = Field(title="Status", description="`ok` when it can answer.", examples=["ok"])
    revision: int = Field(title="Revision", description="Number of the published revision.", examples=[3])
    triples: int = Field(title="Triples", description="Statements in the default graph.", examples=[41234])


@router.get("/health", summary="Can it answer?")
def read_health(store: StoreDep) -> Health:
    """Return the published revision and its size; 503 while there is none."""
    info = store.current().info
    return Health(status="ok", revision=info.number, triples=info.statements)
