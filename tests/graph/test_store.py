"""Publishing, reading, going back; one writer at a time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from graph.retention import Retention
from graph.store import GraphStore
from ontology.errors import RevisionNotFound, SourceError, StoreEmpty, StoreInUse
from ontology.iris import Iris

KEPT = Retention().newest

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
AT_REST = ["current", "lock", "revisions"]
TITLES = "SELECT ?title ?none { ?thing dcterms:title ?title }"
PREFIX = "PREFIX dcterms: <http://purl.org/dc/terms/>\n"


def title(store: GraphStore) -> str:
    (row,) = store.current().select(PREFIX + TITLES)
    return str(row["title"])


def names(folder: Path) -> list[str]:
    return sorted(str(entry.relative_to(folder)) for entry in folder.glob("*"))


def test_making_a_store_touches_nothing(store):
    assert store.is_empty()
    assert store.list_revisions() == []
    assert not store.path.exists()


def test_an_empty_store_says_how_to_fill_it(store):
    with pytest.raises(StoreEmpty, match="kopru ingest records"):
        store.current()


def test_what_was_published_can_be_read(store, publish):
    info = publish(':a dcterms:title "Bir"@tr .')
    assert info.number == 1
    assert info.parent is None
    assert store.current().select(PREFIX + TITLES) == [{"title": Literal("Bir", lang="tr")}]


def test_the_manifest_names_sources_and_counts(store, publish):
    publish(':a dcterms:title "1", "2" .')
    info = publish(':b dcterms:title "3" .', "letter")
    entry = store.current().info.sources["letter"]
    assert store.current().info == info
    assert (info.number, info.parent, info.statements) == (2, 1, 3)
    assert (entry.graph, entry.statements) == ("https://w3id.org/kopru/graph/letter", 1)
    assert list(info.sources) == ["letter", "records"]


def test_a_revision_is_asked_constructed_and_its_graphs_are_read(store, publish):
    publish(':a dcterms:title "1" .')
    revision = store.current()
    assert revision.ask(PREFIX + 'ASK { ?x dcterms:title "1" }')
    assert len(revision.construct(PREFIX + "CONSTRUCT WHERE { ?x dcterms:title ?y }")) == 1
    assert len(revision.named_graph(revision.iris.graph("records"))) == 1
    assert len(revision.named_graph(revision.iris.graph("nothing"))) == 0


def test_a_query_may_use_iris_relative_to_the_base(store, publish):
    publish(':city dcterms:title "1" .')
    assert store.current().select("SELECT ?title { <id/city> ?p ?title }") == [{"title": Literal("1")}]


def test_a_query_of_another_form_is_refused(store, publish):
    publish(':a dcterms:title "1" .')
    with pytest.raises(TypeError, match="QueryBoolean"):
        store.current().select("ASK { ?s ?p ?o }")


def test_the_same_content_publishes_nothing_and_leaves_nothing(store, publish):
    publish(':a dcterms:title "1.50"^^xsd:decimal .')
    before = names(store.path), names(store.path / "revisions")
    assert publish(':a dcterms:title "1.5"^^xsd:decimal .') is None
    assert (names(store.path), names(store.path / "revisions")) == before
    assert names(store.path / "revisions") == ["000001"]


def test_a_change_and_its_reverse_in_one_draft_publish_nothing(store, publish, make_rdf):
    publish(':a dcterms:title "1" .')
    with store.writer() as draft:
        assert draft.replace_source("records", make_rdf(':a dcterms:title "2" .'), retrieved_at=NOON)
        assert draft.replace_source("records", make_rdf(':a dcterms:title "1" .'), retrieved_at=NOON)
        assert draft.publish() is None


def test_a_draft_that_is_not_published_leaves_nothing(store, publish, make_rdf):
    publish(':a dcterms:title "1" .')
    with store.writer() as draft:
        draft.replace_source("records", make_rdf(':a dcterms:title "2" .'), retrieved_at=NOON)
    assert title(store) == "1"
    assert names(store.path) == AT_REST


def test_an_error_in_the_writer_drops_the_draft(store, publish, make_rdf):
    publish(':a dcterms:title "1" .')
    with pytest.raises(SourceError), store.writer() as draft:
        draft.replace_source("records", make_rdf(":a dcterms:title <urn:{no-iri}> ."), retrieved_at=NOON)
    assert names(store.path) == AT_REST
    assert publish(':a dcterms:title "3" .').number == 2


def test_readers_of_the_old_revision_go_on_while_new_ones_see_the_new(store, publish):
    publish(':a dcterms:title "old" .')
    reader = GraphStore(store.path)
    old = reader.current()
    publish(':a dcterms:title "new" .')
    assert title(reader) == "new"
    assert old.select(PREFIX + TITLES) == [{"title": Literal("old")}]
    assert old.number == 1


def test_current_is_opened_once_as_long_as_the_pointer_stands(store, publish):
    publish(':a dcterms:title "1" .')
    assert store.current() is store.current()


def test_rolling_back_is_seen_by_readers_and_numbers_go_on(store, publish):
    publish(':a dcterms:title "1" .')
    publish(':a dcterms:title "2" .')
    assert title(store) == "2"
    assert store.rollback(1).number == 1
    assert title(store) == "1"
    info = publish(':a dcterms:title "3" .')
    assert (info.number, info.parent) == (3, 1)
    assert [revision.number for revision in store.list_revisions()] == [1, 2, 3]


def test_a_writer_after_a_rollback_keeps_what_was_rolled_back(store, publish):
    publish(':a dcterms:title "1" .')
    publish(':a dcterms:title "2" .')
    store.rollback(1)
    assert publish(':a dcterms:title "1" .') is None
    assert store.rollback(2).number == 2
    assert title(store) == "2"


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_revision_that_is_not_there_can_neither_be_opened_nor_rolled_back_to(store, publish, number):
    publish(':a dcterms:title "1" .')
    with pytest.raises(RevisionNotFound, match="kopru revisions"):
        store.revision(number)
    with pytest.raises(RevisionNotFound):
        store.rollback(number)


def test_the_newest_revisions_and_the_current_one_are_kept(store, publish):
    publish(':a dcterms:title "1" .')
    publish(':a dcterms:title "2" .')
    store.rollback(1)
    publish(':a dcterms:title "3" .')
    first = store.revision(1)
    for number in range(4, KEPT + 4):
        publish(f':a dcterms:title "{number}" .')
    kept = [info.number for info in store.list_revisions()]
    assert kept == list(range(3, KEPT + 4))
    assert first.select(PREFIX + TITLES) == [{"title": Literal("1")}]


def test_the_current_revision_is_kept_however_old(store, publish):
    for number in range(1, KEPT + 2):
        publish(f':a dcterms:title "{number}" .')
    store.rollback(1)
    publish(':a dcterms:title "new" .')
    store.rollback(2)
    publish(':a dcterms:title "newer" .')
    assert len(store.list_revisions()) == KEPT + 1


def test_a_second_writer_hears_who_is_writing(store, publish):
    publish(':a dcterms:title "1" .')
    with store.writer(), pytest.raises(StoreInUse, match=r"process \d+") as caught, store.writer():
        pass
    assert caught.value.facts["path"] == store.path


def test_nobody_rolls_back_under_a_writer(store, publish):
    publish(':a dcterms:title "1" .')
    with store.writer(), pytest.raises(StoreInUse):
        store.rollback(1)


def test_things_are_named_under_the_base_of_the_store(tmp_path, make_rdf):
    store = GraphStore(tmp_path, Iris("https://example.org/"))
    with store.writer() as draft:
        draft.replace_source("records", make_rdf(':a dcterms:title "1" .'), retrieved_at=NOON)
        draft.publish()
    graphs = store.current().select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert graphs == [{"g": URIRef("https://example.org/graph/records")}]
