"""What is asked of every method: for each held-out tie two queries, and who the candidates are.

Asked from each end, all cities are candidates but the city itself, its known partners and its other
held-out partners. Cities without a known tie are no candidates: no method that reads ties could find
them, and it would help those that read populations to be measured against so many villages.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.worlds import TiedWorld

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["NEGATIVES", "Queries", "make_queries"]

#: Wrong candidates for each right one in the test with hard negatives, half of them hard.
NEGATIVES = 100
#: Hard negatives are drawn from so many times their number, the nearest in degree.
_WINDOW = 2


@dataclass(frozen=True)
class Queries:
    """``q`` queries over ``n`` cities.

    Parameters
    ----------
    sources, targets
        Length q: the city that asks, and its held-out partner.
    tie
        Length q: place of the tie in the split's test part; two queries share one.
    known, held
        n × n, symmetric: ties learnt from and the city itself; ties held out or hidden.
        Neither are candidates.
    negatives
        (q, at most 100): wrong candidates, -1 where there are not so many; the first half is of the
        target's country and of a similar number of ties.
    """

    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    tie: NDArray[np.int32]
    known: "csr_matrix"
    held: "csr_matrix"
    negatives: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.sources)


def make_queries(world: TiedWorld, negatives: int = NEGATIVES, seed: int = 0) -> Queries:
    """Return the queries of a split; hard negatives are drawn once, so that all methods face the same."""
    split, cities = world.split, len(world)
    sources = np.concatenate([split.test[:, 0], split.test[:, 1]])
    targets = np.concatenate([split.test[:, 1], split.test[:, 0]])
    itself = np.repeat(np.arange(cities, dtype=np.int32)[:, None], 2, axis=1)
    known = _symmetric(np.concatenate([split.train, itself]), cities)
    held = _symmetric(np.concatenate([split.test, split.hidden]), cities)
    degree = np.bincount(split.train.ravel(), minlength=cities)
    draw = _Negatives(world.tables.country, degree, np.random.default_rng(seed))
    drawn = [
        draw.draw(int(target), np.concatenate([_row(known, source), _row(held, source)]), negatives)
        for source, target in zip(sources, targets, strict=True)
    ]
    return Queries(
        sources=sources, targets=targets, tie=np.tile(np.arange(len(split.test), dtype=np.int32), 2),
        known=known, held=held, negatives=np.array(drawn, dtype=np.int32),
    )  # fmt: skip


def _symmetric(ends: NDArray[np.int32], cities: int) -> "csr_matrix":
    from scipy.sparse import csr_matrix

    both = np.concatenate([ends, ends[:, ::-1]])
    return csr_matrix((np.ones(len(both), dtype=np.bool_), (both[:, 0], both[:, 1])), shape=(cities, cities))


def _row(matrix: "csr_matrix", row: int) -> NDArray[np.int32]:
    found: NDArray[np.int32] = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return found


class _Negatives:
    """Draws wrong candidates; cities of a country stand in the order of their ties, equals shuffled."""

    def __init__(
        self, country: NDArray[np.int16], degree: NDArray[np.int64], chance: np.random.Generator
    ) -> None:
        self._chance = chance
        self._country = country
        shuffled = chance.permutation(len(country)).astype(np.int32)
        order = shuffled[np.lexsort((degree[shuffled], country[shuffled]))]
        self._all = order
        self._of = {int(code): order[country[order] == code] for code in np.unique(country[order])}
        self._place = {int(city): place for cities in self._of.values() for place, city in enumerate(cities)}

    def draw(self, target: int, excluded: NDArray[np.int32], count: int) -> NDArray[np.int32]:
        """Return ``count`` wrong candidates: half hard ones, the rest from everywhere, -1 at the end."""
        hard = self._hard(target, excluded, count // 2)
        barred = np.concatenate([excluded, hard, [target]])
        drawn = self._chance.choice(
            self._all, size=min(3 * count + len(barred), len(self._all)), replace=False
        )
        rest = drawn[~np.isin(drawn, barred)][: count - len(hard)]
        found = np.full(count, -1, dtype=np.int32)
        found[: len(hard) + len(rest)] = np.concatenate([hard, rest])
        return found

    def _hard(self, target: int, excluded: NDArray[np.int32], count: int) -> NDArray[np.int32]:
        cities, place = self._of[int(self._country[target])], self._place[target]
        reach = _WINDOW * count // 2 + len(excluded)
        near = cities[max(0, place - reach) : place + reach + 1]
        fit = near[~np.isin(near, np.append(excluded, target))]
        return self._chance.choice(fit, size=min(count, len(fit)), replace=False)
