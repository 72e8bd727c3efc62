"""A small picture of a thing among those it is tied to: drawn on the server, without a script."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin

from graph.model import Label, Party, Relation, Status
from viz.kinds import FAMILY_OF, Family
from viz.pages import thing_path

__all__ = ["Ego", "EgoNode", "draw_ego"]

WIDTH, HEIGHT = 560, 340
_ACROSS, _DOWN = 150, 118
#: Neighbours that are drawn, and letters of a name.
_MOST, _LETTERS = 14, 18


@dataclass(frozen=True)
class EgoNode:
    """A neighbour: its place, how it is drawn, and where its page is."""

    label: Label
    path: str | None
    family: Family
    status: Status
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Ego:
    """The picture; ``left_out`` neighbours have no room."""

    label: Label
    nodes: tuple[EgoNode, ...]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def families(self) -> tuple[Family, ...]:
        """The families that it shows, for its key."""
        return tuple(dict.fromkeys(node.family for node in self.nodes))


def draw_ego(label: Label, neighbours: Iterable[tuple[Party, Relation]]) -> Ego | None:
    """Return a thing amid its neighbours, each once, ties in force first; ``None`` without any."""
    order: tuple[Status, ...] = ("holds", "may_hold", "planned", "unknown", "ended")
    ranked = sorted(neighbours, key=lambda pair: (order.index(pair[1].status), not pair[1].counted_in))
    once = {party.iri: (party, relation) for party, relation in reversed(ranked)}
    found = [once[iri] for iri in reversed(once)]
    if not found:
        return None
    shown = found[:_MOST]
    nodes = tuple(
        _place(party, one, 2 * pi * k / len(shown) - pi / 2) for k, (party, one) in enumerate(shown)
    )
    return Ego(shorten(label), nodes, len(found) - len(shown))


def _place(party: Party, relation: Relation, angle: float) -> EgoNode:
    across, down = cos(angle), sin(angle)
    x, y = WIDTH / 2 + _ACROSS * across, HEIGHT / 2 + _DOWN * down
    beside = abs(across) > 0.2
    anchor = "middle" if not beside else "start" if across > 0 else "end"
    shift = 13 if across > 0 else -13
    return EgoNode(
        label=shorten(party.short_label),
        path=thing_path(party),
        family=FAMILY_OF[relation.kind],
        status=relation.status,
        x=round(x, 1),
        y=round(y, 1),
        text_x=round(x + (shift if beside else 0), 1),
        text_y=round(y + (4 if beside else 24 if down > 0 else -15), 1),
        anchor=anchor,
    )


def shorten(label: Label) -> Label:
    """Return a name that fits."""
    tr, en = (f"{text[: _LETTERS - 1]}…" if len(text) > _LETTERS else text for text in (label.tr, label.en))
    return Label(tr, en)
