"""The pages explain measures in the words of the documents, in both languages."""

from pathlib import Path

import pytest

from ontology.messages import Language, translate
from viz.measures import MEASURES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(("language", "file"), [("en", "measures.md"), ("tr", "olculer.md")])
def test_the_pages_say_what_the_document_says(language: Language, file: str) -> None:
    lines = (DOCS / file).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")] for line in lines if line.startswith("| **")]
    told = [(name.replace("**", ""), plain, unsaid) for _, name, plain, _, unsaid, *_ in cells]
    assert len(told) == 15
    ours = [
        tuple(translate(text, language) if text else "" for text in (one.name, one.plain, one.unsaid))
        for one in MEASURES.values()
    ]
    assert ours == told
