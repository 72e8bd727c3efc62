"""Consortia for a call, proposed from the recorded cities."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Request

from api.dependencies import RevisionDep
from api.models_consortia import ConsortiaModel, ConsortiumRequest, to_consortia, to_terms
from api.recommenders import Recommenders
from graph.consortium.service import propose
from graph.questions.places import city_iri

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["consortia"])


@router.post("/consortia", summary="Consortia for a call")
def propose_consortia(
    request: Request, revision: RevisionDep, wanted: Annotated[ConsortiumRequest, Body()]
) -> ConsortiaModel:
    """Propose consortia that meet the conditions, the best first, proven by an exact solver.

    They maximise the mean affinity of the members and the share of the themes covered. When none is
    possible, `failing` names each condition that alone stands in the way.
    """
    city_iri(revision, wanted.city)
    terms = to_terms(revision, wanted)
    kept: Recommenders = request.app.state.recommenders
    recommender = kept.of(revision, wanted.as_of or date.today())
    return to_consortia(
        propose(recommender, wanted.city, terms, wanted.proposals), revision=revision.info.number
    )
