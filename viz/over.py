"""What is drawn over the picture: who is recommended, and where there are gaps."""

from dataclasses import dataclass
from typing import Any

from graph.gaps.model import GAP_KINDS, KIND_TITLES, Gap, GapKind, Gaps
from graph.model import Label
from graph.recommendation.model import Recommendation, Recommendations
from ontology.messages import N_, Language, translate

__all__ = ["GapGroup", "group_gaps", "mark_gaps", "mark_partners"]

#: Kinds of gap whose subject is a thing that a picture can show or lacks.
_NAMED: tuple[GapKind, ...] = (
    "dormant_partner", "partners_without_us", "shared_network", "network_adds_nobody", "project_without_plan",
    "side_by_side", "open_place",
)  # fmt: skip


@dataclass(frozen=True)
class GapGroup:
    """All gaps of one kind that are shown, and how many there are."""

    kind: GapKind
    title: Label
    total: int
    gaps: tuple[Gap, ...]


def group_gaps(found: Gaps) -> tuple[GapGroup, ...]:
    """Return the gaps by kind, in the order of the kinds."""
    groups = (
        GapGroup(kind, KIND_TITLES[kind], found.totals[kind], tuple(g for g in found.items if g.kind == kind))
        for kind in GAP_KINDS
        if found.totals.get(kind)
    )
    return tuple(group for group in groups if group.gaps)


def mark_gaps(found: Gaps) -> dict[str, Any]:
    """Return what the picture is to mark: things with a gap (by id)."""
    marked = [gap.subject for gap in found.items if gap.kind in _NAMED]
    return {"ghosts": [], "marked": sorted(set(marked))}


def mark_partners(found: Recommendations, language: Language) -> dict[str, Any]:
    """Return whom the picture is to draw beside it, each tied to the partners that it has in common."""
    ghosts = [_ghost(item, language) for item in found.items if isinstance(item, Recommendation)]
    return {"ghosts": ghosts, "marked": []}


def _ghost(item: Recommendation, language: Language) -> dict[str, Any]:
    through = [one.iri for reason in item.reasons for way in reason.ways for one in way.through[:1]]
    about = translate(N_("Recommended, place {rank}"), language, rank=item.rank)
    reasons = [reason.text.get(language) for reason in item.reasons[:2]]
    return {
        "id": item.city.iri,
        "name": f"{item.rank}. {item.city.label.get(language)}",
        "about": "\n".join([about, *reasons]),
        "to": list(dict.fromkeys(through))[:6],
    }
