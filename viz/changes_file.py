"""What changed as files to hand on: one HTML page that needs nothing else, and a workbook for a review."""

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from graph.changes.model import CHANGES, Comparison, ThingChange
from ontology.messages import N_, Language, translate
from viz import changes
from viz.assets import Assets
from viz.pages import Pages, Reader

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["to_html", "to_workbook"]

_WIDTHS = (34, 18, 46, 60, 70, 44)
_INK, _PAPER = "FFFFFF", "1F4E5F"
#: More characters than this a cell can't hold.
_LONGEST = 32_000


def to_html(comparison: Comparison, language: Language) -> str:
    """Return a comparison as one HTML file."""
    reader = Reader(path="/changes", language=language, as_of=date.today())
    return Pages(Assets(scripts={})).render(
        "changes_file.html", reader, comparison=comparison, words=changes, standalone=True
    )


def to_workbook(comparison: Comparison, language: Language) -> bytes:
    """Return a comparison as an XLSX file: a sheet of numbers, and one with a row for each change."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    _add_summary(book.create_sheet(translate(N_("Summary"), language)), comparison, language)
    _add_changes(book.create_sheet(translate(N_("Changes"), language)), comparison, language)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _add_summary(sheet: "Worksheet", comparison: Comparison, language: Language) -> None:
    kinds = [translate(changes.CHANGE_LABELS[change], language) for change in CHANGES]
    _write(sheet, 1, [changes.name_of(comparison, language)])
    _head(sheet, 3, [translate(N_("Kind"), language), *kinds], (44, *[18] * len(kinds)))
    for number, group in enumerate(comparison.groups, start=4):
        label = translate(changes.GROUP_LABELS[group.key], language)
        _write(sheet, number, [label, *(group.counts[change] for change in CHANGES)])


def _add_changes(sheet: "Worksheet", comparison: Comparison, language: Language) -> None:
    headings = (
        N_("Kind"), N_("Change"), N_("What"), N_("What differs"), N_("Sources"), N_("Address"),
    )  # fmt: skip
    _head(sheet, 1, [translate(heading, language) for heading in headings], _WIDTHS)
    row = 1
    for group in comparison.groups:
        label = translate(changes.GROUP_LABELS[group.key], language)
        for item in group.items:
            row += 1
            _write(sheet, row, [label, *_cells(item, language)])
        if group.left_out:
            row += 1
            rest = translate(N_("… and {n} more."), language, n=group.left_out)
            _write(sheet, row, [label, "", rest])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:F{max(row, 2)}"


def _cells(item: ThingChange, language: Language) -> list[Any]:
    sources = [f"{one.title.get(language)} {one.url or ''}".strip() for one in item.sources]
    sources += [
        translate(N_("no longer: {source}"), language, source=one.title.get(language))
        for one in item.sources_gone
    ]
    return [
        translate(changes.CHANGE_LABELS[item.change], language), item.thing.label.get(language),
        "\n".join(changes.describe_change(item, language)), "\n".join(sources), item.thing.iri,
    ]  # fmt: skip


def _head(sheet: "Worksheet", row: int, headings: list[str], widths: tuple[int, ...]) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    _write(sheet, row, headings)
    for place, width in enumerate(widths, start=1):
        cell = sheet.cell(row, place)
        cell.font, cell.fill = Font(bold=True, color=_INK), PatternFill("solid", fgColor=_PAPER)
        sheet.column_dimensions[get_column_letter(place)].width = width


def _write(sheet: "Worksheet", row: int, values: list[Any]) -> None:
    """Write a row; a text stays a text, even one that looks like a formula."""
    from openpyxl.styles import Alignment

    for place, value in enumerate(values, start=1):
        cell = sheet.cell(row, place)
        cell.value = value[:_LONGEST] if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
