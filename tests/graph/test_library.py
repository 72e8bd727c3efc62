"""Query files: what they are read into, and that nothing that is bound can break out of its place."""

import re
from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib import BNode, Literal, URIRef, Variable

from graph.guard import check_query
from graph.library import list_examples, list_queries, load_query, parse_query, to_sparql
from ontology.errors import BadParameter
from ontology.iris import Iris
from ontology.terms import PREFIXES

ONE = "SELECT ?x WHERE {\n  VALUES ?x { UNDEF }\n}\n"
#: Fewer files than this means that the search for them is broken.
AT_LEAST = 100
QUESTIONS = 35


def run(text: str) -> list[str]:
    answer = ox.Store().query(text)
    assert isinstance(answer, ox.QuerySolutions)
    return [row[0].value if row[0] is not None else "" for row in answer]


def test_every_file_is_a_query_that_stands_alone() -> None:
    queries = list_queries()
    assert len(queries) >= AT_LEAST
    for query in queries:
        assert ox.Store().query(query.text) is not None, query.name
        assert not re.search("#(include|inline)", query.text), query.name


def test_every_file_has_a_title_in_both_languages() -> None:
    for query in list_queries():
        assert query.title is not None, query.name
        assert query.title.tr
        assert query.title.en


def test_the_examples_are_numbered_without_gaps_or_doubles() -> None:
    examples = list_examples()
    assert [query.example for query in examples] == list(range(1, QUESTIONS + 1))
    assert examples[1].name == "counted_on_day"


def test_every_competency_question_has_a_file() -> None:
    """The first 25 are those of the model's design, the others were missing there."""
    assert {query.question for query in list_examples()} == set(range(1, 33))


def test_what_is_offered_of_a_question_has_a_kind_and_a_default() -> None:
    offered = {one.name: one for one in load_query("shared_networks").offered}
    assert [(one.kind, one.default) for one in offered.values()] == [
        ("city", "https://w3id.org/kopru/id/city/antalya"), ("date", "2024-03-04"), ("integer", "1"),
    ]  # fmt: skip
    assert offered["least"].label.en == "Networks at least"
    (activity,) = load_query("activity_leads").offered
    assert (activity.kind, activity.default, activity.is_thing) == ("activity", "", True)


def test_a_label_without_a_parameter_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        parse_query("q", "# parameter x@tr: X\n# parameter x@en: X\nSELECT * { ?s ?p ?o }")


def test_every_question_can_be_asked_by_a_stranger() -> None:
    for query in list_examples():
        assert check_query(query.text, PREFIXES).form == "SELECT", query.name


def test_a_question_that_waits_for_records_says_which() -> None:
    waiting = {query.name for query in list_examples() if query.answered_by}
    assert waiting == {
        "activity_leads", "stage_roles", "results_without_evidence", "indicators_without_measurement",
        "calls_with_city", "calls_for_new_themes", "sdg_goals", "late_activities",
    }  # fmt: skip


def test_prefixes_are_added_where_they_are_used() -> None:
    query = parse_query("q", "SELECT * { ?a kp:about/prov:hadPrimarySource ?b }")
    assert query.text.splitlines()[:2] == [
        "PREFIX kp: <https://w3id.org/kopru/ontology#>",
        "PREFIX prov: <http://www.w3.org/ns/prov#>",
    ]


def test_a_prefix_that_the_file_declares_is_kept() -> None:
    query = parse_query("q", "PREFIX ex: <urn:ex:>\nSELECT * { ?a ex:b ?c }")
    assert query.text.startswith("PREFIX ex: <urn:ex:>\nSELECT")


def test_a_colon_in_an_iri_is_no_prefix() -> None:
    assert parse_query("q", "SELECT * { ?a <urn:kp:b> ?c }").text.startswith("SELECT")


