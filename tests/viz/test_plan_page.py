"""The plan's page on hand-made stages and indicators: wording, drawing, order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from graph.model import Label, Reference
from graph.model_plan import DatedValue, Indicator, OpenWork, Plan, PlanPoint, PlanStage
from viz import plan as labels
from viz.pages import Pages, Reader
from viz.plan import PlanPage, Row, Total
from viz.sparks import draw_spark

BASE = "https://w3id.org/kopru/id/"


def values(*numbers: int, year: int = 2025) -> tuple[DatedValue, ...]:
    first = year - len(numbers) + 1
    return tuple(DatedValue(date(first + i, 12, 31), Decimal(n)) for i, n in enumerate(numbers))


def make_row(slug: str, name: str = "", period: str | None = "year", **facts: object) -> Row:
    label = Label(name or slug, name or slug)
    indicator = Indicator(f"{BASE}indicator/{slug}", slug, label, "SELECT 1", period=period, **facts)  # type: ignore[arg-type]
    return Row(indicator, draw_spark(indicator.history, indicator.target), None)


def make_point(slug: str, column: str, name: str, **facts: object) -> PlanPoint:
    return PlanPoint(f"{BASE}objective/{slug}", "objective", slug, column, 1, Label(name, name), "", **facts)  # type: ignore[arg-type]


@pytest.fixture
def page() -> PlanPage:
    """Return a plan with one stage (two objectives, one of them served), its review, two indicators."""
    served = Reference(f"{BASE}activity/course", "activity", "course", Label("Kurs", "Course"))
    stage = PlanStage(
        f"{BASE}stage/do", "do", Label("Yap", "Do"), 1,
        points=(
            make_point("1", "contents", "<script>hacked=1</script>"),
            make_point("2", "contents", "Teach", activities=(served,)),
        ),
    )  # fmt: skip
    back = Reference(stage.iri, "stage", "do", stage.label)
    review = PlanStage(f"{BASE}stage/look", "look", Label("Bak", "Look back"), 2, loops_back_to=back)
    rows = (
        make_row("plain", "Zebra"),
        make_row(
            "full", value=Decimal(9), value_on=date(2025, 12, 31), target=Decimal(12), history=values(4, 9)
        ),
    )
    return PlanPage(
        plan=Plan(f"{BASE}plan/p", "p", Label("Plan", "The example plan")),
        stages=(stage,),
        reviews=(review,),
        totals=(Total(OpenWork("contents", 1, 2), "SELECT ?open"),),
        activities=(),
        rows=rows,
        open_queries={("do", "contents"): "SELECT ?objective"},
    )


def write(page: PlanPage, pages: Pages, reader: Reader) -> str:
    return pages.render("plan.html", reader, page=page, labels=labels)


def test_a_point_that_only_the_letter_words_says_so(page: PlanPage, pages: Pages, reader: Reader) -> None:
    restated = replace(page.stages[0].points[1], label=Label("Öğret", "Teach"))
    stage = replace(page.stages[0], points=(page.stages[0].points[0], restated))
    written = write(replace(page, stages=(stage,)), pages, reader)
    assert written.count("in the letter&#39;s own words") == 1


def test_a_text_of_the_plan_stays_a_text(page: PlanPage, pages: Pages, reader: Reader) -> None:
    written = write(page, pages, reader)
    assert "<script>hacked" not in written
    assert "&lt;script&gt;hacked=1" in written


def test_each_number_leads_to_its_query(page: PlanPage, pages: Pages, reader: Reader) -> None:
    written = write(page, pages, reader)
    for query in ("SELECT+%3Fopen", "SELECT+%3Fobjective", "SELECT+1"):
        assert f"query={query}" in written
    assert "as_of=2024-03-04" in written


def test_one_open_thing_is_told_in_the_singular(page: PlanPage, pages: Pages, reader: Reader) -> None:
    assert 'aria-label="1 objective without an activity"' in write(page, pages, reader)


def test_what_nobody_gave_is_said_to_be_open(page: PlanPage, pages: Pages, reader: Reader) -> None:
    written = write(page, pages, reader)
    assert "No activity has been recorded for this stage yet." in written
    assert "Not measured yet" in written
    assert "not set" in written


def test_a_plan_without_stages_says_where_they_belong(pages: Pages, reader: Reader) -> None:
    empty = PlanPage(None, (), (), (), (), (), {})
    written = write(empty, pages, reader)
    assert "plan.yml" in written
    assert "No indicator has been recorded yet." in written


def test_a_review_knows_the_station_that_it_leads_back_to(page: PlanPage) -> None:
    assert page.station_of(page.reviews[0]) == 1
    assert [stage.slug for stage in page.sheets] == ["do"]
    assert page.open_in(page.stages[0]) == 1


def test_indicators_with_a_target_come_first(page: PlanPage) -> None:
    assert [row.indicator.slug for row in page.rows_in("en")] == ["full", "plain"]


@pytest.mark.parametrize(
    ("period", "day", "text"),
    [
        ("year", date(2025, 12, 31), "2025"),
        (None, date(2025, 12, 31), "2025"),
        ("quarter", date(2025, 6, 30), "Q2 2025"),
        ("quarter", date(2025, 12, 31), "Q4 2025"),
        ("month", date(2025, 12, 31), "December 2025"),
        (None, date(2025, 3, 4), "4 Mar 2025"),
    ],
)
def test_a_value_says_the_period_that_it_speaks_for(period: str | None, day: date, text: str) -> None:
    assert make_row("x", period=period).when(DatedValue(day, Decimal(1)), "en") == text


def test_a_value_of_no_day_is_as_recorded() -> None:
    assert make_row("x", value=Decimal(3)).now("en") == "as recorded"


@pytest.mark.parametrize(("number", "text"), [("1.5", "+1.5"), ("-3", "−3"), ("0", "±0")])
def test_a_difference_has_its_sign(number: str, text: str) -> None:
    assert make_row("x").signed(Decimal(number), "en") == text


def test_turkish_writes_the_sign_of_a_percentage_first() -> None:
    share = make_row("x", unit=Label("%", "%"))
    assert (share.figure(Decimal("36.7"), "tr"), share.figure(Decimal("36.7"), "en")) == ("%36,7", "36.7%")
    assert (share.signed(Decimal(-25), "tr", percent=True), share.unit) == ("−%25", None)


def test_the_course_is_told_in_words_too() -> None:
    assert make_row("x", history=values(4, 9)).course("en") == "2024: 4; 2025: 9"


# The drawing


def test_a_course_runs_from_left_to_right_and_from_low_to_high() -> None:
    spark = draw_spark(values(1, 3))
    assert spark is not None
    assert (spark.path, spark.last, spark.target) == ("M5 29L115 5", (115, 5), None)


def test_the_target_has_its_height_among_the_values() -> None:
    spark = draw_spark(values(0, 5), Decimal(10))
    assert spark is not None
    assert (spark.last[1], spark.target) == (17, 5)


def test_a_still_course_runs_in_the_middle_and_one_value_is_none() -> None:
    spark = draw_spark(values(2, 2, 2))
    assert spark is not None
    assert {part.split(" ")[1] for part in spark.path[1:].split("L")} == {"17"}
    assert draw_spark(values(2)) is None
