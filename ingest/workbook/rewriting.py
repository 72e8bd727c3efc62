"""The files of records with a workbook's changes in them; what is not changed keeps its text to the byte."""

import codecs
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from ingest.records.parsing import parse_yaml
from ingest.workbook.changes import Outcome
from ingest.workbook.entries import to_entries, to_entry, to_fields
from ingest.workbook.folder import RecordsFolder
from ingest.workbook.layout import Table, tables
from ingest.workbook.rows import Row, Rows, to_rows
from ingest.workbook.splicing import append_items, compose, delete, find, put, span
from ontology.errors import WorkbookError
from ontology.messages import N_

__all__ = ["rewrite"]

#: Where a section goes that no file has yet; any other into a file of its own name.
_FILES = {
    "units": "authorities.yml", "programmes": "funding.yml", "grants": "funding.yml", "loans": "funding.yml",
    "declared_counts": "declared.yml", "stages": "plan.yml",
}  # fmt: skip


def rewrite(folder: RecordsFolder, outcome: Outcome) -> dict[str, bytes]:
    """Return the files that change, by name, with their new content.

    Raises
    ------
    WorkbookError
        A file is written in a way that can't be changed safely; nothing is lost, but it must be done by hand.
    """
    texts = {name: _File(_content(folder, name)) for name in folder.contents}
    edits = _collect(folder.rows, outcome.rows)
    for name, file in texts.items():
        file.edit(edits.get(name, _Edits()))
    _add_records(texts, folder, outcome.rows)
    changed = {name: file.to_bytes() for name, file in texts.items() if file.is_changed}
    _verify({name: file.text for name, file in texts.items()}, outcome.rows)
    return changed


def _content(folder: RecordsFolder, name: str) -> bytes:
    return next(file.content for file in folder.raw if file.name == name)


