"""From splits to a report card: every method asked the same queries, figures over all seeds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.baselines import make_baselines
from graph.ranking.evaluation.calibration import Reliability
from graph.ranking.evaluation.card import (
    OURS,
    Calibration,
    Group,
    MethodFigures,
    Selection,
    Setting,
    Verdict,
)
from graph.ranking.evaluation.intervals import Estimate, Sampling, holm
from graph.ranking.evaluation.pairs import Pairs
from graph.ranking.evaluation.queries import Queries, make_queries
from graph.ranking.evaluation.run import MEASURES, Method, Outcome, run_methods
from graph.ranking.evaluation.splits import Split
from graph.ranking.evaluation.strata import Facts, facts_of, iter_strata
from graph.ranking.evaluation.worlds import TiedWorld, make_world
from graph.ranking.tables import WorldTables

__all__ = ["LEAST_QUERIES", "MakeModels", "OnStep", "Round", "ask_all", "sum_up"]

#: Fewer queries than these are not looked at alone.
LEAST_QUERIES = 100
#: Parts in which no other method may be better: all, continents, and this country.
_JUDGED = ("all", "continent")
_JUDGED_COUNTRY = "TR"
_MRR, _HITS50 = MEASURES.index("mrr"), MEASURES.index("hits50")
_SHARES = (1.0, 0.8, 0.6, 0.4, 0.2)

Floats = NDArray[np.float64]
#: Trains what needs training on a world without the held-out ties.
MakeModels = Callable[[TiedWorld, int], Sequence[Method]]
#: Called with the number of cities asked and of all.
OnStep = Callable[[int, int], None]


@dataclass(frozen=True)
class Round:
    """One split, asked of all methods."""

    world: TiedWorld
    queries: Queries
    facts: Facts
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class _Pool:
    """All rounds of a setting, one after the other."""

    values: dict[str, Floats]
    sampling: Sampling
    facts: Facts

    def __len__(self) -> int:
        return len(next(iter(self.values.values())))


def ask_all(
    tables: WorldTables, pairs: Pairs, split: Split, make_models: MakeModels, on_step: OnStep
) -> Round:
    """Train on one split and ask all methods its queries.

    Parameters
    ----------
    tables
        The world with all ties; what methods see is made from the split.
    pairs
        The ties of the tables, for what is known of each.
    split
        What is learnt from, what is to be found.
    make_models
        Trains our method (named ``kopru``, the first) and others on a world.
    on_step
        Hears of progress.
    """
    world = make_world(tables, split)
    seed = split.seed or 0
    queries = make_queries(world, seed=seed)
    facts = facts_of(world, queries, _ring_of(pairs, split))
    methods = (*make_models(world, seed), *make_baselines(world.tables))
    return Round(world, queries, facts, run_methods(methods, queries, on_step))


def sum_up(
    name: str, rounds: Sequence[Round], *, least: int = LEAST_QUERIES, with_groups: bool = True
) -> Setting:
    """Return the figures of all methods over the rounds of a setting.

    Parameters
    ----------
    name
        Of the setting.
    rounds
        One for each draw.
    least
        Queries that a part needs to be looked at alone.
    with_groups
        Whether the figures of the parts are wanted; comparisons are made anyway.
    """
    pool = _pool(rounds)
    first = rounds[0]
    everyone = np.ones(len(pool), dtype=np.bool_)
    parts = [("all", "all", everyone)]
    parts += [(one.kind, one.name, one.wanted) for one in iter_strata(pool.facts, least)]
    seeds = [one.world.split.seed for one in rounds]
    return Setting(
        name=name,
        seeds=tuple(seed for seed in seeds if seed is not None),
        ties_learnt=len(first.world.split.train), ties_held_out=len(first.world.split.test),
        queries=len(pool), cities=len(first.world),
        popular_truth=_popular(first.world, first.queries.targets),
        methods=tuple(_figures(rounds, pool, one.name) for one in first.outcomes),
        groups=tuple(_group(pool, *part) for part in parts[1:] if with_groups),
        verdicts=_judge(pool, parts),
        calibration=_calibrate(rounds),
        selection=_select(rounds),
    )  # fmt: skip


def _ring_of(pairs: Pairs, split: Split) -> NDArray[np.bool_]:
    ringed = {tuple(tie) for tie in pairs.ends[pairs.ring].tolist()}
    return np.array([tuple(tie) in ringed for tie in split.test.tolist()], dtype=np.bool_)


def _pool(rounds: Sequence[Round]) -> _Pool:
    """Return all rounds together; a tie that is held out in two of them is one tie."""
    ends = np.concatenate(
        [
            np.stack([one.world.places[one.queries.sources], one.world.places[one.queries.targets]], axis=1)
            for one in rounds
        ]
    )
    _, ties = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True)
    names = [outcome.name for outcome in rounds[0].outcomes]
    values = {
        name: np.concatenate([one.outcomes[place].values for one in rounds])
        for place, name in enumerate(names)
    }
    facts = {kind: np.concatenate([one.facts[kind] for one in rounds]) for kind in rounds[0].facts}
    return _Pool(values, Sampling(ties.ravel().astype(np.int32), ends), facts)


def _figures(rounds: Sequence[Round], pool: _Pool, name: str) -> MethodFigures:
    outcomes = [next(o for o in one.outcomes if o.name == name) for one in rounds]
    estimates = pool.sampling.estimate(pool.values[name])
    shown = [outcome.top[outcome.top >= 0] for outcome in outcomes]
    popular = [_popular(one.world, top) for one, top in zip(rounds, shown, strict=True)]
    distinct = [len(np.unique(top)) / len(one.world) for one, top in zip(rounds, shown, strict=True)]
    return MethodFigures(
        name=name,
        measures=dict(zip(MEASURES, estimates, strict=True)),
        by_seed=tuple(
            (float(o.values[:, _MRR].mean()), float(o.values[:, _HITS50].mean())) for o in outcomes
        ),
        answered=float(np.concatenate([outcome.answered for outcome in outcomes]).mean()),
        popular=float(np.mean(popular)),
        distinct=float(np.mean(distinct)),
    )


def _popular(world: TiedWorld, cities: NDArray[np.int32]) -> float:
    """Return the share of the hundredth of cities with most ties among some cities."""
    degree = np.bincount(world.tables.twins.ravel(), minlength=len(world))
    most = np.argsort(-degree, kind="stable")[: max(1, len(world) // 100)]
    return float(np.isin(cities, most).mean()) if len(cities) else 0.0


def _group(pool: _Pool, kind: str, name: str, wanted: NDArray[np.bool_]) -> Group:
    """Return the figures of a part; the method that comes first is ours."""
    first = next(iter(pool.values.values()))[:, _HITS50]
    columns = np.column_stack([first, *(values[:, _MRR] for values in pool.values.values())])
    hits, *found = pool.sampling.estimate(columns, wanted)
    mrr: dict[str, Estimate] = dict(zip(pool.values, found, strict=True))
    return Group(kind, name, int(wanted.sum()), mrr, hits)


def _judge(pool: _Pool, parts: Iterable[tuple[str, str, NDArray[np.bool_]]]) -> tuple[Verdict, ...]:
    """Compare our reciprocal ranks with every other method's, in all parts that are judged, with Holm."""
    judged = [part for part in parts if part[0] in _JUDGED or part[:2] == ("country", _JUDGED_COUNTRY)]
    cases = [(part, name) for part in judged for name in pool.values if name != OURS]
    ours = pool.values[OURS][:, _MRR]
    found = holm([pool.sampling.compare(ours, pool.values[name][:, _MRR], part[2]) for part, name in cases])
    return tuple(
        Verdict(kind, group, name, int(wanted.sum()), one.difference, one.low, one.high, one.p)
        for ((kind, group, wanted), name), one in zip(cases, found, strict=True)
    )


def _ours(rounds: Sequence[Round]) -> list[Outcome]:
    return [outcome for one in rounds for outcome in one.outcomes if outcome.name == OURS]


def _calibrate(rounds: Sequence[Round]) -> Calibration | None:
    told: list[Reliability] = [one.reliability for one in _ours(rounds) if one.reliability]
    if not told:
        return None
    whole = sum(told[1:], told[0])
    return Calibration(whole.bins(), whole.first_bins(), whole.error, whole.first_error)


def _select(rounds: Sequence[Round]) -> tuple[Selection, ...]:
    """Return what is reached when only the queries with the largest told chance are answered."""
    ours = [one for one in _ours(rounds) if one.surest is not None]
    if not ours:
        return ()
    surest = np.concatenate([one.surest for one in ours if one.surest is not None])
    values = np.concatenate([one.values for one in ours])[np.argsort(-surest, kind="stable")]
    ordered = np.sort(surest)[::-1]
    counts = [max(1, round(share * len(values))) for share in _SHARES]
    return tuple(
        Selection(share, float(ordered[count - 1]), *values[:count, [_MRR, _HITS50]].mean(axis=0).tolist())
        for share, count in zip(_SHARES, counts, strict=True)
    )
