"""What follows anew from a small change is what follows from everything."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, Literal, URIRef

from graph.derivation import derive, own_digests
from graph.identity.judgements import Judgement, to_statements
from graph.merge import add_statements, read_canonical, replace_graph
from graph.rederiving import derive_change
from graph.store import GraphStore
from graph.terms_ox import make_quads
from ontology.iris import Iris
from ontology.terms import DCAT, KP, ORG, PREFIXES, SCHEMA, SKOS

IRIS = Iris()
NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
#: All that rules look at: rival claims, a list and a page, dates to the day, an event, themes, what is
#: counted, places that are open, and a city that two sources have.
TURTLE = """
:city/a a schema:City ; rdfs:label "A"@tr . :city/b a schema:City ; rdfs:label "B"@tr, "Be"@en .
:city/c a schema:City ; rdfs:label "C"@tr . :city/b2 a schema:City ; rdfs:label "Bé"@tr ; kp:population 7 .
:authority/a a m8g:PublicOrganisation ; rdfs:label "Belediye"@tr ; dcterms:spatial :city/a .
:authority/b a m8g:PublicOrganisation ; dcterms:spatial :city/b .
:authority/c a m8g:PublicOrganisation ; dcterms:spatial :city/c .
:authority/b2 a m8g:PublicOrganisation ; dcterms:spatial :city/b2 .
:document/list a schema:CreativeWork, dcat:Dataset . :document/page a schema:CreativeWork .
:network/n a kp:CityNetwork ; rdfs:label "N"@en ; kp:theme :theme/urban-regeneration .
:agreement/t a kp:TwinningAgreement ; kp:party :authority/a, :authority/b ; kp:countedBy :authority/a .
:agreement/u a kp:TwinningAgreement ; kp:party :authority/a, :authority/b2 .
:agreement/v a kp:CooperationProtocol ; kp:party :authority/a, :authority/c ; kp:assessedGrade kp:reported .
:membership/m a kp:NetworkMembership ; org:member :authority/a ; org:organization :network/n ;
    kp:countedBy :authority/a .
:event/e a kp:Event ; kp:theme :theme/urban-regeneration . :grant/g a kp:Grant ; kp:recipient :authority/a .
:declared-count/t a kp:DeclaredCount ; kp:declaredKind kp:TwinningAgreement ; kp:declaredNumber 3 ;
    kp:declaredOn "2024-03-04"^^xsd:date ; kp:declaredBy :authority/a ; prov:hadPrimarySource :document/page .
:declared-count/n a kp:DeclaredCount ; kp:declaredKind kp:CityNetwork ; kp:declaredNumber 2 ;
    kp:declaredOn "2024-03-04"^^xsd:date ; kp:declaredBy :authority/a ; prov:hadPrimarySource :document/page .
:evidence/1 a kp:Evidence ; kp:about :agreement/t ; prov:hadPrimarySource :document/page ;
    kp:evidenceGrade kp:confirmed ; kp:claimedProperty kp:startDate ; kp:claimedValue "1997" ;
    kp:claimedEarliest "1997-01-01"^^xsd:date ; kp:claimedLatest "1997-12-31"^^xsd:date .
:evidence/2 a kp:Evidence ; kp:about :agreement/t ; prov:hadPrimarySource :document/list ;
    kp:evidenceGrade kp:reported ; kp:claimedProperty kp:startDate ; kp:claimedValue "1998" ;
    kp:claimedEarliest "1998-01-01"^^xsd:date ; kp:claimedLatest "1998-12-31"^^xsd:date .
:evidence/3 a kp:Evidence ; kp:about :agreement/u ; prov:hadPrimarySource :document/list ;
    kp:evidenceGrade kp:unverified ; kp:claimedProperty rdf:type ; kp:claimedValue kp:TwinningAgreement .
