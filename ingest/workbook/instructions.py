"""The first sheet, which says how to edit the others, and the sheet of themes, which is for reading."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from rdflib import URIRef

from ingest.workbook import styles
from ingest.workbook.folder import RecordsFolder
from ingest.workbook.layout import list_tables
from ingest.workbook.notes import sheet_note
from ingest.workbook.titles import INSTRUCTIONS, THEMES, sheet_title
from ontology.messages import N_, Language, translate
from ontology.terms import RDF, SKOS
from ontology.vocabulary import load_themes

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["add_instructions", "add_themes"]

_STEPS = (
    N_(
        "Each sheet holds one kind of record, one row each. Hold the mouse on a heading: a note explains "
        "the column."
    ),
    N_(
        "A heading with * must be filled in. What is not known is left empty or written as 'unknown', "
        "never guessed."
    ),
    N_(
        "Change what is wrong in its cell. Grey keys and ids tell the rows from one another: don't change "
        "them."
    ),
    N_(
        "A new record is a new row below the last. It needs evidence: a row in the sheet of evidence that "
        "names it, "
        "and the document of that row stands in the sheet of documents."
    ),
    N_(
        "A relation that ended is not deleted: add a row of evidence with its end. A deleted row removes "
        "the record, "
        "and its evidence with it."
    ),
    N_(
        "Dates are written as text: 1995, 2011-07, 2013-07-04, 2016/2019, before 2015, after 2015, autumn "
        "2023."
    ),
    N_(
        "Texts for people are written in both languages. Natural persons are not recorded, not in remarks "
        "either."
    ),
    N_("Write no formulas, merge no cells, and rename no sheet or heading. Order and filters don't matter."),
    N_("Save as .xlsx, then: kopru workbook import FILE.xlsx. It shows what will change and asks first."),
)  # fmt: skip


def add_instructions(book: "Workbook", folder: RecordsFolder, language: Language, today: date) -> None:
    """Write the sheet of instructions, with a list of all sheets."""
    from openpyxl.styles import Alignment, Font

    sheet: Any = book.create_sheet(translate(INSTRUCTIONS, language))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 96
    sheet.column_dimensions["C"].width = 10
    title = translate(
        N_("Records of {folder}, as of {day}"), language, folder=folder.name, day=today.isoformat()
    )
    sheet.cell(1, 1, title).font = Font(name=styles.FONT, bold=True, size=16)
    sheet.row_dimensions[1].height = 26
    number = 3
    for step, text in enumerate(_STEPS, start=1):
        said = translate(text, language)
        sheet.cell(number, 1, step).alignment = Alignment(horizontal="right", vertical="top")
        sheet.cell(number, 2, said).alignment = Alignment(wrap_text=True, vertical="top")
        styles.fit_height(sheet, number, [said], [96])
        number += 1
    number += 1
    for table in list_tables():
        name = sheet_title(table, language)
        link = sheet.cell(number, 1, name)
        link.hyperlink, link.style = f"#'{name}'!A1", "Hyperlink"
        sheet.cell(number, 2, sheet_note(table, language)).alignment = Alignment(wrap_text=True)
        sheet.cell(number, 3, len(folder.rows[table.name]))
        number += 1


def add_themes(book: "Workbook", folder: RecordsFolder, language: Language) -> None:
    """Write the themes with how often the records use each; the vocabulary comes with the program."""
    headings = [
        translate(text, language)
        for text in (N_("Id"), N_("Turkish"), N_("English"), N_("Part of"), N_("Used"))
    ]
    sheet = book.create_sheet(translate(THEMES, language))
    note = translate(N_("For reading: the themes come with the program."), language)
    styles.add_headings(sheet, headings, [note] * 5, [28, 34, 34, 28, 10])
    used = Counter(
        theme.strip()
        for table in folder.rows.values()
        for row in table.values()
        for column in ("themes", "priorities.themes")
        for theme in row.cells.get(column, "").split(",")
    )
    for number, (id_, tr, en, broader) in enumerate(_iter_themes(), start=2):
        for place, value in enumerate((id_, tr, en, broader, used[id_]), start=1):
            if value != "":
                sheet.cell(number, place, value)
    sheet.freeze_panes = "B2"


def _iter_themes() -> list[tuple[str, str, str, str]]:
    """Return id, both names and the broader theme of each theme, in the order of the ids."""
    themes = load_themes()
    listed = []
    for theme in themes.subjects(RDF.type, SKOS.Concept):
        labels = {str(label.language): str(label) for label in themes.objects(theme, SKOS.prefLabel)}  # type: ignore[attr-defined]
        broader = sorted(_id(parent) for parent in themes.objects(theme, SKOS.broader))
        listed.append((_id(theme), labels.get("tr", ""), labels.get("en", ""), ", ".join(broader)))
    return sorted(listed)


def _id(theme: object) -> str:
    return str(URIRef(str(theme))).rpartition("/")[2]
