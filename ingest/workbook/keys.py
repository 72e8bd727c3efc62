"""Which record a row of a workbook is: by its key, else by what it says of itself."""

from collections import Counter
from dataclasses import dataclass, field, replace

from ingest.workbook.layout import EVIDENCE, Table, list_tables
from ingest.workbook.reading import Book, SheetRow
from ingest.workbook.rows import Rows, derive_key
from ontology.errors import SheetError
from ontology.messages import N_

__all__ = ["Keyed", "assign_keys"]

_NO_ID = N_("This row has no id. Write one: small letters a–z, digits and hyphens, such as clean-harbour.")
_TWICE = N_(
    "The key '{key}' stands twice: here and in row {other}. Change the id, or empty the key of the new row."
)
_NO_OWNER = N_("This row belongs to no record. Write which one.")
_UNKNOWN_OWNER = N_(
    "There is no record '{value}' in the workbook. Correct it, or add the record in its sheet."
)
_NOT_NEXT = N_(
    "'{key}' is not the next one: the id of the next new item here is {expected}. Write that, or leave it "
    "empty."
)


@dataclass
class Keyed:
    """The rows of a workbook by their keys.

    Attributes
    ----------
    rows
        Table → key → row.
    errors
        Rows that can't be told from others, or belong to none.
    aliases
        What a new row is called in the workbook → what its record is called since an earlier import of it.
    """

    rows: dict[str, dict[str, SheetRow]] = field(default_factory=dict)
    errors: list[SheetError] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)


def assign_keys(book: Book, base: Rows, current: Rows) -> Keyed:
    """Return all rows by their keys; records that are there keep theirs, new ones are given one."""
    keyed = Keyed()
    depth = sorted(list_tables(), key=lambda table: (table.name == EVIDENCE, bool(table.owners)))
    for table in depth:
        _Table(table, base, current, keyed).assign(book.rows.get(table.name, []))
    return keyed


@dataclass
class _Table:
    """Gives the rows of one table their keys."""

    table: Table
    base: Rows
    current: Rows
    keyed: Keyed

    def assign(self, rows: list[SheetRow]) -> None:
        """First those that have a key, then those without."""
        own = self.keyed.rows.setdefault(self.table.name, {})
        named: list[SheetRow] = []
        unnamed: list[SheetRow] = []
        for given in rows:
            row = replace(given, owner=self.keyed.aliases.get(given.owner, given.owner))
            if self.table.owners and not self._has_owner(row):
                continue
            (named if row.key and not self._moved(row) else unnamed).append(row)
        for row in named:
            key = self._known_as(row, own)
            if key in own:
                self.keyed.errors.append(row.error(_TWICE, self._key_column, key=key, other=own[key].number))
            own.setdefault(key, row)
        for row in unnamed:
            if self.table.has_id:
                self.keyed.errors.append(row.error(_NO_ID, "id"))
            else:
                own[self._derive(row, own)] = row
        if self.table.is_positional:
            self._check_positions(own)

    @property
    def _key_column(self) -> str:
        return "id" if self.table.has_id else "#key"

    def _moved(self, row: SheetRow) -> bool:
        """Return whether a record that is there now belongs to another one: then it is a new one there."""
        known = self.base[self.table.name].get(row.key)
        return known is not None and known.owner != row.owner

    def _has_owner(self, row: SheetRow) -> bool:
        owner_table, _, owner_key = row.owner.partition("/")
        if not row.owner:
            self.keyed.errors.append(row.error(_NO_OWNER, "#owner"))
            return False
        if owner_key in self.keyed.rows.get(owner_table, {}):
            return True
        known = self.base[self.table.name].get(row.key)
        if known and known.owner == row.owner and known.cells == row.cells:
            return False  # it goes with its record
        self.keyed.errors.append(row.error(_UNKNOWN_OWNER, "#owner", value=row.owner))
        return False

    def _known_as(self, row: SheetRow, own: dict[str, SheetRow]) -> str:
        """Return the key of a row that has one: its own, unless an earlier import made a record of it."""
        if (
            self.table.has_id
            or row.key in self.base[self.table.name]
            or row.key in self.current[self.table.name]
        ):
            return row.key
        key = self._find_since(row, own)
        if key:
            self.keyed.aliases[f"{self.table.name}/{row.key}"] = f"{self.table.name}/{key}"
        return key or row.key

    def _find_since(self, row: SheetRow, own: dict[str, SheetRow]) -> str | None:
        """Return the key of the record that is this row's, among those that came since the export."""
        since = {
            key: known
            for key, known in self.current[self.table.name].items()
            if key not in self.base[self.table.name] and key not in own and known.owner == row.owner
        }
        if self.table.is_positional:
            return next((key for key, known in since.items() if known.cells == row.cells), None)
        plain = derive_key(self.table, row.cells, row.owner, (), 0)
        return plain if plain in since else None

    def _derive(self, row: SheetRow, own: dict[str, SheetRow]) -> str:
        known = self.base[self.table.name]
        if found := self._find_since(row, own):
            return found
        if self.table.is_positional:
            return self._next(row.owner, own)
        plain = derive_key(self.table, row.cells, row.owner, (), 0)
        if plain not in own and plain in known and known[plain].owner == row.owner:
            return plain
        return derive_key(self.table, row.cells, row.owner, {*own, *known, *self.current[self.table.name]}, 0)

    def _next(self, owner: str, own: dict[str, SheetRow]) -> str:
        prefix = owner.partition("/")[2]
        taken = [key for key, row in own.items() if row.owner == owner]
        taken += [key for key, row in self.current[self.table.name].items() if row.owner == owner]
        places = [int(key.rpartition("-")[2]) for key in taken if key.rpartition("-")[2].isdigit()]
        return f"{prefix}-{max(places, default=0) + 1}"

    def _check_positions(self, own: dict[str, SheetRow]) -> None:
        """Refuse a new item that is not at the end of its list: its id is the number that comes then."""
        known = self.current[self.table.name]
        counts = Counter(row.owner for row in known.values())
        for key, row in own.items():
            if key in known or key in self.base[self.table.name]:
                continue
            counts[row.owner] += 1
            expected = f"{row.owner.partition('/')[2]}-{counts[row.owner]}"
            if key != expected:
                self.keyed.errors.append(row.error(_NOT_NEXT, "#key", key=key, expected=expected))
