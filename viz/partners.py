"""What the pages of partners show: ranked candidates with reasons, a checklist beside, and some side by side.

Affinity and checklist stand beside one another and are never made one number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rdflib import URIRef

from graph.gaps.regions import CONTINENTS, countries_of, region_label
from graph.library import load_query, rebase
from graph.model import Label, Reference, Theme
from graph.questions import Questions
from graph.questions.names import reference_of
from graph.questions.reading import Readable, local_name
from graph.recommendation.groups import GROUP_LABELS
from graph.recommendation.model import (
    PURPOSES,
    CheckName,
    NetworkAdvice,
    Purpose,
    Recommendation,
    Recommendations,
    Term,
)
from ontology.iris import Iris
from ontology.messages import N_, Language
from ontology.text import sort_key
from viz.pages import thing_path

__all__ = [
    "CHECK_LABELS", "FILTER_CHECKS", "PURPOSE_LABELS", "CandidateCard", "ComparePage", "Decision", "Filters",
    "NetworkCard", "PartnersPage", "ask_partners", "make_cards",
]  # fmt: skip

PURPOSE_LABELS: Mapping[Purpose, str] = {
    "twinning": N_("Sister city"),
    "project": N_("Project partner"),
    "network": N_("Network to join"),
}
CHECK_LABELS: Mapping[CheckName, str] = {
    "theme": N_("Theme"),
    "plan": N_("Plan"),
    "open_call": N_("Open call"),
    "shared_network": N_("Shared network"),
    "capacity": N_("Seen at work"),
    "existing_tie": N_("Existing tie"),
    "not_in_talks": N_("No talks open"),
}
#: Lines of the checklist that one may filter by.
FILTER_CHECKS: tuple[CheckName, ...] = ("theme", "plan", "open_call", "shared_network", "capacity")
#: Relations of one remark whose statements a query lists.
_LISTED = 60


@dataclass(frozen=True)
class Decision:
    """A recorded decision on a candidate: what was decided, by which office, when, and why."""

    text: Label
    reason: Label
    office: Label
    on: str
    path: str | None = None


#: Decisions of the records by the IRI of the candidate; empty while nothing records any.
Decisions = Mapping[str, tuple[Decision, ...]]


@dataclass(frozen=True)
class GroupSum:
    """What a group of terms adds to the affinity; ``start`` and ``width`` of its bar are in percent."""

    label: Label
    value: float
    start: float
    width: float


@dataclass(frozen=True)
class CandidateCard:
    """A candidate with the drawing of its affinity and where more is said of it.

    Parameters
    ----------
    key
        What stands for it in addresses: slug or GeoNames number.
    path
        Its own page; ``None`` for a city that the graph doesn't know.
    """

    item: Recommendation
    key: str
    path: str | None
    groups: tuple[GroupSum, ...]
    decisions: tuple[Decision, ...] = ()
    iris: Iris = field(default_factory=Iris)

    def statements_of(self, evidence: Sequence[str]) -> str | None:
        """Return the query that lists the statements of some relations; ``None`` without any of them."""
        relations = [URIRef(iri) for iri in evidence[:_LISTED] if "/call/" not in iri]
        return (
            rebase(load_query("statements_of_ties").bind(relation=relations), self.iris)
            if relations
            else None
        )


@dataclass(frozen=True)
class NetworkCard:
    """A network to join."""

    item: NetworkAdvice
    path: str | None


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed by, as the form has it."""

    purpose: Purpose = "twinning"
    theme: str = ""
    countries: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    recorded: bool = False
    cautioned: bool = False
    start: int = 0


@dataclass(frozen=True)
class PartnersPage:
    """The ranked list."""

    found: Recommendations
    filters: Filters
    cards: tuple[CandidateCard, ...]
    networks: tuple[NetworkCard, ...]
    themes: tuple[Theme, ...]
    limit: int

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """What a partner may be for."""
        return PURPOSES

    @property
    def checks(self) -> tuple[CheckName, ...]:
        """Lines of the checklist that one may filter by."""
        return FILTER_CHECKS

    @cached_property
    def theme(self) -> Theme | None:
        """The theme that was asked for."""
        return next((one for one in self.themes if one.slug == self.filters.theme), None)

    @property
    def following(self) -> int | None:
        """Where the next page begins."""
        after = self.filters.start + len(self.found.items)
        return after if self.found.items and after < self.found.total else None

    @property
    def before(self) -> int | None:
        """Where the page before begins."""
        return max(0, self.filters.start - self.limit) if self.filters.start else None

    @staticmethod
    def country_names(language: Language) -> list[tuple[str, str]]:
        """Return codes and names of all countries in the order of the language."""
        codes = {code for continent in CONTINENTS for code in countries_of(continent)}
        names = [(code, region_label(code).get(language)) for code in codes]
        return sorted(names, key=lambda pair: (sort_key(pair[1]), pair[0]))


@dataclass(frozen=True)
class ComparePage:
    """Some candidates side by side, judged by the same measures as the list.

    ``unknown`` holds the names that nothing bears, each with what may be meant.
    """

    city: Reference
    names: tuple[str, ...]
    cards: tuple[CandidateCard, ...]
    unknown: tuple[tuple[str, tuple[Reference, ...]], ...]
    themes: tuple[Theme, ...]
    theme: str = ""
    widen: tuple[Label, ...] = ()
    check_names: Sequence[CheckName] = field(default_factory=tuple)

    @property
    def fields(self) -> tuple[str, str, str]:
        """What stands in the three fields of the form."""
        first, second, third = (*self.names, "", "", "")[:3]
        return first, second, third


def make_cards(
    revision: Readable, items: Iterable[Recommendation], decisions: Decisions | None = None
) -> tuple[CandidateCard, ...]:
    """Return candidates with their drawings, which share one scale."""
    found = list(items)
    sums = [_sum_groups(item.terms) for item in found]
    most = max((abs(value) for one in sums for value in one.values()), default=1.0) or 1.0
    return tuple(
        CandidateCard(
            item=item,
            key=local_name(item.city.iri),
            path=thing_path(reference_of(revision, item.city.iri, item.city.label))
            if item.city.is_in_graph
            else None,
            groups=tuple(_bar(group, value, most) for group, value in _weightiest(groups)),
            decisions=(decisions or {}).get(item.city.iri, ()),
            iris=revision.iris,
        )
        for item, groups in zip(found, sums, strict=True)
    )


def _sum_groups(terms: Iterable[Term]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for term in terms:
        sums[term.group] += term.value
    return dict(sums)


def _weightiest(groups: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(groups.items(), key=lambda pair: (-abs(pair[1]), pair[0]))


def _bar(group: str, value: float, most: float) -> GroupSum:
    """Return a bar that grows from the middle: to the right what lifts, to the left what holds back."""
    width = round(50 * abs(value) / most, 1)
    start = 50.0 if value >= 0 else round(50 - width, 1)
    return GroupSum(GROUP_LABELS.get(group, Label(group, group)), value, start, width)


def ask_partners(
    questions: Questions,
    found: Recommendations,
    filters: Filters,
    limit: int,
    decisions: Decisions | None = None,
) -> PartnersPage:
    """Return the page of a list."""
    revision = questions.revision
    cities = [item for item in found.items if isinstance(item, Recommendation)]
    networks = [item for item in found.items if isinstance(item, NetworkAdvice)]
    return PartnersPage(
        found=found,
        filters=filters,
        cards=make_cards(revision, cities, decisions),
        networks=tuple(NetworkCard(item, thing_path(item.network)) for item in networks),
        themes=questions.themes().items,
        limit=limit,
    )
