"""What the pages of gaps show: findings with the relations behind them, and themes as a heat map."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from graph.gaps.model import (
    GAP_KINDS,
    KIND_TITLES,
    TIE_KINDS,
    Closer,
    Gap,
    GapKind,
    Gaps,
    ThemeTies,
    TieToTheme,
    Widening,
)
from graph.gaps.regions import CONTINENTS, RegionCount, continent_named
from graph.model import Label, Reference, Relation
from graph.questions.names import reference_of
from graph.questions.reading import Readable, local_name
from graph.questions.relations import read_names, read_relations
from ontology.messages import N_, Language
from ontology.text import sort_key
from viz.pages import thing_path

__all__ = [
    "KIND_WORDS", "TIE_LABELS", "CloserLink", "Finding", "GapsPage", "Need", "ThemePage", "ask_gaps",
    "ask_theme", "group_needs", "link_closers",
]  # fmt: skip

TIE_LABELS: Mapping[TieToTheme, str] = {
    "partner": N_("Partners"),
    "project": N_("Projects"),
    "funding": N_("Funding"),
    "indicator": N_("Indicators"),
}
#: What a kind of finding is about, in one sentence under its heading.
KIND_WORDS: Mapping[GapKind, str] = {
    "theme": N_("Priorities of the plan that lack a kind of tie, and broad themes without any."),
    "dormant_partner": N_("Partners with an agreement in force and nothing recorded of late."),
    "partners_without_us": N_("Two partners do something together, and the city is not in it."),
    "shared_network": N_("Two partners or more are members, and the city is not."),
    "network_adds_nobody": N_("Every recorded member is a partner already, or in another of our networks."),
    "money_without_project": N_("A grant or a loan is recorded for the theme, and no project."),
    "project_without_plan": N_("Nobody has recorded which plan the project serves."),
    "region": N_("Neighbouring countries and regions (United Nations, M49) without a partner city."),
    "unused_door": N_("A local body is tied to a city abroad with which the municipality has nothing."),
    "side_by_side": N_("Several bodies of the city are tied to the same city abroad."),
    "open_place": N_("Declared by the municipality, and not identified by name yet."),
}
_HEAT = 4


@dataclass(frozen=True)
class Need:
    """What would widen the view: one command, and the sentences that ask for it."""

    command: str
    sentences: tuple[Label, ...]


@dataclass(frozen=True)
class CloserLink:
    """Who would close a gap, and where more is said: a city is judged, everything else has its page."""

    label: Label
    path: str | None
    parameters: Mapping[str, str]


#: Those who would close a gap, for each reason.
Closers = tuple[tuple[Label, tuple[CloserLink, ...]], ...]


@dataclass(frozen=True)
class Finding:
    """A gap with its relations, and where the page of what it is about is."""

    gap: Gap
    path: str | None
    evidence: tuple[Relation, ...]
    closers: Closers

    @property
    def is_own_work(self) -> bool:
        """Whether nobody else is needed to close it."""
        own = ("network_adds_nobody", "project_without_plan", "open_place")
        return self.gap.kind in own or self.gap.missing == ("indicator",)

    @property
    def theme(self) -> str | None:
        """The slug of the theme that candidates may be looked for by."""
        themed = self.gap.kind in ("theme", "money_without_project")
        return local_name(self.gap.subject) if themed else None

    @property
    def anchor(self) -> str:
        """The name of its row."""
        return f"{self.gap.kind}-{local_name(self.gap.subject)}".replace("_", "-")


@dataclass(frozen=True)
class Section:
    """All shown findings of one kind; ``total`` counts the others, too."""

    kind: GapKind
    title: Label
    total: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Cell:
    """One cell of the heat map: how many ties, and how warm (0 to 4)."""

    kind: TieToTheme
    count: int
    heat: int


@dataclass(frozen=True)
class Row:
    """A theme of the heat map; ``slug`` is that of its own page."""

    theme: ThemeTies
    slug: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class GapsPage:
    """Everything on the page of gaps."""

    found: Gaps
    sections: tuple[Section, ...]

    @property
    def needs(self) -> tuple[Need, ...]:
        """What would widen the view, by command."""
        return group_needs(self.found.widen)

    def rows_in(self, language: Language) -> list[Row]:
        """Return the heat map: priorities of the plan first, then by name."""
        most = max((len(ties) for one in self.found.themes for ties in one.ties.values()), default=1)
        order = sorted(
            self.found.themes, key=lambda one: (not one.priority, sort_key(one.label.get(language)))
        )
        return [_make_row(one, most) for one in order]

    @property
    def continents(self) -> list[tuple[Label, list[RegionCount]]]:
        """The regions of each continent."""
        regions = self.found.regions
        return [(continent_named(code), [r for r in regions if r.continent == code]) for code in CONTINENTS]

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(self.found.totals.values())


def _make_row(one: ThemeTies, most: int) -> Row:
    counts = [len(one.ties.get(kind, ())) for kind in TIE_KINDS]
    cells = tuple(
        Cell(kind, count, -(-_HEAT * count // most)) for kind, count in zip(TIE_KINDS, counts, strict=True)
    )
    return Row(one, local_name(one.theme), cells)


def group_needs(widen: Iterable[Widening]) -> tuple[Need, ...]:
    """Return the sentences by the command that answers them, in the order given."""
    by_command: dict[str, list[Label]] = defaultdict(list)
    for one in widen:
        by_command[one.command].append(one.text)
    return tuple(Need(command, tuple(sentences)) for command, sentences in by_command.items())


def ask_gaps(revision: Readable, found: Gaps) -> GapsPage:
    """Return the page of some gaps; the relations behind them are read at once."""
    wanted = sorted({iri for gap in found.items for iri in gap.evidence})
    relations = {one.iri: one for one in read_relations(revision, wanted, found.as_of)}
    by_kind: dict[GapKind, list[Finding]] = defaultdict(list)
    for gap in found.items:
        evidence = tuple(relations[iri] for iri in gap.evidence if iri in relations)
        links = link_closers(revision, gap.candidates)
        by_kind[gap.kind].append(Finding(gap, _path_of(revision, gap), evidence, links))
    sections = tuple(
        Section(kind, KIND_TITLES[kind], found.totals[kind], tuple(by_kind[kind]))
        for kind in GAP_KINDS
        if by_kind[kind]
    )
    return GapsPage(found, sections)


def _path_of(revision: Readable, gap: Gap) -> str | None:
    if gap.kind == "theme":
        return f"/gaps/themes/{quote(local_name(gap.subject))}"
    if gap.kind == "open_place":
        return f"/#{gap.subject}-open"
    thing = reference_of(revision, gap.subject, gap.title)
    return thing_path(thing) if thing.kind else None


def link_closers(revision: Readable, candidates: Iterable[Closer]) -> Closers:
    """Return candidates with their links, those of one reason together."""
    by_reason: dict[Label, list[CloserLink]] = defaultdict(list)
    for one in candidates:
        by_reason[one.why].append(_link(revision, one))
    return tuple((why, tuple(links)) for why, links in by_reason.items())


def _link(revision: Readable, one: Closer) -> CloserLink:
    if one.kind == "city":
        return CloserLink(one.label, "/partners/compare", {"name": local_name(one.iri)})
    return CloserLink(one.label, thing_path(reference_of(revision, one.iri, one.label)), {})


@dataclass(frozen=True)
class ThemePage:
    """One theme: its ties by kind, what lacks, and who would close it."""

    theme: Reference
    ties: ThemeTies
    gap: Gap
    relations: Mapping[TieToTheme, tuple[Relation, ...]]
    indicators: tuple[Reference, ...]
    closers: Closers

    @property
    def kinds(self) -> Sequence[TieToTheme]:
        """All kinds of tie, recorded or not."""
        return TIE_KINDS


def ask_theme(revision: Readable, ties: ThemeTies, gap: Gap, as_of: date) -> ThemePage:
    """Return the page of one theme on a day."""
    wanted = [iri for kind, found in ties.ties.items() if kind != "indicator" for iri in found]
    read = {one.iri: one for one in read_relations(revision, wanted, as_of, with_evidence=True)}
    indicators = ties.ties.get("indicator", ())
    names = read_names(revision, indicators)
    return ThemePage(
        theme=reference_of(revision, ties.theme, ties.label),
        ties=ties,
        gap=gap,
        relations={
            kind: tuple(read[iri] for iri in found if iri in read)
            for kind, found in ties.ties.items()
            if kind != "indicator"
        },
        indicators=tuple(reference_of(revision, iri, names.get(iri)) for iri in indicators),
        closers=link_closers(revision, gap.candidates),
    )
