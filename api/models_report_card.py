"""The report card of the recommendations, field by field."""

from typing import Literal

from api.models import Model, about

__all__ = [
    "BinModel", "CalibrationModel", "EstimateModel", "GroupModel", "MethodFiguresModel", "ProtocolModel",
    "ReportCardModel", "SelectionModel", "SettingModel", "VerdictModel",
]  # fmt: skip

_ESTIMATE = {"value": 0.335, "low": 0.322, "high": 0.348, "queries": 6426}


class EstimateModel(Model):
    """A mean with its 95 % interval."""

    value: float = about("Value", "The mean.", 0.335)
    low: float = about("Lower end", "Of the 95 % interval.", 0.322)
    high: float = about("Upper end", "Of the 95 % interval.", 0.348)
    queries: int = about("Queries", "Over how many queries.", 6426)


class MethodFiguresModel(Model):
    """What one method reached in one setting."""

    name: str = about("Name", "`kopru` is this program's ranking; others stand beside it.", "kopru")
    measures: dict[str, EstimateModel] = about(
        "Measures", "`mrr`, `hits1` to `hits100`, `auc` and `ap` (hard negatives).", {"hits50": _ESTIMATE}
    )
    by_seed: tuple[tuple[float, float], ...] = about(
        "By draw", "MRR and Hits@50 of each draw.", [[0.113, 0.335], [0.114, 0.333]]
    )
    answered: float = about("Answers", "Share of queries for which it tells cities apart.", 1.0)
    popular: float = about(
        "Popular", "Share of the hundredth of cities with most ties in its lists of ten.", 0.2
    )
    distinct: float = about("Distinct", "Share of all cities that stand in some list of ten.", 0.5)


class GroupModel(Model):
    """A part of the queries."""

    kind: str = about("By", "What the part is made by.", "continent")
    name: str = about("Part", "Its code or class: `1-2` is from 1 to below 2.", "EU")
    queries: int = about("Queries", "In this part.", 4210)
    mrr: dict[str, EstimateModel] = about("MRR", "Of each method.", {"kopru": _ESTIMATE})
    hits50: EstimateModel = about("Hits@50", "Of this program's ranking.", _ESTIMATE)


class VerdictModel(Model):
    """Our MRR less another method's, query by query; corrected for the number of comparisons."""

    kind: str = about("By", "What the part is made by; `all` for all queries.", "continent")
    name: str = about("Part", "Its code.", "EU")
    method: str = about("Method", "The other one.", "pagerank")
    queries: int = about("Queries", "In this part.", 4210)
    difference: float = about("Difference", "Above 0: ours is ahead.", 0.042)
    low: float = about("Lower end", "Of the interval after Holm's correction.", 0.031)
    high: float = about("Upper end", "Of the interval after Holm's correction.", 0.053)
    p: float = about("p", "Two-sided, after Holm's correction.", 0.0001)
    word: Literal["better", "open", "worse"] = about("Verdict", "`open`: no difference shown.", "better")


class BinModel(Model):
    """Candidates of whom a similar chance was told."""

    count: int = about("Candidates", "How many, over all queries.", 18211)
    told: float = about("Told", "Mean chance told.", 0.0021)
    seen: float = about("Seen", "Share that came true.", 0.0019)


class CalibrationModel(Model):
    """Told against seen chances."""

    bins: tuple[BinModel, ...] = about("Classes", "Of all candidates, smallest chance first.")
    first_bins: tuple[BinModel, ...] = about("First", "The same for the first of each list alone.")
    error: float = about("Error", "Chance put into the wrong class, of one.", 0.02)
    first_error: float = about("Error of the first", "Expected calibration error.", 0.01)


class SelectionModel(Model):
    """What is reached when only the surest queries are answered."""

    share: float = about("Share", "Of the queries answered.", 0.4)
    threshold: float = about("Threshold", "Chance told of the first candidate, at least.", 0.05)
    mrr: float = about("MRR", "Over those answered.", 0.2)
    hits50: float = about("Hits@50", "Over those answered.", 0.5)


class ProtocolModel(Model):
    """Numbers of the protocol."""

    negatives: int = about("Negatives", "Wrong candidates for each right one in `auc` and `ap`.", 100)
    least_queries: int = about("Fewest queries", "Smaller parts are not shown.", 100)
    resamples: int = about("Resamples", "Behind each interval.", 2000)


class SettingModel(Model):
    """One way to hold ties out."""

    name: str = about(
        "Name", "`rings`: a random tenth; `no_rings`: without rings; `newer`: by date.", "rings"
    )
    seeds: tuple[int, ...] = about("Seeds", "Of the draws; empty where chance has no part.", [1, 2, 3])
    ties_learnt: int = about("Learnt from", "Ties in the first draw.", 28919)
    ties_held_out: int = about("Held out", "Ties in the first draw.", 3213)
    queries: int = about("Queries", "Of all draws.", 19278)
    cities: int = about("Cities", "Candidates of the first draw.", 21993)
    popular_truth: float = about(
        "Popular among the right", "Share of the hundredth of cities with most ties.", 0.1
    )
    methods: tuple[MethodFiguresModel, ...] = about("Methods", "All that were asked in the same run.")
    groups: tuple[GroupModel, ...] = about("Parts", "With enough queries to be looked at alone.")
    verdicts: tuple[VerdictModel, ...] = about("Comparisons", "With every other method, in some parts.")
    calibration: CalibrationModel | None = about("Calibration", "Of our scores as chances.")
    selection: tuple[SelectionModel, ...] = about("Selection", "Answering only when sure.")


class ReportCardModel(Model):
    """How good the recommendations are, measured on ties that were held out."""

    made_on: str = about("Made on", "Day.", "2026-11-22")
    version: str = about("Version", "Of the program.", "0.1.0")
    data: str = about(
        "Data", "File and shortened SHA-256 of the table of ties.", "twins.csv.gz (0123456789ab)"
    )
    ties: int = about("Ties", "In that table.", 32132)
    seconds: float = about("Seconds", "What the evaluation took.", 1200.0)
    protocol: ProtocolModel = about("Protocol", "Numbers of the protocol.")
    settings: tuple[SettingModel, ...] = about("Settings", "The first is the one that counts.")
