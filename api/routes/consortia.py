"""Consortia for a call, proposed from the recorded cities."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Request

from api.dependencies import RevisionDep
from api.models_consortia import ConsortiaModel, ConsortiumRequest, to_consortia
from api.recommenders import Recommenders
from graph.consortium.model import Terms
from graph.consortium.service import propose, terms_of_call
from graph.questions.places import city_iri
from graph.questions.projects import theme_iri
from graph.revision import Revision

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
    terms = _terms(revision, wanted)
    kept: Recommenders = request.app.state.recommenders
    recommender = kept.of(revision, wanted.as_of or date.today())
    return to_consortia(
        propose(recommender, wanted.city, terms, wanted.proposals), revision=revision.info.number
    )


def _terms(revision: Revision, wanted: ConsortiumRequest) -> Terms:
    """Return the conditions of the call, replaced by those that the request gives."""
    call = terms_of_call(revision, wanted.call) if wanted.call else Terms()
    themes = tuple(str(theme_iri(revision, slug)) for slug in wanted.themes)
    return replace(
        call,
        minimum_partners=wanted.minimum_partners or call.minimum_partners,
        minimum_countries=wanted.minimum_countries or call.minimum_countries,
        eligible=frozenset(code.upper() for code in wanted.eligible_countries) or call.eligible,
        themes=themes or call.themes,
        role=wanted.role,
        size=wanted.size,
        most_per_country=wanted.most_per_country,
        all_themes=wanted.all_themes,
    )
