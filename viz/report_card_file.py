"""The report card as a file of its own that needs nothing else: no script, no other file, no server."""

from datetime import date

from graph.ranking.evaluation.card import ReportCard
from ontology.messages import Language
from viz.assets import Assets
from viz.pages import Pages, Reader
from viz.report_card import make_sections

__all__ = ["to_html"]


def to_html(card: ReportCard, language: Language) -> str:
    """Return a report card as one HTML file, with its pictures."""
    reader = Reader(path="/", language=language, as_of=date.fromisoformat(card.made_on))
    return Pages(Assets(scripts={})).render(
        "report_card_file.html", reader, sections=make_sections(card, language)
    )
