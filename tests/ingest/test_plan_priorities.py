"""The themes that a document names as a plan's priorities: records to a collection with its source."""

from rdflib import Literal

from ontology.iris import Iris
from ontology.terms import KP, PROV, RDF, RDFS, SKOS

IRIS = Iris()
PLAN = """
plans:
  - id: up
    name: {tr: Plan, en: Plan}
    priorities: {document: letter, themes: [poverty, tourism]}
"""


def test_priorities_are_a_collection_of_themes_with_its_document(records) -> None:
    records.write("plans.yml", PLAN)
    rdf = records.read().rdf
    priorities = rdf.value(IRIS.thing("plan", "up"), KP.priorityThemes)
    assert (priorities, RDF.type, SKOS.Collection) in rdf
    assert set(rdf.objects(priorities, SKOS.member)) == {
        IRIS.thing("theme", t) for t in ("poverty", "tourism")
    }
    assert rdf.value(priorities, PROV.hadPrimarySource) == IRIS.thing("document", "letter")
    assert (priorities, RDFS.label, Literal("Plan: priority themes", lang="en")) in rdf


def test_a_priority_that_is_no_theme_is_told(records) -> None:
    records.write("plans.yml", PLAN.replace("tourism", "tourizm"))
    (sentence,) = records.sentences()
    assert "'themes' names 'tourizm'" in sentence
    assert "Did you mean 'tourism'?" in sentence


def test_priorities_without_a_document_are_told(records) -> None:
    records.write("plans.yml", PLAN.replace("document: letter, ", ""))
    (sentence,) = records.sentences()
    assert "'document' is missing" in sentence
