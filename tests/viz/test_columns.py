"""Every column of every question has a name for people, and no other has."""

import pyoxigraph as ox

from graph.library import list_examples
from viz.columns import COLUMN_LABELS, column_label, is_date_column


def columns_of(text: str) -> set[str]:
    answer = ox.Store().query(text)
    assert isinstance(answer, ox.QuerySolutions)
    return {variable.value for variable in answer.variables}


def test_every_column_has_a_name_and_no_name_is_left_over() -> None:
    questions = list_examples()
    assert len(questions) == 35
    assert set().union(*(columns_of(query.text) for query in questions)) == COLUMN_LABELS.keys()


def test_a_foreign_column_keeps_its_name() -> None:
    assert column_label("somethingElse") == "somethingElse"
    assert not is_date_column("somethingElse")
