"""The report card: what was measured, as plain values that go into a small JSON file and back.

No city and no tie is in it, only figures over hundreds of queries.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.ranking.evaluation.calibration import Bin
from graph.ranking.evaluation.intervals import Estimate
from graph.ranking.evaluation.run import MEASURES
from ontology.errors import KopruError
from ontology.messages import N_

__all__ = [
    "OURS", "Calibration", "Group", "MethodFigures", "Protocol", "ReportCard", "Selection", "Setting",
    "Verdict", "load_card", "save_card", "shipped_card",
]  # fmt: skip

#: Name of our own method.
OURS = "kopru"
_SHIPPED = "report_card.json"
_DIGITS = 4
_FIGURES = re.compile(r"[\[{][^\[\]{}]*[\]}]")


@dataclass(frozen=True)
class MethodFigures:
    """What one method reached in one setting.

    Parameters
    ----------
    name
        Word for programs.
    measures
        Mean over all queries of all seeds for each of ``MEASURES``.
    by_seed
        MRR and Hits@50 of each seed.
    answered
        Share of queries for which it tells candidates apart.
    popular
        Share of the most popular hundredth of cities in the lists of ten.
    distinct
        Share of all cities that stand in some list of ten.
    """

    name: str
    measures: Mapping[str, Estimate]
    by_seed: tuple[tuple[float, float], ...]
    answered: float
    popular: float
    distinct: float


@dataclass(frozen=True)
class Group:
    """A part of the queries: MRR of each method, our Hits@50."""

    kind: str
    name: str
    queries: int
    mrr: Mapping[str, Estimate]
    hits50: Estimate


@dataclass(frozen=True)
class Verdict:
    """Our MRR less another method's in a part of the queries, corrected for all comparisons made."""

    kind: str
    name: str
    method: str
    queries: int
    difference: float
    low: float
    high: float
    p: float

    @property
    def word(self) -> str:
        """``better``, ``worse`` or ``open``."""
        return "better" if self.low > 0 else "worse" if self.high < 0 else "open"


@dataclass(frozen=True)
class Calibration:
    """Told against seen chances of our method.

    Parameters
    ----------
    bins
        Of all candidates, smallest chance first.
    first_bins
        Of the first of each list alone.
    error, first_error
        Expected calibration errors.
    """

    bins: tuple[Bin, ...]
    first_bins: tuple[Bin, ...]
    error: float
    first_error: float


@dataclass(frozen=True)
class Selection:
    """What is reached when only the surest share of the queries is answered."""

    share: float
    threshold: float
    mrr: float
    hits50: float


@dataclass(frozen=True)
class Setting:
    """One way to hold ties out.

    Parameters
    ----------
    name
        ``rings``, ``no_rings`` or ``newer``.
    seeds
        Empty where chance has no part.
    ties_learnt, ties_held_out, queries, cities
        The first two and the last of one split, queries of all.
    popular_truth
        Share of the most popular hundredth of cities among the right answers.
    """

    name: str
    seeds: tuple[int, ...]
    ties_learnt: int
    ties_held_out: int
    queries: int
    cities: int
    popular_truth: float
    methods: tuple[MethodFigures, ...]
    groups: tuple[Group, ...]
    verdicts: tuple[Verdict, ...]
    calibration: Calibration | None = None
    selection: tuple[Selection, ...] = ()

    def method(self, name: str) -> MethodFigures:
        """Return the figures of a method that was in the run."""
        return next(one for one in self.methods if one.name == name)

    def best_of(self, names: tuple[str, ...], measure: str = "mrr") -> MethodFigures:
        """Return the best of some methods by a measure."""
        return max(
            (one for one in self.methods if one.name in names), key=lambda one: one.measures[measure].value
        )


@dataclass(frozen=True)
class Protocol:
    """How it was measured: numbers that the words about it need."""

    negatives: int
    least_queries: int
    resamples: int


@dataclass(frozen=True)
class ReportCard:
    """All settings of one evaluation.

    Parameters
    ----------
    made_on
        ISO day.
    version
        Of the program.
    data
        File name and shortened SHA-256 of the table of ties.
    ties
        In that table.
    seconds
        What the evaluation took.
    """

    made_on: str
    version: str
    data: str
    ties: int
    seconds: float
    protocol: Protocol
    settings: tuple[Setting, ...]

    def setting(self, name: str) -> Setting | None:
        """Return a setting, or ``None`` when it was not measured."""
        return next((one for one in self.settings if one.name == name), None)


def save_card(card: ReportCard, path: Path) -> None:
    """Write a report card as JSON; the same card gives the same bytes."""
    text = json.dumps(_plain(card), indent=1)
    # Objects of figures alone stand on one line.
    path.write_text(_FIGURES.sub(_on_one_line, text) + "\n", encoding="utf-8")


def _on_one_line(found: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", found[0])


def _plain(value: Any) -> Any:
    """Return values for JSON: figures rounded, an estimate as the list of its four numbers."""
    if isinstance(value, Estimate):
        return [_plain(one) for one in vars(value).values()]
    if is_dataclass(value):
        return {key: _plain(one) for key, one in vars(value).items()}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value


def load_card(path: Path) -> ReportCard:
    """Return the report card of a file.

    Raises
    ------
    KopruError
        The file is no report card of this version.
    """
    return _parse(path.read_text("utf-8"), path.name)


@cache
def shipped_card() -> ReportCard | None:
    """Return the report card that comes with the program; ``None`` before the first was made."""
    found = files("graph.ranking.evaluation") / _SHIPPED
    return _parse(found.read_text("utf-8"), _SHIPPED) if found.is_file() else None


def _parse(text: str, name: str) -> ReportCard:
    try:
        facts = json.loads(text)
        settings = tuple(_setting(one) for one in facts.pop("settings"))
        return ReportCard(**{**facts, "protocol": Protocol(**facts["protocol"]), "settings": settings})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KopruError(
            N_("{file} is no report card that this version can read. Make it anew with 'kopru evaluate'."),
            file=name,
        ) from error


def _setting(facts: dict[str, Any]) -> Setting:
    calibration = facts["calibration"]
    return Setting(
        **{
            **facts,
            "seeds": tuple(facts["seeds"]),
            "methods": tuple(_method(one) for one in facts["methods"]),
            "groups": tuple(
                Group(**{**one, "mrr": _estimates(one["mrr"]), "hits50": Estimate(*one["hits50"])})
                for one in facts["groups"]
            ),
            "verdicts": tuple(Verdict(**one) for one in facts["verdicts"]),
            "calibration": calibration and _calibration(calibration),
            "selection": tuple(Selection(**one) for one in facts["selection"]),
        }
    )


def _method(facts: dict[str, Any]) -> MethodFigures:
    measures = _estimates(facts["measures"])
    seeds = tuple((mrr, hits) for mrr, hits in facts["by_seed"])
    return MethodFigures(
        **{**facts, "measures": {name: measures[name] for name in MEASURES}, "by_seed": seeds}
    )


def _estimates(facts: dict[str, list[Any]]) -> dict[str, Estimate]:
    return {name: Estimate(*one) for name, one in facts.items()}


def _calibration(facts: dict[str, Any]) -> Calibration:
    bins = {name: tuple(Bin(**one) for one in facts[name]) for name in ("bins", "first_bins")}
    return Calibration(**{**facts, **bins})
