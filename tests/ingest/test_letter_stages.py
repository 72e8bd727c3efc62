"""What the tables of a letter become: evidence on recorded items, items of their own where there are none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from graph.store import GraphStore
from ingest.batch import Batch, Context, Fetched, RawFile
from ingest.pipeline import ingest
from ingest.sources.letter import read
from ontology.errors import SourceError
from ontology.iris import Iris
from ontology.terms import DCTERMS, KP, M8G, PPLAN, PROV, RDF, RDFS

IRIS = Iris()
MADE_UP = Path(__file__).parent / "letters" / "ornekkent.md"
TEXT = MADE_UP.read_text("utf-8")
DOCUMENT = IRIS.thing("document", "letter-E-11223344-105.02-5566")
AUTHORITY = IRIS.thing("authority", "ornekkent-municipality")
PLAN = IRIS.thing("plan", "diplomacy")
OBJECTIVE = IRIS.thing("objective", "drafting-2")
ROLE = IRIS.thing("stage-role", "drafting-1")
CITY = """
city: ornekkent
authority: ornekkent-municipality
cities:
  - {id: ornekkent, name: {tr: Örnekkent, en: Ornekkent}, country: TR}
authorities:
  - id: ornekkent-municipality
    kind: metropolitan_municipality
    city: ornekkent
    name: {tr: Örnekkent Büyükşehir Belediyesi, en: Ornekkent Metropolitan Municipality}
documents:
  - id: letter-e-11223344-105-02-5566
    title: {tr: Yazı, en: Letter}
    publisher: Örnekkent
    url: null
    published: 2023-05-17
    retrieved: unknown
plans:
  - {id: diplomacy, name: {tr: Şehir Diplomasisi Planı 2025, en: City Diplomacy Plan 2025}}
"""
STAGE = """
stages:
  - id: start
    plan: diplomacy
    document: letter-e-11223344-105-02-5566
    name: {tr: İlk adım, en: First step}
    contents:
      - text: {tr: Kitaplığı gözden geçirmek., en: Look through the library.}