:evidence/4 a kp:Evidence ; kp:about :membership/m ; prov:hadPrimarySource :document/page ;
    kp:evidenceGrade kp:reported ; kp:claimedProperty kp:startDate ; kp:claimedValue "2001-05-06" ;
    kp:claimedEarliest "2001-05-06"^^xsd:date ; kp:claimedLatest "2001-05-06"^^xsd:date .
:evidence/5 a kp:Evidence ; kp:about :grant/g ; prov:hadPrimarySource :document/page ;
    kp:evidenceGrade kp:reported ; kp:claimedProperty schema:amount ;
    kp:claimedValue 5 ; kp:claimedCurrency "EUR" .
:evidence/6 a kp:Evidence ; kp:about :event/e ; prov:hadPrimarySource :document/list ;
    kp:evidenceGrade kp:reported ; kp:claimedProperty kp:startDate ; kp:claimedValue "2015" ;
    kp:claimedEarliest "2015-01-01"^^xsd:date ; kp:claimedLatest "2015-12-31"^^xsd:date .
""".replace("/", "\\/")
RECORDS, JUDGED = (ox.NamedNode(str(IRIS.graph(name))) for name in ("records", "judgements"))
B, B2 = (URIRef(f"https://w3id.org/kopru/id/city/{name}") for name in ("b", "b2"))
#: What rules read: of each property at least one statement is taken away.
READ = {
    "about", "assessedGrade", "claimedProperty", "claimedValue", "countedBy", "declaredBy", "declaredKind",
    "declaredNumber", "declaredOn", "evidenceGrade", "hadPrimarySource", "label", "member", "party",
    "population", "recipient", "spatial", "theme", "type", "claimedEarliest", "claimedLatest",
    "claimedCurrency", "organization",
}  # fmt: skip
Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]


def extended(rdf: rdflib.Graph, *triples: Triple) -> rdflib.Graph:
    more = rdflib.Graph() + rdf
    for triple in triples:
        more.add(triple)
    return more


def copy(database: ox.Store) -> ox.Store:
    other = ox.Store()
    other.extend(database)
    return other


def replace(database: ox.Store, rdf: rdflib.Graph, name: ox.NamedNode = RECORDS) -> set[ox.NamedNode]:
    return replace_graph(database, name, make_quads(rdf, name))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def records() -> rdflib.Graph:
    """Return the statements of ``TURTLE``."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return rdflib.Graph().parse(data=f"{head}@prefix : <https://w3id.org/kopru/id/> .\n{TURTLE}")


@pytest.fixture(scope="module")
def before(records: rdflib.Graph) -> ox.Store:
    """Return a database with the records and all that follows."""
    database = ox.Store()
    replace(database, records)
    derive(database, IRIS)
    return database


def assert_same(before: ox.Store, change: Callable[[ox.Store], set[ox.NamedNode]]) -> ox.Store:
    """Assert that after a change the same follows from it alone as from everything; return the database."""
    alone = copy(before)
    touched = change(alone)
    whole = copy(alone)
    derive(whole, IRIS)
    changed = derive_change(alone, before, touched, IRIS)
    assert changed is not None
    assert set(map(str, alone)) ^ set(map(str, whole)) == set()
    return alone


def test_the_graph_of_these_tests_has_conclusions_of_every_rule(before: ox.Store) -> None:
    derived = ox.NamedNode(str(IRIS.graph("derived")))
    found = {quad.predicate.value for quad in before.quads_for_pattern(None, None, None, derived)}
    expected = {
        RDF.type, KP.hasEvidence, KP.acceptedClaim, KP.startEarliest, KP.evidenceGrade, KP.startUnknown,
        KP.endEarliest, KP.city, ORG.memberDuring, KP.theme, KP.countedIn, KP.partnerIdentified,
        SCHEMA.amount, KP.searchKey, KP.sortKey,
    }  # fmt: skip
    assert {str(one) for one in expected} <= found


