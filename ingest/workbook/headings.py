"""Which column of a sheet is which field: by its heading, in either language, in any order."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ingest.workbook.layout import Table
from ingest.workbook.titles import column_title, key_title, owner_title
from ontology.errors import SheetError
from ontology.messages import LANGUAGES, N_, Language
from ontology.text import fold

__all__ = ["Headings", "read_headings"]

_UNKNOWN = N_(
    "The heading '{value}' is not known. Give the column its name again, or delete it. Known: {known}."
)
_UNKNOWN_NEAR = N_(
    "The heading '{value}' is not known. Is it '{nearest}'? Give it this name, or delete the column."
)
_TWICE = N_("The heading '{value}' stands twice. Keep one of the columns.")
_MISSING = N_(
    "The column '{missing}' is missing. Take it from a new export: without it its content would be lost."
)
_FORMULA = N_("A formula stands in the heading. Write the name of the column.")


@dataclass(frozen=True)
class Headings:
    """Where the columns of a sheet stand.

    Attributes
    ----------
    places
        Name of a column, ``#key`` or ``#owner`` → its number, from 1.
    titles
        The same → the heading as it stands there.
    """

    places: dict[str, int]
    titles: dict[str, str]

    def place_of(self, name: str) -> tuple[str, str]:
        """Return the letters and the heading of a column; of the nearest one when it is part of a field."""
        from openpyxl.utils import get_column_letter

        found = (
            name if name in self.places else next((one for one in self.places if _is_within(one, name)), "")
        )
        return (get_column_letter(self.places[found]), self.titles[found]) if found else ("", "")


def _is_within(column: str, name: str) -> bool:
    return column.startswith(f"{name}.") or column.endswith(f".{name}")


def read_headings(
    sheet: str, table: Table, cells: Sequence[Any], language: Language
) -> tuple[Headings, list[SheetError]]:
    """Return where the columns stand, and what is wrong with the headings."""
    known = {fold(title): name for one in LANGUAGES for name, title in _titles(table, one).items()}
    expected = _titles(table, language)
    places: dict[str, int] = {}
    titles: dict[str, str] = {}
    errors: list[SheetError] = []
    for cell in cells:
        text = str(cell.value).strip().removesuffix("*").strip() if cell.value is not None else ""
        if not text:
            continue
        name = known.get(fold(text))
        if name is None or name in places or cell.data_type == "f":
            template, facts = _complaint(text, name, cell.data_type, expected)
            errors.append(
                SheetError(
                    template, sheet=sheet, row=1, column=cell.column_letter, heading=text, value=text, **facts
                )
            )
            continue
        places[name], titles[name] = cell.column, text
    missing = [title for name, title in expected.items() if name not in places]
    errors += [SheetError(_MISSING, sheet=sheet, row=1, missing=title) for title in missing]
    return Headings(places, titles), errors


def _complaint(
    text: str, name: str | None, data_type: str, expected: dict[str, str]
) -> tuple[str, dict[str, object]]:
    if data_type == "f":
        return _FORMULA, {}
    if name is not None:
        return _TWICE, {}
    close = get_close_matches(text, list(expected.values()), n=1, cutoff=0.6)
    return (
        (_UNKNOWN_NEAR, {"nearest": close[0]})
        if close
        else (_UNKNOWN, {"known": ", ".join(expected.values())})
    )


def _titles(table: Table, language: Language) -> dict[str, str]:
    """Return the headings of a table in one language, by name of the column."""
    titles = {} if table.has_id else {"#key": key_title(language)}
    if table.owners:
        titles["#owner"] = owner_title(table, language)
    return titles | {column.name: column_title(table, column, language) for column in table.columns}
