"""The staged revision: differences, the merge, what is derived, what is checked."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from graph.publishing import STEPS
from graph.store import GraphStore
from ontology.errors import SourceError
from ontology.iris import Iris
from ontology.terms import KP, RDFS, SKOS, XSD

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
LATER = datetime(2024, 3, 5, 12, tzinfo=UTC)

# Few terms, so that sources overlap and come back; numbers that the store writes in its own way.
things = st.sampled_from([URIRef(f"urn:thing:{letter}") for letter in "abc"])
#: As given -> as the store keeps it.
VALUES = {
    Literal("1.50", datatype=XSD.decimal): Literal("1.5", datatype=XSD.decimal),
    Literal("1.5", datatype=XSD.decimal): Literal("1.5", datatype=XSD.decimal),
    Literal("5", datatype=XSD.positiveInteger): Literal("5", datatype=XSD.integer),
    Literal("x"): Literal("x"),
    Literal("x", lang="tr"): Literal("x", lang="tr"),
    URIRef("urn:thing:a"): URIRef("urn:thing:a"),
}
triples = st.tuples(things, st.just(URIRef("urn:property")), st.sampled_from(list(VALUES)))
replacements = st.lists(
    st.tuples(st.sampled_from(["one", "two", "three"]), st.sets(triples, max_size=6)), max_size=8
)


def make_graph(content) -> Graph:
    rdf = Graph()
    for triple in content:
        rdf.add(triple)
    return rdf


@settings(max_examples=40, deadline=None)
@given(replacements)
def test_the_default_graph_is_always_the_union_of_the_named_graphs(steps):
    folder = Path(tempfile.mkdtemp())
    try:
        with GraphStore(folder).writer() as draft:
            last = {}
            for name, content in steps:
                draft.replace_source(name, make_graph(content), retrieved_at=NOON)
                last[name] = {(s, p, VALUES[o]) for s, p, o in content}
                for source, expected in last.items():
                    assert set(draft.named_graph(draft.iris.graph(source))) == expected
                assert set(draft.default_graph()) == set().union(*last.values())
    finally:
        shutil.rmtree(folder)


def test_a_triple_stays_in_the_merge_while_one_source_holds_it(store, make_rdf):
    shared, own = ':a dcterms:title "both" .', ':a dcterms:title "one" .'
    with store.writer() as draft:
        draft.replace_source("one", make_rdf(shared + own), retrieved_at=NOON)
        draft.replace_source("two", make_rdf(shared), retrieved_at=NOON)
        draft.replace_source("one", make_rdf(""), retrieved_at=NOON)
        assert [str(o) for o in draft.default_graph().objects()] == ["both"]
        draft.replace_source("two", make_rdf(""), retrieved_at=NOON)
        assert len(draft.default_graph()) == 0


def test_the_same_content_at_a_later_time_is_no_change(store, publish, make_rdf):
    turtle = ':g prov:wasGeneratedBy :run-{n} ; prov:generatedAtTime "{n}" ; dcterms:title "t" .\n'
    turtle += ":run-{n} a prov:Activity ; prov:startedAtTime '{n}' ; prov:endedAtTime '{n}' ; prov:used :g ."
    publish(turtle.format(n=1))
    with store.writer() as draft:
        assert not draft.replace_source("records", make_rdf(turtle.format(n=2)), retrieved_at=LATER)
        assert draft.publish() is None
    assert store.current().info.sources["records"].retrieved_at == NOON


def test_blank_nodes_keep_their_names_from_run_to_run(store, publish, make_rdf):
    turtle = ':a dcterms:creator [ dcterms:title "1" ], [ dcterms:title "2" ] .'
    publish(turtle)
    assert publish(turtle) is None
    assert publish(turtle, "letter").statements == 8
    assert isomorphic(store.current().named_graph(store.iris.graph("letter")), make_rdf(turtle))


@pytest.mark.parametrize(
    "triple",
    [
        (URIRef("http://a b"), RDFS.label, Literal("x")),
        (URIRef("urn:a"), RDFS.label, URIRef("relative")),
        (Literal("x"), RDFS.label, URIRef("urn:a")),
        (URIRef("urn:a"), BNode(), URIRef("urn:a")),
    ],
)
def test_a_statement_that_rdf_does_not_allow_is_named(store, triple):
    with store.writer() as draft, pytest.raises(SourceError, match="can't be stored") as caught:
        draft.replace_source("records", make_graph([triple]), retrieved_at=NOON)
    assert str(triple[0]) in str(caught.value)


def test_every_label_gets_a_search_key_and_every_thing_one_sort_key(store, make_rdf):
    with store.writer() as draft:
        turtle = ':a rdfs:label "Çorum"@tr, "Chorum"@en ; skos:altLabel "Alt Şehir"@tr .'
        turtle += ':b skos:prefLabel "İl"@en .'
        draft.replace_source("records", make_rdf(turtle), retrieved_at=NOON)
        draft.derive()
        derived = draft.named_graph(draft.iris.graph("derived"))
    thing, other = (URIRef(f"https://w3id.org/kopru/id/{name}") for name in "ab")
    assert {str(key) for key in derived.objects(thing, KP.searchKey)} == {"corum", "chorum", "alt sehir"}
    assert [str(key) for key in derived.objects(thing, KP.sortKey)] == ["c{orum"]
    assert [str(key) for key in derived.objects(other, KP.sortKey)] == ["il"]


def test_the_vocabulary_is_a_graph_of_its_own_and_part_of_the_merge(store):
    with store.writer() as draft:
        draft.derive()
        ontology = draft.named_graph(draft.iris.graph("ontology"))
        assert (KP.Relation, None, None) in ontology
        assert set(ontology) <= set(draft.default_graph())
        assert draft.publish().sources == {}


def test_deriving_again_forgets_what_no_longer_follows(store, make_rdf):
    old, new = make_rdf(':a rdfs:label "Eski"@tr .'), make_rdf(':a rdfs:label "Yeni"@tr .')
    for rdf in (old, new):
        with store.writer() as draft:
            draft.replace_source("records", rdf, retrieved_at=NOON)
            draft.derive()
            draft.publish()
    thing = URIRef("https://w3id.org/kopru/id/a")
    keys = set(store.current().default_graph().objects(thing, KP.searchKey))
    assert keys == {Literal("yeni")}
    assert store.current().compute_digest() == store.current().info.digest


def test_deriving_the_same_again_is_the_same_revision(store, make_rdf):
    def run(content):
        with store.writer() as draft:
            draft.replace_source("records", make_rdf(content), retrieved_at=NOON)
            draft.derive()
            return draft.publish()

    assert run(':a rdfs:label "Bir"@tr .').number == 1
    assert run(':a rdfs:label "İki"@tr .').number == 2
    assert run(':a rdfs:label "Bir"@tr .').digest == store.revision(1).info.digest


def test_the_digest_of_a_revision_is_that_of_its_content(store, publish):
    publish(':a dcterms:title "1.50"^^xsd:decimal, "007"^^xsd:integer, "2024-03-04"^^xsd:date .')
    publish("", "letter")
    revision = store.current()
    assert revision.compute_digest() == revision.info.digest
    assert revision.info.sources["letter"].statements == 0


def test_the_named_steps_are_told_in_order(store, make_rdf):
    told = []
    with store.writer(told.append) as draft:
        draft.replace_source("records", make_rdf(':a rdfs:label "Bir"@tr .'), retrieved_at=NOON)
        draft.derive()
        draft.check()
        draft.publish()
    assert tuple(told) == STEPS


def test_the_titles_of_a_source_are_kept(store, make_rdf):
    title = {"tr": "Kayıtlar", "en": "Records"}
    with store.writer() as draft:
        draft.replace_source("records", make_rdf(""), retrieved_at=NOON, title=title)
        draft.publish()
    assert GraphStore(store.path, Iris()).current().info.sources["records"].title == title


def test_theme_labels_are_searchable_in_both_languages(store):
    with store.writer() as draft:
        draft.derive()
        rdf = draft.default_graph()
    themes = set(rdf.subjects(SKOS.inScheme))
    assert len(themes) > 20
    assert {theme for theme in themes if len(set(rdf.objects(theme, KP.sortKey))) != 1} == set()