def test_head_comments_give_title_and_description() -> None:
    query = parse_query("q", "# title@tr: Soru\n# title@en: Question\n# example: 7\n\nSELECT * { ?s ?p ?o }")
    assert query.title is not None
    assert (query.title.tr, query.title.en, query.example) == ("Soru", "Question", 7)
    assert query.description is None
    assert query.text.startswith("SELECT")


def test_an_included_file_becomes_a_sub_select() -> None:
    text = load_query("twinned_with").text
    assert text.count("SELECT") == 1
    assert "kp:statusUnknown" in text
    assert text.index("PREFIX") == 0


def test_an_inlined_file_becomes_part_of_the_group() -> None:
    text = load_query("own_status").text
    assert text.count("SELECT") == 1
    assert "kp:statusUnknown" in text
    assert "?relation kp:party|org:member|kp:recipient ?authority" in text


def test_a_file_that_groups_is_not_inlined() -> None:
    with pytest.raises(ValueError, match="no plain SELECT"):
        parse_query("q", "SELECT * {\n  #inline member_counts.rq\n}")


def test_a_file_that_includes_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="includes itself"):
        parse_query("status_on", "SELECT * {\n  #include status_on.rq\n}")


def test_a_shared_parameter_has_the_including_files_value_in_both() -> None:
    text = load_query("ended_ties").text
    assert text.count('"2026-01-01"^^xsd:date') == 2
    assert "2024-03-04" not in text


def test_a_parameter_is_bound_wherever_it_stands() -> None:
    bound = load_query("ended_ties").bind(asOf=Literal(date(2020, 5, 6)), city=URIRef("urn:c"), relation=None)
    assert bound.count('"2020-05-06"^^<http://www.w3.org/2001/XMLSchema#date>') == 2


def test_none_leaves_a_parameter_open() -> None:
    assert run(parse_query("q", ONE).bind(x=None)) == [""]


def test_a_parameter_may_have_several_values() -> None:
    assert run(parse_query("q", ONE).bind(x=[Literal("a"), URIRef("urn:b")])) == ["a", "urn:b"]


def test_no_values_give_no_rows() -> None:
    assert run(parse_query("q", ONE).bind(x=[])) == []


def test_a_fixed_table_is_no_parameter() -> None:
    assert not parse_query("q", "SELECT * {\n  VALUES (?x) { (1) (2) }\n}").parameters


@pytest.mark.parametrize("values", [{}, {"x": None, "y": None}, {"y": None}])
def test_missing_and_unknown_parameters_are_refused(values: dict[str, None]) -> None:
    with pytest.raises(ValueError, match="has the parameters"):
        parse_query("q", ONE).bind(**values)


# A line break and a quote after a backslash: rdflib's own n3() writes a text that ends too early.
@example('\n\\"')
@example('"""\n"')
@example("} } INSERT DATA { <urn:a> <urn:b> <urn:c> } #")
@example("\\")
@example("\r\n\t\"'\\n")
@example("VALUES ?x { UNDEF }\n  VALUES ?x { UNDEF }")
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_comes_back_as_it_was_given(text: str) -> None:
    assert run(parse_query("q", ONE).bind(x=Literal(text))) == [text]


def test_language_and_datatype_are_kept() -> None:
    assert to_sparql(Literal("ağ", lang="tr")) == '"ağ"@tr'
    assert to_sparql(Literal(5)) == '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'


@pytest.mark.parametrize(
    "term",
    [
        URIRef("urn:a> } #"),
        URIRef("urn:a b"),
        URIRef("urn:a\nb"),
        Literal("x", datatype=URIRef("urn:a> } <urn:b")),
        BNode("nobody"),
        Variable("x"),
    ],
)
def test_what_can_not_stand_in_a_query_is_refused(term: URIRef) -> None:
    with pytest.raises(BadParameter):
        parse_query("q", ONE).bind(x=term)


def test_examples_move_with_the_base_address() -> None:
    text = load_query("networks_of_city").rebased(Iris("https://kent.example/"))
    assert "<https://kent.example/id/city/antalya>" in text
    assert "<https://w3id.org/kopru/ontology#>" in text
