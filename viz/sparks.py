"""The course of an indicator as a small drawing that needs no script: line, last value, target.

Sizes are units of the drawing's own box; everything is an attribute of SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.model_plan import DatedValue

__all__ = ["Spark", "draw_spark"]

_WIDTH, _HEIGHT, _MARGIN = 120, 34, 5


@dataclass(frozen=True)
class Spark:
    """A course drawn from left to right; ``path`` is SVG's, ``target`` the height of the target's line."""

    width: int
    height: int
    path: str
    last: tuple[float, float]
    target: float | None = None


def draw_spark(history: Sequence[DatedValue], target: Decimal | None = None) -> Spark | None:
    """Return the course of some values, oldest first, by their days; ``None`` for fewer than two.

    Examples
    --------
    >>> from datetime import date
    >>> years = [DatedValue(date(2024, 1, 1), Decimal(1)), DatedValue(date(2025, 1, 1), Decimal(3))]
    >>> draw_spark(years).path
    'M5 29L115 5'
    """
    if len(history) < 2:
        return None
    values = [point.value for point in history]
    reach = [*values, target] if target is not None else values
    low, high = min(reach), max(reach)
    first, days = history[0].day, (history[-1].day - history[0].day).days

    def height_of(value: Decimal) -> float:
        # Where nothing moves, the line runs in the middle.
        share = float((value - low) / (high - low)) if high > low else 0.5
        return round(_HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN), 1)

    def place_of(point: DatedValue) -> float:
        share = (point.day - first).days / days if days else 1.0
        return round(_MARGIN + share * (_WIDTH - 2 * _MARGIN), 1)

    places = [(place_of(point), height_of(point.value)) for point in history]
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in places)
    return Spark(_WIDTH, _HEIGHT, path, places[-1], None if target is None else height_of(target))
