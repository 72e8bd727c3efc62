"""What a recommendation says: plain frozen values for the API, the pages and the command line.

``affinity`` is the trained score of the ranker and is the sum of its ``terms``; ``fit`` is a
checklist beside it. The two are never blended into one number.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from graph.model import Label, NetworkKind, Reference
from graph.recommendation.universe import Candidate

__all__ = [
    "PURPOSES", "Check", "CheckName", "NetworkAdvice", "Purpose", "Reason", "Recommendation",
    "Recommendations", "Remark", "Step", "Term", "WayTold",
]  # fmt: skip

Purpose = Literal["twinning", "project", "network"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
CheckName = Literal[
    "theme", "plan", "open_call", "shared_network", "capacity", "existing_tie", "not_in_talks"
]


@dataclass(frozen=True)
class Term:
    """One addend of the affinity: its name, what it is about, and its value."""

    name: str
    group: str
    label: Label
    value: float


@dataclass(frozen=True)
class Step:
    """One tie on the way to a candidate: a relation with its dates, grade and documents."""

    relation: Reference
    kind: str
    status: str
    grade: str
    start: str | None
    end: str | None
    documents: tuple[Reference, ...]


@dataclass(frozen=True)
class WayTold:
    """A way with its steps."""

    text: Label
    through: tuple[Reference, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Reason:
    """A sentence for a group of terms, what it adds to the affinity, and the ways it rests on.

    ``query`` lists the statements of all ways with their documents; ``None`` without ways.
    """

    group: str
    text: Label
    contribution: float
    ways: tuple[WayTold, ...] = ()
    query: str | None = None


@dataclass(frozen=True)
class Remark:
    """Something that speaks against a candidate, with the relations that say so."""

    name: str
    text: Label
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """One line of the checklist; ``ok`` is ``None`` where nothing is recorded to tell by."""

    check: CheckName
    ok: bool | None
    text: Label
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recommendation:
    """One candidate in its place; ``coverage`` is the share of what is asked of it that is known."""

    rank: int
    city: Candidate
    affinity: float
    terms: tuple[Term, ...]
    reasons: tuple[Reason, ...]
    fit: tuple[Check, ...]
    against: tuple[Remark, ...]
    coverage: float
    #: What would move it up or down the list.
    levers: tuple[Label, ...] = ()


@dataclass(frozen=True)
class NetworkAdvice:
    """A city network to join: who of our partners is in it, and what that adds to the score."""

    rank: int
    network: Reference
    kind: NetworkKind
    affinity: float
    terms: tuple[Term, ...]
    reasons: tuple[Reason, ...]
    fit: tuple[Check, ...]
    against: tuple[Remark, ...]
    members: int


@dataclass(frozen=True)
class Recommendations:
    """A page of the list, with what it was made from.

    ``enough`` is false when too little is known to rank at all: then there are no items, and
    ``widen`` says what would change that. ``total`` counts candidates after the filters.
    """

    city: Reference
    purpose: Purpose
    as_of: date
    model: str
    coverage: float
    enough: bool
    widen: tuple[Label, ...]
    items: tuple[Recommendation, ...] | tuple[NetworkAdvice, ...]
    total: int
    known_ties: int
