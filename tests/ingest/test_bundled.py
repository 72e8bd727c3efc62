"""The records that come with the program: what is counted, by name, and that nothing lacks its evidence."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph

from graph.model import Declared
from graph.questions import Questions
from graph.revision import Revision
from graph.store import GraphStore
from ingest.pipeline import fill, ingest
from ontology import terms
from ontology.iris import Iris
from ontology.terms import DCTERMS, GEO, KP, ORG, RDF, RDFS, SCHEMA, SKOS

IRIS = Iris()
DECLARED_DAY = date(2024, 3, 4)
SISTER_CITIES = {
    "confirmed": {"nuremberg", "rostov-on-don", "austin", "bat-yam", "jeonju", "miami"},
    "reported": {"kunming", "omsk", "kazan"},
    "unverified": {"mostar", "taldykorgan", "famagusta"},
}
PROTOCOLS = {
    "confirmed": {"qingdao", "suncheon", "moscow-southern-administrative-okrug"},
    "reported": {"seville", "hangzhou", "urumqi"},
    "unverified": {"xining", "liwan-district"},
}
NETWORKS = {
    "confirmed": {"covenant-of-mayors", "global-covenant-of-mayors", "medcities"},
    "reported": {"eccar", "civitas", "heritage-europe", "asian-mayors-forum", "mlgp4climate"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store filled from the bundled records."""
    path = tmp_path_factory.mktemp("bundled")
    fill(GraphStore(path / "store"), records=path / "records")
    return path


@pytest.fixture(scope="module")
def revision(folder: Path) -> Revision:
    """Return the first revision."""
    return GraphStore(folder / "store").current()


@pytest.fixture(scope="module")
def rdf(revision: Revision) -> Graph:
    """Return the merge of all sources and what follows from it."""
    return revision.default_graph()


@pytest.fixture(scope="module")
def declared(revision: Revision) -> dict[str, Declared]:
    """Return declared against recorded, by kind."""
    found = Questions(revision).reconciliation("antalya", as_of=DECLARED_DAY).declared
    return {item.kind: item for item in found}


def by_grade(item: Declared) -> dict[str, set[str]]:
    """Return the slugs of the counted partners or networks by grade."""
    slugs: dict[str, set[str]] = {}
    for relation in item.relations:
        assert relation.other is not None
        slugs.setdefault(relation.grade, set()).add(relation.other.slug)
    return slugs


def relations(rdf: Graph) -> Iterator:
    """Yield every relation that is recorded, open places left out."""
    return (node for node in rdf.subjects(RDF.type, KP.Relation) if rdf.value(node, KP.recordRef))


def test_the_declared_numbers_are_those_of_the_letter(declared) -> None:
    numbers = {kind: (item.declared, item.counted, item.open) for kind, item in declared.items()}
    assert numbers == {
        "city_network": (14, 8, 6), "sister_city": (12, 12, 0), "cooperation_protocol": (10, 8, 2),
    }  # fmt: skip


def test_twelve_sister_cities_are_counted_by_name(declared) -> None:
    assert by_grade(declared["sister_city"]) == SISTER_CITIES


def test_eight_protocols_are_counted_by_name(declared) -> None:
    assert by_grade(declared["cooperation_protocol"]) == PROTOCOLS


def test_eight_networks_are_counted_by_name(declared) -> None:
    assert by_grade(declared["city_network"]) == NETWORKS


def test_what_is_counted_had_neither_ended_nor_was_only_planned(declared) -> None:
    statuses = {relation.status for item in declared.values() for relation in item.relations}
    assert statuses <= {"holds", "may_hold", "unknown"}


def test_what_is_not_counted_has_its_reason(declared) -> None:
    left_out = [relation for item in declared.values() for relation in item.not_counted]
    assert len(left_out) >= 20
    assert [relation.slug for relation in left_out if relation.counting_reason is None] == []


