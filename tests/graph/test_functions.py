"""Functions of ours in queries: of literals only, and described where the service describes itself."""

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from api.service_description import make_service_description
from graph.functions import COLLATE, FOLD, FUNCTIONS
from graph.revision import Revision
from ontology.terms import KP, PREFIXES

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


def value(expression: str) -> str | None:
    """Return what an expression is worth; ``None`` where it is an error."""
    query = f"SELECT ({expression} AS ?x) {{}}"
    solutions = ox.Store().query(query, prefixes={"kp": PREFIXES["kp"]}, custom_functions=FUNCTIONS)
    assert isinstance(solutions, ox.QuerySolutions)
    term = next(iter(solutions))["x"]
    return None if term is None else str(term)


def test_the_addresses_lie_where_our_terms_do() -> None:
    assert {FOLD, COLLATE} == {f"{KP._NS}fold", f"{KP._NS}collate"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('kp:fold("İSTANBUL"@tr)', '"istanbul"'),
        ('kp:fold("Şişli  Belediyesi")', '"sisli belediyesi"'),
        ("kp:fold(12)", '"12"'),
        ('kp:collate("Çorum") > kp:collate("Cizre") && kp:collate("Çorum") < kp:collate("Denizli")', "true"),
        ('kp:collate("Isparta") < kp:collate("İzmir")', "true"),
        ("kp:fold(<http://example.org/>)", None),
        ('kp:fold("a", "b")', None),
        ("kp:fold(?unbound)", None),
    ],
)
def test_a_function_takes_one_literal(expression: str, expected: str | None) -> None:
    found = value(expression)
    assert found == expected if expected != "true" else (found or "").startswith('"true"')


def test_our_own_queries_know_them_too(tiny: Revision) -> None:
    assert tiny.ask(
        'PREFIX kp: <https://w3id.org/kopru/ontology#> ASK { FILTER(kp:fold("ŞİŞLİ") = "sisli") }'
    )


def test_the_service_describes_them() -> None:
    rdf = Graph().parse(data=make_service_description("http://x/sparql", "turtle"), format="turtle")
    assert set(rdf.objects(None, SD.extensionFunction)) == {URIRef(FOLD), URIRef(COLLATE)}
    assert set(rdf.subjects(RDF.type, SD.Function)) == {URIRef(FOLD), URIRef(COLLATE)}
