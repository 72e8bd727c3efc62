r"""Choosing members as an integer program, solved exactly by HiGHS (``scipy.optimize.milp``).

With a weight :math:`w_i \in [0, 1]` of each candidate, ``x`` for who is in, ``y`` for which countries and
``z`` for which themes are there:

.. math::

    \max \frac{1}{s} \sum_i w_i x_i + \frac{1}{|T|} \sum_t z_t
    \quad \text{with} \quad \sum_i x_i = s, \;
    y_c \le \sum_{i \in c} x_i, \; \sum_c y_c \ge m, \; z_t \le \sum_{i \ni t} x_i .

Candidates of one country with the same of the wanted themes differ in weight only, so that of each such class
but the best few can ever be in an answer: the others are left out beforehand, which changes no optimum and
keeps a thousand candidates quick.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CONDITIONS",
    "Condition",
    "Option",
    "Problem",
    "Solution",
    "find_failing",
    "solve",
    "solve_several",
]

Condition = Literal["eligible_countries", "minimum_countries", "size", "most_per_country", "all_themes"]
CONDITIONS: tuple[Condition, ...] = get_args(Condition)

#: Seconds that one program may take; then the best found so far is told with its gap.
SECONDS = 2.0


@dataclass(frozen=True)
class Option:
    """A candidate: its weight from 0 to 1, its country, and the themes that it has."""

    weight: float
    country: str
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """What is asked for; the applicant itself is not among the options.

    Parameters
    ----------
    members
        How many are to be chosen besides the applicant.
    own_country
        Counts as a country that is there; empty: not known.
    minimum_countries
        With the applicant's own.
    eligible
        Countries whose cities may be members; empty: all.
    themes
        Wanted; with ``all_themes`` each has to be covered, ``own_themes`` by the applicant already.
    most_per_country
        How many options of one country may be in; ``None``: any number.
    """

    options: tuple[Option, ...]
    members: int
    own_country: str = ""
    minimum_countries: int = 1
    eligible: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    own_themes: frozenset[str] = frozenset()
    all_themes: bool = False
    most_per_country: int | None = None

    def without(self, condition: Condition) -> "Problem":
        """Return the problem with one condition dropped; of the size one member is asked for."""
        dropped: dict[Condition, dict[str, object]] = {
            "eligible_countries": {"eligible": frozenset()},
            "minimum_countries": {"minimum_countries": 1},
            "size": {"members": 1},
            "most_per_country": {"most_per_country": None},
            "all_themes": {"all_themes": False},
        }
        return replace(self, **dropped[condition])  # type: ignore[arg-type]


@dataclass(frozen=True)
class Solution:
    """Who is chosen (places among the options), the value, and how far it may be from the best.

    ``gap`` is relative: 0 is proven to be the best, 0.02 at most a fiftieth below it.
    """

    chosen: tuple[int, ...]
    value: float
    gap: float

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists."""
        return self.gap < 1e-6


def solve_several(problem: Problem, most: int, seconds: float = SECONDS) -> Iterator[Solution]:
    """Yield up to ``most`` solutions, the best first, each with half of its members new to all before."""
    before: list[tuple[int, ...]] = []
    for _ in range(most):
        found = solve(problem, before, seconds, spare=most)
        if found is None:
            return
        yield found
        before.append(found.chosen)


def solve(
    problem: Problem, before: Sequence[tuple[int, ...]] = (), seconds: float = SECONDS, *, spare: int = 1
) -> Solution | None:
    """Return the best choice; ``None`` when no choice meets all conditions.

    Parameters
    ----------
    before
        Choices of which at most half may be taken again.
    seconds
        What it may take.
    spare
        How many times the number of members is kept of each class: one more than ``before`` at least.
    """
    places = _reduce(problem, max(spare, len(before) + 1))
    if problem.members < 1 or len(places) < problem.members:
        return None
    options = [problem.options[place] for place in places]
    countries = sorted({one.country for one in options})
    themes = sorted((problem.themes - problem.own_themes) & set().union(*(one.themes for one in options)))
    if problem.all_themes and set(themes) != problem.themes - problem.own_themes:
        return None
    program = _Program(problem, options, countries, themes)
    program.add_before([[row for row, place in enumerate(places) if place in set(one)] for one in before])
    return program.run(places, seconds)