@pytest.mark.parametrize(
    ("other", "day", "status"),
    [
        ("bat-yam", date(2024, 3, 10), "holds"),
        ("bat-yam", date(2024, 3, 12), "ended"),
        ("cheboksary", DECLARED_DAY, "ended"),
        ("lviv", DECLARED_DAY, "planned"),
        ("cholpon-ata", DECLARED_DAY, "planned"),
    ],
)
def test_ended_planned_and_later_sister_cities_have_their_status(revision, other, day, status) -> None:
    slug = f"twinning-{'-'.join(sorted(['antalya', other]))}-1"
    assert Questions(revision).agreement(slug, as_of=day).status == status


def test_more_than_sixty_further_cities_are_there_with_place_and_size(rdf: Graph) -> None:
    cities = set(rdf.subjects(RDF.type, SCHEMA.City))
    assert len(cities) > 60 + 1 + 12 + 8
    for property_ in (SCHEMA.latitude, SCHEMA.longitude, GEO.asWKT, KP.population, SCHEMA.containedInPlace):
        assert [city for city in cities if len(list(rdf.objects(city, property_))) != 1] == []


def test_every_relation_has_evidence_grade_and_dates_or_an_explicit_unknown(rdf: Graph) -> None:
    found = list(relations(rdf))
    assert len(found) > 150
    for relation in found:
        assert list(rdf.objects(relation, KP.hasEvidence)), relation
        assert len(list(rdf.objects(relation, KP.evidenceGrade))) == 1, relation
        known = rdf.value(relation, KP.startText) is not None
        assert known != (rdf.value(relation, KP.startUnknown) is not None), relation


def test_every_evidence_has_a_document_with_a_title_in_both_languages(rdf: Graph) -> None:
    documents = set(rdf.objects(None, terms.PROV.hadPrimarySource))
    assert len(documents) > 100
    for document in documents:
        assert {title.language for title in rdf.objects(document, DCTERMS.title)} == {"tr", "en"}, document


def test_everything_with_a_name_has_it_in_both_languages(rdf: Graph) -> None:
    kinds = (
        SCHEMA.City,
        SCHEMA.Country,
        SCHEMA.Project,
        ORG.Organization,
        ORG.OrganizationalCollaboration,
        SKOS.Concept,
    )
    things = {thing for kind in kinds for thing in rdf.subjects(RDF.type, kind)}
    assert len(things) > 250
    for thing in things:
        assert sorted(str(name.language) for name in rdf.objects(thing, RDFS.label)) == ["en", "tr"], thing


def test_nobody_is_recorded_as_a_person(rdf: Graph) -> None:
    classes = {str(cls) for cls in rdf.objects(None, RDF.type)}
    assert [cls for cls in classes if cls.endswith("Person")] == []


def test_other_authorities_keep_their_own_ties(rdf: Graph) -> None:
    own = IRIS.thing("authority", "antalya-metropolitan-municipality")
    governorship = IRIS.thing("authority", "antalya-governorship")
    ties = set(rdf.subjects(KP.party, governorship))
    assert ties
    assert not ties & set(rdf.subjects(KP.party, own))
    assert not [tie for tie in ties if rdf.value(tie, KP.countedIn)]


def test_contested_places_carry_both_designations(rdf: Graph) -> None:
    for city in ("famagusta", "yalta"):
        notes = list(rdf.objects(IRIS.thing("city", city), KP.designationNote))
        assert {note.language for note in notes} == {"tr", "en"}


def test_filling_again_publishes_nothing(folder: Path) -> None:
    report = fill(GraphStore(folder / "store"), records=folder / "records")
    assert (report.published, report.added, report.removed) == (None, 0, 0)


def test_naming_one_more_network_leaves_one_open_place_fewer(folder: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(folder, tmp_path / "own"))
    store = GraphStore(own / "store")
    (own / "records" / "antalya" / "zz.yml").write_text(
        "memberships:\n  - network: iclei\n    role: member\n    counted: true\n"
        "    counting_reason: {tr: Deneme., en: A try.}\n    start: unknown\n"
        "    evidence: [{document: antalya-bel-english-front-page, date: unknown, grade: reported}]\n"
    )
    assert ingest(store, "records", records=own / "records").published is not None
    (networks,) = (
        item
        for item in Questions(store.current()).reconciliation("antalya", as_of=DECLARED_DAY).declared
        if item.kind == "city_network"
    )
    assert (networks.declared, networks.counted, networks.open) == (14, 9, 5)
