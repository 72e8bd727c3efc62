"""The report card over HTTP: the page in both languages, the figures, and a version without one."""

import dataclasses

import httpx
import pytest
from pydantic import BaseModel

from api import models_report_card as models
from graph.ranking.evaluation import calibration, card, intervals

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAIRS: list[tuple[type[BaseModel], type]] = [
    (models.BinModel, calibration.Bin),
    (models.CalibrationModel, card.Calibration),
    (models.EstimateModel, intervals.Estimate),
    (models.GroupModel, card.Group),
    (models.MethodFiguresModel, card.MethodFigures),
    (models.ProtocolModel, card.Protocol),
    (models.ReportCardModel, card.ReportCard),
    (models.SelectionModel, card.Selection),
    (models.SettingModel, card.Setting),
    (models.VerdictModel, card.Verdict),
]


@pytest.mark.parametrize(("answer", "value"), PAIRS, ids=[pair[1].__name__ for pair in PAIRS])
def test_a_model_has_the_fields_of_the_value_and_explains_them(answer: type[BaseModel], value: type) -> None:
    known = {field.name for field in dataclasses.fields(value)}
    assert set(answer.model_fields) - {"word"} == known
    assert all(field.title and field.description for field in answer.model_fields.values())


def test_every_model_was_looked_at() -> None:
    assert len(PAIRS) == len(models.__all__)


def test_the_figures_are_those_of_the_card_that_comes_with_the_program(client: httpx.Client) -> None:
    shipped = card.shipped_card()
    answer = client.get("/api/v1/report-card")
    if shipped is None:
        assert answer.status_code == 404
        assert "kopru evaluate" in answer.json()["detail"]
        return
    assert answer.status_code == 200
    facts = answer.json()
    assert [one["name"] for one in facts["settings"]] == [one.name for one in shipped.settings]
    ours = shipped.settings[0].method(card.OURS).measures["hits50"]
    assert facts["settings"][0]["methods"][0]["measures"]["hits50"] == dataclasses.asdict(ours)


@pytest.mark.parametrize(
    ("language", "words"), [("tr", "Önerilerin karnesi"), ("en", "Report card of the recommendations")]
)
def test_the_page_has_one_language(client: httpx.Client, language: str, words: str) -> None:
    answer = client.get("/partners/report-card", params={"lang": language}, headers=BROWSER)
    client.cookies.clear()
    assert answer.status_code == 200
    assert f"<h1>{words}</h1>" in answer.text
    assert ('<figure class="chart"' in answer.text) == (card.shipped_card() is not None)
