"""Questions sent with a server's own graph names find what they find with the names that users know.

Two memory stores hold the same statements, one under the names of users, one under those of a server.
"""

import pyoxigraph as ox
import pytest

from graph.remote.dataset import NOWHERE, STANDS_FOR, Dataset, find_form

G = "http://example.org/graph/"
PREFIXES = {"g": G, "": "http://example.org/"}
STATEMENTS = """
<http://example.org/a> <http://example.org/p> <http://example.org/b> <http://example.org/graph/one> .
<http://example.org/a> <http://example.org/q> "GRAPH ?g { FROM <x> }" <http://example.org/graph/one> .
<http://example.org/b> <http://example.org/p> <http://example.org/c> <http://example.org/graph/two> .
<http://example.org/graph/one> <http://example.org/title> "One" <http://example.org/graph/two> .
"""
DATASET = Dataset("urn:s:merge", "urn:s:names", {f"{G}one": "urn:s:1", f"{G}two": "urn:s:2"})


@pytest.fixture(scope="module")
def known() -> ox.Store:
    store = ox.Store()
    store.load(STATEMENTS, ox.RdfFormat.N_QUADS)
    for quad in list(store):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


@pytest.fixture(scope="module")
def server(known: ox.Store) -> ox.Store:
    store = ox.Store()
    names = {ox.NamedNode(name): ox.NamedNode(there) for name, there in DATASET.graphs.items()}
    for quad in known:
        there = names.get(quad.graph_name, ox.NamedNode(DATASET.merge))
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, there))
    for name, there in names.items():
        store.add(ox.Quad(there, ox.NamedNode(STANDS_FOR), name, ox.NamedNode(DATASET.names)))
    store.add(
        ox.Quad(ox.NamedNode("urn:old"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:s:0"))
    )
    return store


def rows(store: ox.Store, query: str, **dataset: list[ox.NamedNode]) -> list[str]:
    found = store.query(query, **dataset)  # type: ignore[arg-type]
    names = [variable.value for variable in found.variables]
    return sorted(str(sorted((name, str(row[name])) for name in names if row[name])) for row in found)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH $g { ?s ?p ?o } ?g :title ?t }",
        "SELECT ?o { GRAPH g:one { ?s ?p ?o } }",
        "SELECT ?o { GRAPH <http://example.org/graph/two> { ?s ?p ?o } }",
        "BASE <http://example.org/> SELECT ?o { GRAPH <graph/two> { ?s ?p ?o } }",
        "SELECT ?o { GRAPH g:none { ?s ?p ?o } }",
        "SELECT * { GRAPH ?g { ?s :p ?o } GRAPH ?h { ?o :p ?x } }",
        "SELECT * { GRAPH ?g { ?s :p ?o GRAPH ?h { ?o :p ?x } } }",
        "SELECT * { GRAPH ?g { ?s :p ?o } FILTER NOT EXISTS { GRAPH ?g { ?s :q ?hidden } } }",
        "SELECT * { GRAPH ?g { ?s :p ?o } MINUS { GRAPH ?g { ?s :q ?hidden } } }",
        "SELECT * { { SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } } BIND(STR(?g) AS ?name) }",
        "SELECT * { { SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } } VALUES ?v { 1 } }",
        "SELECT * { ?s :p ?o OPTIONAL { GRAPH ?g { ?s :q ?text } FILTER(STRLEN(?text) > 2) } }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g # GRAPH ?x",
        "SELECT * { GRAPH ?g { { ?s :p ?o } UNION { ?s :q ?o } } VALUES ?g { g:one } }",
        'SELECT * { ?s :q "GRAPH ?g { FROM <x> }" }',
        "SELECT * FROM g:one { ?s ?p ?o }",
        "SELECT * FROM g:one FROM NAMED <http://example.org/graph/two> { ?s ?p ?o GRAPH ?g { ?o ?q ?x } }",
        "SELECT * FROM NAMED g:one { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM g:one { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_a_question_finds_the_same(known: ox.Store, server: ox.Store, query: str) -> None:
    prologue = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    sent = DATASET.address(query, PREFIXES, "")
    default, named = ([ox.NamedNode(name) for name in graphs] for graphs in (sent.default, sent.named))
    found = rows(server, sent.text, default_graph=default, named_graphs=named)
    assert found == rows(known, f"{prologue}\n{query}")


def test_the_dataset_beside_a_query_wins() -> None:
    sent = DATASET.address("SELECT * FROM g:one { ?s ?p ?o }", PREFIXES, "", [f"{G}two"], [])
    assert (sent.default, sent.named) == (("urn:s:2",), ("urn:s:names",))
    assert "urn:s:1" not in sent.text
    assert DATASET.address("ASK {}", {}, "", ["urn:other"], []).default == (NOWHERE,)


def test_the_form_stands_behind_the_prologue() -> None:
    assert find_form("# SELECT\nPREFIX a: <b> BASE <c>\nconstruct { ?s ?p ?o } {}") == "CONSTRUCT"
    assert find_form("PREFIX a.b: <c> ask {}") == "ASK"
