"""The numbers of a graph, worked out by hand."""

from datetime import UTC, datetime

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef

from graph.terms_ox import make_quads, to_rdflib_graph
from graph.void import make_statistics
from ontology.iris import Iris
from ontology.terms import DCTERMS, KP, ORG, RDF, RDFS, SCHEMA, VOID

THINGS = "https://w3id.org/kopru/id/"
WHOLE = URIRef(THINGS + "dataset/kopru")
RECORDS = URIRef("https://w3id.org/kopru/graph/records")
#: Two cities, of which more is said of Bursa; one network that is two things; a note about nothing typed.
TURTLE = """
:city-a a schema:City ; rdfs:label "A"@tr, "A"@en .
:city-b a schema:City ; rdfs:label "B"@tr, "B"@en ; kp:population 5 ; kp:theme :t .
:network a kp:CityNetwork, org:Organization ; rdfs:label "N"@en ; kp:theme :t .
:note rdfs:label "not typed" .
"""


@pytest.fixture
def numbers(make_rdf) -> Graph:
    """Return the statistics of ``TURTLE``."""
    merge = ox.Store()
    quads = make_quads(make_rdf(TURTLE), ox.NamedNode(RECORDS))
    merge.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return to_rdflib_graph(make_statistics(merge, {str(RECORDS): 13}, Iris()))


def said(rdf: Graph, subject: URIRef) -> dict[str, int]:
    """Return the numbers that are said of something."""
    return {
        prop.removeprefix(str(VOID)): int(value)
        for prop, value in rdf.predicate_objects(subject)
        if isinstance(value, Literal) and str(value).isdigit()
    }


def part_of_class(rdf: Graph, class_iri: URIRef) -> URIRef:
    """Return the one partition of a class."""
    [part] = [p for p in rdf.objects(WHOLE, VOID.classPartition) if rdf.value(p, VOID["class"]) == class_iri]
    return part


def parts_by_property(rdf: Graph, within: URIRef) -> dict[URIRef, dict[str, int]]:
    """Return property -> numbers of the property partitions within something."""
    return {
        rdf.value(part, VOID.property): said(rdf, part)
        for part in rdf.objects(within, VOID.propertyPartition)
    }


def test_the_whole_is_counted(numbers: Graph) -> None:
    assert said(numbers, WHOLE) == {
        "triples": 13, "entities": 3, "distinctSubjects": 4, "classes": 3, "properties": 4,
    }  # fmt: skip


def test_each_class_has_its_number_of_things(numbers: Graph) -> None:
    classes = {SCHEMA.City: 2, KP.CityNetwork: 1, ORG.Organization: 1}
    assert {c: said(numbers, part_of_class(numbers, c))["entities"] for c in classes} == classes
    assert len(set(numbers.objects(WHOLE, VOID.classPartition))) == len(classes)


def test_each_property_has_its_statements_and_subjects(numbers: Graph) -> None:
    assert parts_by_property(numbers, WHOLE) == {
        RDF.type: {"triples": 4, "distinctSubjects": 3},
        RDFS.label: {"triples": 6, "distinctSubjects": 4},
        KP.theme: {"triples": 2, "distinctSubjects": 2},
        KP.population: {"triples": 1, "distinctSubjects": 1},
    }


def test_each_property_of_a_class_is_counted_within_it(numbers: Graph) -> None:
    assert parts_by_property(numbers, part_of_class(numbers, SCHEMA.City)) == {
        RDF.type: {"triples": 2, "distinctSubjects": 2},
        RDFS.label: {"triples": 4, "distinctSubjects": 2},
        KP.theme: {"triples": 1, "distinctSubjects": 1},
        KP.population: {"triples": 1, "distinctSubjects": 1},
    }
    assert parts_by_property(numbers, part_of_class(numbers, KP.CityNetwork)) == parts_by_property(
        numbers, part_of_class(numbers, ORG.Organization)
    )


def test_the_example_of_a_class_is_the_thing_with_most_statements_about_it_and_to_it(numbers: Graph) -> None:
    examples = {
        c: numbers.value(part_of_class(numbers, c), VOID.exampleResource)
        for c in (SCHEMA.City, ORG.Organization)
    }
    assert examples == {SCHEMA.City: URIRef(THINGS + "city-b"), ORG.Organization: URIRef(THINGS + "network")}


def test_each_named_graph_has_its_size(numbers: Graph) -> None:
    assert (WHOLE, VOID.subset, RECORDS) in numbers
    assert said(numbers, RECORDS) == {"triples": 13}


def test_the_whole_is_described_in_both_languages(numbers: Graph) -> None:
    titles = {title.language for title in numbers.objects(WHOLE, DCTERMS.title)}
    assert titles == {"tr", "en"}


def test_only_the_whole_has_a_type_and_nothing_is_nameless(numbers: Graph) -> None:
    assert set(numbers.subjects(RDF.type)) == {WHOLE}
    assert {type(term) for triple in numbers for term in triple} == {URIRef, Literal}


def test_an_empty_graph_has_zeros() -> None:
    rdf = to_rdflib_graph(make_statistics(ox.Store(), {}, Iris()))
    assert set(said(rdf, WHOLE).values()) == {0}


def test_published_numbers_leave_themselves_out(tiny) -> None:
    own = tiny.named_graph(tiny.iris.graph("statistics"))
    assert len(own) > 100
    assert said(own, WHOLE)["triples"] == tiny.info.statements - len(own)


def test_published_numbers_are_in_the_digest_and_the_licence_is_that_of_the_vocabulary(tiny) -> None:
    own = tiny.named_graph(tiny.iris.graph("statistics"))
    assert tiny.compute_digest() == tiny.info.digest
    assert own.value(WHOLE, DCTERMS.license) == URIRef("https://spdx.org/licenses/MIT")
    assert {
        said(own, tiny.iris.graph(name))["triples"] > 0 for name in ("ontology", "derived", "records")
    } == {True}


def test_equal_data_has_equal_numbers_whatever_came_before(store, make_rdf) -> None:
    def publish_derived(turtle: str) -> str:
        with store.writer() as draft:
            draft.replace_source("records", make_rdf(turtle), retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
            draft.derive()
            draft.publish()
        return store.current().info.digest

    first = publish_derived(TURTLE)
    second = publish_derived(TURTLE + ":city-c a schema:City .")
    assert publish_derived(TURTLE) == first != second


def test_a_revision_from_before_there_were_numbers_is_still_whole(publish, store) -> None:
    publish(':a rdfs:label "x" .')  # published without deriving
    assert len(store.current().named_graph(store.iris.graph("statistics"))) == 0
    assert store.current().compute_digest() == store.current().info.digest
