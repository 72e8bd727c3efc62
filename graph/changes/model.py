"""What a comparison of two revisions says: plain frozen values for pages, files and programs."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

from graph.model import Document, Grade, Label, Reference
from graph.revision import RevisionInfo

__all__ = ["CHANGES", "GROUPS", "Change", "Comparison", "FieldChange", "Group", "GroupKey"]

#: ``stronger`` and ``weaker``: the values are the same, the evidence for them is not.
Change = Literal["came", "went", "changed", "stronger", "weaker"]
GroupKey = Literal[
    "twinning", "protocol", "membership", "participation", "funding", "cooperation", "project", "network",
    "plan", "indicator", "body", "place", "document",
]  # fmt: skip

CHANGES: tuple[Change, ...] = get_args(Change)
GROUPS: tuple[GroupKey, ...] = get_args(GroupKey)


@dataclass(frozen=True)
class FieldChange:
    """A property whose accepted value differs: its name, the values before and after, as people read them."""

    label: Label
    before: tuple[Label, ...]
    after: tuple[Label, ...]


@dataclass(frozen=True)
class ThingChange:
    """One thing that came, went or changed.

    Attributes
    ----------
    thing
        The thing under its name; of one that went, as it was called.
    change
        What happened to it.
    fields
        Accepted values that differ; none of a thing that came or went.
    grades
        How sure it was before and is now; ``None`` where nothing is graded.
    sources, sources_gone
        Documents that speak of it now and did not before, and the other way round.
    """

    thing: Reference
    change: Change
    fields: tuple[FieldChange, ...] = ()
    grades: tuple[Grade | None, Grade | None] = (None, None)
    sources: tuple[Document, ...] = ()
    sources_gone: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Group:
    """All changes of one kind; ``items`` may be the first ones only, ``counts`` are of all."""

    key: GroupKey
    items: tuple[ThingChange, ...]
    counts: dict[Change, int]

    @property
    def total(self) -> int:
        """How many things of this kind changed."""
        return sum(self.counts.values())

    @property
    def left_out(self) -> int:
        """How many of them are not among ``items``."""
        return self.total - len(self.items)


@dataclass(frozen=True)
class Comparison:
    """What changed from one revision to another.

    Attributes
    ----------
    before, after
        The revisions; ``after`` may be the older one when somebody went back.
    groups
        Kinds in which something changed, in a fixed order.
    """

    before: RevisionInfo
    after: RevisionInfo
    groups: tuple[Group, ...]

    @property
    def counts(self) -> dict[Change, int]:
        """How many things came, went and so on, of all kinds."""
        found: Counter[Change] = Counter()
        for group in self.groups:
            found.update(group.counts)
        return {change: found[change] for change in CHANGES}

    @property
    def total(self) -> int:
        """How many things changed."""
        return sum(self.counts.values())

    @property
    def is_of_program(self) -> bool:
        """Whether another version of the program made the later one: rules and words may differ, too."""
        return self.before.program_digest != self.after.program_digest
