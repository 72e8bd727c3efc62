"""Our models as methods among others, trained on the ties that are left.

The ranker, its linear part alone, and (where LightGBM is installed) LambdaMART in place of its trees
share the features of a city, which are made once for all three.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.card import OURS
from graph.ranking.evaluation.worlds import TiedWorld

if TYPE_CHECKING:
    from graph.ranking.choice import Choices
    from graph.ranking.ranker import Ranker

__all__ = ["LAMBDAMART", "LINEAR", "ModelFamily", "ModelMethod", "SecondStage", "restage", "train_models"]

Floats = NDArray[np.float64]
LINEAR, LAMBDAMART = "linear", "lambdamart"


class SecondStage(Protocol):
    """Something that scores the first candidates of the linear model anew."""

    def score(self, features: NDArray[np.float32]) -> Floats:
        """Return a score for each column of features × candidates."""


class ModelFamily:
    """The scores of all our models for a chunk of cities; those of the last chunk are kept.

    Cities without ties are in the ranker's tables, as they are in use; their scores are left out.
    """

    def __init__(self, ranker: "Ranker", places: NDArray[np.int32], other: SecondStage | None) -> None:
        self._ranker, self._places, self._other = ranker, places, other
        self._chunk: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._scores: dict[str, Floats] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """What there is to be scored."""
        return (OURS, LINEAR, *((LAMBDAMART,) if self._other else ()))

    def score(self, name: str, sources: NDArray[np.int32]) -> Floats:
        """Return (s, n) of one model."""
        if not np.array_equal(sources, self._chunk):
            rows = [self._row(int(city)) for city in self._places[sources]]
            self._scores = {one: np.stack([row[one] for row in rows]) for one in self.names}
            self._chunk = sources
        return self._scores[name]

    def _row(self, city: int) -> dict[str, Floats]:
        row = {OURS: self._ranker.score_all(city)}
        features, row[LINEAR], first = self._ranker.look_into(city)
        if self._other:
            row[LAMBDAMART] = restage(row[LINEAR], first, self._other.score(features[:, first]))
        return {name: scores[self._places] for name, scores in row.items()}


def restage(linear: Floats, first: NDArray[np.int64], scores: Floats) -> Floats:
    """Return the second stage's scores where there are any, and the linear ones behind them."""
    if not len(first):
        return linear
    found: Floats = linear - linear.max() + scores.min() - 1.0
    found[first] = scores
    return found


class ModelMethod:
    """One model of the family."""

    def __init__(self, family: ModelFamily, name: str) -> None:
        self.name, self._family = name, family
        # LambdaMART learns an order, not chances.
        self.is_choice = name == OURS

    def score(self, sources: NDArray[np.int32]) -> Floats:
        """Return (s, n)."""
        return self._family.score(self.name, sources)


def train_models(world: TiedWorld, seed: int, on_step: Callable[[str], None]) -> tuple[ModelMethod, ...]:
    """Train on the ties to learn from; nothing that was learnt from held-out ties is used."""
    from graph.ranking.ranker import Ranker
    from graph.ranking.training import train

    others: list[SecondStage] = []

    def train_other(choices: "Choices") -> None:
        if not find_spec("lightgbm"):
            return
        from graph.ranking.evaluation.lambdamart import train_lambdamart

        on_step("lambdamart")
        others.append(train_lambdamart(choices, seed=seed))

    parameters = train(world.whole, seed=seed, on_step=on_step, on_choices=train_other)
    family = ModelFamily(Ranker(world.whole, parameters), world.places, others[0] if others else None)
    return tuple(ModelMethod(family, name) for name in family.names)
