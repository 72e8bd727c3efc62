"""The tables in a letter's annex: for each stage of the plan its items in three columns.

A table is a block with tabs between its cells; its first line names the columns, and a short line
before it the stage. Scans misread letters and run words together, so these names are compared with
tolerance. What does not fit is left as it is, and listed with what was not read.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from ingest.letter.blocks import Block
from ingest.letter.bullets import Passage, split_cell
from ingest.plan_items import COLUMNS, Column
from ontology.text import fold

__all__ = ["StageItem", "StageTable", "read_tables"]

# Stage or column → how words begin by which it is known, folded.
_STAGES = {
    "approval-and-dissemination": ("onaylan", "yayginlas"),
    "drafting": ("taslag",),
    "situation-analysis": ("durum", "tespit"),
    "start": ("baslangic",),
    "implementation": ("uygulan",),
    "monitoring-and-evaluation": ("izleme",),
    "yearly-review": ("yillik",),
}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "contents": ("icerik", "hedef"),
    "results": ("sonuc",),
    "roles": ("roller", "rolu", "gorevler"),
}
#: How alike two words must be when a scan may have misread one letter in five.
_ALIKE = 0.8
#: The longest title of a table, in words; a longer line is a sentence.
_TITLE_WORDS = 12


@dataclass(frozen=True)
class StageItem:
    """One item: its column, its place in it from 1, its line, its text and characters."""

    column: Column
    position: int
    line: int
    passage: Passage


@dataclass(frozen=True)
class StageTable:
    """The table of one stage: slug of the stage, its title and line, its items."""

    stage: str
    title: str
    line: int
    items: tuple[StageItem, ...]


@dataclass(frozen=True)
class _Cell:
    """The place of one cell in the text; ``column`` is ``None`` where no heading stands above it."""

    column: Column | None
    start: int
    end: int


def read_tables(text: str, blocks: list[Block]) -> tuple[list[StageTable], list[Block]]:
    """Return the tables of stages, and what stands in them outside of items.

    Blocks that were read are marked with the roles ``table`` and ``stage``.
    """
    tables: list[StageTable] = []
    left: list[Block] = []
    counted: dict[tuple[str, Column], int] = {}
    for index, block in enumerate(blocks):
        cells = _cells(text, block) if block.is_table else []
        title = _find_title(blocks, index) if cells else None
        if title is None:
            continue
        stage = find_stage(title.text)
        items: list[StageItem] = []
        for column, passage, line in _passages(text, block, cells):
            if column is None:
                left.append(Block(line, line, passage.text, [passage.text], 0, False, *passage.span))
                continue
            position = counted[stage, column] = counted.get((stage, column), 0) + 1
            items.append(StageItem(column, position, line, passage))
        block.roles.add("table")
        title.roles.add("stage")
        tables.append(StageTable(stage, _plain_title(title.text), title.line, tuple(items)))
    return tables, left


def _passages(text: str, block: Block, cells: list[_Cell]) -> Iterator[tuple[Column | None, Passage, int]]:
    """Yield column, passage and line of all items; what is in no column, or before the items, has none."""
    lines = [start for start, _ in _lines(text, block)]
    for cell in cells:
        items, before = split_cell(text, cell.start, cell.end)
        for passage in (*before, *items):
            column = None if passage in before else cell.column
            yield column, passage, block.line + bisect_right(lines, passage.start) - 1


def _plain_title(title: str) -> str:
    return title.strip("# ").rstrip(": ")


@lru_cache(maxsize=4096)
def find_stage(title: str) -> str:
    """Return the stage that a title names, or an empty text.

    Examples
    --------
    >>> find_stage("## DurumTespitl-Analizi")
    'situation-analysis'
    """
    return _best(title, _STAGES)


def _best(name: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """Return the key whose words a name has most of, each compared with tolerance."""
    scores = {key: sum(_likeness(name, stem) for stem in stems) for key, stems in known.items()}
    best = max(scores, key=lambda key: scores[key])
    return best if scores[best] else ""


def _likeness(name: str, stem: str) -> float:
    """Return how like a word of the name is to a stem: 1 when it is in it, 0 when none is alike."""
    words = re.findall(r"\w+", fold(name))
    if stem in "".join(words):
        return 1
    ratios = [SequenceMatcher(None, word[: len(stem)], stem).ratio() for word in words]
    return max([ratio for ratio in ratios if ratio >= _ALIKE], default=0)


def _find_title(blocks: list[Block], table: int) -> Block | None:
    """Return the nearest short line before a table that names a stage, with no other table between."""
    for index in range(table - 1, -1, -1):
        block = blocks[index]
        if block.is_table:
            return None
        if len(block.text.split()) <= _TITLE_WORDS and find_stage(block.text):
            return block
    return None


def _cells(text: str, block: Block) -> list[_Cell]:
    """Return the cells below the headings; none when the first line names less than two columns.

    A row that ends before its last column goes on in the next line: a scan broke it there.
    """
    lines = list(_lines(text, block))
    headings = _headings(text[slice(*lines[0])])
    if len(set(headings) - {None}) < len(COLUMNS) - 1:
        return []
    cells: list[_Cell] = []
    at = len(headings)  # the column that the line before ended in
    for start, end in lines[1:]:
        parts = list(_parts(text, start, end))
        goes_on = bool(cells) and (at < len(headings) - 1 or len(parts) == 1)
        if goes_on:
            cells[-1] = _Cell(cells[-1].column, cells[-1].start, parts[0][1])
        else:
            at = -1
        for part in parts[goes_on:]:
            at += 1
            cells.append(_Cell(headings[at] if at < len(headings) else None, *part))
    return cells


def _headings(line: str) -> list[Column | None]:
    found = [_best(heading, _COLUMNS) for heading in line.split("\t")]
    return [next((column for column in COLUMNS if column == name), None) for name in found]


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    start = block.start
    for line in text[block.start : block.end].splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for part in text[start:end].split("\t"):
        yield start, start + len(part)
        start += len(part) + 1
