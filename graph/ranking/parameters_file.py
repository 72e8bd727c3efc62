"""What training finds and ranking needs: one small text file.

It holds coefficients, trees over features, and ties between countries in tens: no city, no
administrative unit, no vector of any of them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.ranking.features import FEATURES
from graph.ranking.prior import CountryPrior
from graph.ranking.trees import Forest
from ontology.errors import RecordError
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["LinearModel", "Parameters", "load_parameters", "shipped_parameters"]

FORMAT = "kopru ranking parameters 1"


@dataclass(frozen=True)
class LinearModel:
    """A coefficient for each feature, and the mean from which the feature is counted.

    Parameters
    ----------
    coefficients, means
        In the order of ``FEATURES``.
    """

    coefficients: NDArray[np.float64]
    means: NDArray[np.float64]

    def to_plain(self) -> dict[str, list[float]]:
        """Return feature → coefficient and mean, without those that have no weight."""
        return {
            feature.name: [float(f"{weight:.6g}"), float(f"{mean:.6g}")]
            for feature, weight, mean in zip(FEATURES, self.coefficients, self.means, strict=True)
            if weight
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, list[float]]) -> "LinearModel":
        """Return the model of a file."""
        pairs = np.array([plain.get(feature.name, [0.0, 0.0]) for feature in FEATURES])
        return cls(pairs[:, 0], pairs[:, 1])


@dataclass(frozen=True)
class Parameters:
    """A trained model, and where it is from.

    Parameters
    ----------
    linear
        The conditional logit over all features.
    local
        The same over what can be known without a world of ties; for thin tables.
    forest
        Trees on the score of ``linear``.
    prior
        Ties between countries.
    data
        Digest of the tables it was trained on.
    trained_on, seed
        Date of the training, and its seed.
    metrics
        Measured on ties that the training did not see.
    """

    linear: LinearModel
    local: LinearModel
    forest: Forest
    prior: CountryPrior
    data: str
    trained_on: str
    seed: int
    metrics: Mapping[str, float] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write them as JSON; the same parameters give the same bytes."""
        plain = {
            "format": FORMAT, "data": self.data, "trained_on": self.trained_on, "seed": self.seed,
            "metrics": dict(self.metrics), "linear": self.linear.to_plain(), "local": self.local.to_plain(),
            "countries": {"total": self.prior.total, "cells": dict(self.prior.cells)},
            "features": [feature.name for feature in FEATURES], "forest": self.forest.to_plain(),
        }  # fmt: skip
        path.write_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def load_parameters(path: Path) -> Parameters:
    """Return the parameters of a file.

    Raises
    ------
    RecordError
        The file can't be read, or is not one of parameters that this version writes.
    """
    try:
        return _from_plain(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise RecordError(
            N_("can't be opened: {reason}"), file=str(path), line=None, reason=reason_of(error)
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise RecordError(
            N_("holds no parameters that this version reads. Make them anew with 'kopru train'."),
            file=path.name, line=None,
        ) from error  # fmt: skip


@cache
def shipped_parameters() -> Parameters:
    """Return the parameters that come with the program."""
    return _from_plain(json.loads((files("graph.ranking.parameters") / "world.json").read_text("utf-8")))


def _from_plain(plain: Mapping[str, Any]) -> Parameters:
    if plain["format"] != FORMAT or plain["features"] != [feature.name for feature in FEATURES]:
        raise ValueError(plain["format"])
    return Parameters(
        LinearModel.from_plain(plain["linear"]), LinearModel.from_plain(plain["local"]),
        Forest.from_plain(plain["forest"]),
        CountryPrior(plain["countries"]["total"], plain["countries"]["cells"]),
        plain["data"], plain["trained_on"], plain["seed"], plain["metrics"],
    )  # fmt: skip
