"""What a foreign query may not ask for, and what only looks like it."""

import pytest

from graph.guard import MAX_NESTING, MAX_PATTERNS, check_query
from ontology.errors import QueryError, QueryRefused, QuerySyntaxError, QueryTooLong

EX = "PREFIX ex: <http://127.0.0.1:1/> PREFIX : <http://127.0.0.1:1/> "
KNOWN = {"rdfs": "http://www.w3.org/2000/01/rdf-schema#", "kp": "https://w3id.org/kopru/ontology#"}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { ex:a ex:b 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "load <http://e/>",
        "CLEAR ALL",
        "DROP GRAPH ex:g",
        "CREATE GRAPH ex:g",
        "ADD ex:a TO ex:b",
        "MOVE ex:a TO ex:b",
        "COPY ex:a TO ex:b",
        "WITH ex:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "ASK {} ; INSERT DATA { ex:a ex:b 1 }",
        r"\u0049NSERT DATA { ex:a ex:b 1 }",
    ],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        check_query(EX + text)
    assert isinstance(caught.value, QueryRefused) or "\\" in text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://e/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?x { ?s ?p ?o } }",
        "SELECT*{SERVICE?x{}}",
        "SELECT * { SERVICE#\nex:a{} }",
        "SELECT * { SERVICE ex:a { ?s ?p ?o } }",
        "SELECT * { { SELECT * { OPTIONAL { SERVICE ex:a { ?s ?p ?o } } } } }",
        "SELECT * { FILTER EXISTS { SERVICE ex:a { ?s ?p ?o } } }",
        "SELECT * { ?s ?p '#' . SERVICE ex:a {} }",
        'SELECT * { ?s ?p "\\"" . SERVICE ex:a {} #"\n }',
        "SELECT * { ?s ?p '''a''' . SERVICE ex:a {} . ?s ?p '''b''' }",
        "SELECT * { SERVICEex:a { ?s ?p ?o } }",
        "SELECT * { SERVICESILENTex:a { ?s ?p ?o } }",
        "SELECT * { service:a { ?s ?p ?o } }",
        "SELECT * { ?s ?p true service:a { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICEex:a { ?s ?p ?o } }",
        "SELECT * { ?s ?p ex:c.SERVICE ex:d { ?s ?p ?o } }",
        "SELECT * { FILTER(1<'x>') SERVICE ex:a {} FILTER('a'='a') }",
        "SELECT * { FILTER(1<?b#>''' \n2) SERVICE ex:a {} FILTER('''a'''='''a''') }",
        "SELECT * { FILTER(1 <<http://x#>) SERVICE ex:a {} \n }",
        "SELECT * { FILTER(?a<(1>2)&&?b<'x>')SERVICE ex:a {} FILTER('y'='y') }",
        r"SELECT * { \u0053ERVICE ex:a { ?s ?p ?o } }",
        r"SELECT * { ?s ?p 'a\u0027 . SERVICE ex:a {} #' }",
    ],
)
def test_no_service_gets_past_the_tokens(text: str) -> None:
    with pytest.raises(QueryError):
        check_query("PREFIX service: <http://127.0.0.1:1/> " + EX + text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?load ?insert { ?service ?load ?insert }",
        "SELECT * { ?s ex:service ex:LOAD, ex:insert.DELETE }",
        "SELECT * { ?s service:a service:b . { ?a ?b ?c } }",
        "SELECT * { GRAPH service:g { ?s ?p ?o } }",
        "SELECT * FROM service:g { ?s ?p ?o }",
        "SELECT * { <http://e/INSERT> <http://e/SERVICE> 'DELETE', \"LOAD <http://e/>\" } # DROP",
        "SELECT * { ?s ?p ?o { SELECT ?s { ?s ?p ?o } LIMIT 1 } }",
        "SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o } GROUP BY ?s",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DESCRIBE ex:a ?x { ?x ?p ?o }",
        "SELECT * { ?s ?p ?o {| ex:since 2011 |} }",
        r"SELECT * { ?s ?p 'K\u00f6pr\u00fc' }",
    ],
)
def test_what_only_looks_forbidden_is_allowed(text: str) -> None:
    assert check_query("PREFIX service: <http://e/> " + EX + text).form in ("SELECT", "CONSTRUCT", "DESCRIBE")


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("<https://query.example.org/sparql>", True),
        ("ask:sparql", True),
        ("<https://query.example.org.evil.org/>", False),
        ("<https://query.example.org@evil.org/>", False),
        ("<http://query.example.org/>", False),
        ("<https://query.example.org:444/>", False),
        ("<https://query.example.org/a.b/..c>", True),
        ("<https://query.example.org/../secret>", False),
        ("<https://query.example.org/a/%2E%2e/secret>", False),
        (r"<https://query.example.org/\u002E\u002E/secret>", False),
        ("up:secret", False),
        ("<sparql>", False),
        ("?x", False),
    ],
)
def test_only_listed_services_may_be_called(address: str, is_allowed: bool) -> None:
    prefixes = "PREFIX up: <https://query.example.org/../> PREFIX ask: <https://query.example.org/>"
    text = f"{prefixes} SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}"
    try:
        check_query(text, service_allow=["https://query.example.org"])
    except QueryRefused:
        assert not is_allowed
    else:
        assert is_allowed


def test_known_prefixes_are_added_only_when_used_and_not_declared() -> None:
    text = "PREFIX rdfs: <http://own/> SELECT * { ?s rdfs:label ?o ; a kp:City }"
    checked = check_query(text, KNOWN)
    assert checked.declared == {"rdfs": "http://own/"}
    assert checked.added == {"kp": KNOWN["kp"]}


def test_an_unknown_prefix_is_named_with_its_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check_query("SELECT * {\n  ?s foo:bar ?o }", KNOWN)
    facts = caught.value.facts
    assert (facts["line"], facts["column"], facts["prefix"]) == (2, 6, "foo")
    assert facts["caret"] == "  ?s foo:bar ?o }\n     ^"


def test_a_misspelt_word_is_put_right() -> None:
    with pytest.raises(QuerySyntaxError, match="Is it OPTIONAL"):
        check_query("SELECT * { OPTONAL { ?s ?p ?o } }")


def test_a_query_begins_with_its_form() -> None:
    with pytest.raises(QuerySyntaxError, match="a query begins with SELECT, ASK"):
        check_query("PREFIX ex: <http://e/> WHERE { ?s ?p ?o }")


def test_nesting_is_limited() -> None:
    check_query("ASK " + "{" * MAX_NESTING + "}" * MAX_NESTING)
    for opening, closing in ("{}", "()", "[]"):
        with pytest.raises(QueryRefused, match="nested more than 100 deep"):
            check_query("ASK {" + opening * 5000 + closing * 5000 + "}")
    with pytest.raises(QueryRefused, match="nested more than 100 deep"):
        check_query("ASK { FILTER(" + "!" * 10_000 + "true) }")


def test_patterns_in_one_group_are_limited() -> None:
    patterns = [f"?a{i} ?b{i} ?c{i}" for i in range(MAX_PATTERNS + 2)]
    check_query("SELECT * { " + " . ".join(patterns[:MAX_PATTERNS]) + " }")
    with pytest.raises(QueryRefused, match="at most 150 can be planned"):
        check_query("SELECT *\n{ " + " . ".join(patterns) + " }")


def test_length_is_limited() -> None:
    with pytest.raises(QueryTooLong):
        check_query("ASK {} #" + "x" * 1_000_000)
