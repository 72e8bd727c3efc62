"""What changed between two revisions, on a few statements whose difference can be told by hand."""

import re
from datetime import UTC, date, datetime

import pytest
from rdflib import Literal, URIRef

from graph.changes.choice import choose_revisions
from graph.changes.model import Comparison
from graph.changes.service import compare
from graph.history import GoingBack, current_on
from graph.retention import Retention
from graph.store import GraphStore
from ontology.errors import BadParameter, RevisionCollected, RevisionNotFound

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
PARTIES = """
:authority/a a m8g:PublicOrganisation ; rdfs:label "A"@tr, "A"@en .
:authority/b a m8g:PublicOrganisation ; rdfs:label "Be"@tr, "Bee"@en .
:document/page a schema:CreativeWork ; dcterms:title "Sayfa"@tr, "Page"@en .
:document/deed a schema:CreativeWork ; dcterms:title "Senet"@tr, "Deed"@en .
"""
TIE = """
:agreement/twinning-a-b-1 a kp:TwinningAgreement ; kp:party :authority/a, :authority/b ;
  kp:recordRef "x/sister_cities.yml:%d" .
"""
CLAIM = """
:evidence/%s a kp:Evidence ; kp:about :agreement/twinning-a-b-1 ; kp:claimedProperty kp:startDate ;
  kp:claimedValue "%s" ; kp:claimedEarliest "%s"^^xsd:date ; kp:claimedLatest "%s"^^xsd:date ;
  kp:evidenceGrade kp:%s ; kp:evidenceDate "2024-01-01"^^xsd:date ; prov:hadPrimarySource :document/%s .
"""
PAGE = CLAIM % ("page", "1999", "1999-01-01", "1999-12-31", "reported", "page")
SAME_DEED = CLAIM % ("deed", "1999", "1999-01-01", "1999-12-31", "confirmed", "deed")
OTHER_DEED = CLAIM % ("deed", "2001", "2001-01-01", "2001-12-31", "confirmed", "deed")


def spelled(turtle: str) -> str:
    """Return Turtle with addresses where it says ``:kind/slug``."""
    return re.sub(r":([a-z]+/[\w-]+)", r"<https://w3id.org/kopru/id/\1>", turtle)


@pytest.fixture
def told(store: GraphStore, make_rdf):
    """Return a function that publishes two states and tells what changed."""

    def run(*states: str) -> Comparison:
        for state in states:
            with store.writer() as draft:
                draft.replace_source("records", make_rdf(spelled(state)), retrieved_at=NOON)
                draft.derive()
                draft.publish()
        return compare(*choose_revisions(store))

    return run


