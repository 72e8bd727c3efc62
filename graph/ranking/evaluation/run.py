"""Asking methods: chunks of cities are scored, the places of the right ones noted, the scores forgotten."""

from collections.abc import Callable, Iterator
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

__all__ = ["HITS", "MEASURES", "TOP", "Method", "Outcome", "run_method"]

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


def run_method(
    method: Method, queries: Queries, on_step: Callable[[int, int], None] | None = None
) -> Outcome:
    """Return what a method does with all queries.

    Parameters
    ----------
    method
        Asked once for each city.
    queries
        The same for all methods that are to be compared.
    on_step
        Called with the number of cities done and of all.

    Raises
    ------
    KopruError
        The method returned a score that is no number.
    """
    cities = np.unique(queries.sources)
    values = np.zeros((len(queries), len(MEASURES)))
    answered = np.zeros(len(queries), dtype=np.bool_)
    top: list[NDArray[np.int32]] = []
    told: list[Reliability] = []
    surest = np.zeros(len(queries))
    for done, part in _chunks(cities):
        asked = np.flatnonzero(np.isin(queries.sources, part))
        rows = np.searchsorted(part, queries.sources[asked])
        scores = _scores(method, part)
        right = scores[rows, queries.targets[asked]]
        wrong = _wrong(scores, rows, queries.negatives[asked])
        # Nan is neither before another score nor equal to it.
        scores[queries.known[part].nonzero()] = np.nan
        top.append(_first(scores, _lowest(scores)))
        answered[asked] = (top[-1][rows] >= 0).any(axis=1)
        if method.is_choice:
            surest[asked] = largest_chance(scores)[rows]
        scores[queries.held[part].nonzero()] = np.nan
        values[asked] = _measure(scores[rows], right, wrong)
        if method.is_choice:
            told.append(reliability_of(scores, rows, right))
        if on_step:
            on_step(done, len(cities))
    whole = sum(told[1:], told[0]) if told else None
    return Outcome(
        method.name, values, answered, np.concatenate(top), whole, surest if method.is_choice else None
    )


def _chunks(cities: NDArray[np.int32]) -> Iterator[tuple[int, NDArray[np.int32]]]:
    for start in range(0, len(cities), _CHUNK):
        part = cities[start : start + _CHUNK]
        yield start + len(part), part


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
