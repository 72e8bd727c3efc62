"""The gaps of Antalya in the bundled records: what has to be among them, and what must not."""

from datetime import date

import pytest

from graph.consortium.service import terms_of_call
from graph.gaps.model import Gaps
from graph.gaps.service import Wanted, find_gaps
from graph.projection import project_ties
from graph.revision import Revision
from graph.store import GraphStore
from ontology.errors import NotFound

LETTER_DAY, AFTER_BAT_YAM = date(2024, 3, 4), date(2024, 3, 11)


@pytest.fixture(scope="module")
def revision(bundled_store: GraphStore) -> Revision:
    return bundled_store.current()


def ask(revision: Revision, day: date) -> Gaps:
    return find_gaps(revision, project_ties(revision, day), "antalya", Wanted(limit=50))


@pytest.fixture(scope="module")
def letter_day(revision: Revision) -> Gaps:
    return ask(revision, LETTER_DAY)


def slugs(found: Gaps, kind: str) -> set[str]:
    return {gap.subject.rpartition("/")[2] for gap in found.items if gap.kind == kind}


def test_other_bodies_open_doors_and_stand_beside_the_municipality(letter_day: Gaps) -> None:
    assert slugs(letter_day, "unused_door") == {"erlangen", "hefei", "moscow"}
    assert slugs(letter_day, "side_by_side") == {"nuremberg"}


def test_what_the_letter_leaves_open_is_told(letter_day: Gaps) -> None:
    sizes = {gap.subject: gap.size for gap in letter_day.items if gap.kind == "open_place"}
    assert sizes == {"city_network": 6.0, "cooperation_protocol": 2.0}


def test_entries_of_lists_are_no_dormant_partners(letter_day: Gaps) -> None:
    assert not {"chicago", "haikou", "brest", "yalta"} & slugs(letter_day, "dormant_partner")


def test_the_query_of_a_dormant_partner_finds_nothing_done(revision: Revision, letter_day: Gaps) -> None:
    dormant = [gap for gap in letter_day.items if gap.kind == "dormant_partner"]
    assert len(dormant) == 16
    for gap in dormant:
        rows = revision.select(gap.query)
        assert rows
        assert not any("activity" in row for row in rows)


def test_a_tie_that_has_ended_is_no_gap_any_more(revision: Revision, letter_day: Gaps) -> None:
    assert "bat-yam" in slugs(letter_day, "dormant_partner")
    assert "bat-yam" not in slugs(ask(revision, AFTER_BAT_YAM), "dormant_partner")


def test_a_recorded_call_gives_its_conditions(revision: Revision) -> None:
    terms = terms_of_call(revision, "scc-1-2016-2017")
    assert (terms.minimum_partners, terms.minimum_countries, terms.eligible) == (1, 1, frozenset())
    assert "smart-cities" in {theme.rpartition("/")[2] for theme in terms.themes}
    with pytest.raises(NotFound, match="scc-1-2016-2017"):
        terms_of_call(revision, "scc-1-2016-2018")
