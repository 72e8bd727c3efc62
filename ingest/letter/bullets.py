"""One cell of a letter's table as its items, each with the place of its characters in the text.

Items begin with a tag of a list (``<li>``), a mark (``•``), a letter and a bracket (``a)``), or a dash that
a capital follows; "ve/veya - tercihen - hem" begins none. Without any of these each paragraph is one
item. What follows an item without a mark of its own belongs to it, in a paragraph of its own too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.letter.blocks import clean

__all__ = ["Passage", "split_cell"]

_CAPITAL = "A-ZÇĞİÖŞÜÂÎÛ"
# What may stand before a mark: nothing, a blank, a tag, or the end of a sentence.
_BEFORE = r"(?<![^\s>.;:!?])"
_MARK = re.compile(
    rf"""(?P<tag><li\b[^>]{{0,200}}>)
    | (?P<dot>[•▪●◦‣∙■])
    | {_BEFORE}(?P<dash>[-–—−])(?=\s*(?:<[^>]{{1,200}}>\s*)*["“'(]?[{_CAPITAL}])
    | {_BEFORE}(?P<letter>[a-zçğıöşü])\s?\)
    """,
    re.VERBOSE,
)
_PARAGRAPH = re.compile(r"<(?:p|br)\b[^>]{0,200}>", re.IGNORECASE)
# Blanks and markup at the edges of an item.
_LEFT = re.compile(r"(?:\s|<[^>]{1,200}>|\*\*|&nbsp;)*")
_RIGHT = re.compile(r"(?:\s|<[^>]{1,200}>|\*\*|&nbsp;)\Z")
_LONGEST_TAG = 202
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "abcçdefgğhıijklmnoöprsştuüvyz")
#: A scan may lose a letter; the next but one is still taken for the next item.
_GAP = 2


@dataclass(frozen=True)
class Passage:
    """A piece of the letter: its text without markup, and where it stands in the text as decoded."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """First character, and the one after the last."""
        return self.start, self.end


def split_cell(text: str, start: int, end: int) -> tuple[list[Passage], list[Passage]]:
    """Return the items of a cell, and what stands before the first of them.

    Parameters
    ----------
    text
        The whole letter.
    start, end
        The cell's place in it.

    Examples
    --------
    >>> [item.text for item in split_cell("- Bir ve/veya - belki - iki. -Üç", 0, 32)[0]]
    ['Bir ve/veya - belki - iki.', 'Üç']
    """
    marks = list(_marks(text, start, end)) or [
        match.span() for match in _PARAGRAPH.finditer(text, start, end)
    ] or [(start, start)]  # fmt: skip
    ends = [begin for begin, _ in marks[1:]] + [end]
    items = [_trim(text, after, stop) for (_, after), stop in zip(marks, ends, strict=True)]
    before = _trim(text, start, marks[0][0])
    return [item for item in items if item.text], [before] if before.text else []


def _marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each mark begins and ends; letters only as far as they follow one another."""
    last, since, opened = "", start, 0
    for match in _MARK.finditer(text, start, end):
        opened = max(0, opened + _brackets(text, since, match.start()))
        since = match.end()
        if letter := match["letter"]:
            if opened or not _follows(letter, last):  # "(as in a)" ends no mark
                opened = max(0, opened - 1)
                continue
            last = letter
        opened = 0
        yield match.span()


def _brackets(text: str, start: int, end: int) -> int:
    return text.count("(", start, end) - text.count(")", start, end)


def _follows(letter: str, last: str) -> bool:
    return any(
        0 < alphabet.find(letter) - (alphabet.find(last) if last else -1) <= _GAP
        for alphabet in _ALPHABETS
        if letter in alphabet
    )


def _trim(text: str, start: int, end: int) -> Passage:
    """Return a passage without blanks and tags at its ends."""
    left = _LEFT.match(text, start, end)
    start = left.end() if left else start
    while end > start and (edge := _RIGHT.search(text, max(start, end - _LONGEST_TAG), end)):
        end = edge.start()
    return Passage(clean(" ".join(text[start:end].split())), start, end)
