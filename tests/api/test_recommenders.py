"""Rankings are made once for a revision and a day; no page of a large graph waits for that."""

from datetime import date

import pytest

from api.problems import problem_response
from api.recommenders import Recommenders
from graph.store import GraphStore
from ontology.errors import StillPreparing

DAY = date(2024, 3, 4)


def test_a_page_of_a_large_graph_does_not_wait_for_the_ranking(tiny_store: GraphStore) -> None:
    kept, revision = Recommenders(large=0, patience=0.01), tiny_store.current()
    with kept._lock, pytest.raises(StillPreparing, match="in 5 seconds"):  # nobody gets on meanwhile
        kept.for_page(revision, DAY, "antalya")
    kept._patience = 60.0
    assert kept.for_page(revision, DAY, "antalya") is kept.of(revision, DAY)


def test_a_page_of_a_small_graph_waits_and_a_city_that_is_not_there_is_told_later(
    tiny_store: GraphStore,
) -> None:
    revision = tiny_store.current()
    assert Recommenders(patience=0.0).for_page(revision, DAY, "antalya").as_of == DAY
    assert Recommenders(large=0, patience=60.0).for_page(revision, DAY, "atlantis").as_of == DAY


def test_still_preparing_says_when_to_come_again() -> None:
    answer = problem_response(StillPreparing(seconds=5), "en")
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Refresh"]) == (503, "5", "5")
