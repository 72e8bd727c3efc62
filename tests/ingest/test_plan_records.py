"""Records of a plan to statements: each worked out by hand from a tiny plan."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal

from ontology import terms
from ontology.iris import Iris
from ontology.terms import KP, PPLAN, PROV, RDF, RDFS, SCHEMA, SKOS

IRIS = Iris()
PLAN = IRIS.thing("plan", "up")
LETTER = IRIS.thing("document", "letter")
OWN = IRIS.thing("authority", "antalya-metropolitan-municipality")
TWO_STAGES = """
plans:
  - id: up
    name: {tr: Plan, en: Plan}
    legal_basis: [{tr: Kanun 1, en: Law 1}]
units:
  - {id: office, name: {tr: Daire, en: Office}, of: antalya-metropolitan-municipality}
organizations:
  - {id: board, name: {tr: Kurul, en: Board}, kind: committee, city: antalya}
  - {id: people, name: {tr: Halk, en: People}, kind: stakeholder_group}
stages:
  - id: begin
    plan: up
    document: letter
    name: {tr: Başla, en: Begin}
    contents:
      - text: {tr: Bir, en: One}
      - text: {tr: İki, en: Two}
        note: {tr: Not, en: Note}
        document: page
    results:
      - text: {tr: Son, en: End}
        evidence: [{document: page, date: 2020-01-02, grade: reported}]
    roles:
      - text: {tr: Kim, en: Who}
        who: [board, people, office, nuremberg]
  - id: again
    plan: up
    after: begin
    loops_back_to: begin
    document: letter
    name: {tr: Yine, en: Again}
"""
WORK = """
programmes:
  - {id: fund, name: {tr: Fon, en: Fund}}
projects:
  - {id: bus, name: {tr: Otobüs, en: Bus}}
grants:
  - funder: board
    project: bus
    start: unknown
    evidence: [{document: page, date: unknown, grade: reported}]
activities:
  - id: visit
    name: {tr: Ziyaret, en: Visit}
    stage: begin
    lead: office
    partners: [nuremberg, people]
    themes: [culture]
    objectives: [begin-2]
    results: [begin-1]
    budget: 2500.50 EUR
    funding: [fund, bus]
    state: running
    evidence: [{document: page, date: "2019", grade: confirmed, says: {start: 2019-05, end: 2020}}]
  - id: bare
    name: {tr: Yalın, en: Bare}
    stage: again
    evidence: [{document: page, date: unknown, grade: reported}]
indicators:
  - id: visits
    name: {tr: Ziyaretler, en: Visits}
    definition: {tr: Kaç ziyaret, en: How many visits}
    unit: {tr: ziyaret, en: visits}
    direction: higher
    baseline: {value: 2, year: 2019}
    target: {value: 7.5, year: 2021}
    period: quarter
    stage: again
    themes: [culture]
    objectives: [begin-1]
    document: page
measurements:
  - {indicator: visits, period: 2019-Q4, value: 3, document: page, date: 2020-01-02, grade: reported}
  - {indicator: visits, period: 2020-Q1, value: -1.5, unit: {tr: gün, en: days}, document: page,
     date: unknown, grade: confirmed}
