"""Judgements over whole runs: kept when a source is read again, changes or vanishes, and after going back."""

import resource
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rdflib import RDFS, Graph, Literal, URIRef

from graph.identity.judgements import Judgement, in_force, read_judgements
from graph.identity.queue import read_waiting
from graph.store import GraphStore
from ingest.judging import (
    GRAPH,
    append_decision,
    append_decisions,
    judge,
    publish_judgements,
    read_decisions,
    record_decision,
    record_decisions,
)
from ingest.pipeline import ingest
from ontology.errors import BadParameter, DecidedMeanwhile, RecordError, StoreError
from ontology.iris import Iris
from ontology.terms import KP, PREFIXES

IRIS = Iris()
TODAY = date(2024, 3, 4)
HEAD = f"@base <{IRIS.base}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
#: Two towns of one name and size with identifiers, and one of a list that may be either.
PUCH = """
<id/country/at> a schema:Country ; rdfs:label "Avusturya"@tr, "Austria"@en ; kp:isoCode "AT" .
<id/city/puch-a> a schema:City ; rdfs:label "Puch"@tr, "Puch"@en ; schema:containedInPlace <id/country/at> ;
  kp:population {population} ; schema:sameAs <https://sws.geonames.org/1/> .
<id/city/puch-b> a schema:City ; rdfs:label "Puch"@tr, "Puch"@en ; schema:containedInPlace <id/country/at> ;
  kp:population 3900 ; schema:sameAs <https://sws.geonames.org/2/> .
"""
LISTED = """
<id/city/puch-list> a schema:City ; rdfs:label "Puch"@tr, "Puch"@en ;
  schema:containedInPlace <id/country/at> .
"""
A, B, LIST = (IRIS.thing("city", f"puch-{name}") for name in ("a", "b", "list"))

Fill = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "records"
    path.mkdir()
    return path


@pytest.fixture
def fill(store: GraphStore, folder: Path, moment) -> Fill:  # type: ignore[no-untyped-def]
    """Return a function that fills two sources: ``known`` with two towns, ``list`` with a third."""

    def run(*, population: int = 4000, known: bool = True, listed: str = LISTED) -> None:
        with store.writer() as draft:
            text = PUCH.format(population=population) if known else ""
            draft.replace_source("known", Graph().parse(data=HEAD + text), retrieved_at=moment())
            draft.replace_source("list", Graph().parse(data=HEAD + listed), retrieved_at=moment())
            judge(draft, folder)
            draft.derive()
            draft.publish()

    run()
    return run


def decision(verdict: str, one: URIRef = A, other: URIRef = LIST, office: str = "Dış İlişkiler") -> Judgement:
    return Judgement(one, other, verdict, office, TODAY, {"tr": "bakıldı", "en": "looked up"})  # type: ignore[arg-type]


def stored(store: GraphStore) -> list[Judgement]:
    return read_judgements(store.current().named_graph(IRIS.graph(GRAPH)))


def held(store: GraphStore) -> dict[tuple[URIRef, URIRef], str]:
    return {pair: judgement.verdict for pair, judgement in in_force(stored(store)).items()}


def cities(store: GraphStore) -> set[URIRef]:
    rdf = store.current().default_graph()
    return {city for city in (A, B, LIST) if (city, RDFS.label, None) in rdf}


def test_what_no_rule_is_sure_of_waits_with_its_reasons_and_the_rest_is_stored_too(
    store: GraphStore, fill: Fill
) -> None:
    (waiting,) = read_waiting(store.current()).pairs
    assert (waiting.one.key, waiting.other.key) == (str(A), str(LIST))
    assert waiting.why["en"].endswith("2 places of that name are equally likely.")
    assert waiting.command.startswith("kopru match decide puch-a puch-list same --why")
    fill(population=400_000, listed=LISTED.replace("puch-list", "puch-new"))
    new = IRIS.thing("city", "puch-new")
    found = {judgement.pair: judgement for judgement in stored(store)}
    assert {pair: judgement.verdict for pair, judgement in found.items()} == {
        (A, LIST): "unsure", (A, new): "same", (B, new): "different",
    }  # fmt: skip
    assert found[B, new].why["en"] == "Puch has the name too, but Puch fits better."
    assert all(judgement.by == "rule" and judgement.why["tr"] for judgement in found.values())


def test_a_decision_outlives_every_later_run_and_change_of_its_source(
    store: GraphStore, folder: Path, fill: Fill
) -> None:
    record_decision(store, folder, decision("same"))
    file = (folder / "judgements.yml").read_bytes()
    assert cities(store) == {A, B}
    for population in (4000, 4001, 3_000_000):
        fill(population=population)
        assert held(store)[A, LIST] == "same"
        assert cities(store) == {A, B}
    assert [(one.verdict, one.by) for one in stored(store) if one.pair == (A, LIST)] == [
        ("same", "Dış İlişkiler"), ("unsure", "rule"),
    ]  # fmt: skip
    assert (folder / "judgements.yml").read_bytes() == file


def test_a_decision_against_a_sure_rule_holds_and_taken_back_the_rule_holds_again(
    store: GraphStore, folder: Path, fill: Fill
) -> None:
    fill(population=400_000, listed=LISTED.replace("puch-list", "puch-new"))
    new = IRIS.thing("city", "puch-new")
    before = set(store.current().default_graph().predicate_objects(A))
    record_decision(store, folder, decision("different", A, new))
    assert (new, RDFS.label, None) in store.current().default_graph()
    fill(population=400_000, listed=LISTED.replace("puch-list", "puch-new"))
    assert held(store)[A, new] == "different"
    record_decision(store, folder, decision("withdrawn", A, new))
    assert held(store)[A, new] == "same"
    assert set(store.current().default_graph().predicate_objects(A)) == before


