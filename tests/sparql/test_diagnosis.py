"""Where a query can't be read: the engine's own words, put into place."""

import pyoxigraph as ox
import pytest

from graph.diagnosis import explain_syntax_error
from ontology.errors import QuerySyntaxError


def explain(text: str) -> QuerySyntaxError:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text)
    return explain_syntax_error(text, str(caught.value))


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("SELECT ?s WHERE { ?s ?p ?o } ORDER ?s", 1, 36, "Write ORDER BY"),
        ("SELECT ?s WHERE ?s", 1, 17, "WHERE needs a group in braces"),
        ("SELECT *\n{ ?s ?p ?o FILTER ?o > 3 }", 2, 19, "Write FILTER(?x > 3)"),
        ("SELECT ?s ?p\n{ ?s ?p ?o } GROUP BY ?s", 1, 1, "neither grouped nor computed"),
        ("SELECT * { ?s ?p <a> }", 1, 18, "<a> is no complete address"),
        ("SELECT", 1, 7, "doesn't say what to show"),
        ("SELECT * { ?s ?p ?o } LIMIT ", 1, 28, "LIMIT takes a whole number"),
    ],
)
def test_the_place_of_a_mistake_is_found(text: str, line: int, column: int, sentence: str) -> None:
    error = explain(text)
    assert sentence in str(error)
    assert (error.facts["line"], error.facts["column"]) == (line, column)
    assert str(error.facts["caret"]).splitlines()[1] == " " * (column - 1) + "^"


def test_other_words_of_the_engine_are_passed_on() -> None:
    assert explain_syntax_error("ASK {}", "something new").facts["detail"] == "something new"
