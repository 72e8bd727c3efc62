"""LambdaMART on the ranker's features and choices: what a common library makes of them.

LightGBM is no part of the program; where it is not installed, the report card is made without it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.ranking.choice import Choices

__all__ = ["LambdaMart", "train_lambdamart"]

_TREES = 150
_OPTIONS = {
    "objective": "lambdarank", "num_leaves": 15, "learning_rate": 0.1, "min_data_in_leaf": 50,
    "lambdarank_truncation_level": 50, "verbosity": -1, "num_threads": 1, "deterministic": True,
}  # fmt: skip


class LambdaMart:
    """A trained booster."""

    def __init__(self, booster: Any) -> None:
        self._booster = booster

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a score for each column of features × candidates."""
        found: NDArray[np.float64] = self._booster.predict(features.T, num_threads=1)
        return found


def train_lambdamart(choices: Choices, *, seed: int) -> LambdaMart:
    """Train on choices: the chosen city before the others, whatever their weights."""
    import lightgbm

    count, candidates, width = choices.features.shape
    chosen = np.zeros((count, candidates), dtype=np.int8)
    chosen[:, 0] = 1
    data = lightgbm.Dataset(
        choices.features.reshape(-1, width).astype(np.float32),
        label=chosen.ravel(),
        group=np.full(count, candidates),
    )
    return LambdaMart(lightgbm.train({**_OPTIONS, "seed": seed}, data, num_boost_round=_TREES))
