"""Declared against recorded: what a document counts, and what the graph can name."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import DeclaredModel, ReconciliationModel
from api.dependencies import GivenDayDep, QuestionsDep, RevisionDep, SettingsDep
from graph.model import GRADES, Declared

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["reconciliation"])

CityDep = Annotated[
    str | None,
    Query(max_length=200, title="City", description="Default: this server's.", examples=["antalya"]),
]


@router.get("/reconciliation", summary="Declared against recorded")
def read_reconciliation(
    questions: QuestionsDep,
    revision: RevisionDep,
    settings: SettingsDep,
    city: CityDep = None,
    as_of: GivenDayDep = None,
) -> ReconciliationModel:
    """Return each declared number, the recorded relations among it, and the places still open.

    Without `as_of` each status is that of the declared day.
    """
    found = questions.reconciliation(city or settings.city, as_of=as_of)
    return ReconciliationModel(
        city=found.city.slug,
        as_of=found.as_of,
        revision=revision.info.number,
        declared=tuple(_to_model(declared) for declared in found.declared),
    )


def _to_model(declared: Declared) -> DeclaredModel:
    """Return the contract's entry: addresses first, the relations in full beside them."""
    return DeclaredModel.model_validate(
        {
            **vars(declared),
            "source": declared.source and declared.source.iri,
            "source_document": declared.source,
            "by_grade": {grade: declared.by_grade.get(grade, 0) for grade in GRADES},
            "relations": tuple(relation.iri for relation in declared.relations),
            "open_places": tuple(place.iri for place in declared.open_places),
            "details": declared.relations,
        }
    )
