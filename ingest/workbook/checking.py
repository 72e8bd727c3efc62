"""The records' own rules on what a workbook says; complaints name sheet, row and column."""

from ingest.records.batch import list_themes
from ingest.records.checks import check_records
from ingest.records.directory import Directory
from ingest.records.parsing import PLACE, Place
from ingest.records.reading import Folder, read_folders, read_sections
from ingest.workbook.entries import Cell, to_entries
from ingest.workbook.folder import RecordsFolder
from ingest.workbook.layout import EVIDENCE, tables
from ingest.workbook.reading import SheetRow
from ingest.workbook.rows import Rows
from ingest.workbook.titles import sheet_title
from ontology.errors import KopruError, RecordError
from ontology.iris import Iris
from ontology.messages import N_, Language

__all__ = ["check_rows"]

_EMPTY = N_("This cell is empty, but it must be filled in.")
_NO_EVIDENCE = N_("This record has no evidence. Add a row that names it to the sheet '{evidence}'.")
_NO_START = N_(
    "No evidence says when this began. Write the start in the sheet '{evidence}', or 'unknown' here."
)
_NOT_COUNTED = N_("This must say whether the relation is counted. Write 'yes' or 'no', and the reason.")
# The rule speaks of the whole record, but this is the cell to look at.
_COLUMN_OF = {_NO_START: "start", _NOT_COUNTED: "counted"}

# What the records' rules say in terms of YAML → what says the same of a sheet.
_IN_A_SHEET = {
    "The Turkish text is missing. Write both languages: {{tr: …, en: …}}.": N_(
        "The Turkish text is missing. Write both languages."
    ),
    "The English text is missing. Write both languages: {{tr: …, en: …}}.": N_(
        "The English text is missing. Write both languages."
    ),
    "No evidence says when this began. Add 'says: {{start: …}}' to the evidence, "
    "or 'start: unknown' here.": _NO_START,
    "'start: unknown' stands here, but the evidence in line {other} says a start. Remove one.": N_(
        "'unknown' stands here, but a row of the sheet '{evidence}' says a start. Remove one."
    ),
    "'counted' is missing. Write true or false, and the reason.": _NOT_COUNTED,
    "Only relations of the folder's own authority can be counted. Write 'counted: false'.": N_(
        "Only relations of the own authority can be counted. Write 'no'."
    ),
    "'{field}' has no entry. It needs at least one.": _NO_EVIDENCE,
    "'{field}' must be a whole number without quotation marks and not negative.": N_(
        "A whole number that is not negative must stand here."
    ),
    "The field '{field}' is missing. Add it.": _EMPTY,
    "This relation stands twice: here and in {other}. Put the evidence of both into one record, "
    "or give the later of two such relations 'ordinal: 2'.": N_(
        "This relation stands twice: here and in {other}. Put the evidence of both under one of them, "
        "or write 2 as the ordinal of the later one."
    ),
}


def check_rows(
    rows: Rows, origins: dict[str, SheetRow], folder: RecordsFolder, iris: Iris, language: Language
) -> list[KopruError]:
    """Return what is wrong with the records as they are to be, together with those of the other folders."""
    others = tuple(file for file in folder.raw if not file.name.startswith(f"{folder.name}/"))
    folders, found = read_folders(others)
    own = Folder(folder.name)
    found += read_sections(_content(rows, origins, folder), own)
    directory = Directory([own, *folders], iris, list_themes())
    found += check_records(directory)
    return [_at_cell(error, language) for error in _without_repeats(found)]


def _content(rows: Rows, origins: dict[str, SheetRow], folder: RecordsFolder) -> dict[str, object]:
    content: dict[str, object] = dict(to_entries(rows, origins))
    keys: dict[str, int] = {}
    for parsed in folder.contents.values():
        for field in ("city", "authority"):
            if field in parsed:
                content[field] = parsed[field]
    content[PLACE] = Place(folder.name, 1, {**dict.fromkeys(content, 1), **keys})
    return content


def _without_repeats(errors: list[RecordError]) -> list[RecordError]:
    kept: dict[tuple[object, ...], RecordError] = {}
    for error in errors:
        line = error.facts["line"]
        name = line.name if isinstance(line, Cell) else ""
        kept.setdefault(
            (error.template, error.facts["file"], line, name, str(error.facts.get("value"))), error
        )
    return list(kept.values())


def _at_cell(error: RecordError, language: Language) -> KopruError:
    """Return the error with its place in the workbook; one in a file stays as it is."""
    facts = dict(error.facts)
    line, field = facts.pop("line"), str(facts.get("field", ""))
    facts.pop("file")
    if not isinstance(line, Cell):
        return error
    name = f"{line.name}{field}" if line.name.endswith(".") else line.name or field
    template = _IN_A_SHEET.get(error.template, error.template)
    if field == EVIDENCE and template in {_EMPTY, _NO_EVIDENCE}:
        template, name = _NO_EVIDENCE, ""
    if heading := line.row.headings.place_of(field)[1] if field else "":
        facts["field"] = heading
    facts["evidence"] = sheet_title(tables()[EVIDENCE], language)
    named = (tables().get(section) for section in str(facts.get("sections", "")).split(", "))
    if sheets := [sheet_title(table, language) for table in named if table]:
        facts["sections"] = ", ".join(sheets)
    return line.row.error(template, name or _COLUMN_OF.get(template, ""), **facts)
