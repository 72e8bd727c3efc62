"""Why a query finds nothing, on a graph of two cities whose answers are worked out by hand."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.emptiness import EmptyReason, Suspect, explain_empty
from graph.guard import check_query
from ontology.messages import translate
from ontology.terms import PREFIXES

CITIES = """
    @prefix kp: <https://w3id.org/kopru/ontology#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix schema: <https://schema.org/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix city: <https://w3id.org/kopru/id/city/> .

    city:antalya a kp:City ; rdfs:label "Antalya"@tr ; kp:founded "1207"^^xsd:gYear ;
        kp:population 2000000 ; kp:twin city:nuremberg .
    city:nuremberg a kp:City ; rdfs:label "Nürnberg"@tr, "Nuremberg"@en ; schema:url <http://example.org/n> .
"""
NAMED = '<http://e/a> <http://e/p> "x" <https://w3id.org/kopru/graph/records> .'
CITY = "https://w3id.org/kopru/id/city/"
GRAPH = "https://w3id.org/kopru/graph/"
KEY = {"city": CITY, **PREFIXES}


@pytest.fixture(scope="module")
def cities() -> ox.Store:
    store = ox.Store()
    store.load(CITIES, ox.RdfFormat.TURTLE)
    store.load(NAMED, ox.RdfFormat.N_QUADS)
    return store


def explain(store: ox.Store, text: str, **options: object) -> tuple[bool, list[EmptyReason]]:
    found: list[EmptyReason] = []
    is_empty = explain_empty(store, Suspect(text, check_query(text, KEY), options), KEY, found.append)
    return is_empty, found


CASES = [
    # a term that the graph does not have so
    ("SELECT ?s { ?s a kp:Cityy }", ["triple"], "nothing of the class kp:Cityy. Is it kp:City?"),
    ("SELECT ?s { ?s a kp:city }", ["triple"], "nothing of the class kp:city. Is it kp:City?"),
    ("SELECT ?s { ?s a schema:City }", ["triple"], "nothing of the class schema:City. Is it kp:City?"),
    ("SELECT ?s { ?s a kp:Zzz }", ["triple"], "The data page lists the classes"),
    ("SELECT ?s { ?s rdfs:lable ?l }", ["triple"], "the property rdfs:lable. Is it rdfs:label?"),
    ("SELECT ?s { ?s <http://schema.org/url> ?l }", ["triple"], "Is it schema:url?"),
    ("SELECT ?s { ?s kp:twin/kp:nix ?l }", ["triple"], "the property kp:nix."),
    (
        "SELECT ?s { city:antalyaa ?p ?s }",
        ["triple"],
        "says nothing about city:antalyaa. Is it city:antalya?",
    ),
    ("SELECT ?s { ?s kp:twin city:nurenberg }", ["triple"], "Is it city:nuremberg?"),
    ('SELECT ?s { ?s rdfs:label "Antalya" }', ["triple"], 'Write "Antalya"@tr.'),
    ('SELECT ?s { ?s rdfs:label "antalya"@tr }', ["triple"], 'The nearest is "Antalya"@tr.'),
    ('SELECT ?s { ?s rdfs:label "Nuremburg"@en }', ["triple"], 'The nearest is "Nuremberg"@en.'),
    ("SELECT ?s { ?s kp:founded 1207 }", ["triple"], 'Write "1207"^^xsd:gYear.'),
    ('SELECT ?s { ?s kp:founded "1207-05-01"^^xsd:date }', ["triple"], 'is "1207"^^xsd:gYear.'),
    ("SELECT ?s { ?s kp:population 5 }", ["triple"], "no value in ?s kp:population 5 is 5 or like it."),
    ("SELECT ?s { city:nuremberg kp:twin ?s }", ["triple"], "the other way round it does"),
    ("SELECT ?s { ?s kp:twin city:antalya }", ["triple"], "the other way round it does"),
    ("SELECT ?s { city:nuremberg kp:founded ?s }", ["triple"], "What is said of city:nuremberg: "),
    ("SELECT ?s { ?s kp:population city:nuremberg }", ["triple"], "It is the value of: kp:twin."),
    ("SELECT ?s { ?s kp:twin [ rdfs:label 'Nuremberg' ] }", ["triple"], 'Write "Nuremberg"@en.'),
    ("SELECT ?s { ?s a kp:City ; rdfs:lable ?l ; kp:nix ?x }", ["triple", "triple"], "rdfs:lable"),
    # patterns that find something alone
    ("SELECT ?s { ?s kp:founded ?y . ?s schema:url ?u }", ["join"], "they have no ?s in common."),
    ("SELECT ?s { ?s kp:twin ?t . ?t kp:founded ?y }", ["join"], "they have no ?t in common."),
    ("SELECT ?s { ?s a kp:City VALUES ?s { kp:x kp:y } }", ["values"], "none of the values listed in VALUES"),
    ("SELECT ?s { VALUES ?s { kp:x } ?s a kp:City }", ["values"], "they have no ?s in common."),
    ("SELECT ?s { ?s a kp:City } VALUES ?s { kp:x }", ["values"], "none of the values listed in VALUES"),
    ("SELECT ?s { ?s a kp:City MINUS { ?s rdfs:label ?l } }", ["minus"], "MINUS takes away every row"),
    (
        "SELECT ?s { city:antalya kp:population ?p OPTIONAL { ?s schema:url ?u } ?s kp:founded ?y }",
        ["optional"],
        "Move OPTIONAL to the end",
    ),
    # filters
    ('SELECT ?s { ?s rdfs:label ?l FILTER(?l = "Antalya") }', ["filter"], "Compare the text alone: STR(?l)."),
    (
        "SELECT ?s { ?s kp:population ?n FILTER(?n > 3000000) FILTER(?n > 0) }",
        ["filter"],
        "FILTER(?n > 3000000) drops every row. Values that it sees: ?n: 2000000.",
    ),
    (
        "SELECT ?s { ?s kp:population ?n FILTER(?n > 5) FILTER(?n < 6) }",
        ["filter"],
        "FILTER(?n < 6) drops every row.",
    ),
    (
        "SELECT ?s { ?s rdfs:label ?l FILTER(LANG(?l) = 'tr') FILTER(STRSTARTS(?l, 'Nurem')) }",
        ["filter"],
        "each filter leaves something",
    ),
    ("SELECT ?s { ?s kp:founded ?d FILTER(?d > 2024-03-04) }", ["filter"], "is read as a subtraction"),
    (
        "SELECT ?s { ?s a kp:City OPTIONAL { ?s kp:nix ?x } FILTER(?x > 1) }",
        ["filter"],
        "because the OPTIONAL that gives ?x finds nothing",
    ),
    ("SELECT ?s { ?s a kp:City FILTER(?typo > 1) }", ["filter"], "because ?typo never has a value here"),
    ("SELECT ?s { ?s a kp:City FILTER NOT EXISTS { ?s rdfs:label ?l } }", ["exists"], "each has what it"),
    (
        "SELECT ?s { ?s a kp:City FILTER EXISTS { ?s rdfs:lable ?l } }",
        ["exists", "triple"],
        "what it asks for is never there",
    ),
    # groups and graphs
    (
        "SELECT ?s { { ?s a kp:Cityy } UNION { ?s rdfs:lable ?l } }",
        ["union", "triple", "triple"],
        "none of the 2 branches",
    ),
    ("SELECT ?s { ?s a kp:City { SELECT ?s { ?s a kp:Cityy } } }", ["triple"], "Is it kp:City?"),
    (
        f"SELECT ?s FROM <{GRAPH}record> {{ ?s ?p ?o }}",
        ["from"],
        "Is it <https://w3id.org/kopru/graph/records>?",
    ),
    (f"SELECT ?s {{ GRAPH <{GRAPH}x> {{ ?s ?p ?o }} }}", ["graph"], "there is no graph"),
    (
        f"SELECT ?s {{ GRAPH <{GRAPH}records> {{ ?s a kp:City }} }}",
        ["triple"],
        "in the graph that is asked no statement fits ?s a kp:City.",
    ),
    # what stands around the group
    ("SELECT ?s { ?s a kp:City } GROUP BY ?s HAVING(COUNT(*) > 5)", ["having"], "HAVING drops every group"),
    ("SELECT ?s { ?s a kp:City } LIMIT 0", ["limit"], "LIMIT 0"),
    ("SELECT ?s { ?s a kp:City } OFFSET 9", ["offset"], "OFFSET skips more rows"),
    ("CONSTRUCT { ?s kp:x ?nix } { ?s a kp:City }", ["template"], "the template of CONSTRUCT"),
    # other forms
    ("ASK { ?s a kp:Cityy }", ["triple"], "Is it kp:City?"),
    ("DESCRIBE city:antalia", ["resource"], "Is it city:antalya?"),
    ("SELECT (COUNT(?s) AS ?n) { ?s a kp:Cityy }", ["triple"], "Is it kp:City?"),
]


@pytest.mark.parametrize(("text", "kinds", "sentence"), CASES, ids=[case[0] for case in CASES])
def test_the_part_that_makes_a_query_empty_is_named(
    cities: ox.Store, text: str, kinds: list[str], sentence: str
) -> None:
    is_empty, reasons = explain(cities, text)
    said = [translate(reason.template, "en", **reason.facts) for reason in reasons]
    assert is_empty
    assert [reason.kind for reason in reasons] == kinds, said
    assert sentence in said[0]
    assert all(translate(reason.template, "tr", **reason.facts) for reason in reasons)


def test_the_place_of_the_part_is_told(cities: ox.Store) -> None:
    _, (reason,) = explain(cities, "SELECT ?s {\n  ?s a kp:City ;\n    rdfs:lable ?l .\n}")
    assert (reason.facts["line"], reason.facts["column"]) == (3, 5)
    assert reason.facts["caret"] == "    rdfs:lable ?l .\n    ^"


@pytest.mark.parametrize(
    "text", ["SELECT ?s { ?s a kp:City }", "ASK { ?s a kp:City }", "CONSTRUCT WHERE { ?s a kp:City }"]
)
def test_what_finds_something_is_not_explained(cities: ox.Store, text: str) -> None:
    assert explain(cities, text) == (False, [])


def test_a_graph_of_the_protocols_parameters_is_named(cities: ox.Store) -> None:
    chosen = {"default_graph": [ox.NamedNode(f"{GRAPH}record")], "named_graphs": []}
    _, (reason,) = explain(cities, "SELECT ?s { ?s ?p ?o }", **chosen)
    assert (reason.kind, reason.facts["near"]) == ("from", f"<{GRAPH}records>")


@pytest.mark.parametrize(
    "text", ["SELECT * { ?a ?b ?c {| ?d ?e |} }", "SELECT * { <<( ?a ?b ?c )>> kp:nix ?d }"]
)
def test_syntax_that_is_not_known_here_is_only_called_empty(cities: ox.Store, text: str) -> None:
    is_empty, reasons = explain(cities, text)
    assert is_empty
    assert reasons == []


def test_every_question_of_ours_is_explained_on_a_graph_that_has_nothing() -> None:
    files = sorted((Path(__file__).parents[2] / "graph" / "queries").glob("*.rq"))
    assert len(files) >= 35
    unexplained = []
    for file in files:
        is_empty, reasons = explain(ox.Store(), file.read_text("utf-8"))
        if is_empty and not reasons:
            unexplained.append(file.name)
    assert unexplained == []
