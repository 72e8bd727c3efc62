"""Choices to learn from: ties taken out of the tables fold by fold, with sampled others beside them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.ranking.choice import Choices
from graph.ranking.feature import Floats
from graph.ranking.features import FeatureMaker, make_ties
from graph.ranking.prior import CountryPrior
from graph.ranking.run import Run
from graph.ranking.tables import WorldTables

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Plan", "sample_choices", "split_folds"]

Scores = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Plan:
    """How many choices to make, from how many folds of ties, with how many others each."""

    folds: int
    choices: int
    others: int


#: Where the sampled others come from: the model's own favourites, cities with ties, any city.
_FAVOURITES, _TIED, _ANY = 0.85, 0.10, 0.05
#: Favourites are drawn from a flatter distribution than the model's own.
_FLATTER = 0.8


def split_folds(
    twins: NDArray[np.int32], n: int, folds: int, rng: np.random.Generator
) -> list[NDArray[np.int64]]:
    """Return disjoint sets of ties, a tenth each, such that without one of them both its ends keep a tie."""
    order = rng.permutation(len(twins))
    degree = np.bincount(twins.ravel(), minlength=n)
    used = np.zeros(len(twins), dtype=bool)
    return [_take_fold(twins, order, degree.copy(), used) for _ in range(folds)]


def _take_fold(
    twins: NDArray[np.int32], order: NDArray[np.int64], degree: NDArray[np.int64], used: NDArray[np.bool_]
) -> NDArray[np.int64]:
    taken: list[int] = []
    most = max(1, len(twins) // 10)
    for place in order:
        a, b = twins[place]
        if used[place] or degree[a] < 2 or degree[b] < 2:
            continue
        degree[a] -= 1
        degree[b] -= 1
        used[place] = True
        taken.append(int(place))
        if len(taken) == most:
            break
    return np.array(taken, dtype=np.int64)


def sample_choices(
    tables: WorldTables,
    folds: Sequence[NDArray[np.int64]],
    plan: Plan,
    run: Run,
    score: Scores | None = None,
) -> Choices:
    """Return choices, their features made from tables without the fold's ties.

    Parameters
    ----------
    tables
        The world with all ties.
    folds
        Ties to learn from, as places in ``tables.twins``; as many as the plan says are used.
    plan
        How many.
    run
        Chance and progress.
    score
        From features to scores: draws the others; without it they are drawn by number of ties.
    """
    features: list[NDArray[np.float16]] = []
    offsets: list[NDArray[np.float32]] = []
    partners = make_ties(tables)
    each = -(-plan.choices // plan.folds)
    for number, fold in enumerate(folds[: plan.folds], 1):
        kept = np.delete(tables.twins, fold, axis=0)
        maker = FeatureMaker(tables.with_twins(kept), CountryPrior())
        asked = np.concatenate([tables.twins[fold], tables.twins[fold][:, ::-1]])
        asked = asked[run.rng.permutation(len(asked))[:each]]
        sampler = _Sampler(maker, partners, plan.others, run.rng, score)
        for choice, offset in sampler.choices(asked):
            features.append(choice)
            offsets.append(offset)
        run.on_step(f"sample {number} {plan.folds}")
    order = run.rng.permutation(len(features))
    return Choices(
        np.stack([features[place] for place in order]), np.stack([offsets[place] for place in order])
    )


@dataclass(frozen=True)
class _Sampler:
    """Puts sampled others beside the chosen ones; ``partners`` has all ties, the fold's too."""

    maker: FeatureMaker
    partners: "csr_matrix"
    others: int
    rng: np.random.Generator
    score: Scores | None

    def choices(self, asked: NDArray[np.int32]) -> Iterator[tuple[NDArray[np.float16], NDArray[np.float32]]]:
        """Yield the features and offsets of each choice."""
        for city in np.unique(asked[:, 0]):
            made = self.maker.make(int(city))
            weights = self._weights(made)
            weights[city] = 0
            weights[self.partners[city].indices] = 0
            if weights.sum() <= 0:
                continue
            for chosen in asked[asked[:, 0] == city, 1]:
                drawn, offset = _draw(weights / weights.sum(), self.others, self.rng)
                places = np.r_[chosen, drawn]
                yield made[:, places].T.astype(np.float16), np.r_[0, offset].astype(np.float32)

    def _weights(self, made: Floats) -> NDArray[np.float64]:
        """Return how likely each city is to be drawn."""
        degree = self.maker.walks.degree.astype(np.float64)
        tied = (degree > 0) / max(float((degree > 0).sum()), 1)
        if self.score is None:
            return 0.5 * tied + 0.3 * degree / max(float(degree.sum()), 1) + 0.2 / len(degree)
        scores = _FLATTER * self.score(made).astype(np.float64)
        favourites = np.exp(scores - scores.max())
        weights: NDArray[np.float64] = (
            _FAVOURITES * favourites / favourites.sum() + _TIED * tied + _ANY / len(degree)
        )
        return weights


def _draw(
    chances: NDArray[np.float64], count: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return places drawn with replacement, and the logs of their weights."""
    heap = np.cumsum(chances)
    places = np.minimum(np.searchsorted(heap, rng.random(count) * heap[-1]), len(chances) - 1)
    return places, -np.log(count * np.maximum(chances[places], 1e-30))
