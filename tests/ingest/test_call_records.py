"""Calls of programmes: records to statements, and who may apply becomes a country of the graph."""

from datetime import date
from decimal import Decimal

from rdflib import Literal

from ingest.batch import Context
from ingest.sources import cldr
from ontology.iris import Iris
from ontology.terms import KP, RDF, SCHEMA

IRIS = Iris()
CALLS = """
calls:
  - id: coasts
    name: {tr: Kıyılar, en: Coasts}
    eligible_countries: [TR, DE, MT]
    minimum_partners: 3
    minimum_countries: 2
    themes: [sea-and-coast]
    evidence:
      - document: page
        date: "2019"
        grade: confirmed
        says: {opening: 2025-01-15, deadline: 2025-04-15, budget: 4000000 EUR}
"""


def test_a_call_has_its_conditions(records) -> None:
    records.write("calls.yml", CALLS)
    rdf = records.read().rdf
    call = IRIS.thing("call", "coasts")
    assert (call, RDF.type, KP.Call) in rdf
    countries = {IRIS.thing("country", code) for code in ("tr", "de", "mt")}
    assert set(rdf.objects(call, SCHEMA.eligibleRegion)) == countries
    assert (call, KP.theme, IRIS.thing("theme", "sea-and-coast")) in rdf
    assert (call, KP.minimumPartners, Literal(3)) in rdf
    assert (call, KP.minimumCountries, Literal(2)) in rdf


def test_a_document_says_the_days_and_the_budget_of_a_call(records) -> None:
    records.write("calls.yml", CALLS)
    rdf = records.read().rdf
    said = {
        rdf.value(node, KP.claimedProperty): rdf.value(node, KP.claimedValue)
        for node in rdf.subjects(KP.about, IRIS.thing("call", "coasts"))
    }
    assert (said[KP.opening], said[KP.deadline]) == (Literal(date(2025, 1, 15)), Literal(date(2025, 4, 15)))
    assert said[KP.budget] == Literal(Decimal(4000000))


def test_a_country_that_only_a_call_names_is_a_country_of_the_graph(records) -> None:
    records.write("calls.yml", CALLS)
    rdf = records.read().rdf
    context = Context(IRIS, records.root, "antalya", lambda _name: rdf)
    named = cldr.read(cldr.fetch(None, context), context).rdf
    assert (IRIS.thing("country", "mt"), RDF.type, SCHEMA.Country) in named
