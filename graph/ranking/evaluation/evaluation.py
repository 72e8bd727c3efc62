"""The whole evaluation: settings, seeds, and the report card that comes of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Literal, get_args

from graph.ranking.evaluation.assess import LEAST_QUERIES, ask_all, sum_up
from graph.ranking.evaluation.card import Protocol, ReportCard, Setting
from graph.ranking.evaluation.intervals import RESAMPLES
from graph.ranking.evaluation.models import train_models
from graph.ranking.evaluation.pairs import Pairs, read_pairs
from graph.ranking.evaluation.queries import NEGATIVES
from graph.ranking.evaluation.run import Method
from graph.ranking.evaluation.splits import NEWER_LIST, Split, split_newer, split_random
from graph.ranking.evaluation.worlds import TiedWorld
from graph.ranking.tables import WorldTables

__all__ = ["RINGS", "Plan", "Rings", "Step", "evaluate"]

Rings = Literal["keep", "drop", "both"]
RINGS: tuple[Rings, ...] = get_args(Rings)


@dataclass(frozen=True)
class Step:
    """Where an evaluation is: the setting, which seed of how many, cities asked of all.

    While models are trained ``all`` is 0 and ``training`` says where that is.
    """

    setting: str
    seed: int
    seeds: int
    done: int = 0
    all: int = 0
    training: str = ""


@dataclass(frozen=True)
class Plan:
    """What is to be evaluated.

    Parameters
    ----------
    seeds
        Number of random splits, with the seeds 1, 2, 3 …
    rings
        Ties in rings kept, dropped, or once each.
    """

    seeds: int = 3
    rings: Rings = "keep"

    def settings(self, pairs: Pairs) -> Iterator[tuple[str, list[Split]]]:
        """Yield name and splits of each setting; ties by date where the table has lists."""
        numbers = range(1, self.seeds + 1)
        has_rings = bool(pairs.ring.any())
        if self.rings != "drop" or not has_rings:
            yield "rings", [split_random(pairs, seed) for seed in numbers]
        if self.rings != "keep" and has_rings:
            yield "no_rings", [split_random(pairs, seed, rings=False) for seed in numbers]
        if NEWER_LIST in pairs.lists:
            yield "newer", [split_newer(pairs, rings=self.rings != "drop")]


def evaluate(
    tables: WorldTables,
    twins: Path,
    plan: Plan,
    *,
    version: str,
    on_step: Callable[[Step], None] = lambda _: None,
) -> ReportCard:
    """Hold ties out, train on the rest, ask all methods, and return the report card.

    Parameters
    ----------
    tables
        The world, read from ``twins`` and other tables.
    twins
        The table of ties, read again for the columns that mark rings and lists.
    plan
        Settings and seeds.
    version
        Of the program.
    on_step
        Hears of progress.

    Raises
    ------
    KopruError
        There are too few ties to hold any out.
    """
    started = perf_counter()
    pairs = read_pairs(twins, tables.index)
    settings: list[Setting] = []
    for name, splits in plan.settings(pairs):
        progress = _Progress(name, len(splits), on_step)
        rounds = [ask_all(tables, pairs, split, progress.train, progress.hear) for split in splits]
        settings.append(sum_up(name, rounds, with_groups=not settings))
    return ReportCard(
        made_on=date.today().isoformat(), version=version,
        data=f"{twins.name} ({pairs.digest})", ties=len(pairs),
        seconds=perf_counter() - started,
        protocol=Protocol(NEGATIVES, LEAST_QUERIES, RESAMPLES), settings=tuple(settings),
    )  # fmt: skip


class _Progress:
    """Counts seeds while it trains, and tells the listener where the evaluation is."""

    def __init__(self, setting: str, seeds: int, on_step: Callable[[Step], None]) -> None:
        self._setting, self._seeds, self._on_step = setting, seeds, on_step
        self._seed = 0

    def train(self, world: TiedWorld, seed: int) -> Sequence[Method]:
        """Train the models of the next seed."""
        self._seed += 1
        return train_models(world, seed, self._hear_training)

    def hear(self, done: int, all_: int) -> None:
        """Tell on how many cities were asked."""
        self._on_step(Step(self._setting, self._seed, self._seeds, done, all_))

    def _hear_training(self, step: str) -> None:
        self._on_step(Step(self._setting, self._seed, self._seeds, training=step))
