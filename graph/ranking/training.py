"""From tables to parameters, reproducibly: the same tables and seed give the same parameters.

First a rough logit on few choices whose others are drawn by number of ties; then choices whose
others are drawn by that logit, on which the logit proper is fitted and trees are grown. One fold of
ties is learnt from by none of them: on it the metrics in the parameters are measured.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from graph.ranking.choice import Choices, fit_logit
from graph.ranking.feature import Floats
from graph.ranking.features import FEATURES
from graph.ranking.growing import Growth, grow_forest
from graph.ranking.measuring import measure
from graph.ranking.parameters_file import LinearModel, Parameters
from graph.ranking.prior import make_prior
from graph.ranking.run import Run
from graph.ranking.sampling import Plan, sample_choices, split_folds
from graph.ranking.tables import WorldTables
from ontology.errors import KopruError
from ontology.messages import N_

__all__ = ["FULL", "Effort", "digest_of", "train"]

#: Fewer ties teach nothing.
FEWEST_TIES = 50


@dataclass(frozen=True)
class Effort:
    """How much work to put into a training.

    Parameters
    ----------
    rough, proper
        Choices for the first, rough logit; for the logit proper and the trees.
    growth
        How the trees are grown.
    logit
        Of the proper choices, how many the logit is fitted on.
    measured
        How many choices of a fold that is not learnt from to foretell.
    """

    rough: Plan
    proper: Plan
    growth: Growth
    logit: int = 8_000
    measured: int = 600


FULL = Effort(
    rough=Plan(folds=2, choices=1_400, others=150),
    proper=Plan(folds=6, choices=20_000, others=80),
    growth=Growth(),
)


def train(
    tables: WorldTables,
    *,
    seed: int = 0,
    on_step: Callable[[str], None] = lambda _: None,
    effort: Effort = FULL,
    on_choices: Callable[[Choices], None] = lambda _: None,
) -> Parameters:
    """Return the parameters learnt from all ties of the tables.

    Parameters
    ----------
    tables
        The world; ties to be tested must not be in it.
    seed
        Of everything random.
    on_step
        Told of progress: ``sample 2 6``, ``fit``, ``grow 50 250``, ``measure``.
    effort
        How much work; less for trials and tests.
    on_choices
        Given the choices that are learnt from, for another model to learn from them too.

    Raises
    ------
    KopruError
        There are too few ties to learn from.
    """
    if len(tables.twins) < FEWEST_TIES:
        raise KopruError(
            N_("There are {count} ties to learn from; at least {fewest} are needed."),
            count=len(tables.twins), fewest=FEWEST_TIES,
        )  # fmt: skip
    run = Run(np.random.default_rng(seed), on_step)
    folds = split_folds(tables.twins, len(tables), effort.proper.folds + 1, run.rng)
    rough, _ = fit_logit(sample_choices(tables, folds, effort.rough, run), FEATURES)
    choices = sample_choices(tables, folds, effort.proper, run, _scorer(rough))
    on_choices(choices)
    on_step("fit")
    few = choices.head(effort.logit)
    linear = LinearModel(*fit_logit(few, FEATURES))
    found = Parameters(
        linear=linear, local=_fit_local(few),
        forest=grow_forest(choices, _score(choices, linear), FEATURES, effort.growth, run),
        prior=make_prior(tables), data=digest_of(tables),
        trained_on=datetime.now(UTC).date().isoformat(), seed=seed,
    )  # fmt: skip
    on_step("measure")
    return replace(found, metrics=measure(tables, folds[-1], found, effort.measured))


def _scorer(coefficients: NDArray[np.float64]) -> Callable[[Floats], Floats]:
    weights = coefficients.astype(np.float32)
    return lambda features: weights @ features


def _score(choices: Choices, linear: LinearModel) -> NDArray[np.float64]:
    """Return the logit's scores, choices × candidates, up to a constant."""
    weights = linear.coefficients.astype(np.float32)
    parts = [part.astype(np.float32) @ weights for part in np.array_split(choices.features, 20)]
    return np.concatenate(parts).astype(np.float64)


def _fit_local(choices: Choices) -> LinearModel:
    """Return the logit over the features that need no world of ties."""
    places = [place for place, feature in enumerate(FEATURES) if feature.local]
    some = Choices(choices.features[:, :, places], choices.offsets)
    coefficients, means = np.zeros((2, len(FEATURES)))
    coefficients[places], means[places] = fit_logit(some, [FEATURES[place] for place in places])
    return LinearModel(coefficients, means)


def digest_of(tables: WorldTables) -> str:
    """Return a short digest of ids and ties: the version of the data."""
    text = sha256("\n".join(tables.city_ids).encode())
    text.update(np.ascontiguousarray(tables.twins).tobytes())
    return text.hexdigest()[:16]
