"""What is told of a query before it is run."""

import pytest

from graph.costs import estimate_costs
from ontology.terms import RDFS, SCHEMA

MEMBERS = {str(SCHEMA.City): 113}
USED = {str(RDFS.label): 900, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": 2000}


@pytest.mark.parametrize(
    ("query", "narrowest"),
    [
        ("SELECT * { ?c a schema:City ; rdfs:label ?l }", 113),
        ("SELECT * { ?c rdfs:label ?l }", 900),
        ("SELECT * { ?c <http://www.w3.org/2000/01/rdf-schema#label> ?l }", 900),
        ("SELECT * { ?c a ?kind }", 2000),
        ("SELECT * { ?c a schema:Dragon }", 0),
        ("SELECT * { ?a ?b ?c }", None),
        ("SELECT * { ?a ex:unknown ?c }", None),
        ("SELECT * {", None),
        ("DESCRIBE <http://example.org/>", None),
    ],
)
def test_the_narrowest_pattern_is_counted(query: str, narrowest: int | None) -> None:
    assert estimate_costs(query, MEMBERS, USED).narrowest == narrowest


def test_what_will_be_slow_is_said_before() -> None:
    apart = estimate_costs("SELECT * { ?c rdfs:label ?l . ?d rdfs:label ?m }", MEMBERS, USED)
    assert ["paired with each" in one.sentence("en") for one in apart.warnings] == [True]
    fine = estimate_costs(
        "SELECT * { ?c rdfs:label ?l FILTER(CONTAINS(?l, 'a')) } ORDER BY ?l", MEMBERS, USED
    )
    assert fine.warnings == ()