def changes(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [
        (group.key, item.change, item.thing.label.en) for group in comparison.groups for item in group.items
    ]


def test_a_relation_that_is_new_came_with_its_grade_and_its_source(told) -> None:
    found = told(PARTIES, PARTIES + TIE % 1 + PAGE)
    assert changes(found) == [("twinning", "came", "A–Bee sister-city agreement")]
    (item,) = found.groups[0].items
    assert item.grades == (None, "reported")
    assert [document.title.en for document in item.sources] == ["Page"]
    assert found.counts == {"came": 1, "went": 0, "changed": 0, "stronger": 0, "weaker": 0}


def test_a_relation_that_is_gone_went_under_the_name_that_it_had(told) -> None:
    found = told(PARTIES + TIE % 1 + PAGE, PARTIES)
    assert changes(found) == [("twinning", "went", "A–Bee sister-city agreement")]
    assert [document.title.en for document in found.groups[0].items[0].sources_gone] == ["Page"]


def test_another_place_in_the_file_is_no_change(told) -> None:
    found = told(PARTIES + TIE % 1 + PAGE, PARTIES + TIE % 99 + PAGE)
    assert found.total == 0
    assert found.before.digest != found.after.digest


def test_the_same_value_on_a_better_source_is_better_evidence(told) -> None:
    found = told(PARTIES + TIE % 1 + PAGE, PARTIES + TIE % 1 + PAGE + SAME_DEED)
    (item,) = found.groups[0].items
    assert (item.change, item.grades) == ("stronger", ("reported", "confirmed"))
    assert item.fields == ()
    assert [document.title.en for document in item.sources] == ["Deed"]


def test_a_source_that_is_taken_away_is_weaker_evidence(told) -> None:
    found = told(PARTIES + TIE % 1 + PAGE + SAME_DEED, PARTIES + TIE % 1 + PAGE)
    (item,) = found.groups[0].items
    assert (item.change, item.grades) == ("weaker", ("confirmed", "reported"))


def test_another_accepted_value_is_told_before_and_after(told) -> None:
    found = told(PARTIES + TIE % 1 + PAGE, PARTIES + TIE % 1 + PAGE + OTHER_DEED)
    (item,) = found.groups[0].items
    assert item.change == "changed"
    (field,) = item.fields
    assert [value.en for value in field.before] == ["1999"]
    assert [value.en for value in field.after] == ["2001"]


def test_a_rival_that_is_not_accepted_changes_no_value(told) -> None:
    found = told(PARTIES + TIE % 1 + OTHER_DEED, PARTIES + TIE % 1 + OTHER_DEED + PAGE)
    (item,) = found.groups[0].items
    assert (item.change, item.fields) == ("stronger", ())


def test_a_new_name_is_told_in_both_languages(told) -> None:
    found = told(PARTIES, PARTIES.replace('"Bee"@en', '"Bea"@en'))
    (item,) = found.groups[0].items
    (field,) = item.fields
    assert [(value.tr, value.en) for value in (*field.before, *field.after)] == [("Be", "Bee"), ("Be", "Bea")]


def test_no_more_than_asked_for_are_told_and_all_are_counted(told, store) -> None:
    cities = "".join(f':city/c{n} a schema:City ; rdfs:label "C{n}"@tr, "C{n}"@en .\n' for n in range(9))
    told(PARTIES, PARTIES + cities)
    (group,) = compare(store.revision(1), store.revision(2), 4).groups
    assert (group.key, len(group.items), group.total, group.left_out) == ("place", 4, 9, 5)


def test_without_a_choice_what_was_read_before_is_compared(told, store) -> None:
    told(PARTIES, PARTIES + TIE % 1, PARTIES + TIE % 1 + PAGE)
    assert numbers(store) == (2, 3)
    assert numbers(store, "1", "2") == (1, 2)
    store.rollback(1, why="a mistake", office="EU office")
    assert numbers(store) == (3, 1)
    (going,) = store.list_goings_back()
    assert (going.before, going.after, going.why, going.office) == (3, 1, "a mistake", "EU office")


def numbers(store: GraphStore, *choice: str) -> tuple[int, int]:
    before, after = choose_revisions(store, *choice)
    return before.number, after.number


def test_a_day_stands_for_what_was_read_at_its_end(told, store) -> None:
    told(PARTIES, PARTIES + TIE % 1)
    today = date.today().isoformat()
    assert numbers(store, today, today) == (2, 2)
    with pytest.raises(BadParameter, match="oldest revision is number 1"):
        choose_revisions(store, "2001-01-01")
    with pytest.raises(BadParameter, match="write the number of a revision"):
        choose_revisions(store, "yesterday")


def test_going_back_counts_for_the_days_after_it(told, store) -> None:
    told(PARTIES, PARTIES + TIE % 1)
    infos = store.list_revisions()
    moment = max(info.created_at for info in infos)
    later = moment.replace(year=moment.year + 1)
    goings = [GoingBack(later, 2, 1)]
    assert current_on(moment.astimezone().date(), infos, goings) == 2
    assert current_on(later.astimezone().date(), infos, goings) == 1


def test_a_collected_revision_is_told_with_the_rule(tmp_path) -> None:
    store = GraphStore(tmp_path / "store", retention=Retention(newest=1, months=0))
    for number in range(1, 5):
        with store.writer() as draft:
            rdf = draft.named_graph("urn:none")
            rdf.add((URIRef("urn:a"), URIRef("urn:b"), Literal(number)))
            draft.replace_source("records", rdf, retrieved_at=NOON)
            draft.publish()
    assert [info.number for info in store.list_revisions()] == [3, 4]
    with pytest.raises(RevisionCollected, match="the newest 1 beside it"):
        choose_revisions(store, "1")
    with pytest.raises(RevisionNotFound) as caught:
        store.revision(9)
    assert not isinstance(caught.value, RevisionCollected)


def test_the_last_revision_of_each_month_and_year_stays() -> None:
    rule = Retention(newest=2, months=2)
    days = [
        (1, date(2023, 5, 1)), (2, date(2023, 12, 30)), (3, date(2024, 3, 1)), (4, date(2024, 8, 1)),
        (5, date(2024, 9, 2)), (6, date(2024, 9, 20)), (7, date(2024, 10, 1)), (8, date(2024, 10, 2)),
        (9, date(2024, 10, 3)), (10, None),
    ]  # fmt: skip
    # 10 and 9 are the newest; 6 and 9 the last of their months; 2 and 9 of their years; 4 is read.
    assert rule.choose(days, 4, date(2024, 10, 5)) == {2, 4, 6, 9, 10}
    assert "newest 2" in rule.sentence("en")
