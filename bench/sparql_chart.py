"""A chart of the medians as SVG, written by hand: one line a question, logarithmic scale."""

from collections.abc import Iterator
from html import escape
from math import log10

from bench.sparql_report import SERVERS, Figures, find_median
from bench.sparql_rounds import Measured
from bench.sparql_servers import OURS, OXIGRAPH, RDFLIB, VIRTUOSO

__all__ = ["make_chart"]

_COLOURS = {OURS: "#b5432a", OXIGRAPH: "#3b6ea5", VIRTUOSO: "#5a8f5a", RDFLIB: "#8a6fb0"}
_LEFT, _WIDTH, _ROW, _TOP = 290, 560, 15, 46
#: Powers of ten at the ends of the scale, in seconds, and the marks on it.
_LOW, _HIGH = -4.0, 1.3
_MARKS = {-4: "0.1 ms", -3: "1 ms", -2: "10 ms", -1: "100 ms", 0: "1 s", 1: "10 s"}


def make_chart(figures: Figures) -> str:
    """Return the chart; questions that Oxigraph's server answers quickly come first."""
    known = [(median, one) for one in figures.questions.values() if (median := _reference(one)) is not None]
    shown = [one for _, one in sorted(known, key=lambda pair: pair[0])]
    height = _TOP + _ROW * len(shown) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 30} {height}" '
        'font-family="sans-serif" font-size="11" role="img" '
        'aria-label="Median time of each query by server, logarithmic scale">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *_scale(height),
        *_legend(),
    ]
    for number, one in enumerate(shown):
        parts += _row(one, _TOP + _ROW * number + 5)
    return "\n".join([*parts, "</svg>", ""])


def _reference(measured: Measured) -> float | None:
    return find_median(measured.asked.get(OXIGRAPH))


def _x(seconds: float) -> float:
    return _LEFT + _WIDTH * (min(max(log10(seconds), _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)


def _scale(height: int) -> Iterator[str]:
    for power, label in _MARKS.items():
        at = f"{_x(10.0**power):.1f}"
        yield f'<line x1="{at}" y1="{_TOP - 6}" x2="{at}" y2="{height - 24}" stroke="#dddddd"/>'
        yield f'<text x="{at}" y="{height - 10}" text-anchor="middle" fill="#444444">{label}</text>'


def _legend() -> Iterator[str]:
    for number, name in enumerate(SERVERS):
        at = _LEFT + 130 * number
        yield f'<circle cx="{at}" cy="18" r="4.5" fill="{_COLOURS[name]}"/>'
        yield f'<text x="{at + 9}" y="22" fill="#222222">{escape(name)}</text>'


def _row(measured: Measured, y: int) -> Iterator[str]:
    name = escape(measured.question.name)
    yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end" fill="#222222">{name}</text>'
    for server in reversed(SERVERS):  # ours last, so that it lies on top
        if (median := find_median(measured.asked.get(server))) is not None:
            colour = _COLOURS[server]
            yield f'<circle cx="{_x(median):.1f}" cy="{y}" r="4" fill="{colour}" fill-opacity="0.85"/>'
