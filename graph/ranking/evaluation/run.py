"""Asking methods: chunks of cities are scored, the places of the right ones noted, the scores forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.calibration import Reliability, largest_chance, reliability_of
from graph.ranking.evaluation.measures import (
    average_precision,
    count_before,
    expected_hits,
    expected_reciprocal,
    hard_auc,
)
from graph.ranking.evaluation.queries import Queries
from ontology.errors import KopruError
from ontology.messages import N_

__all__ = ["HITS", "MEASURES", "TOP", "Method", "Outcome", "run_methods"]

#: Places among which the right one is looked for.
HITS = (1, 10, 50, 100)
#: What is measured of each query, in the order of the columns of ``Outcome.values``.
MEASURES = ("mrr", *(f"hits{k}" for k in HITS), "auc", "ap")
#: Length of the lists whose popular cities are counted.
TOP = 10
#: Cities scored at once: with 20,000 candidates a chunk takes some 10 MB an array.
_CHUNK = 64

Floats = NDArray[np.float64]


class Method(Protocol):
    """Something that scores all cities for some.

    ``is_choice``: the scores are logarithms of chances up to a constant of the row, so that
    their calibration can be measured.
    """

    @property
    def name(self) -> str:
        """The method's name, a word for programs."""

    @property
    def is_choice(self) -> bool:
        """Whether scores tell chances."""

    def score(self, sources: NDArray[np.int32]) -> Floats:
        """Return (s, n): higher is better; the row's own and known partners may have any value."""


@dataclass(frozen=True)
class Outcome:
    """What a method did with the queries.

    Parameters
    ----------
    name
        The method's.
    values
        (q, 7): one column for each of ``MEASURES``.
    answered
        Length q: the method tells some candidates apart.
    top
        (s, 10): for each city that asks, the ten that it would be shown first, held-out partners among them,
        in no order; -1 where the method does not tell so many apart.
    reliability, surest
        Told against seen chances, and for each query the largest chance told; ``None`` for a method
        whose scores are none.
    """

    name: str
    values: Floats
    answered: NDArray[np.bool_]
    top: NDArray[np.int32]
    reliability: Reliability | None = field(default=None, repr=False)
    surest: Floats | None = field(default=None, repr=False)


def run_methods(
    methods: Sequence[Method], queries: Queries, on_step: Callable[[int, int], None] | None = None
) -> tuple[Outcome, ...]:
    """Return what methods do with all queries, in the order of the methods.

    Parameters
    ----------
    methods
        Each is asked for the same chunk of cities before any is asked for the next.
    queries
        The same for all.
    on_step
        Called with the number of cities done and of all.

    Raises
    ------
    KopruError
        A method returned a score that is no number.
    """
    cities = np.unique(queries.sources)
    tallies = [_Tally(method, queries) for method in methods]
    for start in range(0, len(cities), _CHUNK):
        chunk = _Chunk.of(cities[start : start + _CHUNK], queries)
        for tally in tallies:
            tally.take(chunk)
        if on_step:
            on_step(start + len(chunk.cities), len(cities))
    return tuple(tally.outcome() for tally in tallies)


@dataclass(frozen=True)
class _Chunk:
    """Some cities, the queries that they ask (``asked``) and the row of each of these (``rows``)."""

    cities: NDArray[np.int32]
    asked: NDArray[np.intp]
    rows: NDArray[np.intp]
    known: tuple[NDArray[np.int32], NDArray[np.int32]]
    held: tuple[NDArray[np.int32], NDArray[np.int32]]

    @classmethod
    def of(cls, cities: NDArray[np.int32], queries: Queries) -> "_Chunk":
        asked = np.flatnonzero(np.isin(queries.sources, cities))
        rows = np.searchsorted(cities, queries.sources[asked])
        return cls(cities, asked, rows, queries.known[cities].nonzero(), queries.held[cities].nonzero())


class _Tally:
    """What one method has done so far."""

    def __init__(self, method: Method, queries: Queries) -> None:
        self._method, self._queries = method, queries
        self._values = np.zeros((len(queries), len(MEASURES)))
        self._answered = np.zeros(len(queries), dtype=np.bool_)
        self._surest = np.zeros(len(queries))
        self._top: list[NDArray[np.int32]] = []
        self._told: list[Reliability] = []

    def take(self, chunk: _Chunk) -> None:
        """Ask the method for a chunk of cities and note what comes."""
        queries, asked, rows = self._queries, chunk.asked, chunk.rows
        scores = _scores(self._method, chunk.cities)
        right = scores[rows, queries.targets[asked]]
        wrong = _wrong(scores, rows, queries.negatives[asked])
        # Nan is neither before another score nor equal to it.
        scores[chunk.known] = np.nan
        top = _first(scores, _lowest(scores))
        self._top.append(top)
        self._answered[asked] = (top[rows] >= 0).any(axis=1)
        if self._method.is_choice:
            self._surest[asked] = largest_chance(scores)[rows]
        scores[chunk.held] = np.nan
        self._values[asked] = _measure(scores[rows], right, wrong)
        if self._method.is_choice:
            self._told.append(reliability_of(scores, rows, right))

    def outcome(self) -> Outcome:
        """Return what was noted."""
        told = self._told
        return Outcome(
            name=self._method.name,
            values=self._values,
            answered=self._answered,
            top=np.concatenate(self._top),
            reliability=sum(told[1:], told[0]) if told else None,
            surest=self._surest if told else None,
        )


def _scores(method: Method, part: NDArray[np.int32]) -> Floats:
    scores = np.array(method.score(part), dtype=np.float64)
    if np.isnan(scores).any():
        raise KopruError(N_("The method '{name}' returned a score that is no number."), name=method.name)
    return scores


def _wrong(scores: Floats, rows: NDArray[np.intp], negatives: NDArray[np.int32]) -> Floats:
    found = scores[rows[:, None], negatives]
    return np.where(negatives < 0, np.nan, found)


def _measure(scores: Floats, right: Floats, wrong: Floats) -> Floats:
    before, equal = count_before(scores, right)
    return np.column_stack(
        [
            expected_reciprocal(before, equal),
            *(expected_hits(before, equal, k) for k in HITS),
            hard_auc(right, wrong),
            average_precision(right, wrong),
        ]
    )


def _lowest(scores: Floats) -> Floats:
    found: Floats = np.fmin.reduce(scores, axis=1)
    return found


def _first(scores: Floats, lowest: Floats) -> NDArray[np.int32]:
    """Return the first ten of each row; those that share the row's lowest score are not told apart."""
    known = np.where(np.isnan(scores), -np.inf, scores)
    count = min(TOP, scores.shape[1])
    places = np.argpartition(known, -count, axis=1)[:, -count:]
    kept = np.take_along_axis(known, places, axis=1) > lowest[:, None]
    found = np.full((len(scores), TOP), -1, dtype=np.int32)
    found[:, :count] = np.where(kept, places, -1)
    return found
