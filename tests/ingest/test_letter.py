"""The letter's statements, on a made-up letter and, where it is at hand, on the real one."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rdflib import Graph, Literal

from graph.revision import RevisionInfo
from graph.store import GraphStore
from ingest.batch import Batch, Context, Fetched, RawFile
from ingest.pipeline import ingest
from ingest.sources.letter import read
from ontology.errors import RecordError, SourceError
from ontology.iris import Iris
from ontology.terms import DCTERMS, KP, M8G, ORG, PPLAN, PROV, RDF, RDFS

IRIS = Iris()
MADE_UP = Path(__file__).parent / "letters" / "ornekkent.md"
REFERENCE = Path(os.environ.get("KOPRU_REFERENCE_DATA", Path(__file__).parents[3] / "shared"))
REAL = REFERENCE / "seed" / "letter_2024-03-04.md"
DOCUMENT = IRIS.thing("document", "letter-E-11223344-105.02-5566")
DEPARTMENT = IRIS.thing("unit", "foreign-relations")


def read_file(file: Path, known: Graph) -> Batch:
    fetched = Fetched((RawFile(file.name, file.read_bytes()),), file.name, datetime.now(UTC))
    return read(fetched, Context(IRIS, file.parent, "ornekkent", lambda _source: known))


def make_recorded(city: str, name: str) -> Graph:
    """An authority, its city, one unit and one plan, as the records would have them."""
    rdf = Graph()
    authority = IRIS.thing("authority", f"{city}-municipality")
    rdf.add((authority, RDF.type, M8G.PublicOrganisation))
    rdf.add((authority, RDFS.label, Literal(name, lang="tr")))
    rdf.add((authority, DCTERMS.spatial, IRIS.thing("city", city)))
    rdf.add((DEPARTMENT, RDF.type, ORG.OrganizationalUnit))
    rdf.add((DEPARTMENT, RDFS.label, Literal("Dış İlişkiler Dairesi Başkanlığı", lang="tr")))
    rdf.add((IRIS.thing("plan", "diplomacy"), RDF.type, PPLAN.Plan))
    rdf.add((IRIS.thing("plan", "diplomacy"), RDFS.label, Literal("Şehir Diplomasisi Planı 2025", lang="tr")))
    return rdf


ORNEKKENT = make_recorded("ornekkent", "Örnekkent Büyükşehir Belediyesi")
ANTALYA = make_recorded("antalya", "Antalya Büyükşehir Belediyesi")


def test_declared_counts_point_to_the_letter() -> None:
    rdf = read_file(MADE_UP, ORNEKKENT).rdf
    count = IRIS.thing("declared-count", "ornekkent-city-network-2023-05-17")
    assert rdf.value(count, KP.declaredNumber) == Literal(14)
    assert rdf.value(count, KP.declaredKind) == KP.CityNetwork
    assert rdf.value(count, PROV.hadPrimarySource) == DOCUMENT
    assert len(set(rdf.subjects(RDF.type, KP.DeclaredCount))) == 3


def test_what_is_recorded_is_named_by_its_own_iri() -> None:
    rdf = read_file(MADE_UP, ORNEKKENT).rdf
    assert (DEPARTMENT, RDF.type, ORG.OrganizationalUnit) not in rdf
    founded = rdf.value(predicate=KP.claimedProperty, object=KP.foundedText)
    assert rdf.value(founded, KP.about) == DEPARTMENT
    assert rdf.value(founded, KP.claimedValue) == Literal("2009")
    assert set(rdf.objects(None, KP.about)) >= {IRIS.thing("plan", "diplomacy")}


def test_a_branch_that_is_not_recorded_stands_under_the_unit_that_writes() -> None:
    rdf = read_file(MADE_UP, ORNEKKENT).rdf
    branch = IRIS.thing("unit", "Proje Şube Müdürlüğü")
    assert rdf.value(branch, RDFS.label) == Literal("Proje Şube Müdürlüğü", lang="tr")
    assert rdf.value(branch, ORG.unitOf) == DEPARTMENT


def test_a_sender_that_is_not_recorded_is_refused_with_the_remedy() -> None:
    with pytest.raises(RecordError) as caught:
        read_file(MADE_UP, ANTALYA)
    said = caught.value.sentence("en")
    assert said.startswith("ornekkent.md, line 5: the sender 'ÖRNEKKENT BÜYÜKŞEHİR BELEDİYE BAŞKANLIĞI'")
    assert "authorities.yml" in said


def test_each_letter_is_a_part_of_its_own() -> None:
    assert read_file(MADE_UP, ORNEKKENT).part == "E-11223344-105.02-5566"


def test_themes_that_the_scan_ran_together_are_matched_and_others_are_named() -> None:
    batch = read_file(MADE_UP, ORNEKKENT)
    themes = {IRIS.parse(str(theme)).slug for theme in batch.rdf.objects(DOCUMENT, KP.theme)}
    assert {
        "clean-energy",
        "women",
        "children",
        "persons-with-disabilities",
        "secap",
        "agriculture",
    } <= themes
    said = [note.sentence("en") for note in batch.notes]
    assert sum("is not in the scheme of themes" in sentence for sentence in said) == 2
    assert any("'uzay madenciliği'" in sentence for sentence in said)


def test_signatures_are_left_out_and_that_is_said() -> None:
    batch = read_file(MADE_UP, ORNEKKENT)
    kept = batch.rdf.serialize(format="nt") + "".join(notice.sentence("en") for notice in batch.unread)
    assert "SOYADI" not in kept
    assert "BİRİ" not in kept
    assert any("Signatures were left out" in note.sentence("en") for note in batch.notes)


def test_what_was_not_read_is_reported_with_its_lines() -> None:
    unread = [notice.sentence("en") for notice in read_file(MADE_UP, ORNEKKENT).unread]
    assert unread == [
        "line 15: Kentimizin dış tanıtımı her yıl güçlenmektedir.",
        "line 38: PLANIN AŞAMALARI",
        "line 40: Hazırlık: Belediyenin 3 kardeş şehir ile görüştüğü aşamadır.",
        "line 57: Açıklama satırı.",
        "line 57: Sütunu olmayan söz",
        "line 64: Ek tablo:",
        "lines 66–67, a table of the annex: Gün Saat Salı 10",
    ]


def test_a_letter_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "eski.txt"
    file.write_bytes("Sayı : E-1-2-3\n04.03.2024\nİş birliği".encode("cp1254"))
    with pytest.raises(RecordError) as caught:
        read_file(file, ORNEKKENT)
    assert caught.value.sentence("en").startswith("eski.txt, line 1: this is not UTF-8 text")


def test_a_letter_that_is_no_text_is_told_what_it_is(tmp_path: Path) -> None:
    for mark, kind in ((b"%PDF-1.4", "PDF"), (b"PK\x03\x04", "Word (.docx)")):
        (tmp_path / "yazı").write_bytes(mark + b"\n1 0 obj")
        with pytest.raises(RecordError) as caught:
            read_file(tmp_path / "yazı", ORNEKKENT)
        assert f"this is a {kind} file" in caught.value.sentence("en")


def test_one_line_is_not_called_several() -> None:
    unread = [notice.sentence("en") for notice in read_file(MADE_UP, ORNEKKENT).unread]
    assert [sentence for sentence in unread if sentence.startswith("line ")]


def test_two_files_are_not_one_letter() -> None:
    two = Fetched((RawFile("a", b""), RawFile("b", b"")), "x", datetime.now(UTC))
    with pytest.raises(SourceError, match="One letter is read at a time"):
        read(two, Context(IRIS, Path(), "x", lambda _source: Graph()))


@pytest.mark.skipif(not REAL.is_file(), reason=f"reference data absent: {REAL.name}")
def test_the_real_letter_declares_14_networks_12_sister_cities_and_10_protocols() -> None:
    batch = read_file(REAL, ANTALYA)
    declared = {
        IRIS.parse(str(count)).slug: int(str(number))
        for count, number in batch.rdf.subject_objects(KP.declaredNumber)
    }
    assert declared == {
        "antalya-city-network-2024-03-04": 14,
        "antalya-sister-city-2024-03-04": 12,
        "antalya-cooperation-protocol-2024-03-04": 10,
    }
    assert batch.counts == {
        "letters": 1, "units": 3, "themes": 15, "declared_counts": 3, "stages": 6, "stage_items": 62,
    }  # fmt: skip
    assert not [notice for notice in batch.unread if "table" in notice.template]


def test_letters_are_published_beside_one_another_and_the_same_one_only_once(tmp_path: Path) -> None:
    records = tmp_path / "records" / "ornekkent"
    records.mkdir(parents=True)
    (records / "city.yml").write_text("city: ornekkent\nauthority: ornekkent-municipality\n", "utf-8")
    (records / "cities.yml").write_text(
        "cities:\n  - {id: ornekkent, name: {tr: Örnekkent, en: Ornekkent}, country: TR}\n", "utf-8"
    )
    (records / "documents.yml").write_text(
        "documents:\n  - {id: page, title: {tr: Sayfa, en: Page}, publisher: Örnekkent, url: null,"
        " published: unknown, retrieved: unknown}\n",
        "utf-8",
    )
    (records / "authorities.yml").write_text(
        "authorities:\n  - {id: ornekkent-municipality, kind: metropolitan_municipality, city: ornekkent,"
        " name: {tr: Örnekkent Büyükşehir Belediyesi, en: Ornekkent Metropolitan Municipality}}\n",
        "utf-8",
    )
    store = GraphStore(tmp_path / "store", IRIS)
    second = tmp_path / "second.md"
    second.write_text(MADE_UP.read_text("utf-8").replace("105.02-5566", "105.02-7788"), "utf-8")

    def run(source: str, file: Path | None = None) -> RevisionInfo | None:
        location = str(file) if file else None
        return ingest(store, source, records=tmp_path / "records", location=location).published

    assert run("records")
    assert run("letter", MADE_UP)
    assert run("letter", MADE_UP) is None
    assert run("letter", second)
    graphs = set(store.current().info.sources)
    assert {"letter-e-11223344-105-02-5566", "letter-e-11223344-105-02-7788"} <= graphs
