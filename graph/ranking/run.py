"""One run of a training: where chance comes from, and who is told of progress."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["Run"]


@dataclass(frozen=True)
class Run:
    """Handed down through a training.

    Parameters
    ----------
    rng
        The one source of chance: the same seed, the same parameters.
    on_step
        Told of progress: ``sample 2 6``, ``fit``, ``grow 50 250``.
    """

    rng: np.random.Generator
    on_step: Callable[[str], None]
