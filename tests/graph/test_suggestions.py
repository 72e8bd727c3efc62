"""Completion offers what the graph has, all of it and nothing else."""

from collections import Counter, defaultdict

import pytest
from rdflib import RDF, Graph, URIRef

from graph.questions.suggestions import Suggestions
from graph.revision import Revision
from graph.store import GraphStore
from ontology.terms import SCHEMA

CITY = str(SCHEMA.City)


@pytest.fixture(scope="module")
def bundled(bundled_store: GraphStore) -> Suggestions:
    """Return the suggestions of the bundled graph."""
    return Suggestions(bundled_store.current())


@pytest.fixture(scope="module")
def graph(bundled_store: GraphStore) -> Graph:
    """Return the whole bundled graph."""
    return bundled_store.current().default_graph()


def test_the_classes_offered_are_those_of_the_graph(bundled: Suggestions, graph: Graph) -> None:
    members = Counter(str(kind) for kind in graph.objects(None, RDF.type) if isinstance(kind, URIRef))
    assert {one.iri for one in bundled.classes()} == set(members)
    assert len(members) > 50
    offered = {one.iri: one.number for one in bundled.classes()}
    assert offered[CITY] == members[CITY]


def test_each_property_of_each_class_is_offered_and_no_other(bundled: Suggestions, graph: Graph) -> None:
    classes = defaultdict(set)
    for thing, kind in graph.subject_objects(RDF.type):
        classes[thing].add(str(kind))
    observed = defaultdict(set)
    for thing, prop in graph.subject_predicates():
        for kind in classes.get(thing, ()):
            observed[kind].add(str(prop))
    assert len(observed) > 50
    offered = {kind: {one.iri for one in bundled.properties([kind])} for kind in observed}
    assert offered == observed


def test_without_a_class_every_property_is_offered(bundled: Suggestions, graph: Graph) -> None:
    assert {one.iri for one in bundled.properties()} == {str(prop) for prop in graph.predicates()}


def test_of_two_classes_only_what_both_have_is_offered(bundled: Suggestions) -> None:
    network = "https://w3id.org/kopru/ontology#CityNetwork"
    both = {one.iri for one in bundled.properties([CITY, network])}
    assert both
    assert both == {one.iri for one in bundled.properties([CITY])} & {
        one.iri for one in bundled.properties([network])
    }


def test_of_an_unknown_class_nothing_is_offered(bundled: Suggestions) -> None:
    assert bundled.properties(["http://example.org/Dragon"]) == ()


def test_a_thing_is_found_by_any_word_of_its_name_the_nearest_first(bundled: Suggestions) -> None:
    found = [one.label.tr for one in bundled.things("ANTALYA")]
    assert found[0] == "Antalya"
    assert "Antalya Büyükşehir Belediyesi" in found
    assert any(one.label.tr == "Antalya Büyükşehir Belediyesi" for one in bundled.things("buyuksehir"))


def test_after_a_property_only_its_values_are_offered(bundled: Suggestions, graph: Graph) -> None:
    within = str(SCHEMA.containedInPlace)
    values = {str(value) for value in graph.objects(None, URIRef(within))}
    assert {one.iri for one in bundled.things("", within)} <= values
    assert [one.text for one in bundled.things("turk", within)] == ["<https://w3id.org/kopru/id/country/tr>"]
    assert bundled.things("nurnberg", within) == ()


def test_nothing_is_offered_for_nothing(bundled: Suggestions) -> None:
    assert bundled.things("") == ()


def test_what_is_offered_can_be_written_in_a_query(bundled: Suggestions, tiny: Revision) -> None:
    from ontology.terms import PREFIXES

    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    offered = [*bundled.classes(), *bundled.properties(), *bundled.things("a")]
    assert len(offered) > 150
    terms = " ".join(one.text for one in offered)
    rows = tiny.select(f"{head}SELECT ?x {{ VALUES ?x {{ {terms} }} }}")
    assert [str(row["x"]) for row in rows] == [one.iri for one in offered]
