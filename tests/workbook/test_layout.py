"""Sheets and columns follow the models; every one has its words in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.records.sections import SECTIONS
from ingest.workbook import checking, notes, titles
from ingest.workbook.layout import list_tables, tables
from ontology.messages import LANGUAGES, Language


def test_every_section_has_a_sheet_and_so_has_every_list_within() -> None:
    assert set(SECTIONS) <= set(tables())
    assert set(tables()) - set(SECTIONS) == {
        "participations", "contents", "results", "roles", "evidence", "legal_basis"
    }  # fmt: skip


def test_sentences_that_are_said_otherwise_of_a_sheet_are_still_those_of_the_records() -> None:
    said = {str(constant) for constant in sentences_of("ingest/records")}
    assert len(checking._IN_A_SHEET) > 8
    assert set(checking._IN_A_SHEET) <= said


def sentences_of(folder: str) -> Iterator[object]:
    """Yield the texts in the code of a folder."""
    for file in (Path(__file__).parents[2] / folder).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant):
                yield node.value


def test_evidence_belongs_to_whatever_may_have_it() -> None:
    owners = tables()["evidence"].owners
    assert {"protocols", "projects", "participations", "contents", "activities"} <= set(owners)
    assert "documents" not in owners


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_names_of_their_own_that_a_spreadsheet_takes(language: Language) -> None:
    names = [titles.sheet_title(table, language) for table in list_tables()]
    names += [titles.INSTRUCTIONS, titles.THEMES]
    assert len(set(map(str.casefold, names))) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_of_a_sheet_have_headings_of_their_own(language: Language) -> None:
    for table in list_tables():
        headings = [titles.column_title(table, column, language) for column in table.columns]
        headings += [titles.owner_title(table, language)] if table.owners else []
        headings += [] if table.has_id else [titles.key_title(language)]
        assert len(set(headings)) == len(headings), (table.name, headings)


def test_every_field_has_a_heading_and_a_note_and_every_word_its_own() -> None:
    for table in list_tables():
        assert table.name in titles._SHEETS
        assert table.name in notes._SHEETS
        for column in table.columns:
            path = column.path[:-1] if column.path[-1] in LANGUAGES else column.path
            name = ".".join(path) or "text"
            assert name in titles._COLUMNS, (table.name, name)
            assert name in notes._COLUMNS or name == "text", (table.name, name)
            assert set(titles.offered_words(column)) <= set(titles._CHOICES), column


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_drop_down_are_told_apart(language: Language) -> None:
    columns = [column for table in list_tables() for column in table.columns]
    assert sum(bool(column.choices) for column in columns) > 20
    for column in columns:
        words = titles.choice_words(column, language)
        assert [titles.find_choice(column, word) for word in words] == list(titles.offered_words(column))
