"""The ranker as a method among others, trained on the ties that are left."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.card import OURS
from graph.ranking.evaluation.worlds import TiedWorld

if TYPE_CHECKING:
    from graph.ranking.ranker import Ranker

__all__ = ["RankerMethod", "train_models"]


class RankerMethod:
    """Scores of a ranker that knows the whole world, for the cities that are candidates.

    Cities without ties are in its tables, as they are in use; only their scores are left out.
    """

    is_choice = True

    def __init__(self, ranker: "Ranker", places: NDArray[np.int32], name: str = OURS) -> None:
        self.name = name
        self._ranker, self._places = ranker, places

    def score(self, sources: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return (s, n)."""
        return np.stack([self._ranker.score_all(int(city))[self._places] for city in self._places[sources]])


def train_models(world: TiedWorld, seed: int, on_step: Callable[[str], None]) -> tuple[RankerMethod, ...]:
    """Train on the ties to learn from; nothing that was learnt from held-out ties is used."""
    from graph.ranking.ranker import Ranker
    from graph.ranking.training import train

    parameters = train(world.whole, seed=seed, on_step=on_step)
    return (RankerMethod(Ranker(world.whole, parameters), world.places),)
