"""The report of what breaks the shapes: where, what, in both languages."""

import pytest
from rdflib import URIRef

from graph.validation import validate

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
:shape a sh:NodeShape ; sh:targetClass kp:Event ; sh:property :city, :note .
:city sh:path kp:city ; sh:minCount 1 ; sh:message "Kent yok."@tr, "The city is missing."@en .
:note sh:path skos:note ; sh:maxCount 0 ; sh:severity sh:Warning .
"""


@pytest.fixture
def shapes(make_rdf):
    return make_rdf(SHAPES)


def test_a_graph_that_keeps_the_rules_conforms(make_rdf, shapes):
    report = validate(make_rdf(":a a kp:Event ; kp:city :b ."), shapes)
    assert report.conforms
    assert report.violations == ()


def test_a_violation_names_thing_path_record_and_both_messages(make_rdf, shapes):
    rdf = make_rdf(':a a kp:Event ; kp:recordRef "antalya/events.yml:12" .')
    (violation,) = validate(rdf, shapes).violations
    assert violation.focus == URIRef("https://w3id.org/kopru/id/a")
    assert violation.path == "https://w3id.org/kopru/ontology#city"
    assert violation.message == {"tr": "Kent yok.", "en": "The city is missing."}
    assert violation.record_ref == "antalya/events.yml:12"
    assert violation.sentence("tr") == ("antalya/events.yml:12: https://w3id.org/kopru/id/a: Kent yok.")


def test_violations_come_in_the_order_of_their_lines(make_rdf, shapes):
    rdf = make_rdf(
        ':a a kp:Event . :b a kp:Event ; kp:recordRef "events.yml:100" .'
        ':c a kp:Event ; kp:recordRef "events.yml:9" .'
    )
    references = [violation.record_ref for violation in validate(rdf, shapes).violations]
    assert references == ["events.yml:9", "events.yml:100", None]


def test_a_message_in_one_language_serves_both(make_rdf, shapes):
    shapes = make_rdf(SHAPES.replace('"Kent yok."@tr, ', ""))
    (violation,) = validate(make_rdf(":a a kp:Event ."), shapes).violations
    assert violation.message["tr"] == "The city is missing."


def test_a_message_about_a_sparql_constraint_keeps_its_languages(make_rdf, shapes):
    query = 'sh:sparql [ sh:select "SELECT $this WHERE { $this a ?any }" ]'
    shapes = make_rdf(
        SHAPES.split(":city sh:path")[0].replace(
            "sh:property :city, :note",
            query
            + """ ;
        sh:message "Olmaz."@tr, "Must not be."@en""",
        )
    )
    (violation,) = validate(make_rdf(":a a kp:Event ."), shapes).violations
    assert violation.message == {"tr": "Olmaz.", "en": "Must not be."}


def test_a_warning_is_no_violation(make_rdf, shapes):
    assert validate(make_rdf(':a a kp:Event ; kp:city :b ; skos:note "x" .'), shapes).conforms


def test_what_is_only_context_is_not_reported(make_rdf, shapes):
    rdf = make_rdf(":a a kp:Event . :b a kp:Event .")
    only = {URIRef("https://w3id.org/kopru/id/b")}
    assert {violation.focus for violation in validate(rdf, shapes, only).violations} == only
