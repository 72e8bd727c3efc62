"""Tables in Markdown of what was measured, and which goals were missed."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.sparql_rounds import JOIN_RATIO, Asked, Measured
from bench.sparql_servers import OURS, OXIGRAPH, RDFLIB, VIRTUOSO

__all__ = ["SERVERS", "Figures", "Report", "find_median", "make_report"]

#: In the order of the tables.
SERVERS = (OURS, OXIGRAPH, VIRTUOSO, RDFLIB)
#: From here on a query counts as long, in seconds of Oxigraph's server.
_LONG = 0.020
_LONG_RATIO = 1.15
_THROUGHPUT_RATIO = 0.2


@dataclass
class Figures:
    """All that was measured: by question, requests a second by server and turn, memory in MB."""

    questions: dict[str, Measured] = field(default_factory=dict)
    throughput: dict[str, list[float]] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The text, and the goals that were missed."""

    text: str
    missed: list[str]


def _timed(asked: Asked | None) -> list[float]:
    """Return the rounds that count: all but the first, unless it is the only one."""
    if asked is None or asked.failure:
        return []
    return asked.seconds[1:] or asked.seconds


def find_median(asked: Asked | None) -> float | None:
    """Return the median of the rounds that count, in seconds; ``None`` without an answer."""
    seconds = _timed(asked)
    return statistics.median(seconds) if seconds else None


def _p95(asked: Asked | None) -> float | None:
    seconds = sorted(_timed(asked))
    return seconds[min(len(seconds) - 1, round(0.95 * len(seconds)))] if seconds else None


def _ratio(measured: Measured, name: str, to: str) -> float | None:
    """Return the quotient of the medians, of rounds that stood beside one another where both have as many."""
    one, other = find_median(measured.asked.get(name)), find_median(measured.asked.get(to))
    return one / other if one is not None and other else None


def _ms(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds * 1000:,.1f}"


def make_report(figures: Figures, statements: int, machine: str) -> Report:
    """Return the tables, the differences and the goals."""
    missed = list(_find_missed(figures))
    names = [name for name in SERVERS if any(name in one.asked for one in figures.questions.values())]
    lines = [
        "# SPARQL servers on the graph of the world's larger cities",
        "",
        f"{statements:,} statements in the default graph; {machine}. All over HTTP on one machine, in one "
        "run, the servers in turn; median and 95th percentile in milliseconds, ratio of the medians to "
        "Oxigraph's own server. The text of each request differs, so that no kept answer is given. "
        "`make bench-sparql` makes this page.",
        "",
        "![Medians of all servers](sparql-bench.svg)",
        "",
        *_throughput_table(figures),
        "",
        "| query | rows | " + " | ".join(f"{name} | p95" for name in names) + " | ratio |",
        "|---|--:|" + "--:|--:|" * len(names) + "--:|",
        *(_question_row(one, names) for one in figures.questions.values()),
        "",
        "## Answers",
        "",
        *_difference_lines(figures),
        "",
        "## Goals",
        "",
        *_goal_lines(figures, missed),
    ]
    return Report("\n".join(lines), missed)


def _question_row(measured: Measured, names: list[str]) -> str:
    ratio = _ratio(measured, OURS, OXIGRAPH)
    reference = measured.asked.get(OXIGRAPH)
    rows = f"{reference.rows:,}" if reference and reference.rows is not None else "–"
    cells = []
    for name in names:
        asked = measured.asked.get(name)
        mark = " ≠" if asked and asked.difference else ""
        failed = "error" if asked and asked.failure and "over time" not in asked.failure else "over time"
        median = _ms(find_median(asked)) if asked and not asked.failure else failed
        cells += [f"{median}{mark}", _ms(_p95(asked))]
    return (
        f"| {measured.question.name} | {rows} | {' | '.join(cells)} | {ratio:.2f} |"
        if ratio
        else (f"| {measured.question.name} | {rows} | {' | '.join(cells)} | – |")
    )