class _Program:
    """Rows and bounds of the program; the variables are x, then y, then z."""

    def __init__(
        self, problem: Problem, options: Sequence[Option], countries: list[str], themes: list[str]
    ) -> None:
        self.problem = problem
        self.sizes = (len(options), len(countries), len(themes))
        self.rows: list[NDArray[np.float64]] = []
        self.bounds: list[tuple[float, float]] = []
        inside = np.array([[one.country == c for one in options] for c in countries], dtype=np.float64)
        having = np.array([[t in one.themes for one in options] for t in themes], dtype=np.float64)
        self._choose(options)
        self._cover(inside, offset=len(options))
        self._cover(having.reshape(len(themes), len(options)), offset=len(options) + len(countries))
        self._count_countries(countries)
        if problem.most_per_country is not None:
            for row in inside:
                self._add(self._padded(x=row), -np.inf, problem.most_per_country)

    def _choose(self, options: Sequence[Option]) -> None:
        wanted = len(self.problem.themes)
        weights = np.array([one.weight for one in options]) / self.problem.members
        gain = np.full(self.sizes[2], 1.0 / wanted if wanted else 0.0)
        self.gains = self._padded(x=weights, z=gain)
        self._add(self._padded(x=np.ones(len(options))), self.problem.members, self.problem.members)

    def _cover(self, having: NDArray[np.float64], offset: int) -> None:
        """Let nothing be there that nobody brings."""
        for place, row in enumerate(having):
            padded = self._padded(x=row)
            padded[offset + place] = -1.0
            self._add(padded, 0.0, np.inf)

    def _count_countries(self, countries: list[str]) -> None:
        others = np.array([float(one != self.problem.own_country) for one in countries])
        own = int(bool(self.problem.own_country))
        self._add(self._padded(y=others), self.problem.minimum_countries - own, np.inf)
        if self.problem.all_themes:
            self._add(self._padded(z=np.ones(self.sizes[2])), self.sizes[2], np.inf)

    def add_before(self, rows: list[list[int]]) -> None:
        """Let at most half of each earlier choice in again."""
        for chosen in rows:
            row = np.zeros(self.sizes[0])
            row[chosen] = 1.0
            self._add(self._padded(x=row), -np.inf, self.problem.members - ceil(self.problem.members / 2))

    def _padded(
        self,
        x: NDArray[np.float64] | None = None,
        y: NDArray[np.float64] | None = None,
        z: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        parts = [
            np.zeros(size) if part is None else part for part, size in zip((x, y, z), self.sizes, strict=True)
        ]
        return np.concatenate(parts)

    def _add(self, row: NDArray[np.float64], least: float, most: float) -> None:
        self.rows.append(row)
        self.bounds.append((least, most))

    def run(self, places: list[int], seconds: float) -> Solution | None:
        """Return the choice in places of the whole problem."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_matrix

        least, most = np.array(self.bounds).T
        answer = milp(
            -self.gains,
            integrality=np.ones(sum(self.sizes)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(csr_matrix(np.array(self.rows)), least, most),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if answer.x is None:
            return None
        chosen = tuple(places[row] for row in np.flatnonzero(answer.x[: self.sizes[0]] > 0.5))
        return Solution(chosen, value_of(self.problem, chosen), float(answer.mip_gap or 0.0))


def value_of(problem: Problem, chosen: Sequence[int]) -> float:
    """Return the value of a choice: mean weight, and the share of the wanted themes that it brings.

    What the applicant covers itself is counted as covered.
    """
    weight = sum(problem.options[place].weight for place in chosen) / problem.members
    if not problem.themes:
        return weight
    covered = problem.own_themes.union(*(problem.options[place].themes for place in chosen)) & problem.themes
    return weight + len(covered) / len(problem.themes)


def _reduce(problem: Problem, spare: int) -> list[int]:
    """Return the places of those that can be in one of several answers: the best of each class."""
    classes: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for place, one in enumerate(problem.options):
        if not problem.eligible or one.country in problem.eligible:
            classes[one.country, one.themes & problem.themes].append(place)
    kept = spare * problem.members
    best = (
        sorted(places, key=lambda place: (-problem.options[place].weight, place))[:kept]
        for places in classes.values()
    )
    return sorted(place for places in best for place in places)


def find_failing(problem: Problem) -> tuple[Condition, ...]:
    """Return the conditions each of which alone, when dropped, lets a choice be made; empty: none does."""
    return tuple(
        condition
        for condition in CONDITIONS
        if problem.without(condition) != problem and solve(problem.without(condition)) is not None
    )
