"""The letter's statements, on a made-up letter and, where it is at hand, on the real one."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from ingest.batch import Batch, Context, Fetched, RawFile
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


def read_file(file: Path, known: Graph | None = None) -> Batch:
    fetched = Fetched((RawFile(file.name, file.read_bytes()),), file.name, datetime.now(UTC))
    return read(fetched, Context(IRIS, file.parent, "ornekkent", lambda _source: known or Graph()))


@pytest.fixture
def recorded() -> Graph:
    """The authority, its city, one unit and one plan, as the records would have them."""
    rdf = Graph()
    authority = IRIS.thing("authority", "ornekkent-municipality")
    rdf.add((authority, RDF.type, M8G.PublicOrganisation))
    rdf.add((authority, RDFS.label, Literal("Örnekkent Büyükşehir Belediyesi", lang="tr")))
    rdf.add((authority, DCTERMS.spatial, IRIS.thing("city", "ornekkent")))
    rdf.add((DEPARTMENT, RDF.type, ORG.OrganizationalUnit))
    rdf.add((DEPARTMENT, RDFS.label, Literal("Dış İlişkiler Dairesi Başkanlığı", lang="tr")))
    rdf.add((IRIS.thing("plan", "diplomacy"), RDF.type, PPLAN.Plan))
    rdf.add((IRIS.thing("plan", "diplomacy"), RDFS.label, Literal("Şehir Diplomasisi Planı", lang="tr")))
    return rdf


def test_declared_counts_point_to_the_letter(recorded: Graph) -> None:
    rdf = read_file(MADE_UP, recorded).rdf
    count = IRIS.thing("declared-count", "ornekkent-city-network-2023-05-17")
    assert rdf.value(count, KP.declaredNumber) == Literal(14)
    assert rdf.value(count, KP.declaredKind) == KP.CityNetwork
    assert rdf.value(count, PROV.hadPrimarySource) == DOCUMENT
    assert len(set(rdf.subjects(RDF.type, KP.DeclaredCount))) == 3


def test_what_is_recorded_is_named_by_its_own_iri(recorded: Graph) -> None:
    rdf = read_file(MADE_UP, recorded).rdf
    assert (DEPARTMENT, RDF.type, ORG.OrganizationalUnit) not in rdf
    founded = rdf.value(predicate=KP.claimedProperty, object=KP.foundedText)
    assert rdf.value(founded, KP.about) == DEPARTMENT
    assert rdf.value(founded, KP.claimedValue) == Literal("2009")
    assert set(rdf.objects(None, KP.about)) >= {IRIS.thing("plan", "diplomacy")}


def test_what_is_not_recorded_yet_gets_a_name_of_its_own() -> None:
    rdf = read_file(MADE_UP).rdf
    authority = IRIS.thing("authority", "ornekkent-buyuksehir-belediye-baskanligi")
    assert rdf.value(authority, RDFS.label) == Literal("Örnekkent Büyükşehir Belediye Başkanlığı", lang="tr")
    branch = IRIS.thing("unit", "Proje Şube Müdürlüğü")
    assert rdf.value(branch, ORG.unitOf) == IRIS.thing("unit", "Dış İlişkiler Dairesi Başkanlığı")


def test_themes_that_the_scan_ran_together_are_matched_and_others_are_named() -> None:
    batch = read_file(MADE_UP)
    themes = {IRIS.parse(URIRef(str(theme))).slug for theme in batch.rdf.objects(DOCUMENT, KP.theme)}
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
    batch = read_file(MADE_UP)
    kept = batch.rdf.serialize(format="nt") + "".join(notice.sentence("en") for notice in batch.unread)
    assert "SOYADI" not in kept
    assert "BİRİ" not in kept
    assert any("Signatures were left out" in note.sentence("en") for note in batch.notes)


def test_what_was_not_read_is_reported_with_its_lines() -> None:
    unread = [notice.sentence("en") for notice in read_file(MADE_UP).unread]
    assert len(unread) == 5
    assert unread[-1].startswith("lines 44–45, a table of the annex: İçerik")


def test_a_letter_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "eski.txt"
    file.write_bytes("Sayı : E-1-2-3\n04.03.2024\nİş birliği".encode("cp1254"))
    with pytest.raises(RecordError) as caught:
        read_file(file)
    assert caught.value.sentence("en").startswith("eski.txt, line 1: this is not UTF-8 text")


def test_two_files_are_not_one_letter() -> None:
    two = Fetched((RawFile("a", b""), RawFile("b", b"")), "x", datetime.now(UTC))
    with pytest.raises(SourceError, match="One letter is read at a time"):
        read(two, Context(IRIS, Path(), "x", lambda _source: Graph()))


@pytest.mark.skipif(not REAL.is_file(), reason=f"reference data absent: {REAL.name}")
def test_the_real_letter_declares_14_networks_12_sister_cities_and_10_protocols() -> None:
    batch = read_file(REAL)
    declared = {
        IRIS.parse(URIRef(str(count))).slug.split("baskanligi-")[1]: int(str(number))
        for count, number in batch.rdf.subject_objects(KP.declaredNumber)
    }
    assert declared == {
        "city-network-2024-03-04": 14, "sister-city-2024-03-04": 12, "cooperation-protocol-2024-03-04": 10,
    }  # fmt: skip
    assert batch.counts == {"letters": 1, "units": 3, "themes": 15, "declared_counts": 3}
    assert len(batch.unread) > 10