"""
BUNDLED = Path(__file__).parents[2] / "ingest" / "bundled" / "antalya"


@pytest.fixture
def rdf(records) -> Graph:
    records.write("plan.yml", TWO_STAGES)
    records.write("work.yml", WORK)
    return records.read().rdf


def facts(rdf: Graph, kind: str, slug: str) -> set:
    """Return predicates and values of a thing, where it was recorded left out."""
    return {pair for pair in rdf.predicate_objects(IRIS.thing(kind, slug)) if pair[0] != KP.recordRef}


def labels(tr: str, en: str) -> set:
    return {(RDFS.label, Literal(tr, lang="tr")), (RDFS.label, Literal(en, lang="en"))}


def test_a_stage_knows_its_plan_its_place_and_what_comes_before(rdf: Graph) -> None:
    begin = IRIS.thing("stage", "begin")
    assert facts(rdf, "stage", "begin") == labels("Başla", "Begin") | {
        (RDF.type, KP.PlanStage), (PPLAN.isStepOfPlan, PLAN), (KP.position, Literal(1)),
    }  # fmt: skip
    assert facts(rdf, "stage", "again") == labels("Yine", "Again") | {
        (RDF.type, KP.PlanStage), (PPLAN.isStepOfPlan, PLAN), (KP.position, Literal(2)),
        (PPLAN.isPrecededBy, begin), (KP.loopsBackTo, begin),
    }  # fmt: skip


def test_items_are_named_by_stage_and_place(rdf: Graph) -> None:
    stage = (KP.stage, IRIS.thing("stage", "begin"))
    assert facts(rdf, "objective", "begin-2") == labels("İki", "Two") | {
        (RDF.type, KP.Objective), (KP.position, Literal(2)), stage,
        (SKOS.note, Literal("Not", lang="tr")), (SKOS.note, Literal("Note", lang="en")),
    }  # fmt: skip
    assert facts(rdf, "result", "begin-1") == labels("Son", "End") | {
        (RDF.type, KP.ExpectedResult), (KP.position, Literal(1)), stage,
    }  # fmt: skip
    assert (IRIS.thing("objective", "begin-1"), KP.recordRef, Literal("antalya/plan.yml:16")) in rdf


def test_a_role_names_units_bodies_and_local_authorities(rdf: Graph) -> None:
    agents = set(rdf.objects(IRIS.thing("stage-role", "begin-1"), PROV.agent))
    assert agents == {
        IRIS.thing("organization", "board"), IRIS.thing("organization", "people"),
        IRIS.thing("unit", "office"), IRIS.thing("authority", "nuremberg"),
    }  # fmt: skip
    assert rdf.value(IRIS.thing("stage-role", "begin-1"), PROV.hadPlan) == PLAN


def test_the_place_of_an_item_stands_on_its_evidence(rdf: Graph) -> None:
    (evidence,) = rdf.subjects(KP.about, IRIS.thing("objective", "begin-1"))
    assert set(rdf.predicate_objects(evidence)) == {
        (RDF.type, KP.Evidence),
        (KP.about, IRIS.thing("objective", "begin-1")),
        (PROV.hadPrimarySource, LETTER),
        (KP.evidenceGrade, KP.confirmed),
        (KP.evidenceDate, Literal(date(2024, 3, 4))),
        (KP.evidenceDateText, Literal("2024-03-04")),
        (KP.claimedProperty, RDF.type),
        (KP.claimedValue, KP.Objective),
        (KP.letterColumn, Literal("contents")),
        (KP.position, Literal(1)),
        (KP.recordRef, Literal("antalya/plan.yml:16")),
    }


def test_an_item_may_come_from_another_document(rdf: Graph) -> None:
    (evidence,) = rdf.subjects(KP.about, IRIS.thing("objective", "begin-2"))
    assert rdf.value(evidence, PROV.hadPrimarySource) == IRIS.thing("document", "page")


def test_a_result_that_came_about_has_further_evidence(rdf: Graph) -> None:
    nodes = set(rdf.subjects(KP.about, IRIS.thing("result", "begin-1")))
    further = {node for node in nodes if not rdf.value(node, KP.letterColumn)}
    assert (len(nodes), len(further)) == (2, 1)
    assert rdf.value(further.pop(), KP.evidenceGrade) == KP.reported


def test_a_plan_names_its_legal_basis(rdf: Graph) -> None:
    assert set(rdf.objects(PLAN, KP.legalBasis)) == {
        Literal("Kanun 1", lang="tr"),
        Literal("Law 1", lang="en"),
    }


def test_an_activity_says_who_for_what_and_with_which_money(rdf: Graph) -> None:
    assert facts(rdf, "activity", "visit") == labels("Ziyaret", "Visit") | {
        (RDF.type, KP.Activity),
        (KP.stage, IRIS.thing("stage", "begin")),
        (KP.lead, IRIS.thing("unit", "office")),
        (KP.partner, IRIS.thing("authority", "nuremberg")),
        (KP.partner, IRIS.thing("organization", "people")),
        (KP.theme, IRIS.thing("theme", "culture")),
        (KP.objective, IRIS.thing("objective", "begin-2")),
        (KP.objective, IRIS.thing("result", "begin-1")),
        (KP.budget, Literal(Decimal("2500.50"))),
        (SCHEMA.currency, Literal("EUR")),
        (KP.funding, IRIS.thing("programme", "fund")),
        (KP.funding, IRIS.relation("grant", "", ["antalya", "board", "bus"])),
        (KP.activityState, IRIS.thing("activity-state", "running")),
    }
    claimed = {
        rdf.value(n, KP.claimedProperty) for n in rdf.subjects(KP.about, IRIS.thing("activity", "visit"))
    }
    assert claimed == {RDF.type, KP.startDate, KP.endDate}


def test_what_was_not_given_for_an_activity_is_not_stated(rdf: Graph) -> None:
    assert facts(rdf, "activity", "bare") == labels("Yalın", "Bare") | {
        (RDF.type, KP.Activity), (KP.stage, IRIS.thing("stage", "again")),
    }  # fmt: skip


def test_an_indicator_has_unit_direction_baseline_and_target(rdf: Graph) -> None:
    assert facts(rdf, "indicator", "visits") == labels("Ziyaretler", "Visits") | {
        (RDF.type, KP.Indicator),
        (SKOS.definition, Literal("Kaç ziyaret", lang="tr")),
        (SKOS.definition, Literal("How many visits", lang="en")),
        (KP.unit, Literal("ziyaret", lang="tr")),
        (KP.unit, Literal("visits", lang="en")),
        (KP.direction, KP.higherIsBetter),
        (KP.baseline, Literal(Decimal(2))),
        (KP.baselineYear, Literal(2019)),
        (KP.target, Literal(Decimal("7.5"))),
        (KP.targetYear, Literal(2021)),
        (KP.period, Literal("quarter")),
        (KP.stage, IRIS.thing("stage", "again")),
        (KP.theme, IRIS.thing("theme", "culture")),
        (KP.objective, IRIS.thing("objective", "begin-1")),
    }
    (evidence,) = rdf.subjects(KP.about, IRIS.thing("indicator", "visits"))
    assert rdf.value(evidence, KP.evidenceDate) == Literal(date(2019, 12, 31))


def test_a_measurement_has_a_value_for_a_period(rdf: Graph) -> None:
    assert facts(rdf, "measurement", "visits-2019-q4") == {
        (RDF.type, KP.Measurement),
        (terms.SOSA.observedProperty, IRIS.thing("indicator", "visits")),
        (KP.value, Literal(Decimal(3))),
        (KP.unit, Literal("ziyaret", lang="tr")),
        (KP.unit, Literal("visits", lang="en")),
        (KP.periodStart, Literal(date(2019, 10, 1))),
        (KP.periodEnd, Literal(date(2019, 12, 31))),
    }
    (evidence,) = rdf.subjects(KP.about, IRIS.thing("measurement", "visits-2019-q4"))
    assert rdf.value(evidence, KP.claimedProperty) == KP.value
    assert rdf.value(evidence, KP.claimedValue) == Literal(Decimal(3))


def test_the_unit_of_a_measurement_is_stated_as_it_was_given(rdf: Graph) -> None:
    assert set(rdf.objects(IRIS.thing("measurement", "visits-2020-q1"), KP.unit)) == {
        Literal("gün", lang="tr"), Literal("days", lang="en"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("period", "slug", "first", "last"),
    [
        ("2025", "2025", date(2025, 1, 1), date(2025, 12, 31)),
        ('"2025"', "2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-Q1", "2025-q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_is_a_year_a_quarter_or_a_month(records, period, slug, first, last) -> None:
    records.write("plan.yml", TWO_STAGES)
    records.write("work.yml", WORK.replace("2019-Q4", period))
    rdf = records.read().rdf
    measurement = IRIS.thing("measurement", f"visits-{slug}")
    assert rdf.value(measurement, KP.periodStart) == Literal(first)
    assert rdf.value(measurement, KP.periodEnd) == Literal(last)


def test_stages_of_two_plans_are_counted_apart(records) -> None:
    records.write("plan.yml", TWO_STAGES)
    records.write(
        "other.yml",
        "plans: [{id: q, name: {tr: Q, en: Q}}]\n"
        "stages: [{id: alone, plan: q, document: letter, name: {tr: Tek, en: Alone}}]\n",
    )
    assert records.read().rdf.value(IRIS.thing("stage", "alone"), KP.position) == Literal(1)


def uncommented(name: str) -> str:
    """Return the example that stands as a comment in a bundled file."""
    text = (BUNDLED / name).read_text("utf-8")
    section = name.removesuffix(".yml")
    lines = text[text.index(f"# {section}:") :].splitlines()
    return "".join(f"{line.removeprefix('# ')}\n" for line in lines if line.startswith("# "))


@pytest.mark.parametrize("name", ["activities.yml", "indicators.yml", "measurements.yml"])
def test_the_bundled_examples_can_be_taken_as_they_are(records, name: str) -> None:
    for file in BUNDLED.glob("*.yml"):
        records.write(file.name, file.read_text("utf-8"))
    for left in ("places.yml", "sisters.yml"):
        (records.root / "antalya" / left).unlink()
    records.write(
        "zz-document.yml",
        "documents: [{id: ornek-belge, title: {tr: Ö, en: E}, publisher: X, url: null, published: unknown,"
        " retrieved: unknown}]\n",
    )
    if name == "measurements.yml":
        records.write("indicators.yml", uncommented("indicators.yml"))
    records.write(name, uncommented(name))
    assert records.read().counts[name.removesuffix(".yml")] == 1
