"""A letter as blocks of text with their line numbers, cleaned of markup.

The scans hold HTML tables and lists inside plain text, bold marks, and lines broken by
the page. Nothing is interpreted here; ``ingest.letter.parse`` and ``ingest.letter.tables`` do.
"""

import html
import re
from dataclasses import dataclass, field

__all__ = ["Block", "Role", "clean", "split_blocks"]

#: What became of a block: read, left out on purpose, or not read.
Role = str

_TAG = re.compile(r"<[^>]{1,200}>")
_ITEM = re.compile(r"<li\b", re.IGNORECASE)


@dataclass
class Block:
    """Lines that stand together.

    Parameters
    ----------
    line, last_line
        First and last line, from 1.
    text
        The text on one line, without markup and with single spaces.
    lines
        The lines that are not empty, without markup.
    items
        Number of list items that the markup had.
    is_table
        Whether it looks like rows of a table (tabs between cells).
    start, end
        Where it stands in the letter's text: characters before it, and up to its end.
    roles
        What has been read from it; empty means that nothing was.
    """

    line: int
    last_line: int
    text: str
    lines: list[str]
    items: int
    is_table: bool
    start: int
    end: int
    roles: set[Role] = field(default_factory=set)

    @property
    def is_heading(self) -> bool:
        """Whether the block is a heading by its mark."""
        return self.lines[0].startswith("#")


def clean(line: str) -> str:
    """Return a line without markup and with single spaces."""
    plain = html.unescape(_TAG.sub(" ", line)).replace("**", "").replace("\u00a0", " ")
    return " ".join(plain.replace("\t", " ").split())


def split_blocks(text: str) -> list[Block]:
    r"""Return the blocks of a letter: what empty lines divide, in order.

    Examples
    --------
    >>> [block.text for block in split_blocks("Sayı : 1\nKonu : A\n\n<ul><li>B</li></ul>")]
    ['Sayı : 1 Konu : A', 'B']
    """
    blocks: list[Block] = []
    gathered: list[tuple[int, str]] = []
    start = end = 0
    for number, raw in enumerate([*text.splitlines(keepends=True), ""], start=1):
        end += len(raw)
        if raw.strip():
            gathered.append((number, raw))
            continue
        if gathered:
            blocks.append(_block(gathered, start))
            gathered = []
        start = end
    return [block for block in blocks if block.lines]


def _block(gathered: list[tuple[int, str]], start: int) -> Block:
    raw = "".join(line for _, line in gathered)
    lines = [plain for _, line in gathered if (plain := clean(line))]
    return Block(
        line=gathered[0][0],
        last_line=gathered[-1][0],
        text=" ".join(lines),
        lines=lines,
        items=len(_ITEM.findall(raw)),
        is_table="\t" in raw,
        start=start,
        end=start + len(raw),
    )
