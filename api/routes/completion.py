"""``/api/v1/completion``: what can stand at a place of a query that is being written."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from api.dependencies import LanguageDep, RevisionDep
from api.models import Model, about
from api.suggesters import Suggesters
from graph.questions.suggestions import Suggestion
from ontology.messages import Language

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["data"])

Place = Literal["class", "property", "value"]
_Iri = Annotated[str, Query(max_length=2000)]


class SuggestionModel(Model):
    """One thing that can be written at the place."""

    iri: str = about("IRI", "Address of the class, property or thing.", "https://schema.org/City")
    text: str = about("Text", "As a query writes it.", "schema:City")
    label: str = about("Name", "Name in the language asked for.", "Kent")
    number: int = about(
        "Number", "Things of a class, statements with a property; 0 for a thing.", 113, default=0
    )


class SuggestionsModel(Model):
    """What one revision offers at a place."""

    revision: int = about("Revision", "Number of the revision that was asked.", 1)
    items: list[SuggestionModel] = about(
        "Suggestions",
        "Classes and properties by how much there is of them, things by their names.",
        [{"iri": "https://schema.org/City", "text": "schema:City", "label": "City", "number": 113}],
    )


@router.get("/completion", summary="Complete a query")
def complete(  # noqa: PLR0913 (what a place is told by)
    request: Request,
    revision: RevisionDep,
    language: LanguageDep,
    place: Annotated[
        Place,
        Query(title="Place", description="What is being written.", examples=["property"]),
    ],
    of: Annotated[
        list[_Iri],
        Query(
            title="Classes",
            description="For a property: the classes of its subject; only what things of all of them have.",
            examples=[["https://schema.org/City"]],
            max_length=20,
        ),
    ] = [],  # noqa: B006 (the framework copies it)
    after: Annotated[
        str | None,
        Query(
            max_length=2000,
            title="Property",
            description="For a value: the property before it; only what it leads to.",
            examples=["https://schema.org/containedInPlace"],
        ),
    ] = None,
    q: Annotated[
        str,
        Query(
            max_length=200,
            title="Name",
            description="For a value: the beginning of a word of its name, in any writing.",
            examples=["nurn"],
        ),
    ] = "",
) -> SuggestionsModel:
    """Return what the graph has for a place: nothing is offered that would find nothing."""
    suggesters: Suggesters = request.app.state.suggesters
    suggestions = suggesters.of(revision)
    if place == "class":
        found = suggestions.classes()
    elif place == "property":
        found = suggestions.properties(of)
    else:
        found = suggestions.things(q, after)
    items = [_to_model(one, language) for one in found]
    return SuggestionsModel(revision=revision.number, items=items)


def _to_model(one: Suggestion, language: Language) -> SuggestionModel:
    return SuggestionModel(iri=one.iri, text=one.text, label=one.label.get(language), number=one.number)