def test_whatever_statement_is_taken_away_the_same_follows(before: ox.Store, records: rdflib.Graph) -> None:
    tried: set[str] = set()
    for triple in sorted(records):
        name = str(triple[1]).replace("#", "/").rpartition("/")[2]
        if name in tried:
            continue
        tried.add(name)
        assert_same(before, lambda database, gone=triple: replace(database, records - [gone]))  # type: ignore[misc]
    assert tried >= READ


def test_what_a_document_is_bears_on_what_it_is_evidence_of(before: ox.Store, records: rdflib.Graph) -> None:
    unknown = ox.NamedNode(str(KP.startUnknown)), ox.Literal(True)
    listed = ox.NamedNode("https://w3id.org/kopru/id/agreement/u")
    assert any(before.quads_for_pattern(listed, *unknown, None))
    the_list = URIRef("https://w3id.org/kopru/id/document/list")
    page = records - [(the_list, RDF.type, DCAT.Dataset)]
    after = assert_same(before, lambda database: replace(database, page))
    assert not any(after.quads_for_pattern(listed, *unknown, None))


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_changed_the_same_follows(before: ox.Store, records: rdflib.Graph, seed: int) -> None:
    chance = random.Random(seed)
    triples = sorted(records)
    rdf = rdflib.Graph() + records
    for _ in range(chance.randint(1, 5)):
        subject, predicate, value = chance.choice(triples)
        others = sorted({other for _, p, other in triples if p == predicate})
        rdf.remove((subject, predicate, value))
        rdf.add((chance.choice([subject, chance.choice(triples)[0]]), predicate, chance.choice(others)))
    assert_same(before, lambda database: replace(database, rdf))


def test_whatever_thing_goes_and_comes_back_the_same_follows(before: ox.Store, records: rdflib.Graph) -> None:
    digests = own_digests(before, IRIS)
    for thing in sorted(set(records.subjects()))[::2]:
        without = rdflib.Graph() + records
        without.remove((thing, None, None))
        less = assert_same(before, lambda database, rdf=without: replace(database, rdf))  # type: ignore[misc]
        more = copy(less)
        assert derive_change(more, less, replace(more, records), IRIS) is not None
        assert own_digests(more, IRIS) == digests


def test_two_cities_that_are_joined_and_parted_again_are_what_they_were(before: ox.Store) -> None:
    def judged(*verdicts: str) -> rdflib.Graph:
        found = [
            Judgement(B, B2, verdict, "an office", NOON.date(), {"tr": "x", "en": "x"}, number)  # type: ignore[arg-type]
            for number, verdict in enumerate(verdicts, 1)
        ]
        return to_statements(found, frozenset({B}), IRIS)

    joined = assert_same(before, lambda database: replace(database, judged("same"), JUDGED))
    city = ox.NamedNode(str(KP.city))
    assert read_canonical(joined).images == {ox.NamedNode(B2): ox.NamedNode(B)}
    assert len(list(joined.quads_for_pattern(None, city, ox.NamedNode(B), ox.DefaultGraph()))) == 2
    parted = assert_same(joined, lambda database: replace(database, judged("same", "withdrawn"), JUDGED))
    assert len(list(parted.quads_for_pattern(None, city, ox.NamedNode(B), ox.DefaultGraph()))) == 1


def refuses(before: ox.Store, change: Callable[[ox.Store], set[ox.NamedNode]]) -> bool:
    database = copy(before)
    touched = change(database)
    left = set(map(str, database))
    refused = derive_change(database, before, touched, IRIS) is None
    assert not refused or set(map(str, database)) == left
    return refused


