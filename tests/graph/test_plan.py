"""What questions about the plan answer over ``data/plan.ttl``: worked out by hand from that file."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib

from graph.library import Query, parse_query
from graph.model import Label, Money
from graph.model_plan import DatedValue, Indicator, PlanStage
from graph.questions.plan import PlanQuestions
from graph.revision import Revision
from graph.store import GraphStore
from ontology.errors import BadParameter, NotFound

DAY = date(2026, 1, 31)
EARLY = date(2024, 6, 30)
#: One tie for each year after 2020, and the share of nothing.
TIES = """# title@tr: Bağlar
# title@en: Ties
# unit@tr: bağ
# unit@en: ties
SELECT ?value WHERE {
  VALUES ?asOf { "2024-03-04"^^xsd:date }
  VALUES ?city { <https://w3id.org/kopru/id/city/elsewhere> }
  BIND(YEAR(?asOf) - 2020 AS ?value)
}
"""
SHARE = """# title@tr: Çevre payı
# title@en: Share of the environment
SELECT ?value WHERE { ?theme <urn:never> ?value }
"""
COMPUTED = (parse_query("indicator_ties", TIES), parse_query("indicator_green_share", SHARE))


@pytest.fixture(scope="module")
def revision(tmp_path_factory: pytest.TempPathFactory) -> Revision:
    store = GraphStore(tmp_path_factory.mktemp("plan") / "store")
    with store.writer() as draft:
        rdf = rdflib.Graph().parse(Path(__file__).parent / "data" / "plan.ttl")
        draft.replace_source("records", rdf, retrieved_at=_noon())
        draft.derive()
        draft.publish()
    return store.current()


def _noon():
    from datetime import UTC, datetime

    return datetime(2024, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def plan(revision: Revision) -> PlanQuestions:
    return PlanQuestions(revision, "antalya", COMPUTED)


def open_points(stage: PlanStage) -> list[str]:
    return [f"{point.kind}/{point.slug}" for point in stage.points if point.is_open]


# Stages


def test_the_plan_has_its_name_and_its_start(plan: PlanQuestions) -> None:
    found = plan.plan()
    assert found is not None
    assert (found.label.en, found.start.text, found.end.is_given) == ("Example plan", "2024", False)


def test_stages_come_in_their_order_and_the_review_loops_back(plan: PlanQuestions) -> None:
    stages = plan.stages(as_of=DAY)
    assert [stage.slug for stage in stages] == ["start", "implementation", "yearly-review"]
    assert [stage.after and stage.after.slug for stage in stages] == [None, "start", "implementation"]
    back = stages.items[2].loops_back_to
    assert back is not None
    assert (back.slug, back.label.tr) == ("implementation", "Uygulama")


def test_stages_are_found_by_their_names_and_by_those_of_their_points(plan: PlanQuestions) -> None:
    assert [stage.slug for stage in plan.stages(as_of=DAY, q="başlangıc")] == ["start"]
    assert [stage.slug for stage in plan.stages(as_of=DAY, q="EXCHANGES")] == ["implementation"]
    assert plan.stages(as_of=DAY, q="nothing of this kind").total == 0


def test_a_stage_has_its_points_by_column_in_the_order_of_the_plan(plan: PlanQuestions) -> None:
    stage = plan.stage("start", as_of=DAY)
    assert [point.label.en for point in stage.objectives] == ["Train the team", "Count the partners"]
    assert [point.label.en for point in stage.results] == ["A trained team"]
    assert [body.label.en for body in stage.roles[0].bodies] == ["Political committee"]


def test_a_point_tells_its_place_in_the_letter(plan: PlanQuestions) -> None:
    trained, counted = plan.stage("start", as_of=DAY).objectives
    assert trained.place is not None
    assert (trained.place.column, trained.place.position) == ("contents", 1)
    assert (trained.place.start, trained.place.end) == (120, 180)
    assert trained.place.document is not None
    assert trained.place.document.slug == "letter"
    assert (trained.record_ref, counted.place) == ("antalya/plan.yml:5", None)


def test_a_point_names_the_activities_and_indicators_that_serve_it(plan: PlanQuestions) -> None:
    assert [a.slug for a in plan.stage("start", as_of=DAY).objectives[0].activities] == ["training"]
    assert [p.slug for p in plan.stage("start", as_of=DAY).results[0].proofs] == ["training"]
    result = plan.stage("implementation", as_of=DAY).results[0]
    assert ([i.slug for i in result.indicators], result.proofs) == (["exchanges"], ())


def test_a_point_is_open_while_nothing_serves_shows_or_has_it(plan: PlanQuestions) -> None:
    assert open_points(plan.stage("start", as_of=DAY)) == ["objective/start-2"]
    assert open_points(plan.stage("implementation", as_of=DAY)) == [
        "result/implementation-1", "stage-role/implementation-1",
    ]  # fmt: skip


def test_a_stage_counts_what_is_open_by_column(plan: PlanQuestions) -> None:
    counts = [(work.column, work.open, work.total) for work in plan.stage("implementation", as_of=DAY).open]
    assert counts == [("contents", 0, 1), ("results", 1, 2), ("roles", 1, 1)]
    assert plan.stage("yearly-review", as_of=DAY).open == ()


def test_the_query_of_an_open_number_has_as_many_rows(plan: PlanQuestions) -> None:
    columns = [(stage, work) for stage in plan.stages(as_of=DAY) for work in stage.open]
    assert len(columns) == 6
    for stage, work in columns:
        rows = plan.revision.select(plan.open_query(work.column, stage=stage.iri))
        assert len(rows) == work.open, (stage.slug, work.column)
    assert len(plan.revision.select(plan.open_query("results"))) == 1


def test_evidence_of_a_result_is_what_a_document_says_beyond_the_plan(plan: PlanQuestions) -> None:
    result = plan.stage("implementation", as_of=DAY).results[1]
    assert [e.document.slug for e in result.evidence if e.document] == ["report"]
    assert plan.stage("start", as_of=DAY).objectives[0].evidence == ()


def test_an_unknown_stage_is_not_found(plan: PlanQuestions) -> None:
    with pytest.raises(NotFound, match="stage"):
        plan.stage("nowhere", as_of=DAY)


# Activities


def test_activities_come_in_the_order_of_the_turkish_alphabet(plan: PlanQuestions) -> None:
    assert [a.label.tr for a in plan.activities(as_of=DAY)] == ["Çevrimiçi kapı", "Eğitim", "Şenlik"]


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        ({"q": "senlik"}, ["festival"]),
        ({"stage": "implementation"}, ["portal", "festival"]),
        ({"theme": "climate-adaptation"}, ["training"]),
        ({"theme": "environment"}, ["training"]),
        ({"state": "running"}, ["festival"]),
        ({"state": "planned"}, []),
        ({"stage": "start", "state": "dropped"}, []),
    ],
)
def test_activities_are_filtered(plan: PlanQuestions, wanted: dict[str, str], slugs: list[str]) -> None:
    found = plan.activities(as_of=DAY, **wanted)  # type: ignore[arg-type]
    assert ([a.slug for a in found], found.total) == (slugs, len(slugs))


def test_an_activity_has_lead_partners_money_and_dates(plan: PlanQuestions) -> None:
    training = plan.activity("training", as_of=DAY)
    assert (training.lead and training.lead.label.en, training.state) == ("Foreign relations", "done")
    assert [partner.slug for partner in training.partners] == ["antalya"]
    assert [theme.slug for theme in training.themes] == ["climate-adaptation"]
    assert training.budget == Money(Decimal("250000.0"), "EUR")
    assert [source.label.en for source in training.funding] == ["Fund"]
    assert (training.end.text, training.end.latest) == ("2025-06", date(2025, 6, 30))
    assert [e.claim for e in training.evidence] == ["kp:endDate"]
    assert training.missing == ()


def test_an_activity_is_late_when_its_end_has_passed_and_it_is_not_done(plan: PlanQuestions) -> None:
    assert not plan.activity("festival", as_of=date(2025, 12, 31)).is_late
    assert plan.activity("festival", as_of=date(2026, 1, 1)).is_late
    assert not plan.activity("training", as_of=DAY).is_late


def test_what_was_not_given_is_named_but_not_for_what_was_dropped(plan: PlanQuestions) -> None:
    assert plan.activity("festival", as_of=DAY).missing == ("budget", "funding")
    assert plan.activity("portal", as_of=DAY).missing == ()


# Indicators


def test_recorded_and_computed_indicators_stand_in_one_list(plan: PlanQuestions) -> None:
    found = plan.indicators(as_of=DAY)
    assert [indicator.label.tr for indicator in found] == [
        "Bağlar", "Çevre payı", "Değişim programları", "Şikâyetler", "Ziyaretçiler",
    ]  # fmt: skip
    assert found.total == 5


def test_pages_cover_the_indicators_without_gaps_or_doubles(plan: PlanQuestions) -> None:
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        page = plan.indicators(as_of=DAY, limit=2, cursor=cursor)
        seen += [indicator.slug for indicator in page]
        cursor = page.next
    assert (seen, cursor) == (["ties", "green-share", "exchanges", "complaints", "visitors"], None)
    with pytest.raises(BadParameter):
        plan.indicators(as_of=DAY, cursor=plan.activities(as_of=DAY, limit=1).next)


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        ({"q": "green"}, []),
        ({"q": "environment"}, ["green-share"]),
        ({"stage": "implementation"}, ["exchanges"]),
        ({"theme": "tourism"}, ["exchanges"]),
        ({"state": "reached"}, ["complaints"]),
        ({"state": "not_reached"}, ["ties", "exchanges"]),
        ({"state": "not_measured"}, ["green-share", "visitors"]),
    ],
)
def test_indicators_are_filtered(plan: PlanQuestions, wanted: dict[str, str], slugs: list[str]) -> None:
    found = plan.indicators(as_of=DAY, **wanted)  # type: ignore[arg-type]
    assert ([indicator.slug for indicator in found], found.total) == (slugs, len(slugs))


def test_the_last_measurement_is_set_against_the_target(plan: PlanQuestions) -> None:
    exchanges = plan.indicator("exchanges", as_of=DAY)
    assert (exchanges.value, exchanges.value_on) == (Decimal(9), date(2025, 12, 31))
    assert (exchanges.deviation, exchanges.deviation_percent) == (Decimal(-3), Decimal("-25.0"))
    assert (exchanges.change, exchanges.trend, exchanges.trend_is_good) == (Decimal(5), "rising", True)
    assert (exchanges.baseline, exchanges.baseline_year, exchanges.target_year) == (Decimal(2), 2023, 2029)
    assert [e.claim for e in exchanges.measurements[-1].evidence] == ["kp:value"]


def test_where_less_is_better_a_value_below_the_target_reaches_it(plan: PlanQuestions) -> None:
    complaints = plan.indicator("complaints", as_of=DAY)
    assert (complaints.deviation, complaints.deviation_percent) == (Decimal(-1), Decimal("-10.0"))
    assert (complaints.state, complaints.trend, complaints.trend_is_good) == ("reached", "falling", True)
    earlier = plan.indicator("complaints", as_of=date(2025, 5, 1))
    assert (earlier.value, earlier.state, earlier.trend) == (Decimal(12), "not_reached", None)


def test_a_period_counts_when_it_is_over(plan: PlanQuestions) -> None:
    assert plan.indicator("exchanges", as_of=date(2025, 12, 30)).value == Decimal(4)
    assert plan.indicator("exchanges", as_of=EARLY).state == "not_measured"


def test_the_query_of_a_measured_value_has_it_in_its_first_row(plan: PlanQuestions) -> None:
    rows = plan.revision.select(plan.indicator("exchanges", as_of=DAY).query)
    assert [Decimal(str(row["value"])) for row in rows] == [9, 4]
    targets = plan.revision.select(plan.target_query(plan.indicator("exchanges", as_of=DAY)) or "")
    assert [Decimal(str(row["target"])) for row in targets] == [12]


def test_a_record_gives_a_computed_indicator_its_target(plan: PlanQuestions) -> None:
    ties = plan.indicator("ties", as_of=DAY)
    assert (ties.value, ties.deviation, ties.unit) == (Decimal(6), Decimal(-6), Label("bağ", "ties"))
    assert [(point.day.year, point.value) for point in ties.history] == [
        (2022, 2), (2023, 3), (2024, 4), (2025, 5), (2026, 6)
    ]  # fmt: skip
    assert "city/antalya" in ties.query
    assert "2026-01-31" in ties.query


def test_a_record_of_the_same_id_gives_a_computed_indicator_its_target(revision: Revision) -> None:
    query = parse_query(
        "indicator_visitors", SHARE.replace("{ ?theme <urn:never> ?value }", "{ BIND(7 AS ?value) }")
    )
    visitors = PlanQuestions(revision, "antalya", (query,)).indicator("visitors", as_of=DAY)
    assert (visitors.label.en, visitors.value, visitors.computed_by) == ("Visitors", 7, "indicator_visitors")


def test_a_value_that_tells_of_no_day_has_neither_day_nor_past(revision: Revision) -> None:
    query = parse_query(
        "indicator_all", SHARE.replace("{ ?theme <urn:never> ?value }", "{ BIND(7 AS ?value) }")
    )
    found = PlanQuestions(revision, "antalya", (query,)).indicator("all", as_of=DAY)
    assert (found.value, found.value_on, found.history) == (7, None, ())


def test_a_query_without_an_answer_is_not_measured(plan: PlanQuestions) -> None:
    share = plan.indicator("green-share", as_of=DAY)
    assert (share.iri, share.value, share.state, share.trend) == (None, None, "not_measured", None)


def test_a_leap_day_has_a_day_in_every_year(plan: PlanQuestions) -> None:
    history = plan.indicator("ties", as_of=date(2024, 2, 29)).history
    assert [point.day.day for point in history] == [28, 28, 28, 28, 29]


@pytest.mark.parametrize(("day", "last"), [(date(2025, 12, 31), 2025), (date(2025, 12, 30), 2024)])
def test_a_value_by_year_is_that_of_the_last_year_that_has_one(
    revision: Revision, day: date, last: int
) -> None:
    by_year = TIES.replace("?asOf", "?year").replace('"2024-03-04"^^xsd:date', "2024")
    query = parse_query(
        "indicator_by_year", by_year.replace("YEAR(?year) - 2020", "IF(?year < 2026, ?year, 1/0)")
    )
    found = PlanQuestions(revision, "antalya", (query,)).indicator("by-year", as_of=day)
    assert (found.value, found.value_on) == (Decimal(last), date(last, 12, 31))
    assert [point.value for point in found.history] == list(range(last - 4, last + 1))


def test_an_unknown_indicator_is_not_found(plan: PlanQuestions) -> None:
    with pytest.raises(NotFound, match="indicator"):
        plan.indicator("nothing", as_of=DAY)


def test_a_target_of_zero_has_no_percentage_and_a_still_value_no_judgement() -> None:
    still = tuple(DatedValue(date(year, 1, 1), Decimal(3)) for year in (2024, 2025))
    indicator = Indicator(None, "x", Label("X", "X"), "", target=Decimal(0), value=Decimal(3), history=still)
    assert (indicator.deviation, indicator.deviation_percent) == (Decimal(3), None)
    assert (indicator.trend, indicator.trend_is_good) == ("steady", None)
    assert replace(indicator, target=None).state == "no_target"


def test_every_computed_indicator_has_title_and_unit_in_both_languages() -> None:
    from graph.questions.plan_indicators import list_computed

    queries: tuple[Query, ...] = list_computed()
    assert [query.name for query in queries if not (query.title and query.unit)] == []
