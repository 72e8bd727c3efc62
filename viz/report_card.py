"""The report card for people: sections of sentences, tables and pictures in one language.

The page, the command line and the file in Markdown show the same sections.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.ranking.evaluation.baselines import NETWORKX_METHODS
from graph.ranking.evaluation.card import OURS, Group, ReportCard, Setting, Verdict
from graph.ranking.evaluation.intervals import Estimate
from graph.ranking.evaluation.run import MEASURES
from ontology.messages import N_, Language, translate
from viz import report_card_sentences as words
from viz.formats import format_day, format_number
from viz.report_card_charts import Chart, bars_chart, groups_chart, reliability_chart
from viz.report_card_words import (
    GROUP_LABELS,
    MEASURE_LABELS,
    METHOD_LABELS,
    SETTING_LABELS,
    SETTING_WORDS,
    figure,
    group_name,
    percent,
)

__all__ = ["Grid", "Section", "make_sections"]

#: Groups shown where the ranking does worst.
_WORST = 6


@dataclass(frozen=True)
class Grid:
    """A table of finished texts; ``right``: places of columns of numbers, ``strong``: of our rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, in this order: sentences, pictures, a table, remarks."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    grid: Grid | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Writer:
    """Makes the sections of one card in one language."""

    card: ReportCard
    language: Language

    def say(self, message: str, **facts: object) -> str:
        return translate(message, self.language, **facts)

    def figure(self, value: float, digits: int = 3) -> str:
        return figure(value, self.language, digits)

    def method(self, name: str) -> str:
        return self.say(METHOD_LABELS.get(name, name))

    def interval(self, one: Estimate) -> str:
        return f"{self.figure(one.value)} ({self.figure(one.low)}–{self.figure(one.high)})"

    def part(self, kind: str, name: str) -> str:
        return group_name(kind, name, self.language)

    def sections(self) -> "Iterator[Section]":
        main = self.card.settings[0]
        yield self._in_short(main)
        for setting in self.card.settings:
            yield self._methods(setting)
        if main.verdicts:
            yield self._verdicts(main)
        yield self._groups(main)
        if main.calibration:
            yield self._calibration(main)
        if main.selection:
            yield self._selection(main)
        yield self._worst(main)
        yield self._protocol(main)

    # --- in short ---------------------------------------------------------------------

    def _in_short(self, main: Setting) -> Section:
        ours, other = main.method(OURS), main.best_of(NETWORKX_METHODS)
        hits, ratio = ours.measures["hits50"], ours.measures["mrr"].value / other.measures["mrr"].value
        sentences = [
            self.say(
                words.HIDDEN,
                cities=format_number(main.cities, self.language),
            ),
            self.say(
                words.FOUND,
                n=round(100 * hits.value), low=round(100 * hits.low), high=round(100 * hits.high),
                ten=round(100 * ours.measures["hits10"].value),
            ),
            self.say(
                words.TIMES,
                ratio=self.figure(ratio, 2), method=self.method(other.name),
            ),
            self.say(
                words.START
            ),
        ]  # fmt: skip
        return Section("in-short", self.say(N_("In short")), tuple(sentences))

    # --- methods ----------------------------------------------------------------------

    def _methods(self, setting: Setting) -> Section:
        shown = sorted(setting.methods, key=lambda one: -one.measures["mrr"].value)
        rows = tuple(
            (
                self.method(one.name),
                self.interval(one.measures["mrr"]),
                *(
                    self.interval(one.measures[name])
                    if name == "hits50"
                    else self.figure(one.measures[name].value)
                    for name in MEASURES[1:]
                ),
                percent(one.answered, self.language),
                percent(one.popular, self.language),
                percent(one.distinct, self.language),
            )
            for one in shown
        )
        headings = [self.say(N_("Method"))]
        headings += [self.say(MEASURE_LABELS[name]) for name in MEASURES]
        headings += [self.say(N_("Answers")), self.say(N_("Popular")), self.say(N_("Distinct"))]
        places = tuple(place for place, one in enumerate(shown) if one.name == OURS)
        bars = [(self.method(one.name), one.measures["mrr"], one.name == OURS) for one in shown]
        return Section(
            f"methods-{setting.name}",
            self.say(SETTING_LABELS[setting.name]),
            (self.say(SETTING_WORDS[setting.name]), self._size(setting)),
            (bars_chart(self.say(N_("MRR with 95% interval")), bars, self.language),),
            Grid(tuple(headings), rows, tuple(range(1, len(headings))), places),
            (*self._seeds(setting), self._legend(setting)),
        )

    def _size(self, setting: Setting) -> str:
        return self.say(
            words.SIZE,
            learnt=format_number(setting.ties_learnt, self.language),
            held=format_number(setting.ties_held_out, self.language),
            queries=format_number(setting.queries, self.language),
            cities=format_number(setting.cities, self.language),
        )

    def _seeds(self, setting: Setting) -> tuple[str, ...]:
        if len(setting.seeds) < 2:
            return ()
        figures = "; ".join(
            f"{self.figure(mrr)} / {self.figure(hits)}" for mrr, hits in setting.method(OURS).by_seed
        )
        return (self.say(words.SEEDS, figures=figures),)

    def _legend(self, setting: Setting) -> str:
        return self.say(
            words.LEGEND,
            truth=percent(setting.popular_truth, self.language),
        )

    # --- parts ------------------------------------------------------------------------

    def _verdicts(self, main: Setting) -> Section:
        worse = [one for one in main.verdicts if one.word == "worse"]
        still_open = [one for one in main.verdicts if one.word == "open"]
        better = len(main.verdicts) - len(worse) - len(still_open)
        sentences = [
            self.say(
                words.COMPARED,
                methods=len({one.method for one in main.verdicts}), better=better, all=len(main.verdicts),
                open=len(still_open), worse=len(worse),
            )
        ]  # fmt: skip
        rows = tuple(self._verdict_row(one) for one in _closest(main.verdicts))
        headings = [
            N_("Part"), N_("Queries"), N_("Closest other method"), N_("MRR ahead by"), N_("95% interval"),
            "p",
        ]  # fmt: skip
        grid = Grid(tuple(self.say(heading) for heading in headings), rows, (1, 3, 4, 5))
        return Section("compared", self.say(N_("Compared with others")), tuple(sentences), (), grid)

    def _verdict_row(self, one: Verdict) -> tuple[str, ...]:
        return (
            self.part(one.kind, one.name),
            format_number(one.queries, self.language),
            self.method(one.method),
            self.figure(one.difference),
            f"{self.figure(one.low)} – {self.figure(one.high)}",
            self.figure(one.p, 4) if one.p >= 0.0001 else f"< {self.figure(0.0001, 4)}",
        )

    def _groups(self, main: Setting) -> Section:
        shown = [group for group in main.groups if group.kind != "country"]
        continents = [group for group in shown if group.kind == "continent"]
        pairs = [(self.part(one.kind, one.name), one.mrr[OURS], _best_other(one)[1]) for one in continents]
        home = [group for group in main.groups if (group.kind, group.name) == ("country", "TR")]
        chart = groups_chart(
            self.say(N_("MRR by continent: Köprü, and the best other method there")), pairs, self.language
        )
        return Section(
            "parts", self.say(N_("By part of the world and kind of city")),
            (self.say(words.FEWEST, n=self.card.protocol.least_queries),),
            (chart,) if pairs else (), self._group_grid([*shown, *home]),
        )  # fmt: skip

    def _group_grid(self, groups: Sequence[Group]) -> Grid:
        headings = [
            N_("By"), N_("Part"), N_("Queries"), "Hits@50", "MRR", N_("Best other method"), N_("its MRR"),
        ]  # fmt: skip
        return Grid(
            tuple(self.say(heading) for heading in headings),
            tuple(self._group_row(group) for group in groups),
            (2, 3, 4, 6),
        )

    def _group_row(self, group: Group) -> tuple[str, ...]:
        name, other = _best_other(group)
        return (
            self.say(GROUP_LABELS[group.kind]), self.part(group.kind, group.name),
            format_number(group.queries, self.language), self.interval(group.hits50),
            self.interval(group.mrr[OURS]), self.method(name), self.figure(other.value),
        )  # fmt: skip

    def _worst(self, main: Setting) -> Section:
        groups = sorted(main.groups, key=lambda group: group.hits50.value)[:_WORST]
        sentence = self.say(words.WORST)
        return Section("worst", self.say(N_("Where it fails")), (sentence,), (), self._group_grid(groups))

    # --- chances ----------------------------------------------------------------------

    def _calibration(self, main: Setting) -> Section:
        assert main.calibration is not None  # noqa: S101 (asked before)
        told = main.calibration
        rows = tuple(
            (
                format_number(one.count, self.language),
                self.figure(100 * one.told, 4),
                self.figure(100 * one.seen, 4),
            )
            for one in told.bins
        )
        headings = (N_("Candidates"), N_("Told, %"), N_("Came true, %"))
        sentence = self.say(
            words.TOLD,
            first=self.figure(told.first_error), all=self.figure(told.error),
        )  # fmt: skip
        chart = reliability_chart(self.say(N_("Chance told and chance seen")), told.bins, self.language)
        grid = Grid(tuple(self.say(heading) for heading in headings), rows, (0, 1, 2))
        return Section("calibration", self.say(N_("Are the chances true?")), (sentence,), (chart,), grid)

    def _selection(self, main: Setting) -> Section:
        rows = tuple(
            (
                percent(one.share, self.language), self.figure(100 * one.threshold, 2),
                self.figure(one.mrr), self.figure(one.hits50),
            )
            for one in main.selection
        )  # fmt: skip
        headings = (N_("Answered"), N_("Chance of the first, at least, %"), "MRR", "Hits@50")
        sentence = self.say(words.ANSWERED)
        grid = Grid(tuple(self.say(heading) for heading in headings), rows, (0, 1, 2, 3))
        return Section("selection", self.say(N_("Answering only when sure")), (sentence,), (), grid)

    # --- protocol ---------------------------------------------------------------------

    def _protocol(self, main: Setting) -> Section:
        facts = {
            "negatives": self.card.protocol.negatives,
            "resamples": format_number(self.card.protocol.resamples, self.language),
            "seeds": len(main.seeds),
        }
        remark = self.say(
            words.MADE,
            day=format_day(date.fromisoformat(self.card.made_on), self.language),
            version=self.card.version, data=self.card.data,
            ties=format_number(self.card.ties, self.language), minutes=round(self.card.seconds / 60),
        )  # fmt: skip
        return Section(
            "protocol",
            self.say(N_("How it was measured")),
            tuple(self.say(sentence, **facts) for sentence in words.HOW),
            remarks=(remark,),
        )


def _closest(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return for each part the other method that comes closest to ours."""
    parts = dict.fromkeys((one.kind, one.name) for one in verdicts)
    return [
        min((one for one in verdicts if (one.kind, one.name) == part), key=lambda one: one.difference)
        for part in parts
    ]


def _best_other(group: Group) -> tuple[str, Estimate]:
    others = [(name, one) for name, one in group.mrr.items() if name not in (OURS, "linear")]
    return max(others, key=lambda pair: pair[1].value)


def make_sections(card: ReportCard, language: Language) -> tuple[Section, ...]:
    """Return what a report card says, in one language."""
    return tuple(_Writer(card, language).sections())
