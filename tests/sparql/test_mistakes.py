"""Every common mistake has its place and a sentence in both languages that says what to write instead.

``mistakes.yml`` was read by eye; a test only holds what is written there.
"""

from pathlib import Path

import pyoxigraph as ox
import pytest
from ruamel.yaml import YAML

from graph.diagnosis import explain_syntax_error
from graph.guard import check_query
from ontology.errors import QuerySyntaxError
from ontology.terms import PREFIXES

CASES = YAML(typ="safe").load((Path(__file__).parent / "mistakes.yml").read_text("utf-8"))


def find_error(text: str) -> QuerySyntaxError:
    try:
        checked = check_query(text, PREFIXES)
        ox.Store().query(text, prefixes=checked.added)
    except QuerySyntaxError as error:
        return error
    except SyntaxError as error:
        return explain_syntax_error(text, str(error))
    pytest.fail("the query has no mistake")


def test_there_are_enough_mistakes() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['query'][:40]}" for n, case in enumerate(CASES)])
def test_a_mistake_is_told_with_its_place_and_remedy(case: dict[str, object]) -> None:
    error = find_error(str(case["query"]))
    said = {language: error.sentence(language).partition(": ")[2] for language in ("en", "tr")}  # type: ignore[arg-type]
    assert (error.facts["line"], error.facts["column"]) == (case["line"], case["column"])
    assert said == {"en": case["en"], "tr": case["tr"]}


def test_no_sentence_falls_back_on_the_engines_words() -> None:
    told = " ".join(str(case["en"]) + str(case["tr"]) for case in CASES)
    assert "expected one of" not in told
    assert "can't be read at or before" not in told


@pytest.mark.parametrize("text", ["ASK { ?s ?p << ?a ?b ?c >> ?d }", "ASK { ?a ?b ?c ~ 5 5 }"])
def test_what_is_unknown_here_still_gets_a_place(text: str) -> None:
    assert find_error(text).facts["line"] == 1
