"""What ``kopru query`` says beside its answer: reasons, prefixes, places; always on stderr."""

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from graph.store import GraphStore

Run = Callable[..., "CompletedProcess[str]"]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_empty_answer_is_explained(run: Run, bundled_store: GraphStore, form: str) -> None:
    text = "SELECT ?s {\n  ?s a schema:Citty }"
    done = run("query", "--store", bundled_store.path, "--format", form, stdin=text)
    assert done.returncode == 0
    assert "Line 2: the graph has nothing of the class schema:Citty. Is it schema:City?" in done.stderr
    assert "Citty" not in done.stdout


def test_the_reason_is_in_the_readers_language(run: Run, bundled_store: GraphStore) -> None:
    done = run(
        "query", "--store", bundled_store.path, stdin="SELECT * { ?s a schema:Citty }", KOPRU_LANG="tr"
    )
    assert "schema:City mi demek istediniz?" in done.stderr


def test_prefixes_that_were_added_are_said(run: Run, bundled_store: GraphStore) -> None:
    text = "SELECT ?s { ?s a schema:City ; rdfs:label ?l } LIMIT 1"
    done = run("query", "--store", bundled_store.path, "--format", "csv", stdin=text)
    assert "Prefixes added to the query: rdfs:, schema:." in done.stderr


def test_a_mistake_is_shown_with_a_caret(run: Run, bundled_store: GraphStore) -> None:
    done = run("query", "--store", bundled_store.path, stdin="SELECT ?s, ?t {\n ?s ?p ?t }")
    assert done.returncode == 1
    assert "Remove the comma." in done.stderr
    assert "SELECT ?s, ?t {\n         ^" in done.stderr


def test_a_query_over_its_limit_is_told_how_to_narrow_itself(run: Run, bundled_store: GraphStore) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    done = run("query", "--store", bundled_store.path, stdin=text, KOPRU_QUERY_TIMEOUT="4")
    assert "each row is paired with each" in done.stderr