def _throughput_table(figures: Figures) -> list[str]:
    lines = [
        "Point look-ups of varied subjects over 8 kept connections (GET), best of three turns:",
        "",
        "| server | a second | to Oxigraph | memory after all, MB |",
        "|---|--:|--:|--:|",
    ]
    reference = max(figures.throughput.get(OXIGRAPH, [0.0]))
    for name, rates in figures.throughput.items():
        share = f"{max(rates) / reference:.2f}" if reference else "–"
        lines.append(f"| {name} | {max(rates):,.0f} | {share} | {figures.memory.get(name, 0):,} |")
    return lines


def _difference_lines(figures: Figures) -> list[str]:
    same = sum(
        not asked.failure and not asked.difference
        for one in figures.questions.values()
        for name, asked in one.asked.items()
        if name == OURS
    )
    lines = [f"{OURS} gives the same answers as Oxigraph's server to {same} of {len(figures.questions)}.", ""]
    for one in figures.questions.values():
        for name, asked in one.asked.items():
            if text := asked.failure or asked.difference:
                lines.append(f"- {one.question.name}, {name}: {_one_line(text)}")
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.replace("|", "/").replace("`", "'").split())[:260]


def _find_missed(figures: Figures) -> Iterator[str]:
    """Yield each goal that was missed, in words."""
    for one in figures.questions.values():
        name, ours = one.question.name, one.asked.get(OURS)
        reference, ratio = find_median(one.asked.get(OXIGRAPH)), _ratio(one, OURS, OXIGRAPH)
        if ours and ours.difference:
            yield f"{name}: another answer than Oxigraph's"
        if ours and ours.failure and reference is not None:
            yield f"{name}: no answer ({_one_line(ours.failure)})"
        if reference is not None and ratio and reference >= _LONG and ratio > _LONG_RATIO:
            yield f"{name}: {ratio:.2f} times Oxigraph's {_ms(reference)} ms (goal {_LONG_RATIO})"
        if one.question.is_join_heavy and (gain := _gain(one)) is not None and gain < JOIN_RATIO:
            yield f"{name}: {gain:.1f} times quicker than {RDFLIB} (goal {JOIN_RATIO:.0f})"
    ours, theirs = (max(figures.throughput.get(name, [0.0])) for name in (OURS, OXIGRAPH))
    if theirs and ours < _THROUGHPUT_RATIO * theirs:
        yield f"throughput: {ours / theirs:.2f} of Oxigraph's (goal {_THROUGHPUT_RATIO})"


def _gain(measured: Measured) -> float | None:
    """Return how many times quicker than rdflib we are; at least that many where it passed the deadline."""
    ours, asked = find_median(measured.asked.get(OURS)), measured.asked.get(RDFLIB)
    if ours is None or asked is None:
        return None
    if asked.failure:
        return asked.deadline / ours if "over time" in asked.failure else None
    theirs = find_median(asked)
    return theirs / ours if theirs is not None else None


def _goal_lines(figures: Figures, missed: list[str]) -> list[str]:
    long = [
        ratio
        for one in figures.questions.values()
        if (reference := find_median(one.asked.get(OXIGRAPH))) is not None
        and reference >= _LONG
        and (ratio := _ratio(one, OURS, OXIGRAPH))
    ]
    lines = []
    if long:
        lines.append(
            f"- {len(long)} queries that take Oxigraph's server 20 ms or more: ratio "
            f"{statistics.median(long):.2f} at the median, {max(long):.2f} at most (goal {_LONG_RATIO})."
        )
    gains = [
        gain for one in figures.questions.values() if one.question.is_join_heavy and (gain := _gain(one))
    ]
    ended = sum(
        one.question.is_join_heavy and RDFLIB in one.asked and bool(one.asked[RDFLIB].failure)
        for one in figures.questions.values()
    )
    if gains or ended:
        least = f"{min(gains):.0f} times at least" if gains else "no answer to compare with"
        lines.append(
            f"- Join-heavy questions beside {RDFLIB}: {least} (goal {JOIN_RATIO:.0f}); "
            f"on {ended} of {len(gains)} it passed its deadline, which is then taken for its time."
        )
    return lines + ([f"- Missed: {text}" for text in missed] or ["- All goals are met."])
