"""What a workbook remembers of the records that it was made from.

It stands on a hidden sheet: the language, the folder, and every row as it was, so that an import can
tell what a person changed from what changed in the records meanwhile. A workbook that has lost the
sheet is compared with the records as they are.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.workbook.layout import tables
from ingest.workbook.rows import Row, Rows
from ontology.messages import LANGUAGES, Language

__all__ = ["FORMAT", "SHEET", "Snapshot", "digest_rows", "from_lines", "to_lines"]

#: Version of the workbook's form; raised when an older program could misread a newer file.
FORMAT = 1
#: Name of the hidden sheet.
SHEET = "_kopru"

#: A cell takes 32,767 characters; a longer text goes on in the next one.
_LONGEST = 30_000


@dataclass(frozen=True)
class Snapshot:
    """The records as they were exported.

    Attributes
    ----------
    language
        Of headings and drop-downs.
    folder
        Name of the folder of records.
    digest
        Of the rows; tells at once whether the records changed since.
    rows
        All of them.
    """

    language: Language
    folder: str
    digest: str
    rows: Rows


def digest_rows(rows: Rows) -> str:
    """Return a digest of all rows, whatever their order."""
    lines = sorted(json.dumps([row.ref, row.owner, row.cells], sort_keys=True) for row in _iter(rows))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def to_lines(snapshot: Snapshot) -> Iterator[list[str]]:
    """Yield the lines of the hidden sheet."""
    yield ["kopru", str(FORMAT), snapshot.language, snapshot.folder, snapshot.digest]
    for row in _iter(snapshot.rows):
        text = json.dumps(row.cells, ensure_ascii=False, separators=(",", ":"))
        parts = [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)]
        yield [row.table, row.key, row.owner, *parts]


def from_lines(lines: Iterable[list[Any]]) -> Snapshot | None:
    """Return the snapshot; ``None`` when it is not whole, or of a newer form."""
    given = iter(lines)
    head = [str(cell) for cell in next(given, [])]
    if len(head) < 5 or head[:2] != ["kopru", str(FORMAT)]:
        return None
    rows: Rows = {name: {} for name in tables()}
    try:
        for table, key, owner, *parts in given:
            cells = json.loads("".join(str(part) for part in parts if part is not None))
            rows[str(table)][str(key)] = Row(str(table), str(key), cells, str(owner or ""))
    except (KeyError, ValueError):
        return None
    language = next((known for known in LANGUAGES if known == head[2]), None)
    if language is None or digest_rows(rows) != head[4]:
        return None
    return Snapshot(language, head[3], head[4], rows)


def _iter(rows: Rows) -> Iterator[Row]:
    for table in rows.values():
        yield from table.values()
