"""The report card for people: sentences, tables, pictures, in both languages."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from graph.ranking.evaluation.baselines import make_baselines
from graph.ranking.evaluation.calibration import Bin
from graph.ranking.evaluation.card import (
    OURS,
    Calibration,
    Group,
    MethodFigures,
    Protocol,
    ReportCard,
    Selection,
    Setting,
    Verdict,
)
from graph.ranking.evaluation.intervals import Estimate
from graph.ranking.evaluation.run import MEASURES
from graph.ranking.evaluation.strata import GROUP_KINDS
from graph.ranking.world import make_tables
from viz.pages import Pages, Reader
from viz.report_card import Section, make_sections
from viz.report_card_charts import bars_chart, reliability_chart
from viz.report_card_file import to_html
from viz.report_card_markdown import to_markdown
from viz.report_card_words import GROUP_LABELS, METHOD_LABELS, group_name


def near(value: float) -> Estimate:
    return Estimate(value, value - 0.01, value + 0.01, 400)


def method(name: str, mrr: float) -> MethodFigures:
    measures = dict.fromkeys(MEASURES, near(mrr)) | {"hits50": near(2 * mrr)}
    return MethodFigures(name, measures, ((mrr, 2 * mrr), (mrr, 2 * mrr)), 0.9, 0.2, 0.4)


@pytest.fixture
def card() -> ReportCard:
    """Return a card of ours (.12), Adamic–Adar (.06) and PageRank (.07)."""
    mrr = {OURS: near(0.12), "adamic_adar": near(0.06), "pagerank": near(0.07)}
    setting = Setting(
        name="rings", seeds=(1, 2), ties_learnt=900, ties_held_out=100, queries=400, cities=20_000,
        popular_truth=0.1,
        methods=(method("pagerank", 0.07), method(OURS, 0.12), method("adamic_adar", 0.06)),
        groups=(
            Group("continent", "EU", 300, mrr, near(0.25)),
            Group("continent", "AS", 100, {**mrr, OURS: near(0.05)}, near(0.1)),
            Group("country", "TR", 100, mrr, near(0.15)),
        ),
        verdicts=(
            Verdict("all", "all", "pagerank", 400, 0.05, 0.03, 0.07, 0.00001),
            Verdict("all", "all", "adamic_adar", 400, 0.06, 0.04, 0.08, 0.00001),
            Verdict("continent", "AS", "pagerank", 100, -0.02, -0.05, 0.01, 0.3),
        ),
        calibration=Calibration(
            (Bin(1000, 0.001, 0.0012), Bin(10, 0.1, 0.0)), (Bin(400, 0.1, 0.09),), 0.02, 0.01
        ),
        selection=(Selection(1.0, 0.01, 0.12, 0.24), Selection(0.2, 0.1, 0.3, 0.5)),
    )  # fmt: skip
    newer = replace(setting, name="newer", seeds=(), groups=(), calibration=None, selection=())
    return ReportCard(
        "2024-03-04", "1.2", "t.csv (0a)", 1000, 90.0, Protocol(100, 100, 2000), (setting, newer)
    )


def section(card: ReportCard, key: str, language: str = "en") -> Section:
    return next(one for one in make_sections(card, language) if one.key == key)  # type: ignore[arg-type]


def test_it_begins_with_what_anybody_understands(card: ReportCard) -> None:
    text = " ".join(section(card, "in-short").sentences)
    assert "among 20,000 cities" in text
    assert "Of 100 true partners, 24 are among the first 50 that it names (95% interval: 23 to 25)" in text
    assert "2.00 times the best of NetworkX's five functions: Adamic–Adar" in text


def test_turkish_has_its_own_commas(card: ReportCard) -> None:
    text = " ".join(section(card, "in-short", "tr").sentences)
    assert "20.000" in text
    assert "2,00" in text
    assert "true partners" not in text


def test_methods_stand_best_first_and_ours_stands_out(card: ReportCard) -> None:
    grid = section(card, "methods-rings").grid
    assert grid is not None
    assert [row[0] for row in grid.rows] == ["Köprü", "Personalised PageRank", "Adamic–Adar (NetworkX)"]
    assert grid.strong == (0,)
    assert grid.rows[0][1] == "0.120 (0.110–0.130)"


def test_each_part_names_the_method_that_comes_closest(card: ReportCard) -> None:
    found = section(card, "compared")
    assert "better in 2 of 3 comparisons, no difference shown in 1, worse in 0" in found.sentences[0]
    assert found.grid is not None
    assert [row[:3] for row in found.grid.rows] == [
        ("all", "400", "Personalised PageRank"),
        ("Asia", "100", "Personalised PageRank"),
    ]


def test_where_it_fails_begins_with_the_worst(card: ReportCard) -> None:
    grid = section(card, "worst").grid
    assert grid is not None
    assert [row[1] for row in grid.rows] == ["Asia", "Türkiye", "Europe"]


def test_settings_without_chances_have_no_section_of_them(card: ReportCard) -> None:
    newer = replace(card, settings=card.settings[1:])
    keys = [one.key for one in make_sections(newer, "en")]
    assert "calibration" not in keys
    assert keys[:2] == ["in-short", "methods-newer"]


def test_every_method_and_kind_of_part_has_a_name() -> None:
    tables = make_tables({}, [("a", "b"), ("b", "c")])
    names = {one.name for one in make_baselines(tables)}
    assert len(names) == 13
    assert names | {OURS, "linear", "lambdamart"} == set(METHOD_LABELS)
    assert {*GROUP_KINDS, "all"} == set(GROUP_LABELS)


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("ties_of_city", "1-2", "1"),
        ("ties_of_city", "2-5", "2 to 4"),
        ("ties_of_partner", "10-", "10 and more"),
        ("distance", "500-2000", "500 to 2,000 km"),
        ("population", "1000000-", "1,000,000 and more"),
        ("country", "TR", "Türkiye"),
        ("country", "XK", "Kosovo"),
        ("continent", "NA", "North America"),
        ("reach", "no_path", "no such path"),
    ],
)
def test_parts_have_names(kind: str, name: str, words: str) -> None:
    assert group_name(kind, name, "en") == words


def test_bars_are_as_long_as_their_figures() -> None:
    chart = bars_chart(
        "MRR", [("a", Estimate(0.2, 0.1, 0.4, 9), True), ("b", Estimate(0.1, 0.0, 0.2, 9), False)], "en"
    )
    first, second = chart.marks
    assert (first.kind, second.kind) == ("ours", "other")
    assert first.width == pytest.approx(2 * second.width)
    reach = [line for line in chart.lines if line.kind == "reach"]
    assert reach[0].x1 < first.x + first.width < reach[0].x2 <= chart.width
    assert reach[1].x1 == second.x
    assert chart.words == "a: 0.200; b: 0.100"


def test_a_chance_that_came_true_as_told_stands_on_the_line() -> None:
    chart = reliability_chart("Chances", [Bin(10, 0.01, 0.01), Bin(10, 0.1, 0.0)], "en")
    ideal = next(line for line in chart.lines if line.kind == "ideal")
    on, below = chart.marks
    share = (on.x - ideal.x1) / (ideal.x2 - ideal.x1)
    assert on.y == pytest.approx(ideal.y1 + share * (ideal.y2 - ideal.y1), abs=0.2)
    assert below.y == ideal.y1


def test_markdown_has_a_table_of_equal_rows_for_each_grid(card: ReportCard) -> None:
    lines = to_markdown(card, "en").splitlines()
    assert lines[0] == "# Report card of the recommendations"
    assert "| **Köprü** | **0.120 (0.110–0.130)** |" in "\n".join(lines)
    tables = [one for one in make_sections(card, "en") if one.grid]
    assert sum(line.startswith("|---") for line in lines) == len(tables) == 7
    assert not [line for line in lines if line.startswith("|") and not line.endswith("|")]


def test_a_version_without_a_card_says_so(pages: Pages, reader: Reader) -> None:
    text = pages.render("report_card.html", reader, sections=(), without="Nothing was measured yet.")
    assert '<p class="open-note">Nothing was measured yet.</p>' in text


class Tags(HTMLParser):
    """Notes which tags and outside addresses stand in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.addresses: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.seen.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href")]


def test_the_file_needs_no_other_file(card: ReportCard) -> None:
    tags = Tags()
    tags.feed(to_html(card, "tr"))
    assert tags.addresses == []
    assert "script" not in tags.seen
    assert tags.seen.count("svg") == 4
    assert tags.seen.count("table") == 7


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_page_shows_every_section(card: ReportCard, pages: Pages, reader: Reader, language: str) -> None:
    reader = replace(reader, path="/partners/report-card", language=language)  # type: ignore[arg-type]
    sections = make_sections(card, reader.language)
    text = pages.render("report_card.html", reader, sections=sections, without="")
    for one in sections:
        assert f'id="{one.key}"' in text
    assert text.count("<svg viewBox") >= 4
    assert "{" not in text.split("<main", 1)[1].split("</main>")[0]
