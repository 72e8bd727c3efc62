"""What stands in a cell, in the reader's language, and what is read from it.

Texts of rows become cells that a person can edit; a cell becomes a text again, whatever
a spreadsheet program made of it: a date a true date, a year a number, a number a text.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ingest.workbook.layout import Column, Table, tables
from ingest.workbook.rows import clean, plain_number
from ingest.workbook.titles import choice_words, find_choice, find_table, offered_words, sheet_title
from ontology.messages import N_, Language

__all__ = ["BadCell", "from_cell", "from_owner", "to_cell", "to_owner"]

#: More digits than a spreadsheet's numbers keep.
_EXACT_DIGITS = 15
_GROUPED = re.compile(r"-?[0-9]{1,3}([.,\u00a0 ][0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_PARTIAL = {"date", "day", "period", "counted"}


class BadCell(Exception):
    """A cell holds what its column can't.

    Parameters
    ----------
    template
        The sentence, marked with ``N_`` where it is written; the place is added later.
    facts
        What fills it.
    """

    def __init__(self, template: str, /, **facts: object) -> None:
        super().__init__(template)
        self.template = template
        self.facts = facts


def to_cell(column: Column, text: str, language: Language) -> str | int | float | None:
    """Return what is written into the cell for a text of a row."""
    if not text:
        return None
    words = dict(zip(offered_words(column), choice_words(column, language), strict=True))
    if text in words:
        return words[text]
    digits = sum(letter.isdigit() for letter in text)
    if column.kind == "number" and digits <= _EXACT_DIGITS:
        return float(text) if "." in text else int(text)
    return text


def from_cell(column: Column, value: Any, number_format: str, language: Language) -> str:
    """Return the text of a row for what a cell holds.

    Parameters
    ----------
    column
        The column that it stands in.
    value
        Text, number, truth value or date, as the spreadsheet keeps it.
    number_format
        How the cell shows a date; says whether the day is meant.
    language
        The language of the workbook: a complaint names the words that its drop-downs offer.

    Raises
    ------
    BadCell
        The column can't hold this.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return _from_truth(column, value)
    if isinstance(value, datetime | date | time):
        return _from_moment(column, value, number_format)
    if isinstance(value, int | float):
        return plain_number(Decimal(repr(value)))
    return _from_words(column, clean(str(value)), language)


def _from_truth(column: Column, value: bool) -> str:
    if column.kind in {"flag", "counted"}:
        return "true" if value else "false"
    raise BadCell(N_("A truth value can't stand here. Write a text."))


def _from_moment(column: Column, value: datetime | date | time, number_format: str) -> str:
    if column.kind not in _PARTIAL:
        raise BadCell(N_("The spreadsheet made a date of this. Format the cell as text and write it again."))
    if isinstance(value, time) or (isinstance(value, datetime) and value.time() != time()):
        raise BadCell(N_("A time of day can't stand here. Write the day as text, such as 2024-03-04."))
    shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format).lower()
    if "d" not in shown:
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"


def _from_words(column: Column, text: str, language: Language) -> str:
    match column.kind:
        case "choice" | "flag":
            return _from_choice(column, text, language) if text else ""
        case "day":
            return find_choice(column, text) or text
        case "counted" if find_choice(column, text) or (text and not re.search("[0-9]", text)):
            return _from_choice(column, text, language)
        case "ids" | "counted":
            return ", ".join(part for part in re.split(r"[,;\s]+", text) if part)
        case "lines":
            return "\n".join(line.strip() for line in text.split("\n") if line.strip())
        case "number":
            return _from_number(text) if text else ""
    return text


def _from_choice(column: Column, text: str, language: Language) -> str:
    choice = find_choice(column, text)
    if choice is None:
        expected = ", ".join(choice_words(column, language))
        raise BadCell(
            N_("'{value}' is not possible here. Possible are: {expected}."), value=text, expected=expected
        )
    return choice


def _from_number(text: str) -> str:
    if _GROUPED.fullmatch(text):
        raise BadCell(
            N_("It is not clear which number '{value}' is. Write it without a mark for thousands."),
            value=text,
        )
    plain = text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text
    if not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", plain, re.ASCII):
        raise BadCell(N_("'{value}' is no number. Write digits only, such as 12 or 12.5."), value=text)
    return plain_number(Decimal(plain))


def to_owner(table: Table, owner: str, language: Language) -> str:
    """Return how a row names the row that it belongs to."""
    name, _, key = owner.partition("/")
    return f"{sheet_title(tables()[name], language)}/{key}" if len(table.owners) > 1 else key


def from_owner(table: Table, text: str, language: Language) -> str:
    """Return the owner, ``table/key``, that a cell names.

    Raises
    ------
    BadCell
        There is no sheet of this name whose rows have such parts.
    """
    if len(table.owners) == 1:
        return f"{table.owners[0]}/{text}"
    title, slash, key = (part.strip() for part in text.partition("/"))
    owner = find_table(title)
    if not slash or owner is None or owner.name not in table.owners:
        raise BadCell(
            N_("'{value}' names no record. Write its sheet, a slash and its key, such as {example}."),
            value=text, example=f"{sheet_title(tables()['protocols'], language)}/new-1",
        )  # fmt: skip
    return f"{owner.name}/{key}"
