"""The report card's pictures: bars with intervals, chances told against chances seen.

They need no script; everything is an attribute of SVG. Sizes are units of the drawing's own box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Literal

from graph.ranking.evaluation.calibration import Bin
from graph.ranking.evaluation.intervals import Estimate
from ontology.messages import Language
from viz.report_card_words import figure

__all__ = ["Chart", "Line", "Mark", "Text", "bars_chart", "groups_chart", "reliability_chart"]

_LABEL, _PLOT, _VALUE = 250, 430, 70
_ROW, _BAR = 24, 12
_SIDE, _LEFT, _FOOT = 300, 64, 44
#: Chances told run from one in a million to one, in powers of ten.
_DECADES = 6


@dataclass(frozen=True)
class Text:
    """Words in a picture; ``anchor`` as in SVG."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True)
class Line:
    """A line; ``kind`` is its class: ``axis``, ``reach`` (an interval) or ``ideal``."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True)
class Mark:
    """A bar (``width`` and ``height``) or, with ``radius``, a dot; ``kind``: ``ours`` or ``other``."""

    x: float
    y: float
    kind: str
    width: float = 0
    height: float = 0
    radius: float = 0


@dataclass(frozen=True)
class Chart:
    """A picture with its title and the same in words, for those who don't see it."""

    title: str
    words: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]


def bars_chart(title: str, rows: Sequence[tuple[str, Estimate, bool]], language: Language) -> Chart:
    """Return one bar a row with its interval.

    Parameters
    ----------
    title
        What is measured.
    rows
        Name, estimate, and whether it is ours; drawn in the given order.
    language
        Of the figures.
    """
    longest = max(one.high for _, one, _ in rows)
    scale = _PLOT / longest if longest > 0 else 0.0
    marks, lines, texts = [], [], []
    for place, (name, one, is_ours) in enumerate(rows):
        top = place * _ROW + (_ROW - _BAR) / 2
        kind = "ours" if is_ours else "other"
        marks.append(Mark(_LABEL, top, kind, round(one.value * scale, 1), _BAR))
        lines.append(_reach(one, top + _BAR / 2, scale))
        texts += [
            Text(_LABEL - 8, top + _BAR - 2, name, "end"),
            Text(_LABEL + _PLOT + 10, top + _BAR - 2, figure(one.value, language)),
        ]
    words = "; ".join(f"{name}: {figure(one.value, language)}" for name, one, _ in rows)
    return Chart(
        title, words, _LABEL + _PLOT + _VALUE, len(rows) * _ROW, tuple(marks), tuple(lines), tuple(texts)
    )


def groups_chart(title: str, rows: Sequence[tuple[str, Estimate, Estimate]], language: Language) -> Chart:
    """Return two bars a row: ours, and the best other.

    Parameters
    ----------
    title
        What is measured.
    rows
        Name, our estimate, the other's.
    language
        Of the figures.
    """
    longest = max((max(ours.high, other.high) for _, ours, other in rows), default=1.0)
    scale = _PLOT / longest if longest > 0 else 0.0
    marks, lines, texts = [], [], []
    step = 2 * _BAR + 14
    for place, (name, ours, other) in enumerate(rows):
        top = place * step + 5
        for below, (one, kind) in enumerate(((ours, "ours"), (other, "other"))):
            y = top + below * (_BAR + 2)
            marks.append(Mark(_LABEL, y, kind, round(one.value * scale, 1), _BAR))
            lines.append(_reach(one, y + _BAR / 2, scale))
            texts.append(Text(_LABEL + _PLOT + 10, y + _BAR - 2, figure(one.value, language)))
        texts.append(Text(_LABEL - 8, top + _BAR + 4, name, "end"))
    words = "; ".join(
        f"{name}: {figure(ours.value, language)} / {figure(other.value, language)}"
        for name, ours, other in rows
    )
    return Chart(
        title, words, _LABEL + _PLOT + _VALUE, len(rows) * step, tuple(marks), tuple(lines), tuple(texts)
    )


def reliability_chart(title: str, bins: Sequence[Bin], language: Language) -> Chart:
    """Return a dot for each class of chances on scales of powers of ten; on the diagonal told is seen.

    Classes in which nothing came stand on the lower edge.
    """
    marks = tuple(Mark(_across(one.told), _down(one.seen), "ours", radius=4.5) for one in bins)
    low, high = _LEFT, _LEFT + _SIDE
    lines = [Line(low, _SIDE + 10, high, 10, "ideal"), Line(low, 10, low, _SIDE + 10, "axis"),
             Line(low, _SIDE + 10, high, _SIDE + 10, "axis")]  # fmt: skip
    texts = []
    for power in range(-_DECADES, 1, 2):
        name = figure(100 * 10.0**power, language, max(0, -power - 2)) + "%"
        texts.append(Text(_across(10.0**power), _SIDE + 30, name, "middle"))
        texts.append(Text(_LEFT - 8, _down(10.0**power) + 4, name, "end"))
    words = "; ".join(
        f"{figure(100 * one.told, language, 4)}% → {figure(100 * one.seen, language, 4)}%" for one in bins
    )
    return Chart(title, words, high + 24, _SIDE + _FOOT, marks, tuple(lines), tuple(texts))


def _reach(one: Estimate, y: float, scale: float) -> Line:
    return Line(
        round(_LABEL + max(0.0, one.low) * scale, 1), y, round(_LABEL + one.high * scale, 1), y, "reach"
    )


def _place(chance: float) -> float:
    return min(1.0, max(0.0, 1 + log10(max(chance, 10.0**-_DECADES)) / _DECADES))


def _across(chance: float) -> float:
    return round(_LEFT + _place(chance) * _SIDE, 1)


def _down(chance: float) -> float:
    return round(10 + (1 - _place(chance)) * _SIDE, 1)
