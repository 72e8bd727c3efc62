"""The published questions: what the graph itself says of how to ask it."""

import pyoxigraph as ox
from rdflib import Literal
from rdflib.namespace import SH

from graph.examples import examples_digest_text, list_published, make_examples
from graph.guard import check_query
from graph.library import list_examples
from graph.revision import Revision
from ontology.iris import Iris
from ontology.terms import DCTERMS, PREFIXES, RDF, RDFS

QUESTIONS = 35
INDICATORS = 14


def test_all_questions_and_indicators_are_published() -> None:
    rdf = make_examples(Iris())
    assert len(list_examples()) == QUESTIONS
    assert len(set(rdf.subjects(RDF.type, SH.SPARQLExecutable))) == QUESTIONS + INDICATORS
    assert len(set(rdf.subjects(RDF.type, SH.SPARQLSelectExecutable))) == QUESTIONS + INDICATORS


def test_a_question_has_its_words_in_both_languages() -> None:
    rdf, question = make_examples(Iris()), Iris().thing("question", "open-places")
    assert {label.language for label in rdf.objects(question, RDFS.label)} == {"tr", "en"}
    assert {text.language for text in rdf.objects(question, DCTERMS.description)} == {"tr", "en"}


def test_what_is_published_can_be_asked_as_it_stands() -> None:
    texts = [str(text) for text in make_examples(Iris()).objects(None, SH.select)]
    assert len(texts) == QUESTIONS + INDICATORS
    for text in texts:
        assert check_query(text, PREFIXES).added == {}
        assert ox.Store().query(text) is not None


def test_questions_move_with_the_base_address() -> None:
    iris = Iris("https://kent.example/")
    question = iris.thing("question", "networks-of-city")
    (text,) = make_examples(iris).objects(question, SH.select)
    assert "<https://kent.example/id/city/antalya>" in text
    assert "<https://w3id.org/kopru/id/" not in text


def test_a_changed_question_changes_the_digest() -> None:
    assert all(
        query.title and query.title.en.split('"')[0] in examples_digest_text() for query in list_published()
    )


def test_a_published_revision_tells_its_questions(tiny: Revision) -> None:
    rdf = tiny.named_graph(tiny.iris.graph("ontology"))
    question = tiny.iris.thing("question", "open-places")
    assert (question, RDF.type, SH.SPARQLExecutable) in rdf
    assert Literal("Which of the declared 14, 12 and 10 are not identified", lang="en") in set(
        rdf.objects(question, RDFS.label)
    )
