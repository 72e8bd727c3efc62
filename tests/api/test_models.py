"""The API's models say what the graph's values say, and every field explains itself."""

import dataclasses

import pytest
from pydantic import BaseModel

from api import answers, models
from graph import model, network

PAIRS: list[tuple[type[BaseModel], type]] = [
    (models.LabelModel, model.Label),
    (models.ReferenceModel, model.Reference),
    (models.CountryModel, model.Country),
    (models.CityModel, model.City),
    (models.DatesModel, model.Dates),
    (models.MoneyModel, model.Money),
    (models.DocumentModel, model.Document),
    (models.EvidenceModel, model.Evidence),
    (models.PartyModel, model.Party),
    (models.RelationModel, model.Relation),
    (models.CityNetworkModel, model.CityNetwork),
    (models.ProjectModel, model.Project),
    (models.ThemeModel, model.Theme),
    (answers.NodeModel, network.NetworkNode),
    (answers.EdgeModel, network.NetworkEdge),
]


@pytest.mark.parametrize(("answer", "value"), PAIRS, ids=[pair[1].__name__ for pair in PAIRS])
def test_a_model_has_the_fields_of_the_value(answer: type[BaseModel], value: type) -> None:
    known = {field.name for field in dataclasses.fields(value)}
    assert set(answer.model_fields) == known - {"about"}


def all_models() -> list[type[BaseModel]]:
    """Return every model of the API."""
    found = [*vars(models).values(), *vars(answers).values()]
    return [one for one in found if isinstance(one, type) and issubclass(one, BaseModel) and one.model_fields]


def test_every_field_has_a_title_and_a_description() -> None:
    assert len(all_models()) > 20
    bare = [
        f"{one.__name__}.{name}"
        for one in all_models()
        for name, field in one.model_fields.items()
        if not (field.title and field.description)
    ]
    assert bare == []