def test_what_reaches_too_far_is_left_to_the_whole(before: ox.Store, records: rdflib.Graph) -> None:
    def also(*triple: rdflib.term.Node) -> Callable[[ox.Store], set[ox.NamedNode]]:
        return lambda database: replace(database, extended(records, triple))  # type: ignore[arg-type]

    thing = URIRef("https://w3id.org/kopru/id/event/e")
    assert not refuses(before, also(thing, RDF.type, KP.Award))
    assert refuses(before, also(KP.Event, RDF.type, KP.Award))  # a class of the vocabulary
    assert refuses(before, also(URIRef("urn:theme"), SKOS.broader, URIRef("urn:other")))
    many = rdflib.Graph() + records
    for number in range(2_001):
        many.add((URIRef(f"urn:thing:{number}"), RDF.type, KP.Event))
    assert refuses(before, lambda database: replace(database, many))


def test_what_was_published_without_deriving_is_left_to_the_whole(
    before: ox.Store, records: rdflib.Graph
) -> None:
    stale = copy(before)
    extra = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"), RECORDS)
    add_statements(stale, [extra])
    assert refuses(stale, lambda database: replace(database, records))
    assert refuses(ox.Store(), lambda database: replace(database, records))


def test_a_small_change_is_published_with_the_digest_of_what_is_there(
    store: GraphStore, records: rdflib.Graph
) -> None:
    later = extended(records, (B, SKOS.altLabel, Literal("Bee", lang="en")))
    for rdf in (records, later, records):
        with store.writer() as draft:
            draft.replace_source("records", rdf, retrieved_at=NOON)
            draft.derive()
            draft.publish()
        current = store.current()
        assert current.compute_digest() == current.info.digest
        assert set(current.info.own) == {
            str(IRIS.graph(name)) for name in ("ontology", "derived", "statistics")
        }
    assert store.revision(1).info.own == store.revision(3).info.own != store.revision(2).info.own


def test_a_revision_without_digests_of_our_own_graphs_gets_them_with_the_next(
    store: GraphStore, records: rdflib.Graph
) -> None:
    def publish(rdf: rdflib.Graph) -> None:
        with store.writer() as draft:
            draft.replace_source("records", rdf, retrieved_at=NOON)
            draft.derive()
            draft.publish()

    publish(records)
    manifest = store.path / "revisions" / "000001" / "manifest.json"
    fields = json.loads(manifest.read_text(encoding="utf-8"))
    del fields["own"]
    manifest.write_text(json.dumps(fields), encoding="utf-8")
    again = GraphStore(store.path)
    assert again.current().info.own == {}
    publish(extended(records, (B, SKOS.altLabel, Literal("Bee", lang="en"))))
    current = again.current()
    assert current.compute_digest() == current.info.digest
    assert current.info.own


@pytest.mark.parametrize(
    ("thing", "is_about_cities"),
    [("city/b", True), ("city/new", True), ("event/e", False), ("network/n", False)],
)
def test_a_draft_tells_whether_anything_of_a_class_changed(
    store: GraphStore, records: rdflib.Graph, thing: str, is_about_cities: bool
) -> None:
    city = "https://schema.org/City"
    with store.writer() as draft:
        draft.replace_source("records", records, retrieved_at=NOON)
        assert draft.is_about(city)  # nothing was there before
        draft.derive()
        draft.publish()
    node = URIRef(f"https://w3id.org/kopru/id/{thing}")
    changed = extended(records, (node, SKOS.altLabel, Literal("x")))
    if thing == "city/new":
        changed.add((node, RDF.type, URIRef(city)))
    with store.writer() as draft:
        assert not draft.is_about(city)
        draft.replace_source("records", changed, retrieved_at=NOON)
        assert draft.is_about(city) == is_about_cities


def test_after_a_change_of_the_program_everything_is_looked_at(
    store: GraphStore, records: rdflib.Graph
) -> None:
    with store.writer() as draft:
        draft.replace_source("records", records, retrieved_at=NOON)
        draft.derive()
        draft.publish()
    manifest = store.path / "revisions" / "000001" / "manifest.json"
    fields = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(fields | {"program_digest": "another"}), encoding="utf-8")
    with GraphStore(store.path).writer() as draft:
        assert draft.is_about("https://schema.org/City")
        draft.derive()
        assert draft.publish() is None  # it comes to the same
