"""Judgements of sameness: stored, never overwritten, taken back; and what they do to the merge."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import URIRef

from graph.identity.judgements import Judgement, canonical_iris, in_force, read_judgements
from graph.merge import settle
from graph.store import GraphStore
from ingest.judging import GRAPH, append_decision, judge, publish_judgements, read_decisions
from ontology.errors import RecordError
from ontology.terms import PREFIXES

ID = "https://w3id.org/kopru/id/"
NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
TODAY = date(2024, 3, 4)
OWN = """
<country/de> a schema:Country ; rdfs:label "Almanya"@tr, "Germany"@en ; kp:isoCode "DE" .
<city/nuremberg> a schema:City ; rdfs:label "Nürnberg"@tr, "Nuremberg"@en ;
  schema:containedInPlace <country/de> ;
  schema:latitude 49.45 ; schema:longitude 11.08 ; kp:population 500000 ;
  schema:sameAs <https://sws.geonames.org/2861650/> .
"""
LIST = """
<city/nuernberg-by> a schema:City ; rdfs:label "Nuernberg"@tr, "Nuernberg"@en ;
  schema:containedInPlace <country/de> ; kp:population 520000 .
<city/elsewhere> a schema:City ; rdfs:label "Elsewhere"@tr, "Elsewhere"@en ;
  schema:containedInPlace <country/de> ; schema:geo <city/nuernberg-by> .
"""
MAIN, LISTED = URIRef(ID + "city/nuremberg"), URIRef(ID + "city/nuernberg-by")
ELSEWHERE = URIRef(ID + "city/elsewhere")


def rdf_of(turtle: str) -> rdflib.Graph:
    head = f"@base <{ID}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return rdflib.Graph().parse(data=head + turtle, format="turtle")


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    return folder


@pytest.fixture
def store(tmp_path: Path, records: Path) -> GraphStore:
    """A store with one city of the records, and two of a list, one of which is the same city."""
    found = GraphStore(tmp_path / "store")
    with found.writer() as draft:
        draft.replace_source("records", rdf_of(OWN), retrieved_at=NOON)
        draft.replace_source("list", rdf_of(LIST), retrieved_at=NOON)
        judge(draft, records)
        draft.derive()
        draft.publish()
    return found


def merged(store: GraphStore) -> rdflib.Graph:
    return store.current().default_graph()


def decision(verdict: str, ordinal: int = 1) -> Judgement:
    why = {"tr": "bakıldı", "en": "looked up"}
    return Judgement(LISTED, MAIN, verdict, "Dış İlişkiler", TODAY, why, ordinal)  # type: ignore[arg-type]


def test_one_city_is_one_node_in_the_merge_and_keeps_its_iri_in_its_own_graph(store: GraphStore) -> None:
    cities = set(merged(store).subjects(rdflib.RDF.type, rdflib.URIRef(PREFIXES["schema"] + "City")))
    assert cities == {MAIN, ELSEWHERE}
    assert (ELSEWHERE, URIRef(PREFIXES["schema"] + "geo"), MAIN) in merged(store)
    own = store.current().named_graph(store.iris.graph("list"))
    assert (ELSEWHERE, URIRef(PREFIXES["schema"] + "geo"), LISTED) in own


def test_what_a_city_has_one_of_is_that_of_the_canonical_one_and_names_become_further_names(
    store: GraphStore,
) -> None:
    rdf = merged(store)
    assert [str(n) for n in rdf.objects(MAIN, URIRef(PREFIXES["kp"] + "population"))] == ["500000"]
    names = {str(n) for n in rdf.objects(MAIN, URIRef(PREFIXES["skos"] + "altLabel"))}
    assert "Nuernberg" in names


def test_a_judgement_of_a_rule_says_why_in_both_languages_and_is_not_made_again(
    store: GraphStore, records: Path
) -> None:
    rdf = store.current().named_graph(store.iris.graph(GRAPH))
    (judgement,) = read_judgements(rdf)
    assert (judgement.verdict, judgement.by) == ("same", "rule")
    assert judgement.why["en"].startswith("'Nuernberg' is a name of")
    assert judgement.why["tr"] != judgement.why["en"]
    assert publish_judgements(store, records) is None


def test_a_decision_of_an_office_separates_and_taking_it_back_restores_what_was(
    store: GraphStore, records: Path
) -> None:
    before = merged(store)
    append_decision(records, decision("different"), store.iris)
    assert publish_judgements(store, records) is not None
    assert LISTED in set(merged(store).subjects())
    append_decision(records, decision("withdrawn"), store.iris)
    assert publish_judgements(store, records) is not None
    after = merged(store)
    kinds = {URIRef(PREFIXES["schema"] + "City"), URIRef(PREFIXES["schema"] + "Country")}
    places = {place for kind in kinds for place in before.subjects(rdflib.RDF.type, kind)}
    assert places == {place for kind in kinds for place in after.subjects(rdflib.RDF.type, kind)}
    for place in places:
        assert set(before.predicate_objects(place)) == set(after.predicate_objects(place))


def test_decisions_are_appended_and_a_later_run_overwrites_none(store: GraphStore, records: Path) -> None:
    append_decision(records, decision("different"), store.iris)
    first = (records / "judgements.yml").read_text(encoding="utf-8")
    append_decision(records, decision("same"), store.iris)
    assert (records / "judgements.yml").read_text(encoding="utf-8").startswith(first)
    publish_judgements(store, records)
    stored = read_judgements(store.current().named_graph(store.iris.graph(GRAPH)))
    assert [(one.verdict, one.by == "rule", one.ordinal) for one in stored] == [
        ("different", False, 1), ("same", False, 2), ("same", True, 1),
    ]  # fmt: skip
    assert [one.ordinal for one in read_decisions(records, store.iris)] == [1, 2]


def test_a_decision_that_is_not_whole_is_refused_with_a_remedy(records: Path, store: GraphStore) -> None:
    (records / "judgements.yml").write_text("judgements:\n  - {one: a}\n", encoding="utf-8")
    with pytest.raises(RecordError, match="Each decision must have"):
        read_decisions(records, store.iris)


def test_a_pair_judged_different_is_not_joined_by_way_of_a_third() -> None:
    a, b, c = (URIRef(f"{ID}city/{name}") for name in "abc")
    why = {"tr": "", "en": ""}
    found = [
        Judgement(a, b, "same", "rule", TODAY, why), Judgement(b, c, "same", "rule", TODAY, why),
        Judgement(a, c, "different", "office", TODAY, why),
    ]  # fmt: skip
    assert canonical_iris(found, frozenset()) == {b: a}
    assert canonical_iris(found[:2], frozenset({c})) == {a: c, b: c}


def test_a_persons_judgement_goes_before_a_rules_and_a_withdrawn_one_leaves_the_rules() -> None:
    rule = Judgement(LISTED, MAIN, "unsure", "rule", TODAY)
    assert in_force([rule, decision("same")])[rule.pair].verdict == "same"
    assert in_force([rule, decision("same"), decision("withdrawn", 2)])[rule.pair].verdict == "unsure"


def test_a_merge_that_was_loaded_without_the_canonical_iris_is_put_right(store: GraphStore) -> None:
    (path,) = (store.path / "revisions").glob("*/db")
    database = ox.Store(str(path))
    assert not settle(database)
    population = ox.NamedNode(PREFIXES["kp"] + "population")
    stray = ox.Quad(ox.NamedNode(LISTED), population, ox.Literal(520000), ox.DefaultGraph())
    database.add(stray)
    assert settle(database)
    assert stray not in database
