"""The data page: every class that has things stands in one group, with questions that can be asked."""

import pytest

from graph.questions import Questions
from graph.questions.statistics import read_statistics
from viz.data import ContentGroup, find_declared, make_contents, own_part
from viz.ontology import Documentation


@pytest.fixture(scope="module")
def contents(bundled_store) -> tuple[ContentGroup, ...]:
    return make_contents(Documentation().of(bundled_store.current(), "en"))


def test_every_class_with_things_that_the_ontology_explains_stands_in_one_group(
    contents, bundled_store
) -> None:
    shown = [row.term.iri for group in contents for row in group.rows]
    page = Documentation().of(bundled_store.current(), "en")
    known = {term.iri for term in page.terms() if term.kind == "class"}
    assert len(shown) == len(set(shown)) > 30
    assert set(shown) == known & read_statistics(bundled_store.current()).classes.keys()


def test_subclasses_stand_with_their_class(contents) -> None:
    titles = {row.term.anchor: group.title for group in contents for row in group.rows}
    assert titles["TwinningAgreement"] == titles["Grant"] == titles["Relation"] == "Relations"
    assert titles["CityNetwork"] == titles["schema-City"] == "Places and organisations"
    assert titles["PlanStage"] == "Projects, programmes and the plan"


def test_the_last_group_is_for_those_who_look_behind(contents) -> None:
    assert [group.is_technical for group in contents] == [False] * (len(contents) - 1) + [True]


def test_ready_questions_answer_what_the_numbers_say(contents, bundled_store) -> None:
    revision = bundled_store.current()
    rows = [row for group in contents[:-1] for row in group.rows if (row.term.number or 0) < 500]
    assert len(rows) > 25
    for row in rows:
        assert len(revision.select(row.term.ready_query)) == row.term.number, row.term.short
    twinning = next(row for row in rows if row.term.anchor == "TwinningAgreement")
    for item in twinning.properties:
        things = {answer["thing"] for answer in revision.select(item.ready_query)}
        assert len(things) == item.use.number, item.use.link.short


def test_a_city_that_is_not_there_declares_nothing(bundled_store) -> None:
    questions = Questions(bundled_store.current())
    assert find_declared(questions, "atlantis") == ()
    assert [item.declared for item in find_declared(questions, "antalya")] != []


def test_what_a_source_says_in_two_languages_is_shown_in_one() -> None:
    assert own_part("Kurum içi / internal", "tr") == "Kurum içi"
    assert own_part("Kurum içi / internal", "en") == "internal"
    assert own_part("CC BY 4.0", "en") == "CC BY 4.0"
