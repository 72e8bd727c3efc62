"""Short links: named by what they hold, few and small, the least opened out first."""

import sqlite3
from pathlib import Path

import pytest

from graph.links import MAX_LINK_BYTES, ShortLinks
from graph.state import State
from ontology.errors import NotFound, RequestTooLong, StoreError


@pytest.fixture
def links(tmp_path: Path) -> ShortLinks:
    """Return links in a file that is not there yet."""
    return ShortLinks(tmp_path / "state.sqlite")


def test_what_was_kept_is_found_again_by_another_program(links: ShortLinks) -> None:
    code = links.add({"query": "ASK {}", "view": "table"})
    assert ShortLinks(links.path).get(code) == {"query": "ASK {}", "view": "table"}
    assert code.isalnum()
    assert len(code) == 10


def test_the_same_has_the_same_code(links: ShortLinks) -> None:
    assert links.add({"a": 1, "b": 2}) == links.add({"b": 2, "a": 1})
    assert links.has({"a": 1, "b": 2})
    assert not links.has({"a": 1})


def test_an_unknown_code_is_told_kindly(links: ShortLinks) -> None:
    for known in (False, True):
        with pytest.raises(NotFound, match="no short link 'nothing'"):
            links.get("nothing")
        if not known:
            links.add({"a": 1})


def test_a_long_one_is_refused(links: ShortLinks) -> None:
    with pytest.raises(RequestTooLong, match=str(MAX_LINK_BYTES)):
        links.add({"query": "ş" * (MAX_LINK_BYTES // 2)})
    assert not links.path.exists()


def test_the_one_opened_longest_ago_goes_first(tmp_path: Path) -> None:
    links = ShortLinks(tmp_path / "state.sqlite", most=3)
    first, second, third = (links.add({"n": n}) for n in range(3))
    links.get(first)
    fourth = links.add({"n": 3})
    assert {code: links.has({"n": n}) for n, code in enumerate((first, second, third, fourth))} == {
        first: True, second: False, third: True, fourth: True,
    }  # fmt: skip


def test_all_together_take_no_more_than_their_room(tmp_path: Path) -> None:
    links = ShortLinks(tmp_path / "state.sqlite", most_bytes=5_000)
    for n in range(20):
        links.add({"query": "x" * 1000, "n": n})
    connection = sqlite3.connect(links.path)
    assert connection.execute("SELECT COUNT(*), TOTAL(bytes) <= 5000 FROM links").fetchone() == (4, 1)
    connection.close()
    assert links.has({"query": "x" * 1000, "n": 19})


def test_they_share_the_file_with_what_else_is_remembered(links: ShortLinks) -> None:
    State(links.path).put("a", 1)
    code = links.add({"n": 1})
    State(links.path).put("b", 2)
    assert (State(links.path).find("a"), links.get(code)) == (1, {"n": 1})


def test_where_nothing_can_be_written_a_sentence_says_so(tmp_path: Path) -> None:
    links = ShortLinks(tmp_path / "missing" / "state.sqlite")
    with pytest.raises(StoreError, match="could not be kept"):
        links.add({"n": 1})
