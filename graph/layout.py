"""Where the nodes of a city's partner network stand: the same graph gives the same picture.

The city is in the middle. Around it every group of nodes has a sector as wide as it is
populous, filled ring by ring and ordered along the angle (partners by country). Then boxes
as large as node and name are pushed apart until they don't overlap. Nothing is random, and
nothing depends on the day asked, so that the picture stands still while the day moves.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = ["LAYOUT_VERSION", "Box", "Place", "count_overlaps", "place_beside", "place_nodes"]

#: Places that were kept under another number are made anew; count it up when they shall change.
LAYOUT_VERSION = 1
#: Units are pixels at zoom 1.
_FIRST_RING = 190.0
_RING_GAP = 88.0
_NODE_WIDTH = 118.0
#: Screens are wider than high.
_STRETCH = 1.45
_GAP = math.radians(7)
_START = math.radians(-155)
_BOX_HEIGHT = 50.0
_LETTER = 7.2
_ROUNDS = 400

Place = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A node to be placed; ``group`` is its sector, ``name`` the longest text under it."""

    node: str
    group: str
    name: str

    @cached_property
    def width(self) -> float:
        """Width of node and name."""
        return max(44.0, _LETTER * min(len(self.name), 28) + 12.0)


def place_nodes(middle: Box, around: Sequence[Box]) -> dict[str, Place]:
    """Return where each node stands; ``middle`` stands at the origin.

    Parameters
    ----------
    around
        All other nodes: the groups in their order around the middle, clockwise from the left
        of the top, each group's nodes in their order along the angle.
    """
    groups: dict[str, list[Box]] = {}
    for box in around:
        groups.setdefault(box.group, []).append(box)
    places: dict[str, Place] = {middle.node: (0.0, 0.0)}
    free = 2 * math.pi - _GAP * len(groups)
    angle = _START
    for boxes in groups.values():
        span = free * len(boxes) / len(around)
        places |= _fill_sector(boxes, angle, span)
        angle += span + _GAP
    _push_apart([middle, *around], places)
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


def _radius(ring: int) -> float:
    return _FIRST_RING + ring * _RING_GAP


def _capacity(ring: int, span: float) -> float:
    return span * _radius(ring) * (1 + _STRETCH) / 2 / _NODE_WIDTH


def _fill_sector(boxes: Sequence[Box], begin: float, span: float) -> dict[str, Place]:
    """Return places in one sector: angles in order, rings filled evenly along the way."""
    capacities = [_capacity(0, span)]
    while sum(capacities) < len(boxes):
        capacities.append(_capacity(len(capacities), span))
    total = sum(capacities)
    taken = [0] * len(capacities)
    places = {}
    for index, box in enumerate(boxes):
        # The ring that lags most behind its share takes the next node.
        ring = max(range(len(capacities)), key=lambda r: capacities[r] / total * (index + 1) - taken[r])
        taken[ring] += 1
        angle = begin + span * (index + 0.5) / len(boxes)
        places[box.node] = (_STRETCH * _radius(ring) * math.cos(angle), _radius(ring) * math.sin(angle))
    return places


def _push_apart(boxes: Sequence[Box], places: dict[str, Place]) -> None:
    """Move overlapping boxes apart along the shorter way; the first box stays."""
    for _ in range(_ROUNDS):
        if not sum(_push_pair(boxes, i, j, places) for i, j in _near_pairs(boxes, places)):
            break


def _near_pairs(boxes: Sequence[Box], places: dict[str, Place]) -> list[tuple[int, int]]:
    """Return the pairs whose boxes may touch: neighbours in height."""
    order = sorted(range(len(boxes)), key=lambda i: (places[boxes[i].node][1], i))
    pairs = []
    for at, i in enumerate(order):
        bottom = places[boxes[i].node][1] + _BOX_HEIGHT
        for j in order[at + 1 :]:
            if places[boxes[j].node][1] >= bottom:
                break
            pairs.append((min(i, j), max(i, j)))
    return pairs


def _overlap(one: Box, two: Box, places: dict[str, Place]) -> tuple[float, float]:
    (x1, y1), (x2, y2) = places[one.node], places[two.node]
    return (one.width + two.width) / 2 - abs(x1 - x2), _BOX_HEIGHT - abs(y1 - y2)


