r"""The conditional logit: a city chooses its next partner among all others.

.. math:: P(b \mid a) = \frac{\exp(\theta \cdot x_{ab})}{\sum_c \exp(\theta \cdot x_{ac})}

(McFadden 1974.) The sum runs over a sample of the others, each weighing one over how often it was
to be expected in it, so that the estimate stays that of the whole sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.ranking.feature import Feature

__all__ = ["Choices", "fit_logit", "softmax"]

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Choices:
    """Choices that were made: for each, the chosen candidate first, then sampled others.

    Parameters
    ----------
    features
        choices × candidates × features, half precision.
    offsets
        choices × candidates: log of each candidate's weight in the sum; 0 for the chosen one.
    """

    features: NDArray[np.float16]
    offsets: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.offsets)

    def head(self, count: int) -> "Choices":
        """Return the first so many."""
        return Choices(self.features[:count], self.offsets[:count])


def softmax(scores: Doubles) -> Doubles:
    """Return the chances in each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Doubles = powers / powers.sum(axis=1, keepdims=True)
    return chances


def fit_logit(
    choices: Choices, features: Sequence[Feature], *, ridge: float = 3e-4
) -> tuple[Doubles, Doubles]:
    """Return the coefficients, and the means of the features among the candidates.

    Coefficients keep to the features' directions.

    Parameters
    ----------
    choices
        What was chosen, among what.
    features
        Those of the last axis; a feature that never varies gets no weight.
    ridge
        Weight of the squared, standardised coefficients in the loss.
    """
    from scipy.optimize import minimize

    count, candidates, width = choices.features.shape
    sample = choices.features[:4000].reshape(-1, width).astype(np.float32)
    mean, spread = sample.mean(axis=0), sample.std(axis=0) + 1e-3
    table = ((choices.features.astype(np.float32) - mean) / spread).reshape(-1, width)

    def loss(theta: Doubles) -> tuple[float, Doubles]:
        scores = (table @ theta.astype(np.float32)).reshape(count, candidates) + choices.offsets
        chances = softmax(scores)
        found = -np.log(np.maximum(chances[:, 0], 1e-30)).mean()
        chances[:, 0] -= 1
        slope = table.T @ chances.ravel() / count
        return float(found + ridge / 2 * theta @ theta), slope.astype(np.float64) + ridge * theta

    bounds = [{1: (0, None), -1: (None, 0)}.get(one.direction, (None, None)) for one in features]
    found: Any = minimize(
        loss, np.zeros(width), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200}
    )
    return found.x / spread, mean.astype(np.float64)