@pytest.mark.usefixtures("fill")
def test_after_taking_back_the_pair_waits_again_and_can_be_decided_anew(
    store: GraphStore, folder: Path
) -> None:
    for verdict in ("same", "withdrawn", "different", "withdrawn"):
        assert record_decision(store, folder, decision(verdict)) is not None
    assert [pair.one.key for pair in read_waiting(store.current()).pairs] == [str(A)]
    record_decision(store, folder, decision("same", office="Protokol"))
    assert [(one.verdict, one.ordinal) for one in stored(store) if one.by != "rule"] == [
        ("same", 1), ("withdrawn", 2), ("different", 3), ("withdrawn", 4), ("same", 5),
    ]  # fmt: skip
    assert cities(store) == {A, B}


def test_going_back_to_a_revision_forgets_no_decision(store: GraphStore, folder: Path, fill: Fill) -> None:
    record_decision(store, folder, decision("same"))
    store.rollback(1)
    assert held(store) == {(A, LIST): "unsure"}
    assert cities(store) == {A, B, LIST}
    assert publish_judgements(store, folder) is not None
    assert held(store) == {(A, LIST): "same"}
    store.rollback(1)
    fill(population=4001)
    assert held(store) == {(A, LIST): "same"}
    assert cities(store) == {A, B}


def test_a_decision_that_was_kept_but_not_published_is_published_by_the_next_run(
    store: GraphStore, folder: Path, fill: Fill
) -> None:
    append_decision(folder, decision("same"), IRIS)
    fill(population=4001)
    assert held(store) == {(A, LIST): "same"}


def test_a_city_whose_namesake_vanished_keeps_its_own_name(
    store: GraphStore, folder: Path, fill: Fill
) -> None:
    record_decision(store, folder, decision("same"))
    fill(known=False)
    rdf = store.current().default_graph()
    assert (LIST, RDFS.label, Literal("Puch", lang="en")) in rdf
    assert (None, KP.mergedInto, None) not in rdf
    assert held(store) == {(A, LIST): "same"}
    assert read_waiting(store.current()).pairs == ()
    fill()
    assert cities(store) == {A, B}


@pytest.mark.usefixtures("fill")
def test_what_can_not_be_taken_back_or_was_signed_by_a_rule_is_refused(
    store: GraphStore, folder: Path
) -> None:
    with pytest.raises(BadParameter, match="nothing to take back"):
        record_decision(store, folder, decision("withdrawn"))
    assert not (folder / "judgements.yml").exists()
    append_decision(folder, decision("same", office="Rule"), IRIS)
    with pytest.raises(RecordError, match="Each decision must have"):
        publish_judgements(store, folder)


@pytest.mark.usefixtures("fill")
def test_several_decisions_are_one_revision_and_all_of_them_or_none_is_kept(
    store: GraphStore, folder: Path
) -> None:
    number = store.current().number
    for wrong in (
        [decision("same"), decision("withdrawn", B)],
        [decision("same"), decision("different")],
        [replace(decision("different", B), ordinal=1), replace(decision("same"), ordinal=2)],
    ):
        with pytest.raises((BadParameter, DecidedMeanwhile)):
            record_decisions(store, folder, wrong, as_seen=wrong[-1].ordinal > 1)
    assert not (folder / "judgements.yml").exists()
    published = record_decisions(store, folder, [decision("same"), decision("different", B)], as_seen=True)
    assert published is not None
    assert published.number == number + 1
    assert held(store) == {(A, LIST): "same", (B, LIST): "different"}


def test_decisions_that_do_not_fit_on_the_disk_leave_the_file_as_it_was(folder: Path) -> None:
    path, (soft, hard) = folder / "judgements.yml", resource.getrlimit(resource.RLIMIT_FSIZE)
    for before in (None, "judgements:\n"):
        if before:
            path.write_text(before, encoding="utf-8")
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))
            with pytest.raises(StoreError):
                append_decisions(folder, [decision("same")] * 20, IRIS)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert (path.read_text(encoding="utf-8") if path.exists() else None) == before


def test_a_file_whose_last_line_a_person_left_open_is_appended_to(folder: Path) -> None:
    append_decision(folder, decision("same"), IRIS)
    path = folder / "judgements.yml"
    path.write_text(path.read_text(encoding="utf-8").rstrip(), encoding="utf-8")
    append_decision(folder, decision("withdrawn"), IRIS)
    assert [one.verdict for one in read_decisions(folder, IRIS)] == ["same", "withdrawn"]


def test_reading_the_records_again_keeps_a_decision_about_their_cities(store: GraphStore, records) -> None:  # type: ignore[no-untyped-def]
    ingest(store, "records", records=records.root)
    antalya, nuremberg = (IRIS.thing("city", name) for name in ("antalya", "nuremberg"))
    record_decision(store, records.root, decision("different", antalya, nuremberg))
    number = store.current().info.number
    assert ingest(store, "records", records=records.root).published is None
    assert store.current().info.number == number
    store.rollback(1)
    ingest(store, "records", records=records.root)
    assert held(store) == {(antalya, nuremberg): "different"}