def _push_pair(boxes: Sequence[Box], i: int, j: int, places: dict[str, Place]) -> bool:
    one, two = boxes[i], boxes[j]
    dx, dy = _overlap(one, two, places)
    if dx <= 0 or dy <= 0:
        return False
    (x1, y1), (x2, y2) = places[one.node], places[two.node]
    share = 1.0 if i == 0 else 0.5
    if dy <= dx:
        move = (dy + 1) * (1 if y2 >= y1 else -1)
        places[two.node] = (x2, y2 + move * share)
        places[one.node] = (x1, y1 - move * (1 - share))
    else:
        move = (dx + 1) * (1 if x2 >= x1 else -1)
        places[two.node] = (x2 + move * share, y2)
        places[one.node] = (x1 - move * (1 - share), y1)
    return True


def count_overlaps(boxes: Sequence[Box], places: dict[str, Place]) -> int:
    """Return how many pairs of boxes overlap."""
    pairs = _near_pairs(boxes, places)
    return sum(min(_overlap(boxes[i], boxes[j], places)) > 0 for i, j in pairs)


def place_beside(
    places: Mapping[str, Place], drawn: Sequence[Box], anchor: str, boxes: Sequence[Box]
) -> dict[str, Place]:
    """Return where further nodes stand: in a block beside one that is there, seen from the middle.

    What stands already stays where it is, and nothing overlaps it.

    Parameters
    ----------
    places, drawn
        What stands already, and how large it is.
    anchor
        The node that the new ones belong to.
    boxes
        The new nodes in the order in which they are to be read, line by line.
    """
    if not boxes:
        return {}
    cell = (max(box.width for box in boxes) + 6.0, _BOX_HEIGHT + 4.0)
    (x, y), radius = places[anchor], math.sqrt(len(boxes) * cell[0] * cell[1] / math.pi)
    away = math.hypot(x, y)
    # From the middle itself, downwards: there the names of the ring leave most room.
    to_x, to_y = (x / away, y / away) if away else (0.0, 1.0)
    middle = (x + to_x * (radius * _STRETCH + _BESIDE), y + to_y * (radius + _BESIDE))
    taken = _Taken(drawn, places)
    free = itertools.islice((at for at in _spiral(middle, cell) if taken.is_free(at, cell)), len(boxes))
    lines = sorted(free, key=lambda at: (at[1], at[0]))
    return {box.node: (round(x, 1), round(y, 1)) for box, (x, y) in zip(boxes, lines, strict=True)}


#: How far from its node a block of further nodes begins.
_BESIDE = 120.0


def _spiral(middle: Place, cell: Place) -> Iterator[Place]:
    """Yield the places of a grid around a point, ring by ring."""
    for ring in itertools.count():
        steps = range(-ring, ring + 1)
        around = [(i, j) for i in steps for j in steps if max(abs(i), abs(j)) == ring]
        for i, j in sorted(around, key=lambda at: (math.hypot(at[0] * cell[0], at[1] * cell[1]), at)):
            yield middle[0] + i * cell[0], middle[1] + j * cell[1]


class _Taken:
    """What room is taken, found by squares of a coarse grid."""

    _SQUARE = 240.0

    def __init__(self, boxes: Sequence[Box], places: Mapping[str, Place]) -> None:
        self._squares: dict[tuple[int, int], list[tuple[Place, Place]]] = defaultdict(list)
        for box in boxes:
            at, size = places[box.node], (box.width, _BOX_HEIGHT)
            for square in self._squares_of(at, size):
                self._squares[square].append((at, size))

    def _squares_of(self, at: Place, size: Place) -> Iterator[tuple[int, int]]:
        left, top = at[0] - size[0] / 2, at[1] - size[1] / 2
        for i in range(int(left // self._SQUARE), int((left + size[0]) // self._SQUARE) + 1):
            for j in range(int(top // self._SQUARE), int((top + size[1]) // self._SQUARE) + 1):
                yield i, j

    def is_free(self, at: Place, size: Place) -> bool:
        """Tell whether a box of that size overlaps nothing there."""
        return not any(
            abs(at[0] - x) < (size[0] + width) / 2 and abs(at[1] - y) < (size[1] + height) / 2
            for square in self._squares_of(at, size)
            for (x, y), (width, height) in self._squares[square]
        )
