"""The world's tables: small ones of our own, through the whole pipeline."""

from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent

import pytest
from rdflib import Literal

from graph.projection import project_ties
from graph.questions import Questions
from graph.ranking.parameters_file import shipped_parameters
from graph.recommendation.order import Rankers
from graph.staged_checks import list_invariants
from graph.store import GraphStore
from ingest.pipeline import ingest
from ontology.errors import InvalidBatch, SourceError
from ontology.iris import Iris
from ontology.terms import KP, RDF, RDFS, SCHEMA

IRIS = Iris()
TABLES = {
    "cities.csv": """\
        city_id,name,country,country_name,continent,lat,lon,population,admin1,timezone,wikidata_qids,aliases
        gn:323777,Antalya,TR,Turkey,AS,36.9,30.7,1,07,x,Q6487,
        x:FR:neuf,Neuf,FR,France,EU,48.5,2.5,900,,x,,Nova|Neu
        """,
    "twins.csv": """\
        city_a_id,city_b_id,name_a,name_b,country_a,country_b,lat_a,lon_a,lat_b,lon_b,qid_a,qid_b,in_wp2026,in_wp2023,in_wp_old,in_wd2022,in_wd2018eu,in_wd2016,n_sources,in_clique8
        gn:323777,gn:2861650,Antalya,Nuremberg,TR,DE,1,1,1,1,,,1,0,1,0,0,0,2,0
        gn:323777,x:FR:neuf,Antalya,Neuf,TR,FR,1,1,1,1,,,1,0,0,0,0,0,1,0
        gn:323777,x:FR:ring,Antalya,Ring,TR,FR,1,1,1,1,,,1,0,0,0,0,0,1,1
        """,
    "memberships.csv": """\
        network,network_full_name,city_given,country,city_id,city_matched,year_joined,status,entity_type,lat,lon,source,snapshot_year,network_norm
        CLUB,Club of Cities,Neuf,FR,x:FR:neuf,Neuf,2012.0,,City,48,2,"ETMUN (x)",2019,Club
        """,
}  # fmt: skip
TWIN = IRIS.relation("agreement", "twinning", ["antalya", "nuremberg"])
LISTED = IRIS.relation("agreement", "twinning", ["antalya", "world-x-fr-neuf"])


