"""Whole runs on a real store: one revision or nothing."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from graph.identity.judgements import Judgement
from graph.questions import Questions
from ingest.judging import append_decision
from ingest.pipeline import fill, ingest, list_sources
from ontology import terms
from ontology.errors import InvalidBatch, RecordErrors, SourceError, StoreBroken
from ontology.iris import Iris
from ontology.terms import DCTERMS, KP, PROV, RDF

IRIS = Iris()
TWINNING = IRIS.relation("agreement", "twinning", ["antalya", "nuremberg"])
LETTER = "      - {document: letter, date: 2024-03-04, grade: confirmed, says: {start: 1997-10}}\n"
KUNMING = """
cities:
  - {id: kunming, name: {tr: Kunming, en: Kunming}, country: CN, geonames: 1804651}
sister_cities:
  - partner: kunming
    counted: true
    counting_reason: {tr: Sayfada var., en: Stands in the page.}
    start: unknown
    evidence: [{document: page, date: "2019", grade: reported}]
"""


@pytest.fixture
def run(store, records):
    """Return a function that runs a source over the tiny folder."""
    return lambda source="records", **options: ingest(store, source, records=records.root, **options)


def declared(store):
    """Return the one declared count, against what is recorded."""
    (count,) = Questions(store.current()).reconciliation("antalya").declared
    return count


def test_records_bring_what_depends_on_them_in_one_revision(run, store) -> None:
    report = run()
    assert report.sources == ("records", "cldr", "geonames")
    assert report.published is not None
    assert (report.published.number, report.removed) == (1, 0)
    assert report.added == report.statements
    assert set(store.current().info.sources) == {"records", "cldr", "geonames"}


def test_running_twice_publishes_nothing_new(run, store) -> None:
    run()
    report = run()
    assert report.published is None
    assert (report.added, report.removed) == (0, 0)
    assert [info.number for info in store.list_revisions()] == [1]


def test_the_same_records_are_not_read_again(run, records) -> None:
    steps: list[str] = []
    run()
    assert run(on_step=steps.append).published is None
    assert steps == []
    # What somebody decided of two cities is taken in, though no record changed.
    one, other = sorted(IRIS.thing("city", name) for name in ("antalya", "nuremberg"))
    why = {"tr": "bakıldı", "en": "looked up"}
    append_decision(
        records.root, Judgement(one, other, "different", "Dış İlişkiler", date(2024, 3, 4), why), IRIS
    )
    published = run(on_step=steps.append).published
    assert published is not None
    assert published.number == 2
    assert "publish" in steps


@pytest.mark.parametrize("source", ["geonames", "cldr"])
def test_a_dependent_source_alone_finds_nothing_new(run, source: str) -> None:
    run()
    assert run(source).published is None


def test_a_dependent_source_needs_its_source_first(run, store) -> None:
    with pytest.raises(SourceError, match=r"'geonames' needs 'records' first\. Run 'kopru ingest records'"):
        run("geonames")
    assert store.is_empty()


def test_one_of_two_declared_is_open(run, store) -> None:
    run()
    count = declared(store)
    assert (count.declared, count.counted, count.open) == (2, 1, 1)


def test_adding_one_record_leaves_one_open_place_fewer(run, store, records) -> None:
    run()
    records.write("more.yml", KUNMING)
    report = run()
    assert report.sources == ("records", "cldr", "geonames")
    count = declared(store)
    assert (count.declared, count.counted, count.open) == (2, 2, 0)


def test_the_same_fact_from_a_second_document_counts_once(run, store, records) -> None:
    run()
    before = declared(store)
    path = records.root / "antalya" / "sisters.yml"
    path.write_text(path.read_text() + LETTER)
    assert run().published is not None
    after = declared(store)
    assert (after.counted, after.open) == (before.counted, before.open) == (1, 1)
    assert [len(relation.evidence) for relation in (before.relations[0], after.relations[0])] in (
        [2, 4],
        [0, 0],
    )


def test_the_same_fact_from_a_second_folder_counts_once(run, store, records) -> None:
    other = records.root / "nuremberg"
    other.mkdir()
    (other / "city.yml").write_text(
        "city: nuremberg\nauthority: nuremberg-city\nauthorities:\n"
        "  - {id: nuremberg-city, name: {tr: Nürnberg, en: Nuremberg}, kind: municipality, city: nuremberg}\n"
        "sister_cities:\n  - {partner: antalya, counted: false, counting_reason: {tr: Yok., en: None.}, "
        "evidence: [{document: letter, date: 2024-03-04, grade: confirmed, says: {start: 1997}}]}\n"
    )
    run()
    count = declared(store)
    assert (count.counted, count.open) == (1, 1)
    rdf = store.current().named_graph(IRIS.graph("records"))
    assert len(set(rdf.objects(TWINNING, KP.party))) == 2
    assert len(set(rdf.objects(TWINNING, KP.recordRef))) == 2


def test_a_dry_run_reports_the_difference_and_publishes_nothing(run, store, records) -> None:
    run()
    records.write("more.yml", KUNMING)
    report = run(dry_run=True)
    assert report.added > 0
    assert (report.published, report.removed, report.dry_run) == (None, 0, True)
    assert store.current().number == 1


def test_wrong_records_leave_the_published_revision_untouched(run, store, records) -> None:
    run()
    before = store.current().info
    records.write("more.yml", "cities: [{id: a}]\n")
    with pytest.raises(RecordErrors):
        run()
    assert store.current().info == before
    assert not list(store.path.glob("staging-*"))


def test_a_country_that_geonames_contradicts_stops_the_whole_run(run, store, records) -> None:
    run()
    records.write("more.yml", KUNMING.replace("CN", "KR"))
    with pytest.raises(RecordErrors, match="in the country CN, the record says KR"):
        run()
    assert store.current().number == 1


def test_a_planted_violation_is_caught_and_names_its_record(run, store, records) -> None:
    run()
    records.write("more.yml", KUNMING.replace("start: unknown", "").replace(
        "grade: reported}", "grade: reported, says: {start: 1995, end: 2020}}"
    ))  # fmt: skip
    with pytest.raises(InvalidBatch) as caught:
        run()
    sentence = caught.value.sentence("en")
    assert "break the rules of the model, so nothing was published" in sentence
    assert "antalya/more.yml:4: " in sentence
    assert store.current().number == 1


def test_unexpected_counts_stop_the_run(run, store, records) -> None:
    for name in ("places.yml", "sisters.yml", "documents.yml"):
        (records.root / "antalya" / name).unlink()
    records.write("city.yml", "city: antalya\nauthority: a\n" + "networks: []\n")
    with pytest.raises((SourceError, RecordErrors)):
        run()
    assert store.is_empty()


def test_raw_bytes_are_kept_under_their_digest(run, store, records) -> None:
    run()
    content = (records.root / "antalya" / "sisters.yml").read_bytes()
    assert (store.path / "raw" / sha256(content).hexdigest()).read_bytes() == content


def test_what_a_killed_run_left_half_written_is_removed(run, store) -> None:
    (store.path / "raw").mkdir(parents=True)
    (store.path / "raw" / ".half").touch()
    run()
    assert not (store.path / "raw" / ".half").exists()


def test_bundled_records_that_were_half_copied_are_copied_again(store, tmp_path: Path) -> None:
    (tmp_path / "own" / ".copying-x").mkdir(parents=True)
    fill(store, records=tmp_path / "own")
    assert sorted(entry.name for entry in (tmp_path / "own").iterdir()) == [".installed", "antalya"]


def test_every_source_has_its_provenance_in_its_own_graph(run, store) -> None:
    run()
    for name in ("records", "geonames", "cldr"):
        iri = IRIS.graph(name)
        rdf = store.current().named_graph(iri)
        execution = rdf.value(iri, PROV.wasGeneratedBy)
        assert {PROV.Entity, terms.DCAT.Dataset} <= set(rdf.objects(iri, RDF.type))
        assert {title.language for title in rdf.objects(iri, DCTERMS.title)} == {"tr", "en"}
        assert rdf.value(iri, KP.contentDigest) is not None
        assert rdf.value(iri, PROV.generatedAtTime) is not None
        raw = rdf.value(execution, PROV.used)
        assert (store.path / "raw" / str(rdf.value(raw, KP.contentDigest))).is_file()


def test_no_place_on_this_machine_gets_into_the_graph(run, store, records) -> None:
    run()
    text = store.current().default_graph().serialize(format="nt")
    assert str(records.root.parent) not in text


def test_geonames_is_attributed_in_the_graph(run, store) -> None:
    run()
    iri = IRIS.graph("geonames")
    rdf = store.current().named_graph(iri)
    assert set(rdf.objects(iri, DCTERMS.license)) == {
        Literal("CC BY 4.0"), URIRef("https://creativecommons.org/licenses/by/4.0/"),
    }  # fmt: skip


def test_runs_are_remembered(run, store, records) -> None:
    run()
    run()
    records.write("more.yml", "cities: [{id: a}]\n")
    with pytest.raises(RecordErrors):
        run()
    outcomes = [past.outcome for past in store.state.list_runs("records")]
    assert outcomes == ["failed", "unchanged", "published"]


def test_steps_are_told_in_their_order(run) -> None:
    steps: list[str] = []
    run(on_step=steps.append)
    order = [
        "fetch records",
        "read records",
        "batch-after",
        "derive",
        "merge-after",
        "check",
        "publish",
        "pointer-after",
    ]
    assert [step for step in dict.fromkeys(steps) if step in order] == order


def test_sources_are_listed_with_what_is_published(run, store) -> None:
    assert {info.statements for info in list_sources(store)} == {None}
    run()
    known = {info.declaration.name: info for info in list_sources(store)}
    assert (known["records"].statements or 0) > 50
    assert known["records"].retrieved_at is not None
    assert known["letter"].statements is None


def test_a_source_that_needs_a_file_says_so(run) -> None:
    with pytest.raises(SourceError, match="'letter' needs a file or an address: 'kopru ingest letter FILE'"):
        run("letter")


def test_an_empty_store_gets_the_bundled_records_and_is_filled(store, tmp_path: Path) -> None:
    report = fill(store, records=tmp_path / "own")
    assert report.published is not None
    assert report.published.number == 1
    assert (tmp_path / "own" / "antalya" / "city.yml").is_file()


def test_a_users_records_are_never_overwritten(store, records) -> None:
    before = {path: path.read_bytes() for path in records.root.rglob("*") if path.is_file()}
    fill(store, records=records.root)
    assert {path: path.read_bytes() for path in records.root.rglob("*") if path.is_file()} == before


def test_a_foreign_folder_gets_neither_records_nor_state(tmp_path: Path) -> None:
    from graph.store import GraphStore

    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    with pytest.raises(StoreBroken):
        fill(GraphStore(tmp_path / "photos"), records=tmp_path / "photos" / "records")
    assert [entry.name for entry in (tmp_path / "photos").iterdir()] == ["cat.jpg"]