"""


def recorded(*triples: tuple) -> Graph:
    """An authority and its plan, as the records would have them, and more."""
    rdf = Graph()
    rdf.add((AUTHORITY, RDF.type, M8G.PublicOrganisation))
    rdf.add((AUTHORITY, RDFS.label, Literal("Örnekkent Büyükşehir Belediyesi", lang="tr")))
    rdf.add((PLAN, RDF.type, PPLAN.Plan))
    rdf.add((PLAN, RDFS.label, Literal("Şehir Diplomasisi Planı 2025", lang="tr")))
    for triple in triples:
        rdf.add(triple)
    return rdf


def read_text(text: str, known: Graph) -> Batch:
    fetched = Fetched((RawFile("yazi.md", text.encode()),), "yazi.md", datetime.now(UTC))
    return read(fetched, Context(IRIS, Path(), "ornekkent", lambda _source: known))


def evidence_of(rdf: Graph, about: URIRef) -> URIRef:
    (node,) = rdf.subjects(KP.about, about)
    assert isinstance(node, URIRef)
    return node


def test_an_item_that_is_not_recorded_is_called_as_the_letter_words_it() -> None:
    rdf = read_text(TEXT, recorded()).rdf
    assert set(rdf.predicate_objects(OBJECTIVE)) == {
        (RDF.type, KP.Objective),
        (RDFS.label, Literal("Eklerin toplanması ve son metnin basılması.", lang="tr")),
        (KP.stage, IRIS.thing("stage", "drafting")),
        (KP.position, Literal(2)),
        (KP.recordRef, Literal("yazi.md:56")),
    }


def test_the_evidence_says_column_position_and_characters() -> None:
    rdf = read_text(TEXT, recorded()).rdf
    start = TEXT.index("Eklerin")
    assert set(rdf.predicate_objects(evidence_of(rdf, OBJECTIVE))) == {
        (RDF.type, KP.Evidence),
        (KP.about, OBJECTIVE),
        (PROV.hadPrimarySource, DOCUMENT),
        (KP.evidenceGrade, KP.confirmed),
        (KP.evidenceDate, Literal(date(2023, 5, 17))),
        (KP.evidenceDateText, Literal("2023-05-17")),
        (KP.claimedProperty, RDF.type),
        (KP.claimedValue, KP.Objective),
        (KP.letterColumn, Literal("contents")),
        (KP.position, Literal(2)),
        (KP.spanStart, Literal(start)),
        (KP.spanEnd, Literal(TEXT.index("</b></p> <p>c)"))),
        (KP.recordRef, Literal("yazi.md:56")),
    }


def test_a_role_that_is_not_recorded_has_nobody_yet() -> None:
    rdf = read_text(TEXT, recorded()).rdf
    assert (rdf.value(ROLE, PROV.agent), rdf.value(ROLE, PROV.hadPlan)) == (None, PLAN)


def test_stages_follow_one_another_as_in_the_letter() -> None:
    rdf = read_text(TEXT, recorded()).rdf
    start, analysis, drafting = (IRIS.thing("stage", s) for s in ("start", "situation-analysis", "drafting"))
    assert set(rdf.predicate_objects(analysis)) == {
        (RDF.type, KP.PlanStage),
        (RDFS.label, Literal("DurumTespiti-Analizi", lang="tr")),
        (RDFS.label, Literal("Situation analysis", lang="en")),
        (PPLAN.isStepOfPlan, PLAN),
        (PPLAN.isPrecededBy, start),
        (KP.position, Literal(2)),
        (KP.recordRef, Literal("yazi.md:47")),
    }
    assert rdf.value(drafting, PPLAN.isPrecededBy) == analysis


def test_a_recorded_item_gets_evidence_and_nothing_else() -> None:
    stage = IRIS.thing("stage", "drafting")
    known = recorded(
        (OBJECTIVE, RDF.type, KP.Objective),
        (stage, RDF.type, KP.PlanStage),
        (stage, PPLAN.isStepOfPlan, PLAN),
    )
    rdf = read_text(TEXT, known).rdf
    assert list(rdf.predicate_objects(OBJECTIVE)) == []
    assert list(rdf.predicate_objects(stage)) == []
    assert rdf.value(evidence_of(rdf, OBJECTIVE), KP.letterColumn) == Literal("contents")
    assert evidence_of(rdf, stage)


def test_the_stages_of_another_plan_than_the_recorded_one_are_others() -> None:
    other = (IRIS.thing("stage", "drafting"), PPLAN.isStepOfPlan, IRIS.thing("plan", "another"))
    rdf = read_text(TEXT, recorded(other)).rdf
    assert not list(rdf.subjects(KP.about, OBJECTIVE))
    assert evidence_of(rdf, IRIS.thing("objective", "diplomacy-drafting-2"))
    assert rdf.value(IRIS.thing("stage", "diplomacy-drafting"), PPLAN.isStepOfPlan) == PLAN


def test_without_a_plan_the_tables_are_left_out_and_that_is_said() -> None:
    batch = read_text(TEXT.replace("2025 – 2030 yıllarını", "Her yılı"), recorded())
    assert not list(batch.rdf.subjects(RDF.type, KP.Objective))
    assert batch.counts["stage_items"] == 0
    assert any("names no plan" in note.sentence("en") for note in batch.notes)


def test_the_report_counts_stages_and_items() -> None:
    counts = read_text(TEXT, recorded()).counts
    assert (counts["stages"], counts["stage_items"]) == (4, 23)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return a folder of records of one city, without stages."""
    folder = tmp_path / "records" / "ornekkent"
    folder.mkdir(parents=True)
    (folder / "all.yml").write_text(CITY, "utf-8")
    return folder


def test_a_letter_without_records_asks_for_them(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="needs 'records' first"):
        ingest(GraphStore(tmp_path / "store"), "letter", records=tmp_path, location=str(MADE_UP))


def test_a_stage_that_is_recorded_after_the_letter_replaces_its_words(tmp_path: Path, city: Path) -> None:
    store = GraphStore(tmp_path / "store")
    ingest(store, "records", records=tmp_path / "records")
    assert ingest(store, "letter", records=tmp_path / "records", location=str(MADE_UP)).published
    first = IRIS.thing("objective", "start-1")
    assert len(list(store.current().default_graph().objects(first, RDFS.label))) == 1
    (city / "plan.yml").write_text(STAGE, "utf-8")
    report = ingest(store, "records", records=tmp_path / "records")
    assert report.published
    assert "letter" in report.sources
    merged = store.current().default_graph()
    assert set(merged.objects(first, RDFS.label)) == {
        Literal("Kitaplığı gözden geçirmek.", lang="tr"), Literal("Look through the library.", lang="en"),
    }  # fmt: skip
    (evidence,) = merged.subjects(KP.about, first)
    assert merged.value(evidence, KP.spanStart) == Literal(TEXT.index("Kitaplıktaki"))
    assert len(list(merged.subjects(RDF.type, KP.Objective))) == 11


def test_a_letter_whose_bytes_were_deleted_stays_as_it_was_read(tmp_path: Path, city: Path) -> None:
    store = GraphStore(tmp_path / "store")
    ingest(store, "records", records=tmp_path / "records")
    ingest(store, "letter", records=tmp_path / "records", location=str(MADE_UP))
    for file in (tmp_path / "store" / "raw").iterdir():
        file.unlink()
    (city / "more.yml").write_text("cities: [{id: kas, name: {tr: Kaş, en: Kaş}, country: TR}]\n", "utf-8")
    assert "letter" not in ingest(store, "records", records=tmp_path / "records").sources
    assert store.current().default_graph().value(DOCUMENT, DCTERMS.identifier)