def write(folder: Path, **changed: str) -> str:
    """Write the tables into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in TABLES.items():
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), dedent(text)), encoding="utf-8")
    return str(folder)


@pytest.fixture
def run(store: GraphStore, records):
    """Return a function that ingests the world after the tiny records."""
    ingest(store, "records", records=records.root)
    return lambda place, **more: ingest(store, "world", records=records.root, location=place, **more)


def test_the_world_comes_in_beside_the_records(run, store, tmp_path: Path) -> None:
    before = Questions(store.current()).reconciliation("antalya").declared
    report = run(write(tmp_path / "w"))
    assert report.published is not None
    assert (report.counts["sister_cities"], report.counts["memberships"]) == (2, 1)
    rdf = store.current().default_graph()
    assert rdf.value(TWIN, KP.evidenceGrade) == KP.confirmed
    assert rdf.value(LISTED, KP.evidenceGrade) == KP.unverified
    assert rdf.value(LISTED, KP.startUnknown) == Literal(True)
    city = IRIS.thing("city", "world-x-fr-neuf")
    assert str(rdf.value(city, SCHEMA.latitude)) == "48.5"
    assert not list(rdf.objects(LISTED, KP.countedIn))
    assert [(d.declared, d.counted, d.open) for d in before] == [
        (d.declared, d.counted, d.open) for d in Questions(store.current()).reconciliation("antalya").declared
    ]
    assert "rings of eight or more cities" in report.unread[0].sentence("en")


def test_what_lists_alone_say_is_unverified_not_counted_and_no_partner_for_the_ranker(
    run, store, tmp_path: Path
) -> None:
    run(write(tmp_path / "w"))
    revision = store.current()
    rdf = revision.default_graph()
    # The letter declares two; Nuremberg, which is recorded, is one of them, and Neuf is not the other.
    (declared,) = Questions(revision).reconciliation("antalya").declared
    assert (declared.declared, declared.counted, declared.open) == (2, 1, 1)
    listed = {LISTED, *rdf.subjects(RDF.type, KP.NetworkMembership)}
    assert len(listed) == 2
    for relation in listed:
        assert set(rdf.objects(relation, KP.evidenceGrade)) == {KP.unverified}
        assert (relation, KP.countedIn, None) not in rdf
    # The ranker hears of the partner that is recorded, and scores the listed one as if it were none.
    projection = project_ties(revision, date(2027, 1, 1))  # a list of 2026 speaks for its last day
    antalya, neuf = (str(IRIS.thing("city", slug)) for slug in ("antalya", "world-x-fr-neuf"))
    assert set(projection.neighbours(antalya, "twinning")) == {neuf, str(IRIS.thing("city", "nuremberg"))}
    assert Rankers(projection, shipped_parameters()).hidden_ties(antalya) == {str(LISTED)}


def test_the_same_world_again_is_not_even_read(run, tmp_path: Path) -> None:
    place = write(tmp_path / "w")
    run(place)
    steps: list[str] = []
    report = run(place, on_step=steps.append)
    assert report.published is None
    assert report.notes[0].sentence("en").startswith("These are the files that were read before")
    assert "read world" not in steps


FEWER = dedent(TABLES["twins.csv"]).splitlines()[0] + "\n"


def test_what_vanished_is_questioned_and_stays_with_the_day_it_was_missed(run, store, tmp_path: Path) -> None:
    run(write(tmp_path / "w"))
    before = set(store.current().default_graph().predicate_objects(LISTED))
    report = run(write(tmp_path / "w", twins=FEWER))
    (question,) = [n.sentence("en") for n in report.notes if "no longer has" in n.sentence("en")]
    assert question.startswith(
        "'world' no longer has 2 things that it had (first: twinning-antalya-nuremberg"
    )
    rdf = store.current().default_graph()
    assert set(rdf.predicate_objects(LISTED)) == before
    claims = list(rdf.objects(LISTED, KP.hasEvidence))
    assert [rdf.value(claim, KP.missingSince).toPython() for claim in claims] == [datetime.now(UTC).date()]
    assert rdf.value(TWIN, KP.evidenceGrade) == KP.confirmed
    assert store.current().compute_digest() == store.current().info.digest


def test_what_is_missing_is_asked_once_and_forgotten_when_it_comes_back(run, store, tmp_path: Path) -> None:
    run(write(tmp_path / "w"))
    run(write(tmp_path / "w", twins=FEWER))
    other = dedent(TABLES["cities.csv"]).replace("900", "901")
    again = run(write(tmp_path / "w", twins=FEWER, cities=other))
    assert again.published is not None
    assert not [n for n in again.notes if "no longer has" in n.sentence("en")]
    run(write(tmp_path / "w", cities=other))
    assert not list(store.current().default_graph().triples((None, KP.missingSince, None)))


def test_what_is_missing_is_taken_out_when_a_person_says_so(run, store, tmp_path: Path) -> None:
    run(write(tmp_path / "w"))
    place = write(tmp_path / "w", twins=FEWER)
    run(place)
    report = run(place, drop_missing=True)
    assert report.removed > 10
    rdf = store.current().default_graph()
    assert (LISTED, RDF.type, None) not in rdf
    assert rdf.value(TWIN, KP.evidenceGrade) == KP.confirmed
    assert (IRIS.thing("city", "world-x-fr-neuf"), RDFS.label, None) in rdf  # the cities' table has it


def test_a_world_that_breaks_a_rule_is_not_published(run, store, tmp_path: Path) -> None:
    rival = "city_id,name,country,wikidata_qids,lat,lon,population,aliases\nx:FR:a,A,FR,,,,,\n"
    place = write(tmp_path / "w", cities=rival)
    run(place)
    number = store.current().info.number
    ours = tmp_path / "bad.ttl"
    ours.write_text(f'<{IRIS.thing("city", "world-x-fr-a")}> <{RDFS.label}> "Rival"@en .', encoding="utf-8")
    with pytest.raises(InvalidBatch):
        ingest(store, "rdf", records=tmp_path, location=str(ours))
    assert store.current().info.number == number


def test_without_a_folder_it_says_so(run) -> None:
    with pytest.raises(SourceError, match="needs a folder with tables"):
        run(None)


def test_every_invariant_names_a_shape_and_speaks_both_languages() -> None:
    from ontology.vocabulary import load_shapes

    known = {str(shape).rpartition("#")[2] for shape in load_shapes().subjects()}
    assert len(list_invariants()) == 19
    for message, query in list_invariants().values():
        assert all(message.values())
        line = next(line for line in query.splitlines() if line.startswith("# shapes: "))
        assert set(line.removeprefix("# shapes: ").split(", ")) <= known
