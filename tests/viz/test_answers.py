"""Answers in words and pictures, made of cells whose numbers can be counted by eye."""

from decimal import Decimal

import pytest

from graph.model import Label, Reference
from viz.answers import make_bars, summarize
from viz.questions import Cell


def thing(name: str) -> Cell:
    """Return a cell with a thing."""
    return Cell(reference=Reference(f"http://example.org/{name}", "", "", Label(name, name)))


def number(value: int) -> Cell:
    """Return a cell with a number."""
    return Cell(number=Decimal(value))


ROWS = [
    [thing("A"), Cell(status="holds"), number(3)],
    [thing("B"), Cell(status="ended"), number(9)],
    [thing("C"), Cell(status="holds"), number(0)],
]
COLUMNS = ["partner", "status", "networks"]


def test_the_words_name_the_things_count_the_kinds_and_find_the_largest() -> None:
    summary = summarize(COLUMNS, ROWS)
    assert summary is not None
    assert (summary.column, summary.things) == ("partner", 3)
    assert [one.label.en for one in summary.names] == ["A", "B", "C"]
    assert summary.divided_by == "status"
    assert [share.number for share in summary.shares] == [2, 1]
    assert summary.top is not None
    assert (summary.top.column, summary.top.label.en, summary.top.number) == ("networks", "B", 9)


def test_of_two_that_are_largest_none_is_named() -> None:
    summary = summarize(COLUMNS, [*ROWS, [thing("D"), Cell(status="holds"), number(9)]])
    assert summary is not None
    assert summary.top is None


def test_a_picture_has_the_numbers_in_the_order_of_the_rows() -> None:
    bars = make_bars(COLUMNS, ROWS)
    assert bars is not None
    assert (bars.by, bars.column, bars.all) == ("partner", "networks", 3)
    assert [(bar.label.en, bar.number, bar.share) for bar in bars.bars] == [
        ("A", 3, 33.3), ("B", 9, 100.0), ("C", 0, 0.0),
    ]  # fmt: skip


def test_without_numbers_the_rows_of_a_kind_are_counted() -> None:
    bars = make_bars(COLUMNS[:2], [row[:2] for row in ROWS])
    assert bars is not None
    assert (bars.by, bars.column) == ("status", "")
    assert [bar.number for bar in bars.bars] == [2, 1]


def test_money_in_two_currencies_is_not_compared() -> None:
    rows = [[thing("A"), number(5), Cell(text="EUR")], [thing("B"), number(7), Cell(text="TRY")]]
    assert make_bars(["project", "amount", "currency"], rows) is None
    summary = summarize(["project", "amount", "currency"], rows)
    assert summary is not None
    assert summary.top is None


@pytest.mark.parametrize("rows", [[], [[Cell(text="x")]], [[Cell()]]])
def test_what_names_nothing_has_no_words_and_no_picture(rows: list[list[Cell]]) -> None:
    assert summarize(["about"], rows) is None
    assert make_bars(["about"], rows) is None


def test_one_number_makes_no_picture() -> None:
    assert make_bars(["partner", "networks"], [[thing("A"), number(3)]]) is None
