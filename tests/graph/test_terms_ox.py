"""Terms cross to the store and back without loss."""

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD

from graph.terms_ox import from_ox, make_quads, to_ox


@pytest.mark.parametrize(
    "term",
    [
        URIRef("https://w3id.org/kopru/id/city/antalya"),
        BNode("b1"),
        Literal("Şişli"),
        Literal("Şişli", lang="tr"),
        Literal("2024-03-04", datatype=XSD.date),
        Literal("2011-07", datatype=XSD.gYearMonth),
        Literal("36.9", datatype=XSD.decimal),
        Literal(7),
        Literal(True),
        Literal("POINT(30.7 36.9)", datatype=URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")),
    ],
)
def test_a_term_comes_back_as_it_was(term):
    assert from_ox(to_ox(term)) == term


@pytest.mark.parametrize(
    ("given", "datatype", "stored"),
    [
        ("1.50", XSD.decimal, "1.5"),
        ("007", XSD.integer, "7"),
        ("1", XSD.boolean, "true"),
        ("x", XSD.integer, "x"),
    ],
)
def test_a_number_is_brought_into_the_form_of_the_store(given, datatype, stored):
    database = ox.Store()
    quad = ox.Quad(
        to_ox(URIRef("urn:a")), to_ox(URIRef("urn:b")), to_ox(rdflib.Literal(given, datatype=datatype))
    )
    database.add(quad)
    assert list(database) == [quad]
    assert quad.object.value == stored


@pytest.mark.parametrize(("written", "read"), [("1", "true"), ("0", "false"), ("true", "true")])
def test_a_truth_value_is_read_alike_however_a_server_writes_it(written, read):
    found = from_ox(ox.Literal(written, datatype=ox.NamedNode(str(XSD.boolean))))
    assert found == Literal(read, datatype=XSD.boolean)
    assert str(found) == read


def test_a_string_with_and_without_its_datatype_is_one_term():
    assert to_ox(Literal("x", datatype=XSD.string)) == to_ox(Literal("x"))


def test_a_quoted_triple_has_no_term_in_rdflib():
    node = ox.NamedNode("urn:a")
    with pytest.raises(TypeError, match="no term"):
        from_ox(ox.Triple(node, node, node))


def test_blank_nodes_of_two_graphs_are_two_nodes(make_rdf):
    rdf = make_rdf(':a dcterms:creator [ rdfs:label "1" ] .')
    one, two = (
        make_quads(rdf, ox.NamedNode(f"https://w3id.org/kopru/graph/{name}")) for name in ("one", "two")
    )
    assert {str(q.subject) for q in one if isinstance(q.subject, ox.BlankNode)} == {"_:one-c14n0"}
    assert not {q.object for q in one if isinstance(q.object, ox.BlankNode)} & {q.object for q in two}