@dataclass
class _Edits:
    """What happens in one file: entries by section and place."""

    changed: dict[tuple[str, int], list[tuple[Row, Row]]] = field(default_factory=lambda: defaultdict(list))
    removed: dict[tuple[str, int], list[Row]] = field(default_factory=lambda: defaultdict(list))
    added: dict[tuple[str, int], list[tuple[Row, dict[str, Any]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    gone: list[tuple[str, int]] = field(default_factory=list)

    def places(self) -> set[tuple[str, int]]:
        """Return the entries in which something changes."""
        return {*self.changed, *self.removed, *self.added} - set(self.gone)


def _collect(before: Rows, after: Rows) -> dict[str, _Edits]:
    """Return file → what happens in it; new records of sections are left to ``_add_records``."""
    edits: dict[str, _Edits] = defaultdict(_Edits)
    for table in tables().values():
        for key, row in before[table.name].items():
            file, section, place = str(row.address[0]), str(row.address[1]), int(row.address[2])
            new = after[table.name].get(key)
            if new is None and len(row.address) == 3:
                edits[file].gone.append((section, place))
            elif new is None:
                edits[file].removed[section, place].append(row)
            elif new.cells != row.cells:
                edits[file].changed[section, place].append((row, new))
        if table.owners:
            _collect_added(table, before, after, edits)
    return edits


def _collect_added(table: Table, before: Rows, after: Rows, edits: dict[str, _Edits]) -> None:
    """Note the new parts of records that are there already."""
    for key, row in after[table.name].items():
        owner_table, _, owner_key = row.owner.partition("/")
        owner = before[owner_table].get(owner_key)
        if key not in before[table.name] and owner is not None:
            entry = to_entry(row, after)
            place = (str(owner.address[1]), int(owner.address[2]))
            edits[str(owner.address[0])].added[place].append((owner, {table.name: entry}))


class _File:
    """One file while it is changed."""

    def __init__(self, content: bytes) -> None:
        self._mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        text = content.decode("utf-8-sig")
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._before = self.text = text.replace("\r\n", "\n")

    @property
    def is_changed(self) -> bool:
        """Return whether the text differs from what it was."""
        return self.text != self._before

    def to_bytes(self) -> bytes:
        """Return the text in the file's own way: its line ends, and its mark at the beginning."""
        return self._mark + self.text.replace("\n", self._line_end).encode()

    def edit(self, edits: _Edits) -> None:
        """Change and remove records, the last ones first so that the places before them stay right."""
        places = sorted(edits.places(), reverse=True)
        root: Any = compose(self.text) if places else None
        spans = {place: self._entry_span(root, place) for place in places}
        for place, (start, end, column) in sorted(spans.items(), key=lambda item: -item[1][0]):
            text = " " * column + self.text[start:end]
            self.text = self.text[:start] + _edit_entry(text, place, edits)[column:] + self.text[end:]
        for entry in sorted(edits.gone, reverse=True):
            self.text = delete(self.text, entry, keep_list=True)

    def _entry_span(self, root: Any, place: tuple[str, int]) -> tuple[int, int, int]:
        section = next(value for name, value in root.value if name.value == place[0])
        node = section.value[place[1]]
        return (*span(node, self.text), int(node.start_mark.column))


def _edit_entry(text: str, place: tuple[str, int], edits: _Edits) -> str:
    """Return the text of one record with all its changes: fields, then what goes, then what comes."""
    for before, after in edits.changed.get(place, ()):
        text = _edit_fields(text, before.address[3:], before, after)
    for row in sorted(edits.removed.get(place, ()), key=lambda one: one.address, reverse=True):
        if not any(row.owner == other.ref for other in edits.removed[place]):
            text = delete(text, row.address[3:])
    added: dict[tuple[str | int, ...], list[Any]] = defaultdict(list)
    for owner, part in edits.added.get(place, ()):
        added[owner.address[3:]].append((owner, part))
    for path in sorted(added, key=len, reverse=True):
        for owner, part in added[path]:
            text = _append(text, (*path, *part), next(iter(part.values())), owner)
    return text


def _append(text: str, path: tuple[str | int, ...], entry: dict[str, Any], owner: Row) -> str:
    if find(text, path) is None:
        return put(text, path, [entry], _order(tables()[owner.table]))
    return append_items(text, path, [entry])


def _edit_fields(text: str, path: tuple[str | int, ...], before: Row, after: Row) -> str:
    table = tables()[before.table]
    old, new = to_fields(table, before.cells), to_fields(table, after.cells)
    for name in _order(table):
        was, becomes = old.get(name), new.get(name)
        if name in new and isinstance(becomes, dict) and isinstance(was, dict):
            inner = tuple(column.path[1] for column in table.columns if column.path[0] == name)
            for part in inner:
                text = _edit_field(text, (*path, name, part), was.get(part), becomes, inner)
        elif was != becomes or (name in old) != (name in new):
            text = _edit_field(text, (*path, name), was, new, _order(table))
    return text


def _edit_field(
    text: str, path: tuple[str | int, ...], was: Any, new: dict[str, Any], order: tuple[str, ...]
) -> str:
    name = str(path[-1])
    if name in new:
        return text if was == new[name] and was is not None else put(text, path, new[name], order)
    return text if was is None else delete(text, path)


def _order(table: Table) -> tuple[str, ...]:
    """Return the fields of a record in the order in which they are written; lists of parts are the last."""
    parts = [part.name for part in tables().values() if table.name in part.owners]
    names = [column.path[0] for column in table.columns]
    return tuple(dict.fromkeys([*names, *sorted(parts, key=lambda name: name != "evidence")]))


def _add_records(texts: dict[str, _File], folder: RecordsFolder, after: Rows) -> None:
    """Write new records behind the last ones of their section."""
    entries = to_entries(after)
    for section, rows in after.items():
        known = folder.rows[section]
        places = [place for place, key in enumerate(rows) if key not in known]
        if tables()[section].owners or not places:
            continue
        file = texts.setdefault(_find_file(folder, section), _File(b""))
        if not file.text.strip() or find(file.text, (section,)) is None:
            file.text = f"{file.text.rstrip()}\n\n{section}: []\n".lstrip()
        file.text = append_items(file.text, (section,), [entries[section][place] for place in places])


def _find_file(folder: RecordsFolder, section: str) -> str:
    having = [name for name, content in folder.contents.items() if section in content]
    filled = [name for name in having if folder.contents[name][section]]
    return (filled or having or [f"{folder.name}/{_FILES.get(section, f'{section}.yml')}"])[-1]


def _verify(texts: dict[str, str], wanted: Rows) -> None:
    """Read back what would be written: it must say what is wanted, all of it and nothing else."""
    written = to_rows({name: parse_yaml(text, name) for name, text in texts.items()})
    if _plain(written) != _plain(wanted):
        raise WorkbookError(
            N_(
                "The records are written in a way that this change can't be put into without rewriting "
                "them. Nothing was changed; edit the files by hand."
            )
        )


def _plain(rows: Rows) -> dict[str, list[str]]:
    """Return the records without what their rows are called."""
    return {section: sorted(map(repr, entries)) for section, entries in to_entries(rows).items()}
