"""An answer in words and as a picture, for people who would not read a table.

The words say what it is about, how its rows divide, which number is the largest. Made of the same cells
as the table beside it. Nothing is worked out that the table does not show: the words count its rows, and
a bar is one of its numbers or the number of its rows of a kind.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rdflib import URIRef

from graph.library import load_query
from graph.model import Label, Reference
from graph.questions import Questions
from ontology.messages import Language, translate
from viz.kinds import GRADE_LABELS, STATUS_LABELS
from viz.pages import thing_path
from viz.questions import Cell

__all__ = ["AnswerBar", "Bars", "Share", "Summary", "Top", "find_places", "make_bars", "summarize"]

#: Names told one by one, and bars drawn.
_NAMED = 5
_DRAWN = 15
#: Numbers that are no amount of anything.
_NO_AMOUNT = ("position", "year", "percent", "minimumPartners", "minimumCountries")
_KINDS = ("status", "grade", "kind", "state", "role", "theme", "programme", "country", "change")


@dataclass(frozen=True)
class Share:
    """How many rows have one value in a column."""

    label: Label
    number: int


@dataclass(frozen=True)
class Top:
    """The largest number of a column, and whose it is."""

    column: str
    label: Label
    number: Decimal


@dataclass(frozen=True)
class Summary:
    """An answer in words: the things of its first column, how its rows divide, the largest number.

    ``names`` are the first few of ``things`` different ones.
    """

    column: str
    things: int
    names: tuple[Reference, ...]
    divided_by: str = ""
    shares: tuple[Share, ...] = ()
    top: Top | None = None


@dataclass(frozen=True)
class AnswerBar:
    """One bar; ``share`` is its length in percent of the longest."""

    label: Label
    number: Decimal
    share: float


@dataclass(frozen=True)
class Bars:
    """A picture: the numbers of ``column`` by ``by``; of rows, when ``column`` is empty.

    ``all`` is how many bars there would be.
    """

    by: str
    column: str
    bars: tuple[AnswerBar, ...]
    all: int


Rows = Sequence[Sequence[Cell]]


def summarize(columns: Sequence[str], rows: Rows) -> Summary | None:
    """Return an answer in words; ``None`` when it has no rows, or names nothing."""
    place = _first_things(columns, rows)
    if place is None:
        return None
    things = list({cell.iri: cell for row in rows if (cell := row[place].reference)}.values())
    divided_by, shares = _divide(columns, rows, place)
    return Summary(
        column=columns[place],
        things=len(things),
        names=tuple(things[:_NAMED]),
        divided_by=divided_by,
        shares=shares,
        top=_find_top(columns, rows, place),
    )


def make_bars(columns: Sequence[str], rows: Rows) -> Bars | None:
    """Return a picture of an answer; ``None`` where nothing is to be compared."""
    place = _first_things(columns, rows)
    amounts = _amounts(columns, rows)
    if amounts:
        by = (
            place
            if place is not None
            else next((at for at in range(len(columns)) if at not in amounts), None)
        )
        if by is not None and len(rows) > 1:
            return _bars_of(columns, rows, by, amounts[0])
    for name in _KINDS:
        if name in columns and (found := _count(columns, rows, columns.index(name))):
            return found
    return None


def _first_things(columns: Sequence[str], rows: Rows) -> int | None:
    return next((at for at in range(len(columns)) if any(row[at].reference for row in rows)), None)


def _amounts(columns: Sequence[str], rows: Rows) -> list[int]:
    """Return the places of columns of numbers that can be compared: not of money in several currencies."""
    if "currency" in columns:
        place = columns.index("currency")
        if len({row[place].text for row in rows if row[place].text}) > 1:
            return []
    return [
        at
        for at, name in enumerate(columns)
        if name not in _NO_AMOUNT and any(row[at].number is not None for row in rows)
    ]


def _find_top(columns: Sequence[str], rows: Rows, place: int) -> Top | None:
    amounts = [at for at in _amounts(columns, rows) if at != place]
    if not amounts or len(rows) < 2:
        return None
    known = [(row[amounts[0]].number, _label(row[place])) for row in rows]
    named = [(number, label) for number, label in known if number is not None and label is not None]
    if not named:
        return None
    number, label = max(named, key=lambda pair: pair[0])
    is_alone = len({label for other, label in named if other == number}) == 1
    return Top(columns[amounts[0]], label, number) if is_alone else None


def _divide(columns: Sequence[str], rows: Rows, place: int) -> tuple[str, tuple[Share, ...]]:
    """Return by what the rows divide into a few kinds, and how many are of each."""
    for name in _KINDS:
        at = columns.index(name) if name in columns else place
        counts = _count_labels(row[at] for row in rows)
        if at != place and 1 <= len(counts) <= _NAMED and sum(counts.values()) > 1:
            shares = tuple(Share(label, number) for label, number in counts.most_common())
            return name, shares
    return "", ()


def _count_labels(cells: Iterable[Cell]) -> Counter[Label]:
    return Counter(label for cell in cells if (label := _label(cell)) is not None)


def _count(columns: Sequence[str], rows: Rows, place: int) -> Bars | None:
    counts = _count_labels(row[place] for row in rows)
    if len(counts) < 2 or len(counts) == len(rows):
        return None
    return _draw(columns[place], "", [(label, Decimal(number)) for label, number in counts.most_common()])


def _bars_of(columns: Sequence[str], rows: Rows, by: int, amount: int) -> Bars | None:
    # A thing in several rows has the same number in each of them.
    numbers: dict[Label, Decimal] = {}
    for row in rows:
        label, number = _label(row[by]), row[amount].number
        if label is not None and number is not None:
            numbers[label] = max(number, numbers.get(label, number))
    if len(numbers) < 2:
        return None
    return _draw(columns[by], columns[amount], list(numbers.items()))


def _draw(by: str, column: str, numbers: list[tuple[Label, Decimal]]) -> Bars | None:
    longest = max((abs(number) for _, number in numbers), default=Decimal(0))
    if not longest:
        return None
    bars = tuple(
        AnswerBar(label, number, round(float(100 * abs(number) / longest), 1))
        for label, number in numbers[:_DRAWN]
    )
    return Bars(by, column, bars, len(numbers))


def _label(cell: Cell) -> Label | None:
    if cell.reference:
        return cell.reference.label
    if cell.status:
        return _said(STATUS_LABELS[cell.status])
    if cell.grade:
        return _said(GRADE_LABELS[cell.grade])
    text = cell.text or (str(cell.number) if cell.number is not None else "")
    return Label(text, text) if text else None


def _said(message: str) -> Label:
    return Label(translate(message, "tr"), translate(message, "en"))


def find_places(questions: Questions, rows: Rows, language: Language) -> list[dict[str, Any]]:
    """Return the things of an answer that have a place, for a map; fewer than two make none."""
    things = {str(cell.reference.iri): cell.reference for row in rows for cell in row if cell.reference}
    if not things:
        return []
    query = load_query("coordinates_of").bind(thing=map(URIRef, things))
    found = {str(row["thing"]): row for row in questions.revision.select(query)}
    places = [
        {
            "lat": float(str(row["latitude"])),
            "lon": float(str(row["longitude"])),
            "label": thing.label.get(language),
            "href": thing_path(thing),
        }
        for iri, thing in things.items()
        if (row := found.get(iri))
    ]
    return places if len(places) > 1 else []
