"""What a search for gaps finds: plain frozen values for the API, the pages and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from graph.model import Label, Reference

__all__ = ["GAP_KINDS", "KIND_TITLES", "Closer", "Gap", "GapKind", "Gaps", "Hidden", "Standing", "Widening"]

GapKind = Literal[
    "theme", "dormant_partner", "partners_without_us", "shared_network", "network_adds_nobody",
    "money_without_project", "project_without_plan", "region", "unused_door", "side_by_side", "open_place",
]  # fmt: skip
GAP_KINDS: tuple[GapKind, ...] = get_args(GapKind)

#: What the kinds are called.
KIND_TITLES: Mapping[GapKind, Label] = {
    "theme": Label("Bağı kayıtlı olmayan temalar", "Themes without a recorded tie"),
    "dormant_partner": Label("Uykudaki ortaklar", "Dormant partners"),
    "partners_without_us": Label("Bizsiz birlikte çalışan ortaklar", "Partners who work together without us"),
    "shared_network": Label("Ortakların buluştuğu ağlar", "Networks where partners meet"),
    "network_adds_nobody": Label("Yeni kimse katmayan ağlar", "Networks that add nobody new"),
    "money_without_project": Label(
        "Parası olan, projesi olmayan temalar", "Themes with money and no project"
    ),
    "project_without_plan": Label("Plana bağlanmamış projeler", "Projects that serve no recorded plan"),
    "region": Label("Ortağın kayıtlı olmadığı bölgeler", "Regions without a recorded partner"),
    "unused_door": Label("Kullanılmayan kapılar", "Doors not used"),
    "side_by_side": Label("Yan yana çalıştığımız kentler", "Cities in which several of ours act"),
    "open_place": Label("Adı bilinmeyen ilişkiler", "Declared relations not identified"),
}


@dataclass(frozen=True)
class Closer:
    """Who or what would close a gap.

    Parameters
    ----------
    iri, kind
        A ``city``, a ``network`` or another thing, as in its IRI.
    score
        Affinity of the ranker or score of a network; comparable within one gap only; ``None``: not scored.
    why
        Why this one.
    """

    iri: str
    kind: str
    label: Label
    why: Label
    score: float | None = None


@dataclass(frozen=True)
class Gap:
    """One finding.

    Parameters
    ----------
    subject
        What it is about: the IRI of a theme, a city, a network, a project; a continent's code.
    size
        How big it is, in ``unit``; comparable within a kind only.
    evidence
        Relations (IRIs) that it rests on; empty where the finding is that nothing is recorded.
    query
        SPARQL that anyone can run, and that lists what the finding was made from.
    things
        Further things that it names (IRIs): those who may close it are looked for among them.
    missing
        For a theme: the kinds of tie that are not recorded.
    priority
        Whether the city's plan names it as a priority.
    """

    kind: GapKind
    subject: str
    title: Label
    text: Label
    size: float
    unit: Label
    query: str
    evidence: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    priority: bool = False
    candidates: tuple[Closer, ...] = ()


@dataclass(frozen=True)
class Widening:
    """What would widen the view, and the one command that does."""

    text: Label
    command: str


@dataclass(frozen=True)
class Hidden:
    """How many pairs of partners share a network, and how many of them chance explains (hidden).

    ``alpha`` is the level of the test.
    """

    pairs: int
    hidden: int
    alpha: float

    @property
    def share(self) -> float:
        """The share of the pairs that is hidden, 0 to 1."""
        return self.hidden / self.pairs if self.pairs else 0.0


@dataclass(frozen=True)
class Standing:
    """How free a city's hands are among its partners.

    Parameters
    ----------
    constraint
        Burt's constraint: near 0 where partners don't know one another, 1 and more where all are tied to
        one another or there is but one; ``None`` without partners.
    effective_size
        Partners less what they have in common: how many separate circles the city reaches.
    partners
        How many there are.
    """

    constraint: float | None
    effective_size: float | None
    partners: int


@dataclass(frozen=True)
class Gaps:
    """The findings of a city on a day; ``widen`` is to be read first.

    ``totals`` counts all findings of a kind, shown or not.
    """

    city: Reference
    as_of: date
    coverage: float
    widen: tuple[Widening, ...]
    items: tuple[Gap, ...]
    totals: Mapping[GapKind, int]
    standing: Standing
    hidden: Hidden
