"""The report card as Markdown: sentences and tables; pictures are left to the page."""

from graph.ranking.evaluation.card import ReportCard
from ontology.messages import N_, Language, translate
from viz.report_card import Grid, make_sections

__all__ = ["to_markdown"]


def to_markdown(card: ReportCard, language: Language) -> str:
    """Return a report card as Markdown; pictures are left to the page."""
    title = translate(N_("Report card of the recommendations"), language)
    parts = [f"# {title}\n"]
    for section in make_sections(card, language):
        parts.append(f"## {section.title}\n")
        parts += [f"{sentence}\n" for sentence in section.sentences]
        if section.grid:
            parts.append(_markdown_table(section.grid))
        parts += [f"{remark}\n" for remark in section.remarks]
    return "\n".join(parts)


def _markdown_table(grid: Grid) -> str:
    marks = ["---:" if place in grid.right else "---" for place in range(len(grid.headings))]
    rows = [
        tuple(f"**{cell}**" for cell in row) if place in grid.strong else row
        for place, row in enumerate(grid.rows)
    ]
    lines = [f"| {' | '.join(row)} |\n" for row in (grid.headings, *rows)]
    return "".join([lines[0], f"|{'|'.join(marks)}|\n", *lines[1:]])
